//! Which column of a file holds what: as the user says, or guessed from the headings.

use unicode_normalization::char::is_combining_mark;

use super::record::{Quoting, Records};
use super::row::{RowError, RowProblem};
use super::{ImportError, TableRow};
use crate::text::fold;

/// Something that a column can hold.
pub trait Column: Copy + PartialEq + Sized + 'static {
    /// All that can be imported, in the order of the form.
    const ALL: &'static [Self];

    /// What a mapping calls it.
    fn key(self) -> &'static str;

    /// What sentences call it.
    fn label(self) -> &'static str;

    /// Headings that mean it, the surest first: in English and German, folded, letters and digits only.
    fn headings(self) -> &'static [&'static str];

    /// Whether nothing can be imported without it.
    fn is_required(self) -> bool;
}

/// Which column of a file holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMap<C> {
    columns: Vec<(C, usize)>,
    headers: Vec<String>,
}

impl<C: Column> ColumnMap<C> {
    /// Guesses from the headings.
    ///
    /// # Errors
    /// When nothing looks like a column that is needed, or two columns do equally.
    pub fn guess(headers: &[String]) -> Result<Self, ImportError> {
        let folded: Vec<_> = headers.iter().map(|header| letters(header)).collect();
        let mut map = Self {
            columns: Vec::new(),
            headers: headers.to_vec(),
        };
        for column in C::ALL {
            for heading in column.headings() {
                let mut meant = folded
                    .iter()
                    .enumerate()
                    .filter(|(_, header)| header == heading);
                let Some((at, _)) = meant.next() else {
                    continue;
                };
                if meant.next().is_some() {
                    return Err(ImportError::ColumnAmbiguous {
                        header: map.heading(at).to_owned(),
                    });
                }
                if map.columns.iter().all(|(_, taken)| *taken != at) {
                    map.columns.push((*column, at));
                    break;
                }
            }
        }
        map.complete()
    }

    /// Reads what the user says, like `name:Company,email:Mail`. A column is named by its heading, in any case, or by
    /// its number, like `#2`; a name with a comma is quoted as in CSV. What is not named is not imported.
    ///
    /// # Errors
    /// When it names something unknown, something twice, no column of the file, or leaves out what is needed.
    pub fn parse(mapping: &str, headers: &[String]) -> Result<Self, ImportError> {
        let mut map = Self {
            columns: Vec::new(),
            headers: headers.to_vec(),
        };
        let pairs = Records::new(mapping.trim(), 1, b',', Quoting::Rfc4180)
            .next()
            .transpose()?;
        for pair in pairs.iter().flat_map(|record| &record.cells) {
            let (key, header) = pair.split_once(':').unwrap_or((pair, ""));
            let (key, header) = (key.trim(), header.trim());
            let Some(column) = C::ALL.iter().copied().find(|column| column.key() == key) else {
                let known = C::ALL.iter().map(|column| column.key()).collect();
                return Err(ImportError::ColumnUnknown {
                    key: key.to_owned(),
                    known,
                });
            };
            if map.index(column).is_some() {
                return Err(ImportError::ColumnMappedTwice { key: column.key() });
            }
            if !header.is_empty() {
                let at = map.position(header)?;
                map.columns.push((column, at));
            }
        }
        map.complete()
    }

    /// The heading of the column that holds this.
    #[must_use]
    pub fn header(&self, column: C) -> Option<&str> {
        self.index(column).map(|at| self.heading(at))
    }

    /// What a row holds of this; empty where the file has no such column.
    #[must_use]
    pub fn cell<'row>(&self, row: &'row TableRow, column: C) -> &'row str {
        self.index(column)
            .and_then(|at| row.cells.get(at))
            .map_or("", String::as_str)
    }

    /// A problem with this column of a row.
    pub(super) fn error(&self, column: C, problem: impl Into<RowProblem>) -> RowError {
        let header = self.header(column).filter(|header| !header.is_empty());
        RowError {
            column: Some(header.unwrap_or(column.label()).to_owned()),
            problem: problem.into(),
        }
    }

    /// Refuses a row with more cells than the heading has.
    pub(super) fn fits(&self, row: &TableRow) -> Result<(), RowError> {
        if row.surplus == 0 {
            return Ok(());
        }
        let expected = self.headers.len();
        Err(RowProblem::TooManyCells {
            found: expected + row.surplus,
            expected,
        }
        .into())
    }

    fn index(&self, column: C) -> Option<usize> {
        self.columns
            .iter()
            .find(|(known, _)| *known == column)
            .map(|(_, at)| *at)
    }

    fn heading(&self, at: usize) -> &str {
        self.headers.get(at).map_or("", String::as_str)
    }

    /// The column that a user names: exactly so, else in any case, else by its number.
    fn position(&self, header: &str) -> Result<usize, ImportError> {
        let folded = fold(header);
        let tests: [&dyn Fn(&str) -> bool; 2] = [&|own| own == header, &|own| fold(own) == folded];
        for test in tests {
            let mut meant = self.headers.iter().enumerate().filter(|(_, own)| test(own));
            if let Some((at, _)) = meant.next() {
                return match meant.next() {
                    None => Ok(at),
                    Some(_) => Err(ImportError::ColumnAmbiguous {
                        header: header.to_owned(),
                    }),
                };
            }
        }
        let number = header
            .strip_prefix('#')
            .and_then(|number| number.parse::<usize>().ok());
        number
            .and_then(|number| number.checked_sub(1))
            .filter(|at| *at < self.headers.len())
            .ok_or_else(|| ImportError::ColumnNotInFile {
                header: header.to_owned(),
                headers: self.headers.clone(),
            })
    }

    fn complete(self) -> Result<Self, ImportError> {
        let missing = C::ALL
            .iter()
            .copied()
            .find(|column| column.is_required() && self.index(*column).is_none());
        match missing {
            None => Ok(self),
            Some(column) => {
                let (column, key) = (column.label(), column.key());
                Err(ImportError::ColumnMissing {
                    column,
                    key,
                    headers: self.headers,
                })
            }
        }
    }
}

/// A heading reduced to what tells it from others: "E-Mail Address" becomes "emailaddress".
pub(super) fn letters(header: &str) -> String {
    fold(header)
        .chars()
        .filter(|character| character.is_alphanumeric() || is_combining_mark(*character))
        .collect()
}
