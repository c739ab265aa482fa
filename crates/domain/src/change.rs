//! A change: what one request did. Its ledger entries carry its id, and it is undone as one.

use crate::Timestamp;
use crate::limits::UNDO_HOURS;
use crate::refusal::{Refusal, RefusalKind};

/// Until when something done `at` can be undone.
#[must_use]
pub fn undo_until(at: Timestamp) -> Timestamp {
    at.plus_millis(i64::from(UNDO_HOURS) * 3_600_000)
}

/// Why a change cannot be undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefusal {
    /// No such change.
    #[error("this change does not exist")]
    NotFound,
    /// It is of a kind that cannot be undone.
    #[error("this cannot be undone")]
    Irreversible,
    /// It is too long ago.
    #[error("this can be undone for {UNDO_HOURS} hours only, and they are over")]
    TooLate,
    /// It was undone.
    #[error("this was undone already")]
    Undone,
    /// All that it did was taken back since, one by one.
    #[error("nothing of this is left to undo")]
    Nothing,
    /// Something of it was changed since.
    #[error("“{label}” was changed since")]
    Overtaken {
        /// What was changed.
        label: String,
    },
}

impl Refusal for UndoRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "change_not_found",
            Self::Irreversible => "change_irreversible",
            Self::TooLate => "change_too_old",
            Self::Undone => "change_undone",
            Self::Nothing => "change_nothing_left",
            Self::Overtaken { .. } => "change_overtaken",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        matches!(self, Self::Overtaken { .. })
            .then(|| "Undo the later change first, or correct it by hand.".into())
    }
}
