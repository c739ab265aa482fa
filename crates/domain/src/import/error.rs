//! Why a file is refused as a whole, and what would help.

use thiserror::Error;

use super::{Encoding, FileKind, IMPORT_BYTES_MAX, IMPORT_COLUMNS_MAX, IMPORT_LINES_MAX};
use crate::refusal::{Refusal, RefusalKind};
use crate::text::grouped;

const MEBIBYTE: usize = 1024 * 1024;

/// Why a file is refused as a whole. Lines are counted from 1, as editors do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// More bytes than [`IMPORT_BYTES_MAX`].
    #[error("the file has {} MiB, at most {} are allowed", bytes.div_ceil(MEBIBYTE), IMPORT_BYTES_MAX / MEBIBYTE)]
    TooLarge {
        /// Bytes that there are.
        bytes: usize,
    },
    /// More lines than [`IMPORT_LINES_MAX`].
    #[error("the file has more than {} lines", grouped(IMPORT_LINES_MAX))]
    TooManyLines,
    /// More columns than [`IMPORT_COLUMNS_MAX`].
    #[error("line {line} has more than {IMPORT_COLUMNS_MAX} columns")]
    TooManyColumns {
        /// Where.
        line: usize,
    },
    /// Nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// A heading with nothing below it.
    #[error("the file has a heading and no lines below it")]
    HeadingOnly,
    /// Another kind of file.
    #[error("the file is {kind}")]
    NotText {
        /// Which kind.
        kind: FileKind,
    },
    /// Neither UTF-8 nor anything else that can be told.
    #[error("the file is not in UTF-8, and its encoding cannot be told (line {line})")]
    EncodingUnknown {
        /// The first line that is not UTF-8.
        line: usize,
    },
    /// In an encoding for the most part, and not in one place.
    #[error("the file is in {encoding}, and line {line} is not")]
    EncodingBroken {
        /// The encoding of the rest.
        encoding: Encoding,
        /// The first line that is not.
        line: usize,
    },
    /// The end is missing.
    #[error("the file stops in the middle of line {line}")]
    Truncated {
        /// The last line.
        line: usize,
    },
    /// A quote is opened and never closed.
    #[error("a quote is opened in line {line} and never closed")]
    QuoteUnclosed {
        /// Where it is opened.
        line: usize,
    },
    /// Something follows a quote that closes a cell.
    #[error("in line {line} something follows a closing quote")]
    QuoteStray {
        /// Where.
        line: usize,
    },
    /// Neither tabs nor a heading that says which column is which.
    #[error("the file has no tabs and no heading (line {line}: “{text}”)")]
    HeadingMissing {
        /// The first line with data.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// No column for something that is needed.
    #[error("no column holds the {column}; the columns are {}", listed(.headers))]
    ColumnMissing {
        /// What is needed.
        column: &'static str,
        /// The key to map it by.
        key: &'static str,
        /// The columns that there are.
        headers: Vec<String>,
    },
    /// A mapping that names nothing to import.
    #[error("“{key}” is nothing that can be imported here")]
    ColumnUnknown {
        /// What was named.
        key: String,
        /// What can be.
        known: Vec<&'static str>,
    },
    /// A mapping that names no column of the file.
    #[error("the file has no column “{header}”; its columns are {}", listed(.headers))]
    ColumnNotInFile {
        /// What was named.
        header: String,
        /// The columns that there are.
        headers: Vec<String>,
    },
    /// More than one column could be meant.
    #[error("the file has more than one column “{header}”")]
    ColumnAmbiguous {
        /// Their heading.
        header: String,
    },
    /// A mapping that names the same thing twice.
    #[error("“{key}” is mapped twice")]
    ColumnMappedTwice {
        /// What was named twice.
        key: &'static str,
    },
}

impl Refusal for ImportError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "import_too_large",
            Self::TooManyLines => "import_too_many_lines",
            Self::TooManyColumns { .. } => "import_too_many_columns",
            Self::Empty | Self::HeadingOnly => "import_empty",
            Self::NotText { .. } => "import_not_text",
            Self::EncodingUnknown { .. } => "import_encoding_unknown",
            Self::EncodingBroken { .. } => "import_encoding_broken",
            Self::Truncated { .. } => "import_truncated",
            Self::QuoteUnclosed { .. } => "import_quote_unclosed",
            Self::QuoteStray { .. } => "import_quote_stray",
            Self::HeadingMissing { .. } => "import_heading_missing",
            Self::ColumnMissing { .. } => "import_column_missing",
            Self::ColumnUnknown { .. } => "import_column_unknown",
            Self::ColumnNotInFile { .. } => "import_column_not_in_file",
            Self::ColumnAmbiguous { .. } => "import_column_ambiguous",
            Self::ColumnMappedTwice { .. } => "import_column_mapped_twice",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::TooLarge { .. } | Self::TooManyLines => RefusalKind::TooLarge,
            _ => RefusalKind::Invalid,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::TooLarge { .. } | Self::TooManyLines => {
                format!("Split it into files of at most {} lines.", grouped(IMPORT_LINES_MAX))
            }
            Self::TooManyColumns { .. } => "Remove the columns that are not needed.".into(),
            Self::Empty | Self::HeadingOnly => "Choose the file that has the lines in it.".into(),
            Self::NotText { kind } => kind.fix().into(),
            Self::EncodingUnknown { .. } => "Save it as UTF-8 (in Excel: “CSV UTF-8”).".into(),
            Self::EncodingBroken { .. } => "Mend that line, or export the file again as UTF-8.".into(),
            Self::Truncated { .. } => "Export or copy the file again; its end is missing.".into(),
            Self::QuoteUnclosed { .. } => {
                "Close the quote, or export the file again if its end is missing.".into()
            }
            Self::QuoteStray { .. } => "Double each quote that stands inside a quoted cell.".into(),
            Self::HeadingMissing { .. } => {
                "Put a tab between machine code and friendly name, or a heading like “machine_code,friendly_name” on top."
                    .into()
            }
            Self::ColumnMissing { column, key, .. } => {
                format!("Say which column holds the {column}, or give that column the heading “{key}”.")
            }
            Self::ColumnUnknown { known, .. } => format!("Use {}.", known.join(", ")),
            Self::ColumnNotInFile { .. } => "Choose one of the columns that the file has.".into(),
            Self::ColumnAmbiguous { .. } => {
                "Give the columns different headings, or name one by its number, like “#2”.".into()
            }
            Self::ColumnMappedTwice { key } => format!("Map “{key}” once."),
        })
    }
}

/// How many headings a sentence lists.
const HEADERS_LISTED_MAX: usize = 12;

fn listed(headers: &[String]) -> String {
    let mut names: Vec<_> = headers
        .iter()
        .take(HEADERS_LISTED_MAX)
        .map(|header| format!("“{header}”"))
        .collect();
    if headers.len() > HEADERS_LISTED_MAX {
        names.push(format!("{} more", headers.len() - HEADERS_LISTED_MAX));
    }
    names.join(", ")
}
