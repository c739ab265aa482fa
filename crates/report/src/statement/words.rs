//! What a statement says in each language.

use super::StatementKind;
use crate::Language;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) whole: &'static str,
    made: &'static str,
    pub(super) sums: &'static str,
    pub(super) empty: &'static str,
    pub(super) sum_heads: [&'static str; 9],
    pub(super) lines: &'static str,
    more: &'static str,
    pub(super) line_heads: [&'static str; 7],
    kinds: [&'static str; 8],
    page: &'static str,
}

const ENGLISH: Words = Words {
    title: "Statement",
    whole: "From the beginning",
    made: "Written on {date}. All times are UTC.",
    sums: "Totals by template",
    empty: "Nothing was issued and nothing moved.",
    sum_heads: [
        "Template",
        "Issued",
        "Renewed",
        "Returned",
        "Used up",
        "Granted",
        "Went back",
        "Given on",
        "Came back",
    ],
    lines: "Lines",
    more: "The first {shown} of {all} lines. All of them are in the table that is exported as CSV.",
    line_heads: [
        "When", "What", "Template", "License", "Whose", "Left", "Entry",
    ],
    kinds: [
        "Granted",
        "Went back",
        "Granted on",
        "Came back",
        "Issued",
        "Renewed",
        "Returned",
        "Used up",
    ],
    page: "Page {page} of {pages}",
};

const GERMAN: Words = Words {
    title: "Abrechnung",
    whole: "Von Anfang an",
    made: "Erstellt am {date}. Alle Zeiten in UTC.",
    sums: "Summen nach Vorlage",
    empty: "Es wurde nichts ausgestellt und nichts bewegt.",
    sum_heads: [
        "Vorlage",
        "Ausgestellt",
        "Verlängert",
        "Zurück",
        "Verfallen",
        "Erteilt",
        "Abgegeben",
        "Weiter",
        "Von unten",
    ],
    lines: "Zeilen",
    more: "Die ersten {shown} von {all} Zeilen. Alle stehen in der Tabelle, die als CSV exportiert wird.",
    line_heads: [
        "Wann", "Was", "Vorlage", "Lizenz", "Für wen", "Übrig", "Eintrag",
    ],
    kinds: [
        "Erteilt",
        "Abgegeben",
        "Weitergegeben",
        "Von unten zurück",
        "Ausgestellt",
        "Verlängert",
        "Zurückgegeben",
        "Verfallen",
    ],
    page: "Seite {page} von {pages}",
};

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    pub(super) fn kind(&self, kind: StatementKind) -> &'static str {
        let [
            granted,
            withdrawn,
            delegated,
            recalled,
            issued,
            renewed,
            returned,
            expired,
        ] = self.kinds;
        match kind {
            StatementKind::Granted => granted,
            StatementKind::Withdrawn => withdrawn,
            StatementKind::Delegated => delegated,
            StatementKind::Recalled => recalled,
            StatementKind::Issued => issued,
            StatementKind::Renewed => renewed,
            StatementKind::Returned => returned,
            StatementKind::Expired => expired,
        }
    }

    pub(super) fn made(&self, date: &str) -> String {
        self.made.replace("{date}", date)
    }

    pub(super) fn more(&self, shown: &str, all: &str) -> String {
        self.more.replace("{shown}", shown).replace("{all}", all)
    }

    pub(super) fn page(&self, page: usize, pages: usize) -> String {
        let page = self.page.replace("{page}", &page.to_string());
        page.replace("{pages}", &pages.to_string())
    }
}
