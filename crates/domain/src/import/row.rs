//! One row of a file, and what is wrong with it.

use thiserror::Error;

use crate::limits::SEATS_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::{TextError, grouped};

/// One row of a file: what it holds, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// The line of the file it begins in, from 1.
    pub line: usize,
    /// What the report calls it: the text that names it, as it stands in the file, shortened.
    pub subject: String,
    /// What it holds.
    pub content: Result<T, RowError>,
}

/// What is wrong with a row. `Display` is the sentence, with the column in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The heading of the column that is wrong, where it is one.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: RowProblem,
}

impl RowError {
    /// Whether the row says again what another one says, so that leaving it out loses nothing.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self.problem, RowProblem::Duplicate { .. })
    }
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.column {
            Some(column) => write!(f, "{column}: {}", self.problem),
            None => self.problem.fmt(f),
        }
    }
}

impl std::error::Error for RowError {}

impl From<RowProblem> for RowError {
    fn from(problem: RowProblem) -> Self {
        Self {
            column: None,
            problem,
        }
    }
}

impl Refusal for RowError {
    fn code(&self) -> &'static str {
        self.problem.code()
    }

    fn kind(&self) -> RefusalKind {
        self.problem.kind()
    }

    fn fix(&self) -> Option<String> {
        self.problem.fix()
    }
}

/// What can be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RowProblem {
    /// A text that is not what its column holds.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The same as another row.
    #[error("the same stands in line {first_line}")]
    Duplicate {
        /// The row that counts.
        first_line: usize,
    },
    /// Another row says something else about the same thing.
    #[error(
        "line {first_line} says otherwise about the same {what}: “{first}” there, “{here}” here"
    )]
    Conflict {
        /// What both are about.
        what: &'static str,
        /// The other row.
        first_line: usize,
        /// What it says.
        first: String,
        /// What this one says.
        here: String,
    },
    /// More cells than columns.
    #[error("the line has {found} cells, {expected} are expected")]
    TooManyCells {
        /// Cells that there are.
        found: usize,
        /// Cells that there should be.
        expected: usize,
    },
    /// A line of a list that has no tab, and looks as if something else stood for it.
    #[error("there is no tab between machine code and friendly name")]
    NoTab,
    /// The last line of a list has neither the tab that all others have nor a line break.
    #[error(
        "the line may have been cut off: it has neither a tab, as all others have, nor a line break"
    )]
    CutOff,
    /// A quote at the beginning of a cell that its end does not close.
    #[error("a quote is opened and never closed")]
    QuoteUnclosed,
    /// A number of seats that is none.
    #[error("“{text}” is not a number of seats")]
    SeatsMalformed {
        /// What stands there.
        text: String,
    },
    /// A number of seats that is out of bounds.
    #[error("a license has 1 to {} seats, not {text}", grouped(SEATS_MAX as usize))]
    SeatsOutOfBounds {
        /// What stands there.
        text: String,
    },
    /// A date that is not written as one.
    #[error("“{text}” is not a date that can be read")]
    DateMalformed {
        /// What stands there.
        text: String,
        /// The date that is probably meant.
        suggestion: Option<String>,
    },
    /// A date that means one day to some readers and another to others.
    #[error("“{text}” may mean {day_first} or {month_first}")]
    DateAmbiguous {
        /// What stands there.
        text: String,
        /// The date, if the day comes first.
        day_first: String,
        /// The date, if the month comes first.
        month_first: String,
    },
}

impl Refusal for RowProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Text(error) => error.code(),
            Self::Duplicate { .. } => "row_duplicate",
            Self::Conflict { .. } => "row_conflict",
            Self::TooManyCells { .. } => "row_too_many_cells",
            Self::NoTab => "row_no_tab",
            Self::CutOff => "row_cut_off",
            Self::QuoteUnclosed => "row_quote_unclosed",
            Self::SeatsMalformed { .. } => "seats_malformed",
            Self::SeatsOutOfBounds { .. } => "seats_out_of_bounds",
            Self::DateMalformed { .. } => "date_malformed",
            Self::DateAmbiguous { .. } => "date_ambiguous",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Text(error) => return error.fix(),
            Self::Duplicate { .. } => return None,
            Self::Conflict { first_line, .. } => format!("Remove this line or line {first_line}."),
            Self::TooManyCells { .. } => {
                "Quote the cell that has a separator in it, or remove what is too much.".into()
            }
            Self::NoTab => "Put a tab between them.".into(),
            Self::CutOff => {
                "Complete the line, or put a line break after it if it is whole.".into()
            }
            Self::QuoteUnclosed => "Close the quote, or remove it.".into(),
            Self::SeatsMalformed { .. } => "Write the number in digits only, like 1000.".into(),
            Self::SeatsOutOfBounds { .. } => format!("Write a number from 1 to {SEATS_MAX}."),
            Self::DateMalformed {
                suggestion: Some(date),
                ..
            } => format!("Write it as {date}."),
            Self::DateMalformed {
                suggestion: None, ..
            } => "Write it like 2027-01-31.".into(),
            Self::DateAmbiguous {
                day_first,
                month_first,
                ..
            } => {
                format!("Write it as {day_first} or as {month_first}.")
            }
        })
    }
}

/// Characters of a file's text that a report repeats.
const EXCERPT_CHARS_MAX: usize = 80;

/// The beginning of a text from a file, for a report: bounded, and without characters that would break its line.
pub(super) fn excerpt(text: &str) -> String {
    let mut excerpt: String = text.trim().chars().take(EXCERPT_CHARS_MAX).collect();
    if excerpt.len() < text.trim().len() {
        excerpt.push('…');
    }
    if excerpt.contains(char::is_control) {
        excerpt = excerpt.replace(char::is_control, "\u{fffd}");
    }
    excerpt
}
