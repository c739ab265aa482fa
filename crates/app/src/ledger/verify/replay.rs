//! Goes through the entries, oldest first: recomputes the tree, checks each row against its entry, and keeps of each
//! entity what its last entry said.

use std::collections::HashMap;

use latchkey_domain::ledger::{Hash, commitment, hex, leaf_hash};
use latchkey_domain::merkle::{Frontier, StoredNode};
use latchkey_domain::{EntityKind, Salt};
use latchkey_store::LedgerRow;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::body::{BodyText, DocumentText, EntryText};
use crate::ledger::id_text;

/// What the last entry of an entity said. Kept small: there is one for each entity of the store.
pub(super) struct Last {
    /// The entry.
    pub(super) index: u64,
    /// The entity's version.
    pub(super) version: u32,
    /// Its kind.
    pub(super) kind: EntityKind,
    /// Whether a row of state was held against it, or need not be.
    pub(super) seen: bool,
    /// The first half of its commitment; the salt is known only when its row is met.
    pub(super) subject: [u8; 16],
    /// SHA-256 of its serialised form.
    pub(super) state: Hash,
}

/// What came of the entries read so far.
pub(super) struct Replay {
    pub(super) frontier: Frontier,
    pub(super) nodes: Vec<StoredNode>,
    pub(super) last: HashMap<Uuid, Last>,
    vendor_salt: Salt,
    /// Actors are few, and their commitments the same in all entries.
    actors: HashMap<String, String>,
    /// Entities that come from here on may have their rows behind the place that was read already.
    late_from: u64,
}

impl Replay {
    pub(super) fn new(vendor_salt: Salt, late_from: u64) -> Self {
        Self {
            frontier: Frontier::default(),
            nodes: Vec::new(),
            last: HashMap::new(),
            vendor_salt,
            actors: HashMap::new(),
            late_from,
        }
    }

    /// Takes the next rows.
    pub(super) fn take(&mut self, rows: &[LedgerRow]) -> Result<(), String> {
        for row in rows {
            let index = self.frontier.size();
            if row.index != index {
                return Err(missing(index));
            }
            let named = |fault: String| format!("ledger_entry {index}: {fault}");
            self.check(row).map_err(named)?;
            let nodes = self.frontier.append(row.leaf);
            self.nodes
                .extend(nodes.map_err(|error| named(error.to_string()))?);
        }
        Ok(())
    }

    fn check(&mut self, row: &LedgerRow) -> Result<(), String> {
        if leaf_hash(row.entry.as_bytes()) != row.leaf {
            return Err("its leaf is not the hash of its entry".into());
        }
        let entry: EntryText<'_> = serde_json::from_str(&row.entry)
            .map_err(|error| format!("its entry cannot be read: {error}"))?;
        check_columns(row, &entry)?;
        if hex(&Sha256::digest(row.body.as_bytes())) != entry.content {
            return Err("its body is not the one that its entry was made for".into());
        }
        let body: BodyText<'_> = serde_json::from_str(&row.body)
            .map_err(|error| format!("its body cannot be read: {error}"))?;
        let named = id_text(row.entity, row.entity_id);
        if body.id != named {
            return Err(format!(
                "its column entity_id names {named}, and its body speaks of {}",
                body.id
            ));
        }
        if self.actor(body.actor.id) != entry.actor {
            return Err("its body names another actor than its entry".into());
        }
        if let Some(document) = entry.document {
            let after: Result<DocumentText<'_>, _> = serde_json::from_str(body.after.get());
            if after.map_or(true, |after| after.document != document) {
                return Err("its body names another document than its entry".into());
            }
        }
        self.follow(row, &entry, &body)
    }

    /// Holds an entry against the one before it that speaks of the same entity.
    fn follow(
        &mut self,
        row: &LedgerRow,
        entry: &EntryText<'_>,
        body: &BodyText<'_>,
    ) -> Result<(), String> {
        let before = body.before.map(|before| sha256(before.get()));
        let last = Last {
            index: row.index,
            version: row.version,
            kind: row.entity,
            seen: row.index >= self.late_from,
            subject: subject_half(entry.subject).ok_or("its subject is no commitment")?,
            state: sha256(body.after.get()),
        };
        let id = body.id;
        let Some(known) = self.last.get_mut(&row.entity_id) else {
            if row.version != 1 || before.is_some() {
                return Err(format!(
                    "it is the first to speak of {id}, and not of its creation"
                ));
            }
            self.last.insert(row.entity_id, last);
            return Ok(());
        };
        let earlier = known.index;
        if known.kind != last.kind || known.subject != last.subject {
            return Err(format!(
                "it commits to another entity than entry {earlier}, which speaks of {id} too"
            ));
        }
        if known.version.checked_add(1) != Some(last.version) {
            return Err(format!(
                "it makes version {} of {id}, and entry {earlier} had made version {}",
                last.version, known.version
            ));
        }
        if before != Some(known.state) {
            return Err(format!(
                "what {id} was before, as it says, is not what entry {earlier} had made of it"
            ));
        }
        *known = Last {
            seen: known.seen,
            ..last
        };
        Ok(())
    }

    fn actor(&mut self, id: &str) -> &str {
        if !self.actors.contains_key(id) {
            let hidden = hex(&commitment(self.vendor_salt, id));
            self.actors.insert(id.to_owned(), hidden);
        }
        self.actors.get(id).map_or("", String::as_str)
    }
}

/// The columns of a row repeat what its entry says, so that it can be found.
fn check_columns(row: &LedgerRow, entry: &EntryText<'_>) -> Result<(), String> {
    if entry.v != 1 {
        return Err(format!(
            "its entry has form {}, and this program knows form 1",
            entry.v
        ));
    }
    let undoes = row.undoes.map(|change| change.to_string());
    let columns = [
        ("at", entry.at == row.at.millis()),
        ("verb", entry.verb == row.verb.as_str()),
        ("entity", entry.entity == row.entity.as_str()),
        ("version", entry.version == row.version),
        ("change_id", entry.change == row.change.to_string()),
        ("undoes_change_id", entry.undoes == undoes.as_deref()),
    ];
    match columns.iter().find(|(_, same)| !same) {
        Some((column, _)) => Err(format!("its column {column} is not what its entry says")),
        None => Ok(()),
    }
}

/// The sentence for an entry that is not there.
pub(super) fn missing(index: u64) -> String {
    format!("ledger_entry {index} is missing")
}

pub(super) fn sha256(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

/// The first half of a commitment in hex.
fn subject_half(text: &str) -> Option<[u8; 16]> {
    let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut half = [0; 16];
    for (byte, pair) in half.iter_mut().zip(digits.as_chunks::<2>().0) {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? << 4 | low?).ok()?;
    }
    Some(half)
}
