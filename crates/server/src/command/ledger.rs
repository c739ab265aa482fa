//! `latchkey ledger verify`: recomputes everything, and names the first thing that does not fit.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Result;
use latchkey_app::App;
use latchkey_app::ledger::{LedgerCheck, LedgerReport};
use latchkey_verify::RootKey;

use crate::arguments::LedgerVerify;
use crate::command::verify::root_key;
use crate::opened;

/// Verifies the ledger of a store and prints the outcome.
pub(crate) async fn verify(arguments: &LedgerVerify) -> Result<bool> {
    let root = arguments.root.as_deref().map(root_key).transpose()?;
    let app = opened::open(&arguments.store).await?;
    let report = report(&app, root).await;
    app.close().await;
    let report = report?;
    println!("{}", sentence(&report));
    if report.ok && !report.pinned {
        println!(
            "note: the root key was taken from the store itself; give the one you keep elsewhere \
             with --root"
        );
    }
    Ok(report.ok)
}

/// Verifies the ledger of an open store.
pub(crate) async fn report(app: &App, root: Option<RootKey>) -> Result<LedgerReport> {
    let check = LedgerCheck {
        root,
        progress: Some(&show),
    };
    Ok(app.ledger_verify(&app.owner(), check).await?)
}

/// What was found, on one line.
pub(crate) fn sentence(report: &LedgerReport) -> String {
    let LedgerReport {
        entries,
        rows,
        root,
        ..
    } = report;
    match &report.first_problem {
        None => format!("everything fits: {entries} entries, {rows} rows, root {root}"),
        Some(problem) => format!(
            "something does not fit: {problem}\n  what to do: Keep a copy of the store as it is, \
             find out who could change it, and restore the newest backup that fits."
        ),
    }
}

/// One line that counts, for a person who watches.
fn show(entries: u64, of: u64) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let end = if entries >= of { "\n" } else { "" };
        // Nothing depends on its being seen.
        let _ = write!(err, "\r{entries} of {of} entries{end}");
    }
}
