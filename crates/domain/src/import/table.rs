//! A table with a heading: CSV with comma, semicolon or tab.

use super::record::{Quoting, Record, Records, shown_value};
use super::{Encoding, IMPORT_LINES_MAX, ImportError, decode};

/// Separators, the less likely to stand in a heading by chance first.
pub(super) const SEPARATORS: [u8; 3] = *b"\t;,";

/// A table as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the file is encoded in.
    pub encoding: Encoding,
    /// What separates its cells.
    pub separator: char,
    /// The cells of the heading, each on one line.
    pub headers: Vec<String>,
    /// The lines below it, blank ones left out.
    pub rows: Vec<TableRow>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The line of the file it begins in, from 1.
    pub line: usize,
    /// One cell for each header, trimmed; empty where the line has none.
    pub cells: Vec<String>,
    /// How many cells hold something beyond the last header.
    pub surplus: usize,
}

/// Reads a table: a heading and lines, in any encoding that [`decode`] knows. The separator is the one that the heading
/// has most of; a first line `sep=;`, as Excel writes it, decides.
///
/// A line with fewer cells than the heading is filled up, because Excel leaves out empty cells at the end of lines. The
/// last line is not, if it also lacks its line break: that is how a file looks that was cut off.
///
/// # Errors
/// When the file cannot be decoded, is too long, has no lines, or has a quote that is not closed.
pub fn parse_table(bytes: &[u8]) -> Result<Table, ImportError> {
    let (encoding, text) = decode(bytes)?;
    let start = Start::of(&text);
    let separator = start.separator.unwrap_or_else(|| separator_of(start));
    read(encoding, start, separator)
}

/// Where a table begins in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start<'a> {
    /// The text from there.
    text: &'a str,
    /// Its line.
    line: usize,
    /// The separator, if the file names it.
    pub(super) separator: Option<u8>,
}

impl<'a> Start<'a> {
    /// Skips a first line like `sep=;`.
    pub(super) fn of(text: &'a str) -> Self {
        let first = text.split(['\r', '\n']).next().unwrap_or_default();
        let named = first.trim_end().as_bytes().split_last_chunk::<1>();
        match named {
            Some((before, [separator]))
                if before.eq_ignore_ascii_case(b"sep=") && separator.is_ascii_punctuation() =>
            {
                let rest = text.get(first.len()..).unwrap_or_default();
                let rest = rest
                    .strip_prefix("\r\n")
                    .or_else(|| rest.get(1..))
                    .unwrap_or_default();
                Self {
                    text: rest,
                    line: 2,
                    separator: Some(*separator),
                }
            }
            _ => Self {
                text,
                line: 1,
                separator: None,
            },
        }
    }

    pub(super) fn records(self, separator: u8, quoting: Quoting) -> Records<'a> {
        Records::new(self.text, self.line, separator, quoting)
    }

    /// The first line with something in it, read with this separator.
    pub(super) fn heading(self, separator: u8) -> Result<Option<Record<'a>>, ImportError> {
        let mut records = self.records(separator, Quoting::Rfc4180);
        records
            .find(|record| !record.as_ref().is_ok_and(Record::is_blank))
            .transpose()
    }
}

/// The separator that a heading has most of; a heading of one column leaves commas to the names below it.
fn separator_of(start: Start<'_>) -> u8 {
    let mut best = (0, b'\t');
    for separator in SEPARATORS {
        let cells = match start.heading(separator) {
            Ok(record) => record.map_or(0, |record| record.cells.len()),
            Err(ImportError::TooManyColumns { .. }) => usize::MAX,
            Err(_) => 0,
        };
        if cells > best.0 {
            best = (cells, separator);
        }
    }
    best.1
}

/// The cells of a heading, each on one line, without empty ones at its end.
pub(super) fn headers(heading: &Record<'_>) -> Vec<String> {
    let mut headers: Vec<_> = heading
        .cells
        .iter()
        .map(|cell| one_line(shown_value(cell)))
        .collect();
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    headers
}

fn one_line(cell: &str) -> String {
    let words = cell.split(|character: char| character.is_whitespace() || character.is_control());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads the table that begins at `start`.
pub(super) fn read(
    encoding: Encoding,
    start: Start<'_>,
    separator: u8,
) -> Result<Table, ImportError> {
    let mut records = start.records(separator, Quoting::Rfc4180);
    let mut table = Table {
        encoding,
        separator: separator.into(),
        headers: Vec::new(),
        rows: Vec::new(),
    };
    for record in &mut records {
        let record = record?;
        if record.is_blank() {
            continue;
        }
        if table.headers.is_empty() {
            table.headers = headers(&record);
            continue;
        }
        if table.rows.len() == IMPORT_LINES_MAX {
            return Err(ImportError::TooManyLines);
        }
        if !record.ended && record.cells.len() < table.headers.len() {
            return Err(ImportError::Truncated { line: record.line });
        }
        table.rows.push(row(&record, table.headers.len()));
    }
    match (table.headers.is_empty(), table.rows.is_empty()) {
        (true, _) => Err(ImportError::Empty),
        (false, true) => Err(ImportError::HeadingOnly),
        (false, false) => Ok(table),
    }
}

fn row(record: &Record<'_>, width: usize) -> TableRow {
    let mut cells: Vec<_> = record
        .cells
        .iter()
        .take(width)
        .map(|cell| shown_value(cell).to_owned())
        .collect();
    cells.resize(width, String::new());
    let surplus = record
        .cells
        .iter()
        .skip(width)
        .filter(|cell| !cell.trim().is_empty())
        .count();
    TableRow {
        line: record.line,
        cells,
        surplus,
    }
}
