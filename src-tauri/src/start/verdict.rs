//! What a license file grants, on a page before the store is open: checked against the root key
//! that this computer remembers of the last time.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use latchkey_domain::time::Timestamp;
use latchkey_verify::{Feature, Grants, LicensedMachine, MAX_FILE_BYTES, Machine, RootKey};

use super::html::escaped;
use crate::words::{Words, capitalised};

/// The part of a page that tells of a license file.
pub(super) fn of(path: &Path, root: Option<&RootKey>, now: i64, words: &Words) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = escaped(&name.to_string_lossy());
    let told = match (read(path), root) {
        (Err(error), _) => {
            paragraph(&words.with("start_file_unread", &[("error", &error.to_string())]))
        }
        (Ok(_), None) => paragraph(words.get("start_file_unchecked")),
        (Ok(file), Some(root)) => checked(&file, root, now, words),
    };
    format!("<section class=\"file\" aria-label=\"{name}\"><h2>{name}</h2>{told}</section>")
}

/// At most one byte more than a license file may have: what is larger is refused as such.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let most = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX);
    let mut content = Vec::new();
    File::open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut content)?;
    Ok(content)
}

fn checked(file: &[u8], root: &RootKey, now: i64, words: &Words) -> String {
    match latchkey_verify::verify_license_file(file, root, now, Machine::NotChecked) {
        Ok(grants) => granted(&grants, words),
        Err(refusal) => format!(
            "<p class=\"bad\"><strong>✕ {}</strong></p>{}{}<p class=\"code\">{}</p>",
            escaped(words.get("license_file_refused")),
            paragraph(&capitalised(&refusal.to_string())),
            paragraph(&capitalised(refusal.fix())),
            escaped(refusal.code()),
        ),
    }
}

fn granted(grants: &Grants, words: &Words) -> String {
    let key = words.with("license_key_ending", &[("end", &grants.license.key_hint)]);
    let expires = grants.expires_at.map(day);
    let rows = [
        ("license_key", key),
        ("customer", grants.customer.name.clone()),
        ("product", grants.product.name.clone()),
        (
            "features",
            listed(&grants.features, words.get("none"), feature),
        ),
        ("seats", grants.seats_max.to_string()),
        (
            "machines",
            listed(&grants.machines, words.get("any_machine"), machine),
        ),
        ("column_valid_until", day(grants.file_expires_at)),
        (
            "license_expires",
            expires.unwrap_or_else(|| words.get("never").to_owned()),
        ),
    ];
    let rows: String = rows
        .iter()
        .map(|(key, value)| {
            let name = escaped(words.get(key));
            format!("<dt>{name}</dt><dd>{}</dd>", escaped(value))
        })
        .collect();
    format!(
        "<p class=\"good\"><strong>✓ {}</strong></p><dl>{rows}</dl>{}",
        escaped(words.get("license_file_valid")),
        paragraph(words.get("start_file_without_store")),
    )
}

fn listed<T>(all: &[T], none: &str, words: fn(&T) -> String) -> String {
    if all.is_empty() {
        return none.to_owned();
    }
    all.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn feature(feature: &Feature) -> String {
    match feature.limit {
        None => feature.code.clone(),
        Some(limit) => format!("{} ({limit})", feature.code),
    }
}

fn machine(machine: &LicensedMachine) -> String {
    format!("{} ({})", machine.friendly_name, machine.code)
}

/// The day in UTC, as 2026-11-23.
fn day(seconds: i64) -> String {
    let text = Timestamp::from_seconds(seconds).to_string();
    text.split('T').next().unwrap_or_default().to_owned()
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escaped(text))
}
