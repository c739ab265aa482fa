//! `latchkey ledger verify`: recomputes everything, and names the first thing that does not fit.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Result;
use latchkey_app::ledger::{LedgerCheck, LedgerReport};
use latchkey_app::{App, Vendors};
use latchkey_domain::vendor::VendorUrl;
use latchkey_verify::RootKey;

use crate::arguments::LedgerVerify;
use crate::command::verify::root_key;
use crate::opened;

/// Verifies the ledger of a store and prints the outcome.
pub(crate) async fn verify(arguments: &LedgerVerify) -> Result<bool> {
    let root = arguments.root.as_deref().map(root_key).transpose()?;
    let vendors = opened::open(&arguments.store).await?;
    let verified = verify_all(&vendors, arguments.url.as_ref(), root).await;
    vendors.close().await;
    let (ok, pinned) = verified?;
    if ok && !pinned {
        println!(
            "note: the root key was taken from the store itself; give the one you keep elsewhere \
             with --root"
        );
    }
    Ok(ok)
}

/// Verifies the ledger of the vendor that is meant, or of all. Answers whether everything fits, and whether the root was
/// given from outside.
async fn verify_all(
    vendors: &Vendors,
    url: Option<&VendorUrl>,
    root: Option<RootKey>,
) -> Result<(bool, bool)> {
    if url.is_some() || root.is_some() {
        let report = report(&*vendors.meant(url)?, root).await?;
        println!("{}", sentence(&report));
        return Ok((report.ok, report.pinned));
    }
    let all = vendors.all();
    let mut ok = true;
    for app in all.iter() {
        let report = report(app, None).await?;
        println!("{}{}", whose(app, all.len()), sentence(&report));
        ok &= report.ok;
    }
    Ok((ok, false))
}

/// Before what is said of a vendor: whose it is, where there are several.
pub(crate) fn whose(app: &App, vendors: usize) -> String {
    match app.url() {
        Some(url) if vendors > 1 => format!("{url}: "),
        _ => String::new(),
    }
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
