//! What a receiver is told of an entry of the ledger: which record changed, how, and who did it. Nothing that lets
//! anybody in, and nothing about a person but their id: whoever may see more asks the API for it.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::actor::Actor;
use crate::ledger::{hex, kind_of_id};
use crate::{ChangeId, EntityKind, Timestamp};

/// Texts that are told as they are; all other texts of a record stay here.
const TOLD_TEXTS: &[&str] = &["state", "standing", "role", "kind"];

/// Numbers that are told as they are.
const TOLD_NUMBERS: &[&str] = &["seats_max", "number"];

/// An entry of the ledger, as an event is made of it.
#[derive(Debug, Clone, Copy)]
pub struct EventFacts<'a> {
    /// Its index.
    pub index: u64,
    /// The text of its verb.
    pub verb: &'a str,
    /// When.
    pub at: Timestamp,
    /// The kind of the record.
    pub kind: EntityKind,
    /// The record's id.
    pub id: &'a str,
    /// The record's version afterwards.
    pub version: u32,
    /// The change.
    pub change: ChangeId,
    /// The change that it takes back.
    pub undoes: Option<ChangeId>,
    /// Who did it.
    pub actor: &'a Actor,
    /// The record before, as the ledger keeps it.
    pub before: Option<&'a Map<String, Value>>,
    /// The record afterwards.
    pub after: &'a Map<String, Value>,
}

/// The id of the event of an entry, by the hash of its leaf: the same for ever, and another one in every ledger.
#[must_use]
pub fn event_id(leaf: &[u8; 32]) -> String {
    let half: Vec<u8> = leaf.iter().copied().take(16).collect();
    format!("evt_{}", hex(&half))
}

#[derive(Serialize)]
struct Event<'a> {
    r#type: &'a str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    id: &'a str,
    kind: &'static str,
    version: u32,
    ledger_index: u64,
    change_id: String,
    undoes_change_id: Option<String>,
    actor: ActorPart<'a>,
    record: Map<String, Value>,
    before: Option<Map<String, Value>>,
}

#[derive(Serialize)]
struct ActorPart<'a> {
    id: String,
    role: &'a str,
}

impl EventFacts<'_> {
    /// The body of the message, in JSON.
    ///
    /// # Errors
    /// Only if it cannot be written as JSON.
    pub fn body(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Event {
            r#type: self.verb,
            timestamp: self.at.to_string(),
            data: Data {
                id: self.id,
                kind: self.kind.as_str(),
                version: self.version,
                ledger_index: self.index,
                change_id: self.change.to_string(),
                undoes_change_id: self.undoes.map(|change| change.to_string()),
                actor: ActorPart {
                    id: self.actor.id.to_string(),
                    role: self.actor.role.as_str(),
                },
                record: told(self.after),
                before: self.before.map(told),
            },
        })
    }
}

/// What is told of a record: the ids of what it refers to, its moments, and a few words and numbers.
fn told(record: &Map<String, Value>) -> Map<String, Value> {
    let members = record.iter().filter(|(name, value)| is_told(name, value));
    members
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn is_told(name: &str, value: &Value) -> bool {
    let says = |texts: &[&str]| texts.contains(&name);
    match value {
        Value::String(text) if name.ends_with("_id") => kind_of_id(text).is_some(),
        Value::String(text) if name.ends_with("_at") => Timestamp::parse(text).is_some(),
        Value::String(_) => says(TOLD_TEXTS),
        Value::Number(_) => says(TOLD_NUMBERS),
        Value::Null => name.ends_with("_id") || name.ends_with("_at"),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    }
}
