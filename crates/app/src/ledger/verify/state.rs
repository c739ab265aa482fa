//! Holds rows of state against the last entry that speaks of each.

use latchkey_domain::EntityKind;
use latchkey_domain::ledger::commitment;
use latchkey_store::StateRow;

use super::replay::{Last, Replay, sha256};
use crate::ledger::id_text;

/// How rows compare with the entries read so far.
pub(super) enum Fit {
    /// They are as the entries say.
    All,
    /// A row and its last entry are of different versions, or there is no entry: true if nothing has moved meanwhile.
    Apart(String),
    /// A row of the very version that its entry made says something else.
    Differs(String),
}

/// Compares a page of rows of one kind.
pub(super) fn compare(replay: &mut Replay, kind: EntityKind, rows: &[StateRow]) -> Fit {
    for row in rows {
        let Some(last) = replay.last.get_mut(&row.id) else {
            let id = id_text(kind, row.id);
            return Fit::Apart(format!("{} {id} has no entry in the ledger", kind.as_str()));
        };
        match compare_row(last, kind, row) {
            Fit::All => last.seen = true,
            other => return other,
        }
    }
    Fit::All
}

fn compare_row(last: &Last, kind: EntityKind, row: &StateRow) -> Fit {
    let (table, id, index) = (kind.as_str(), id_text(kind, row.id), last.index);
    if last.version != row.version {
        return Fit::Apart(format!(
            "{table} {id} has version {}, and its last entry, {index}, made version {}",
            row.version, last.version
        ));
    }
    if last.kind != kind {
        let other = last.kind.as_str();
        return Fit::Differs(format!(
            "{table} {id} has the id of a {other}, of which entry {index} speaks"
        ));
    }
    if sha256(&row.state) != last.state {
        return Fit::Differs(format!(
            "{table} {id} is not what its last entry, {index}, made of it"
        ));
    }
    if !commitment(row.salt, &id).starts_with(&last.subject) {
        return Fit::Differs(format!(
            "{table} {id} has a salt that does not open the commitment in entry {index}"
        ));
    }
    Fit::All
}

/// The entity without a row whose last entry comes first.
pub(super) fn without_row(replay: &Replay) -> Option<String> {
    let missing = replay.last.iter().filter(|(_, last)| !last.seen);
    let (id, last) = missing.min_by_key(|(_, last)| last.index)?;
    let (table, id) = (last.kind.as_str(), id_text(last.kind, *id));
    Some(format!(
        "{table} {id} is missing: entry {} speaks of it, and it has no row",
        last.index
    ))
}
