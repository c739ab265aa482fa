//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula, so that a
//! machine's friendly name could run commands on the desk of whoever opens the report (OWASP, "CSV Injection"). Such
//! texts get an apostrophe in front, which spreadsheets do not show and our own import takes off again. To keep that
//! exact, a text that begins with apostrophes before such a character gets one more.

use std::borrow::Cow;
use std::io::Write;
use std::marker::PhantomData;

use crate::ReportError;

/// Whether a byte order mark comes first. Excel needs it to take a file for UTF-8; other programs may stumble over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrderMark {
    /// For a person who opens the file in a spreadsheet.
    Write,
    /// For a program.
    Omit,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A text, guarded against being taken for a formula.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// Nothing.
    Blank,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Blank, Into::into)
    }
}

/// A struct that is a row of a table.
pub trait CsvRow {
    /// The headings, one for each cell.
    const HEADINGS: &'static [&'static str];

    /// The cells, one for each heading.
    fn cells(&self) -> Vec<Cell<'_>>;
}

/// Writes a table row by row.
pub struct CsvWriter<W: Write, R> {
    writer: csv::Writer<W>,
    rows: PhantomData<fn(&R)>,
}

impl<W: Write, R: CsvRow> CsvWriter<W, R> {
    /// Writes the headings.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn new(mut out: W, mark: ByteOrderMark) -> Result<Self, ReportError> {
        if mark == ByteOrderMark::Write {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = builder().from_writer(out);
        writer.write_record(R::HEADINGS)?;
        Ok(Self {
            writer,
            rows: PhantomData,
        })
    }

    /// Goes on with a table whose headings and first rows were written elsewhere.
    #[must_use]
    pub fn without_headings(out: W) -> Self {
        Self {
            writer: builder().from_writer(out),
            rows: PhantomData,
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When `out` cannot be written to, or the row has not one cell for each heading.
    pub fn row(&mut self, row: &R) -> Result<(), ReportError> {
        for cell in row.cells() {
            match cell {
                Cell::Text(text) => self.writer.write_field(&*guarded(text))?,
                Cell::Number(number) => self.writer.write_field(number.to_string())?,
                Cell::Blank => self.writer.write_field("")?,
            }
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is still held back, and gives `out` back.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn finish(self) -> Result<W, ReportError> {
        self.writer
            .into_inner()
            .map_err(|error| ReportError::Write(error.into_error()))
    }
}

/// Writes a whole table.
///
/// # Errors
/// As [`CsvWriter`].
pub fn write_csv<W: Write, R: CsvRow>(
    out: W,
    mark: ByteOrderMark,
    rows: impl IntoIterator<Item = R>,
) -> Result<W, ReportError> {
    let mut writer = CsvWriter::new(out, mark)?;
    for row in rows {
        writer.row(&row)?;
    }
    writer.finish()
}

fn builder() -> csv::WriterBuilder {
    let mut builder = csv::WriterBuilder::new();
    builder.terminator(csv::Terminator::CRLF);
    builder
}

fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if text
        .trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
    {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Seat {
        name: String,
        used: Option<i64>,
    }

    impl CsvRow for Seat {
        const HEADINGS: &'static [&'static str] = &["friendly_name", "used"];

        fn cells(&self) -> Vec<Cell<'_>> {
            vec![self.name.as_str().into(), self.used.into()]
        }
    }

    fn seat(name: &str) -> Seat {
        Seat {
            name: name.to_owned(),
            used: None,
        }
    }

    fn written(mark: ByteOrderMark, seats: Vec<Seat>) -> String {
        String::from_utf8(write_csv(Vec::new(), mark, seats).unwrap()).unwrap()
    }

    #[test]
    fn a_table_has_headings_and_a_row_for_each_struct() {
        let seats = vec![
            Seat {
                name: "Réception, 受付".into(),
                used: Some(-3),
            },
            seat("27\" screen\nlab"),
        ];
        assert_eq!(
            written(ByteOrderMark::Omit, seats),
            "friendly_name,used\r\n\"Réception, 受付\",-3\r\n\"27\"\" screen\nlab\",\r\n"
        );
    }

    #[test]
    fn a_table_for_a_spreadsheet_begins_with_a_mark_also_when_it_has_no_rows() {
        assert_eq!(
            written(ByteOrderMark::Write, Vec::new()),
            "\u{feff}friendly_name,used\r\n"
        );
    }

    #[test]
    fn no_text_can_be_taken_for_a_formula() {
        for name in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1",
        ] {
            let table = written(ByteOrderMark::Omit, vec![seat(name)]);
            let (_, row) = table.split_once("\r\n").unwrap();
            assert!(
                row.trim_start_matches('"').starts_with(&format!("'{name}")),
                "{row}"
            );
        }
        for name in ["a=1", "'tis", "1-1", ""] {
            assert!(
                written(ByteOrderMark::Omit, vec![seat(name)])
                    .ends_with(&format!("\r\n{name},\r\n"))
            );
        }
    }

    #[test]
    fn a_row_with_a_cell_too_few_is_an_error_and_no_crooked_table() {
        struct Crooked;
        impl CsvRow for Crooked {
            const HEADINGS: &'static [&'static str] = &["a", "b"];

            fn cells(&self) -> Vec<Cell<'_>> {
                vec![Cell::Blank]
            }
        }
        assert!(matches!(
            write_csv(Vec::new(), ByteOrderMark::Omit, [Crooked]),
            Err(ReportError::Csv(_))
        ));
    }

    proptest! {
        #[test]
        fn a_table_is_read_back_as_it_was_written(names in prop::collection::vec("\\PC{0,20}|['=+@\t\r\n\",;-]{0,6}", 0..20)) {
            let table = written(ByteOrderMark::Omit, names.iter().map(|name| seat(name)).collect());
            let read = csv::Reader::from_reader(table.as_bytes()).into_records();
            let read: Vec<_> = read
                .map(|record| {
                    let cell = record.unwrap()[0].to_owned();
                    let formula = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
                    if formula { cell[1..].to_owned() } else { cell }
                })
                .collect();
            prop_assert_eq!(read, names);
        }
    }
}
