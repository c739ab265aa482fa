//! An entry of the ledger as a message: Standard Webhooks (<https://www.standardwebhooks.com>).

use latchkey_domain::Timestamp;
use latchkey_domain::ledger::BodyRead;
use latchkey_domain::webhook::{EventFacts, Webhook, event_id};
use latchkey_store::{LedgerRow, StoreError};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::Message;
use crate::App;
use crate::ledger::id_text;

impl App {
    /// The message of an entry to a webhook, signed with all secrets that hold at this moment.
    pub(super) fn message(
        &self,
        webhook: &Webhook,
        row: &LedgerRow,
        now: Timestamp,
    ) -> Result<Message, StoreError> {
        let said: BodyRead<'_> = serde_json::from_str(&row.body)?;
        let object = |raw: &RawValue| serde_json::from_str::<Map<String, Value>>(raw.get());
        let (before, after) = (said.before.map(object).transpose()?, object(said.after)?);
        let body = EventFacts {
            index: row.index,
            verb: row.verb.as_str(),
            at: row.at,
            kind: row.entity,
            id: &id_text(row.entity, row.entity_id),
            version: row.version,
            change: row.change,
            undoes: row.undoes,
            actor: &said.actor,
            before: before.as_ref(),
            after: &after,
        }
        .body()?;
        let id = event_id(&row.leaf);
        let mut signatures = Vec::new();
        for sealed in webhook.signing(now) {
            let secret = self.vault.open_webhook(webhook.id, sealed)?;
            signatures.extend(secret.sign(&id, now, &body));
        }
        Ok(Message {
            url: webhook.url.as_str().to_owned(),
            headers: vec![
                ("content-type", "application/json".into()),
                ("webhook-id", id),
                ("webhook-timestamp", now.seconds().to_string()),
                ("webhook-signature", signatures.join(" ")),
            ],
            body,
        })
    }
}
