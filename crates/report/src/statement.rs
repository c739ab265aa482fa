//! A month of a reseller's statement on paper: what it adds up to, and its lines, each with its ledger entry.

mod words;

use chrono::{DateTime, Utc};

use crate::pdf::{Fonts, Ink, Role, SHEET_WIDTH, Sheets, Style, Weight, metadata};
use crate::{Language, ReportError};

use words::Words;

/// What a line of a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// Quota was granted.
    Granted,
    /// Unused quota went back.
    Withdrawn,
    /// Quota was granted on to a reseller below.
    Delegated,
    /// Unused quota came back from a reseller below.
    Recalled,
    /// A license was issued.
    Issued,
    /// A license was renewed.
    Renewed,
    /// A license was revoked in time.
    Returned,
    /// A license was revoked too late for that.
    Expired,
}

/// What the lines about one template add up to: numbers of licenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementSum {
    /// The template's name.
    pub template: String,
    /// Issued.
    pub issued: i64,
    /// Renewed.
    pub renewed: i64,
    /// Revoked in time.
    pub returned: i64,
    /// Revoked later.
    pub expired: i64,
    /// Granted.
    pub granted: i64,
    /// Gone back unused.
    pub withdrawn: i64,
    /// Granted on.
    pub delegated: i64,
    /// Come back from below.
    pub recalled: i64,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// When.
    pub at: DateTime<Utc>,
    /// What it is about.
    pub kind: StatementKind,
    /// The template's name.
    pub template: String,
    /// The license it is about, if it is about one: its key, or its id to whom the key is not told.
    pub license: Option<String>,
    /// Whose license it was, or which reseller below it is about.
    pub customer: Option<String>,
    /// What it moved of what is left.
    pub left: i64,
    /// The ledger entry that recorded it.
    pub entry: u64,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// In which language.
    pub language: Language,
    /// Who grants.
    pub vendor: String,
    /// Whose statement it is.
    pub reseller: String,
    /// A moment of the month it is about; none for all there is.
    pub month: Option<DateTime<Utc>>,
    /// What it adds up to, by template.
    pub sums: Vec<StatementSum>,
    /// Its first lines.
    pub lines: Vec<StatementLine>,
    /// How many lines there are in all.
    pub lines_in_all: u64,
    /// When this is said.
    pub made_at: DateTime<Utc>,
}

/// What stays free at the sides: tables want room.
const SIDE: f32 = 42.0;
const WIDTH: f32 = SHEET_WIDTH - 2.0 * SIDE;
/// Between two columns.
const GAP: f32 = 6.0;

const HEAD: Style = style(7.0, Weight::Bold, Ink::Soft, Role::Text);
const CELL: Style = style(7.0, Weight::Regular, Ink::Text, Role::Text);
const SMALL: Style = style(8.5, Weight::Regular, Ink::Soft, Role::Text);
const HEADING: Style = style(11.5, Weight::Bold, Ink::Accent, Role::Heading);

const fn style(size: f32, weight: Weight, ink: Ink, role: Role) -> Style {
    Style {
        size,
        weight,
        ink,
        role,
    }
}

/// A column: how wide it is, and whether it holds numbers.
#[derive(Clone, Copy)]
struct Column {
    width: f32,
    number: bool,
}

const fn text(width: f32) -> Column {
    Column {
        width,
        number: false,
    }
}

const fn number(width: f32) -> Column {
    Column {
        width,
        number: true,
    }
}

/// The template, and a number each.
const SUM_COLUMNS: [Column; 9] = [
    text(135.28),
    number(47.0),
    number(47.0),
    number(47.0),
    number(47.0),
    number(47.0),
    number(47.0),
    number(47.0),
    number(47.0),
];

/// When, what, which template, which license, whose, how many, and where it stands in the ledger.
const LINE_COLUMNS: [Column; 7] = [
    text(68.0),
    text(66.0),
    text(82.0),
    text(138.0),
    text(81.28),
    number(32.0),
    number(44.0),
];

/// Writes the statement as a PDF for A4 paper. The same statement gives the same bytes.
///
/// # Errors
/// When the document cannot be written.
pub fn statement_pdf(statement: &Statement) -> Result<Vec<u8>, ReportError> {
    let fonts = Fonts::new();
    let words = Words::of(statement.language);
    let sheets = drawn(&fonts, statement, words);
    let title = format!("{}: {}", words.title, about(statement, words));
    let language = statement.language.code();
    let metadata = metadata(&title, &statement.vendor, language, statement.made_at);
    sheets.finish(metadata, language)
}

/// Which month it is about.
fn period(statement: &Statement, words: &Words) -> String {
    match statement.month {
        Some(month) => statement.language.month(month),
        None => words.whole.to_owned(),
    }
}

/// Whose it is, and which month it is about.
fn about(statement: &Statement, words: &Words) -> String {
    format!(
        "{}, {}",
        statement.reseller.trim(),
        period(statement, words)
    )
}

