//! Statements with many lines, and with long and foreign names.

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn line(number: u64) -> StatementLine {
    StatementLine {
        at: at(1_795_000_000 + i64::try_from(number).unwrap() * 60),
        kind: StatementKind::Issued,
        template: "Professional, yearly".into(),
        license: Some("0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ".into()),
        customer: Some("Nordwind GmbH".into()),
        left: -1,
        entry: 1_000 + number,
    }
}

fn statement(lines: u64) -> Statement {
    Statement {
        language: Language::English,
        vendor: "Atlas Software".into(),
        reseller: "Südlicht Handel".into(),
        month: Some(at(1_795_000_000)),
        sums: vec![StatementSum {
            template: "Professional, yearly".into(),
            issued: 1_234,
            renewed: 3,
            returned: 1,
            expired: 0,
            granted: 5_000,
            withdrawn: 0,
            delegated: 10,
            recalled: 0,
        }],
        lines: (0..lines).map(line).collect(),
        lines_in_all: lines,
        made_at: at(1_796_000_000),
    }
}

/// What each sheet says.
fn sheets(statement: &Statement) -> Vec<String> {
    let fonts = Fonts::new();
    drawn(&fonts, statement, Words::of(statement.language)).said()
}

/// What each sheet says, of what can be written as a document.
fn kept(name: &str, statement: &Statement) -> Vec<String> {
    let pdf = statement_pdf(statement).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
    sheets(statement)
}

#[test]
fn it_says_whose_which_month_the_sums_and_each_line_with_its_entry() {
    let pages = kept("plain", &statement(3));
    let pdf = || statement_pdf(&statement(3)).unwrap();
    assert_eq!(pdf(), pdf(), "the same bytes");
    assert_eq!(pages.len(), 1);
    for said in [
        "Statement",
        "Südlicht Handel",
        "November 2026",
        "Atlas Software",
        "1,234",
        "5,000",
        "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ",
        "Nordwind GmbH",
        "1002",
        "Page 1 of 1",
    ] {
        assert!(pages[0].contains(said), "{said} in {}", pages[0]);
    }
}

#[test]
fn every_page_has_the_head_of_the_table_and_its_number() {
    let mut german = statement(200);
    german.language = Language::German;
    german.lines_in_all = 100_000;
    let pages = kept("german", &german);
    assert!(pages.len() > 2, "{}", pages.len());
    let all = pages.len();
    for (at, page) in pages.iter().enumerate() {
        assert!(
            page.contains("Eintrag") && page.contains("Ausgestellt"),
            "{page}"
        );
        assert!(
            page.contains(&format!("Seite {} von {all}", at + 1)),
            "{page}"
        );
    }
    assert!(
        pages[0].contains("Die ersten 200 von 100.000 Zeilen"),
        "{}",
        pages[0]
    );
    assert!(pages[0].contains("CSV"));
    let lines: usize = pages
        .iter()
        .map(|page| page.matches("0A1B2-").count())
        .sum();
    assert_eq!(lines, 200, "none is lost where a page ends");
}

#[test]
fn long_and_foreign_names_are_cut_with_an_ellipsis_and_numbers_are_not() {
    let mut odd = statement(2);
    odd.reseller = "Donaudampfschifffahrtsgesellschaft ".repeat(5);
    odd.lines[0].customer = Some("Donaudampfschifffahrtsgesellschaft mbH & Co. KG".into());
    odd.lines[0].template = "W".repeat(200);
    odd.lines[1].customer = Some("株式会社 日本技術開発研究所".into());
    odd.lines[1].entry = 123_456_789;
    odd.sums[0].template = "Professional, yearly, for those who have no other name for it".into();
    let pages = kept("odd", &odd);
    assert_eq!(pages.len(), 1);
    assert!(
        pages[0].contains("Donaudampf") && pages[0].contains('…'),
        "{}",
        pages[0]
    );
    assert!(!pages[0].contains("gesellschaft mbH"), "{}", pages[0]);
    assert!(pages[0].contains("株式会社") && pages[0].contains("123456789"));
}

#[test]
fn without_a_month_and_without_lines_it_says_so() {
    let mut empty = statement(0);
    empty.month = None;
    empty.sums.clear();
    let pages = kept("empty", &empty);
    assert!(pages[0].contains("From the beginning"), "{}", pages[0]);
    assert!(pages[0].contains("Nothing was issued"));
}
