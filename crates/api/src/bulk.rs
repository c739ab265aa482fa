//! Bulk acts: everything a filter finds, looked at first and then changed as a whole.

use latchkey_app::{Changed, bulk};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Done;
use crate::change::ChangeRef;
use crate::mirror::mirror;

/// What a bulk act did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkReport {
    /// True when nothing was changed.
    pub dry_run: bool,
    /// What was recorded; null when nothing was.
    #[schema(required)]
    pub change: Option<ChangeRef>,
    /// How many had which outcome.
    pub summary: BulkSummary,
    /// The first 1,000, all refused ones first.
    pub rows: Vec<BulkRow>,
}

impl BulkReport {
    /// What a use case reported, as an answer.
    pub(crate) fn done(dry_run: bool, changed: Changed<bulk::BulkReport>) -> Done<Self> {
        let replayed = changed.replayed;
        Done::new(Self::of(dry_run, changed), replayed)
    }

    /// What a use case reported.
    pub(crate) fn of(dry_run: bool, changed: Changed<bulk::BulkReport>) -> Self {
        let change = ChangeRef::of(&changed);
        let report = changed.value;
        let summary = BulkSummary {
            matched: count(report.matched),
            change: count(report.change),
            unchanged: count(report.unchanged),
            refused: count(report.refused),
        };
        let rows = report.rows.into_iter().map(Into::into).collect();
        Self {
            dry_run,
            change,
            summary,
            rows,
        }
    }
}

/// The ids a request names, as a filter takes them.
pub(crate) fn ids<A, D: From<A>>(ids: Option<Vec<A>>) -> Option<Vec<D>> {
    ids.map(|ids| ids.into_iter().map(Into::into).collect())
}

/// A number of things as it stands on the wire.
pub(crate) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl From<bulk::BulkRow> for BulkRow {
    fn from(row: bulk::BulkRow) -> Self {
        let (code, detail, fix) = match row.refusal {
            Some((code, sentence, fix)) => {
                (Some(code), Some(crate::problem::sentence(&sentence)), fix)
            }
            None => (None, None, None),
        };
        Self {
            id: row.id,
            subject: row.subject,
            outcome: row.outcome.into(),
            detail,
            fix,
            code,
        }
    }
}

mirror!(
    BulkOutcome = bulk::BulkOutcome {
        Change,
        Unchanged,
        Refused
    }
);

/// How many had which outcome.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct BulkSummary {
    /// Found by the filter.
    pub matched: u64,
    /// Changed.
    pub change: u64,
    /// Already so.
    pub unchanged: u64,
    /// Cannot be changed; they stay as they are.
    pub refused: u64,
}

/// One thing a bulk act found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkRow {
    /// Its id.
    #[schema(example = "lic_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub id: String,
    /// What a person calls it.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub subject: String,
    /// What happens to it.
    pub outcome: BulkOutcome,
    /// The sentence for a person.
    #[schema(required)]
    pub detail: Option<String>,
    /// The smallest change that would help.
    #[schema(required)]
    pub fix: Option<String>,
    /// The stable code of a refusal.
    #[schema(required, example = "license_revoked")]
    pub code: Option<String>,
}

/// What happens to a thing in a bulk act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    /// Changed.
    Change,
    /// Already so.
    Unchanged,
    /// Cannot be changed.
    Refused,
}
