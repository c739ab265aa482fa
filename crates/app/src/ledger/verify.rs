//! Checks the whole ledger: recomputes the tree from the entries, holds the signed head against it, and compares each
//! row of state with the last entry that speaks of it.
//!
//! It can run while the store is being used: what is appended meanwhile is taken in when a row is met that is newer
//! than what was read.

mod body;
mod files;
mod keys;
mod nodes;
mod replay;
mod run;
mod state;

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::hex;
use latchkey_store::StoreError;
use latchkey_verify::RootKey;

use crate::{App, AppError, Operation};

/// What is told while the ledger is checked: how many entries and rows were, and about how many there are entries.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// How the ledger is to be checked.
#[derive(Default, Clone)]
pub struct LedgerCheck<'a> {
    /// The vendor's root key, as somebody outside of the store has kept it. Without one, the root key in the store is
    /// believed, and whoever can write to the database could have replaced it and everything under it.
    pub root: Option<RootKey>,
    /// Is told about the progress.
    pub progress: Option<Progress<'a>>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerReport {
    /// Whether everything fits.
    pub ok: bool,
    /// How many entries were recomputed.
    pub entries: u64,
    /// How many rows of state were compared with their last entry.
    pub rows: u64,
    /// The root that was recomputed, in hex.
    pub root: String,
    /// Whether the root key was given from outside.
    pub pinned: bool,
    /// The first thing that does not fit, as a sentence that names table, id and index.
    pub first_problem: Option<String>,
}

/// Why a check ends early.
#[derive(Debug)]
pub(crate) enum Halt {
    /// Something does not fit.
    Problem(String),
    /// The store could not be read.
    Store(StoreError),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        match error {
            // A value that nothing of ours writes: somebody else did.
            StoreError::Damaged { what, reason } => Self::Problem(format!("{what}: {reason}")),
            error => Self::Store(error),
        }
    }
}

/// Ends a check with a sentence.
pub(crate) fn problem<T>(sentence: impl Into<String>) -> Result<T, Halt> {
    Err(Halt::Problem(sentence.into()))
}

impl App {
    /// Checks the whole ledger.
    ///
    /// # Errors
    /// If the actor may not, or the store cannot be read. What does not fit is no error but stands in the report.
    pub async fn ledger_verify(
        &self,
        actor: &Actor,
        check: LedgerCheck<'_>,
    ) -> Result<LedgerReport, AppError> {
        self.permit(actor, Operation::VerifyLedger)?;
        let pinned = check.root.is_some();
        let mut run = run::Run::new(self, check);
        let first_problem = match run.all().await {
            Ok(()) => None,
            Err(Halt::Problem(sentence)) => Some(sentence),
            Err(Halt::Store(error)) => return Err(error.into()),
        };
        let (entries, rows, root) = run.figures();
        Ok(LedgerReport {
            ok: first_problem.is_none(),
            entries,
            rows,
            root: hex(&root),
            pinned,
            first_problem,
        })
    }
}
