//! Bulk acts: on all that a filter selects, all or none, with a dry run, undone as one.

mod activation;
mod license;

use latchkey_domain::limits::{BULK_REPORT_ROWS_MAX, BULK_ROWS_MAX, IDS_PER_FILTER_MAX};
use latchkey_domain::refusal::{Refusal, RefusalKind};
use serde::{Deserialize, Serialize};

pub use activation::{ActivationAction, BulkActivations};
pub(crate) use license::each_license;
pub use license::{BulkLicenses, LicenseAction};

use crate::Refused;

/// What a bulk act does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkReport {
    /// How many the filter selects.
    pub matched: usize,
    /// How many are changed.
    pub change: usize,
    /// How many are so already.
    pub unchanged: usize,
    /// How many a rule is against.
    pub refused: usize,
    /// The first [`BULK_REPORT_ROWS_MAX`] rows, the refused ones first.
    pub rows: Vec<BulkRow>,
}

/// What a bulk act does to one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    /// The entity's id.
    pub id: String,
    /// What a person calls it.
    pub subject: String,
    /// What happens to it.
    pub outcome: BulkOutcome,
    /// For a refused row: the code, the sentence and what would help.
    pub refusal: Option<(String, String, Option<String>)>,
}

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BulkOutcome {
    /// It is changed.
    Change,
    /// It is so already.
    Unchanged,
    /// A rule is against it; it stays as it is.
    Refused,
}

/// One act is asked to change too much.
#[derive(Debug, thiserror::Error)]
enum TooManyRows {
    /// More than the filter may select.
    #[error("the filter selects more than {BULK_ROWS_MAX} rows")]
    Selected,
    /// More than may be named one by one.
    #[error("the filter names {0} rows one by one; {IDS_PER_FILTER_MAX} are allowed")]
    Named(usize),
}

impl Refusal for TooManyRows {
    fn code(&self) -> &'static str {
        "bulk_too_large"
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::TooLarge
    }
    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Selected => "Narrow the filter, and do it in several steps.".into(),
            Self::Named(_) => "Name fewer, or filter by what they have in common.".into(),
        })
    }
}

pub(crate) fn check_size(matched: usize) -> Result<(), Refused> {
    if matched > BULK_ROWS_MAX {
        Err(TooManyRows::Selected.into())
    } else {
        Ok(())
    }
}

/// Holds what a filter names one by one to [`IDS_PER_FILTER_MAX`].
pub(crate) fn check_ids<T>(ids: Option<&Vec<T>>) -> Result<(), Refused> {
    let named = ids.map_or(0, Vec::len);
    if named > IDS_PER_FILTER_MAX {
        Err(TooManyRows::Named(named).into())
    } else {
        Ok(())
    }
}

impl BulkReport {
    pub(crate) fn add(&mut self, id: String, subject: String, outcome: Result<bool, Refused>) {
        self.matched += 1;
        let (outcome, refusal) = match outcome {
            Ok(true) => (BulkOutcome::Change, None),
            Ok(false) => (BulkOutcome::Unchanged, None),
            Err(refused) => (
                BulkOutcome::Refused,
                Some((refused.code.to_owned(), refused.sentence, refused.fix)),
            ),
        };
        match outcome {
            BulkOutcome::Change => self.change += 1,
            BulkOutcome::Unchanged => self.unchanged += 1,
            BulkOutcome::Refused => self.refused += 1,
        }
        let row = BulkRow {
            id,
            subject,
            outcome,
            refusal,
        };
        if self.rows.len() < BULK_REPORT_ROWS_MAX {
            self.rows.push(row);
        } else if outcome == BulkOutcome::Refused
            && let Some(place) = self
                .rows
                .iter_mut()
                .rev()
                .find(|row| row.outcome != BulkOutcome::Refused)
        {
            *place = row;
        }
    }

    pub(crate) fn finish(mut self) -> Self {
        self.rows
            .sort_by_key(|row| row.outcome != BulkOutcome::Refused);
        self
    }
}
