//! Text to records of cells: RFC 4180 with any separator, and plain lines.
//!
//! The `csv` crate reads on in silence when a quoted cell is never closed, which is how a file that was cut off looks;
//! this reader refuses it and knows the line. A record ends with LF, CR LF or CR. Cells are borrowed from the text
//! unless a doubled quote has to be undone.

use std::borrow::Cow;

use super::{IMPORT_COLUMNS_MAX, ImportError};

/// What quotes mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// A cell that begins with a quote ends with one, and may have separators and line breaks within (RFC 4180).
    Rfc4180,
    /// A line is a record, whatever quotes stand in it.
    None,
}

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// The line it begins in, from 1.
    pub(super) line: usize,
    /// Its cells, untrimmed.
    pub(super) cells: Vec<Cow<'a, str>>,
    /// Whether a line break follows it.
    pub(super) ended: bool,
}

impl Record<'_> {
    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The records of a text, in order. After an error there are no more.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    rest: &'a str,
    line: usize,
    separator: u8,
    quoting: Quoting,
    cells: usize,
}

enum End {
    Cell,
    Record,
    Text,
}

impl<'a> Records<'a> {
    /// Reads `text`, whose first line is line `line` of its file. `separator` is ASCII.
    pub(super) fn new(text: &'a str, line: usize, separator: u8, quoting: Quoting) -> Self {
        Self {
            rest: text,
            line,
            separator,
            quoting,
            cells: 0,
        }
    }

    fn record(&mut self) -> Result<Record<'a>, ImportError> {
        let mut record = Record {
            line: self.line,
            cells: Vec::with_capacity(self.cells),
            ended: true,
        };
        loop {
            let quoted = self
                .rest
                .strip_prefix('"')
                .filter(|_| self.quoting == Quoting::Rfc4180);
            record.cells.push(match quoted {
                Some(rest) => self.quoted(rest)?,
                None => self.plain(),
            });
            match self.end() {
                End::Cell if record.cells.len() == IMPORT_COLUMNS_MAX => {
                    return Err(ImportError::TooManyColumns { line: record.line });
                }
                End::Cell => {}
                End::Record => break,
                End::Text => {
                    record.ended = false;
                    break;
                }
            }
        }
        self.cells = record.cells.len();
        Ok(record)
    }

    /// Everything up to the next separator or line break.
    fn plain(&mut self) -> Cow<'a, str> {
        let ends = |byte: u8| byte == self.separator || byte == b'\n' || byte == b'\r';
        let at = self.rest.bytes().position(ends).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        Cow::Borrowed(cell)
    }

    /// Everything up to the closing quote; `rest` begins after the opening one.
    fn quoted(&mut self, rest: &'a str) -> Result<Cow<'a, str>, ImportError> {
        let mut from = 0;
        let mut doubled = false;
        let (cell, after) = loop {
            let quote = rest.get(from..).and_then(|rest| rest.find('"'));
            let at = from + quote.ok_or(ImportError::QuoteUnclosed { line: self.line })?;
            let (cell, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let after = after.get(1..).unwrap_or_default();
            if !after.starts_with('"') {
                break (cell, after);
            }
            doubled = true;
            from = at + 2;
        };
        self.line += line_breaks(cell.as_bytes());
        self.rest = after;
        if !self.plain().trim().is_empty() {
            return Err(ImportError::QuoteStray { line: self.line });
        }
        Ok(if doubled {
            Cow::Owned(cell.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(cell)
        })
    }

    /// Steps over the separator or line break that ends a cell.
    fn end(&mut self) -> End {
        let (end, length) = match *self.rest.as_bytes() {
            [] => return End::Text,
            [b'\r', b'\n', ..] => (End::Record, 2),
            [b'\r' | b'\n', ..] => (End::Record, 1),
            _ => (End::Cell, 1),
        };
        self.rest = self.rest.get(length..).unwrap_or_default();
        if matches!(end, End::Record) {
            self.line += 1;
        }
        end
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let record = self.record();
        if record.is_err() {
            self.rest = "";
        }
        Some(record)
    }
}

/// Line breaks in a text: LF, CR LF and CR are one each.
pub(super) fn line_breaks(text: &[u8]) -> usize {
    let feeds = text.iter().filter(|byte| **byte == b'\n').count();
    let returns = text.iter().filter(|byte| **byte == b'\r').count();
    let pairs = if returns == 0 {
        0
    } else {
        text.windows(2).filter(|pair| *pair == b"\r\n").count()
    };
    feeds + returns - pairs
}

/// A cell as a spreadsheet shows it: trimmed, and without the apostrophe that keeps it from being taken for a formula.
/// Our own exports put that apostrophe there; what they wrote is read back as it was.
pub(super) fn shown_value(cell: &str) -> &str {
    let cell = cell.trim();
    let bare = cell.trim_start_matches('\'');
    if bare.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        cell.strip_prefix('\'').unwrap_or(cell)
    } else {
        cell
    }
}
