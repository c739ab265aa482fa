//! Why a store was not moved, and what is where now.

use std::sync::Arc;

use latchkey_domain::refusal::Refusal as _;
use latchkey_keys::KeyError;
use latchkey_store::StoreError;

use crate::{AppError, OpenError};

/// Why a store was not moved. Unless it says otherwise the store is as it was, and its copy is empty or, where even
/// emptying it failed, closed until the same move is made again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum MoveError {
    /// There is nowhere to go.
    #[error("the store is there already")]
    SamePlace,
    /// The key could not be kept in its new place.
    #[error(transparent)]
    Key(#[from] Arc<KeyError>),
    /// One of the databases failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys of the store were not opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy could not be checked.
    #[error(transparent)]
    Check(#[from] AppError),
    /// The ledger does not fit. The copy is what the store is, row by row, so the store's own does not fit either.
    #[error("the ledger does not fit, so nothing was moved: {problem}")]
    Ledger {
        /// The first thing that does not fit.
        problem: String,
    },
    /// Everything arrived, but the store it came from was not marked.
    #[error("everything arrived, but the old store could not be marked as moved: {because}")]
    NotMarked {
        /// Why.
        because: StoreError,
    },
    /// Everything arrived and the old store is marked, but the new one was not opened.
    #[error("everything arrived, but the new store could not be opened for use: {because}")]
    NotOpened {
        /// Why.
        because: StoreError,
    },
    /// A mark was to be taken off where there is none.
    #[error("the store was not moved: there is nothing to take back")]
    NotMoved,
}

impl MoveError {
    /// Whether what arrived is of no use: it was removed, or will be by the next try.
    #[must_use]
    pub fn leaves_nothing(&self) -> bool {
        !matches!(self, Self::NotMarked { .. } | Self::NotOpened { .. })
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SamePlace => "move_same_place",
            Self::Key(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Open(error) => error.code(),
            Self::Check(error) => error.code(),
            Self::Ledger { .. } => "move_ledger_unfit",
            Self::NotMarked { .. } => "move_not_marked",
            Self::NotOpened { .. } => "move_not_opened",
            Self::NotMoved => "store_not_moved",
        }
    }

    /// What would help.
    #[must_use]
    pub fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::SamePlace => "Name another place with --to.",
            Self::Key(error) => error.fix(),
            Self::Store(error) => return error.fix(),
            Self::Open(error) => return error.fix(),
            Self::Check(AppError::Store(error)) => return error.fix(),
            Self::Check(AppError::Refused(refused)) => return refused.fix.clone(),
            Self::Ledger { .. } => {
                "Find out who could change the store, and restore the newest backup that `latchkey ledger verify` \
                 accepts."
            }
            Self::NotMarked { .. } => {
                "Go on with the old store, or mend what is said above and move again. The new one stays closed until then."
            }
            Self::NotOpened { .. } => {
                "Say the same command again: it does what is left. Both stores stay closed until then."
            }
            Self::NotMoved => "Open it as always.",
        };
        Some(fix.into())
    }
}
