//! Files that people bring.

mod activation;
mod customer;
mod license;

use latchkey_app::import::{ImportOptions, ImportReport};

/// To apply a file as a whole.
const APPLY: ImportOptions = ImportOptions {
    dry_run: false,
    skip_refused: false,
};
/// Only to look.
const LOOK: ImportOptions = ImportOptions {
    dry_run: true,
    skip_refused: false,
};
/// To apply what can be.
const SKIP: ImportOptions = ImportOptions {
    dry_run: false,
    skip_refused: true,
};

/// How many rows create, update, change nothing, repeat others, and are refused.
fn counts(report: &ImportReport) -> (u64, u64, u64, u64, u64) {
    let summary = report.summary;
    assert_eq!(
        summary.lines,
        report.rows.len() as u64,
        "one row for each line"
    );
    (
        summary.create,
        summary.update,
        summary.unchanged,
        summary.duplicate,
        summary.refused,
    )
}