fn drawn<'f>(fonts: &'f Fonts, statement: &Statement, words: &Words) -> Sheets<'f> {
    let mut sheets = Sheets::new(fonts);
    head(&mut sheets, statement, words);
    sums(&mut sheets, statement, words);
    lines(&mut sheets, statement, words);
    let foot = about(statement, words);
    sheets.number(SIDE, &foot, |page, pages| words.page(page, pages));
    sheets
}

fn head(sheets: &mut Sheets<'_>, statement: &Statement, words: &Words) {
    sheets.bar(0.0, 0.0, SHEET_WIDTH, 9.0, Ink::Accent);
    let vendor = style(11.0, Weight::Regular, Ink::Soft, Role::Text);
    sheets.text(SIDE, WIDTH, vendor, &statement.vendor);
    sheets.y += 3.0;
    let title = style(24.0, Weight::Bold, Ink::Accent, Role::Title);
    sheets.text(SIDE, WIDTH, title, words.title);
    sheets.y += 6.0;
    let who = style(13.0, Weight::Bold, Ink::Text, Role::Text);
    sheets.text(SIDE, WIDTH, who, &statement.reseller);
    let when = style(11.0, Weight::Regular, Ink::Text, Role::Text);
    sheets.text(SIDE, WIDTH, when, &period(statement, words));
    sheets.y += 3.0;
    let made = words.made(&statement.language.date(statement.made_at));
    sheets.text(SIDE, WIDTH, SMALL, &made);
    sheets.y += 16.0;
}

fn sums(sheets: &mut Sheets<'_>, statement: &Statement, words: &Words) {
    sheets.text(SIDE, WIDTH, HEADING, words.sums);
    sheets.y += 4.0;
    if statement.sums.is_empty() {
        sheets.text(SIDE, WIDTH, CELL, words.empty);
        return;
    }
    let table = Table {
        columns: &SUM_COLUMNS,
        heads: &words.sum_heads,
    };
    table.head(sheets);
    for sum in &statement.sums {
        let numbers = [
            sum.issued,
            sum.renewed,
            sum.returned,
            sum.expired,
            sum.granted,
            sum.withdrawn,
            sum.delegated,
            sum.recalled,
        ];
        let numbers = numbers.map(|number| statement.language.whole(number));
        let cells: Vec<String> = std::iter::once(sum.template.clone())
            .chain(numbers)
            .collect();
        table.row(sheets, &cells);
    }
    sheets.y += 18.0;
}

fn lines(sheets: &mut Sheets<'_>, statement: &Statement, words: &Words) {
    if statement.lines.is_empty() {
        return;
    }
    sheets.room(80.0);
    sheets.text(SIDE, WIDTH, HEADING, words.lines);
    let shown = u64::try_from(statement.lines.len()).unwrap_or(u64::MAX);
    if shown < statement.lines_in_all {
        let count = |lines: u64| {
            statement
                .language
                .whole(i64::try_from(lines).unwrap_or(i64::MAX))
        };
        let more = words.more(&count(shown), &count(statement.lines_in_all));
        sheets.text(SIDE, WIDTH, SMALL, &more);
    }
    sheets.y += 4.0;
    let table = Table {
        columns: &LINE_COLUMNS,
        heads: &words.line_heads,
    };
    table.head(sheets);
    let blank = || "–".to_owned();
    for line in &statement.lines {
        let cells = [
            line.at.format("%Y-%m-%d %H:%M").to_string(),
            words.kind(line.kind).to_owned(),
            line.template.clone(),
            line.license.clone().unwrap_or_else(blank),
            line.customer.clone().unwrap_or_else(blank),
            match line.left {
                0 => blank(),
                left @ 1.. => format!("+{}", statement.language.whole(left)),
                left => format!("−{}", statement.language.whole(left.saturating_neg())),
            },
            line.entry.to_string(),
        ];
        table.row(sheets, &cells);
    }
}

/// A table whose head stands on every sheet that it is on.
struct Table<'a> {
    columns: &'a [Column],
    heads: &'a [&'static str],
}

impl Table<'_> {
    fn head(&self, sheets: &mut Sheets<'_>) {
        let heads: Vec<String> = self.heads.iter().map(|head| (*head).to_owned()).collect();
        self.cells(sheets, HEAD, &heads);
        sheets.bar(SIDE, sheets.y, WIDTH, 0.8, Ink::Accent);
        sheets.y += 3.0;
    }

    fn row(&self, sheets: &mut Sheets<'_>, cells: &[String]) {
        if !sheets.fits(CELL.leading() + 5.0) {
            sheets.turn();
            self.head(sheets);
        }
        self.cells(sheets, CELL, cells);
        sheets.bar(SIDE, sheets.y, WIDTH, 0.4, Ink::Rule);
        sheets.y += 2.0;
    }

    /// One line of cells; what is too long for its column ends with an ellipsis.
    fn cells(&self, sheets: &mut Sheets<'_>, style: Style, cells: &[String]) {
        let mut x = SIDE;
        for (column, cell) in self.columns.iter().zip(cells) {
            let width = column.width - GAP;
            sheets.cell(x, width, style, cell, column.number);
            x += column.width;
        }
        sheets.y += style.leading() + 1.5;
    }
}

#[cfg(test)]
mod tests;
