//! `latchkey verify`: what a license file grants, or why it is refused.
//!
//! It needs no store: only the file, the vendor's root key and a time.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Result;
use latchkey_domain::time::{Clock as _, Timestamp};
use latchkey_verify::{Grants, MAX_FILE_BYTES, Machine, Refusal, RootKey, verify_license_file};
use serde_json::json;

use crate::ambient::SystemClock;
use crate::arguments::Verify;
use crate::told::Told;

/// Checks the file and prints the outcome.
pub(crate) fn run(arguments: &Verify) -> Result<bool> {
    let file = read(&arguments.file)?;
    let root = root_key(&arguments.root)?;
    let at = match &arguments.at {
        Some(text) => time(text)?,
        None => SystemClock.now(),
    };
    let machine = arguments
        .machine
        .as_deref()
        .map_or(Machine::NotChecked, Machine::Code);
    let outcome = verify_license_file(&file, &root, at.seconds(), machine);
    match &outcome {
        _ if arguments.json => println!("{}", serde_json::to_string_pretty(&as_json(&outcome))?),
        Ok(grants) => print!("{}", sentences(grants, &arguments.machine)),
        Err(refusal) => {
            println!("refused: {refusal} [{}]", refusal.code());
            println!("  what to do: {}", refusal.fix());
        }
    }
    Ok(outcome.is_ok())
}

fn as_json(outcome: &Result<Grants, Refusal>) -> serde_json::Value {
    match outcome {
        Ok(grants) => json!({ "valid": true, "refusal": null, "grants": grants }),
        Err(refusal) => json!({
            "valid": false,
            "refusal": {
                "code": refusal.code(), "detail": refusal.to_string(), "fix": refusal.fix(),
            },
            "grants": null,
        }),
    }
}

fn sentences(grants: &Grants, asked_by: &Option<String>) -> String {
    let features: Vec<String> = grants
        .features
        .iter()
        .map(|feature| match feature.limit {
            Some(limit) => format!("{} (up to {limit})", feature.code),
            None => feature.code.clone(),
        })
        .collect();
    let machines: Vec<String> = grants
        .machines
        .iter()
        .map(|machine| format!("{} ({})", machine.friendly_name, machine.code))
        .collect();
    let until = grants
        .expires_at
        .map_or("for ever".to_owned(), |at| format!("until {}", day(at)));
    let mut lines = vec![
        format!("valid: {} of {}", grants.product.name, grants.vendor.name),
        format!("  customer: {}", grants.customer.name),
        format!(
            "  license: {} (key ends in {})",
            grants.license.id, grants.license.key_hint
        ),
        format!("  term: from {} {until}", day(grants.starts_at)),
        format!("  seats: {}", grants.seats_max),
        format!("  features: {}", listed(&features, "none")),
        format!("  machines: {}", listed(&machines, "any")),
        format!(
            "  this file: {}, valid until {}",
            grants.file_id,
            day(grants.file_expires_at)
        ),
        format!("  ledger entry: {}", grants.ledger_index),
    ];
    if asked_by.is_none() && !grants.machines.is_empty() {
        lines.push("  note: the machine was not compared; give its code with --machine".to_owned());
    }
    lines.join("\n") + "\n"
}

fn listed(names: &[String], none: &str) -> String {
    if names.is_empty() {
        none.to_owned()
    } else {
        names.join(", ")
    }
}

fn day(seconds: i64) -> String {
    Timestamp::from_seconds(seconds).to_string()
}

/// A license file, as far as one may be long.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Told> {
    let unreadable = |error: std::io::Error| {
        Told::new(
            "file_unreadable",
            format!("{} cannot be read: {error}", path.display()),
            "Check the path, and that you may read the file.",
        )
    };
    // One byte above the limit is enough to be refused for it.
    let most = u64::try_from(MAX_FILE_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut content = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut content))
        .map_err(unreadable)?;
    Ok(content)
}

/// The root key in a file.
pub(crate) fn root_key(path: &Path) -> Result<RootKey, Told> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    RootKey::parse(&text).map_err(|error| {
        Told::new(
            "root_key_unreadable",
            format!("{} is no root key: {error}", path.display()),
            "Save the vendor's root key as it is shown under signing keys, or from /v1/root-key.",
        )
    })
}

fn time(text: &str) -> Result<Timestamp, Told> {
    Timestamp::parse(text).ok_or_else(|| {
        Told::new(
            "time_unreadable",
            format!("{text:?} is not a time"),
            "Write it as 2027-01-31 or 2027-01-31T12:00:00Z.",
        )
    })
}
