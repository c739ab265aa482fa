//! Changes: what one request did, and taking it back.

mod undo;

use latchkey_domain::actor::Actor;
use latchkey_domain::change::{UndoRefusal, undo_until};
use latchkey_domain::id::TypedId as _;
use latchkey_domain::ledger::{BodyRead, Verb};
use latchkey_domain::{ActivationId, ChangeId, Timestamp};
use latchkey_store::{LedgerRow, StoreError};

use crate::permission::knows_of;
use crate::{App, AppError, Operation, Refused};

/// What one request did.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Names it.
    pub id: ChangeId,
    /// What was done: the verb of its first entry.
    pub verb: Verb,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor_name: String,
    /// How many ledger entries it made.
    pub entries: u64,
    /// Until when it can be undone; none if it cannot, or was.
    pub undo_until: Option<Timestamp>,
    /// The change that took it back.
    pub undone_by: Option<ChangeId>,
}

impl App {
    /// What one request did.
    ///
    /// # Errors
    /// If there is no such change, the actor may not, or the store fails.
    pub async fn change_get(&self, actor: &Actor, id: ChangeId) -> Result<Change, AppError> {
        self.permit(actor, Operation::GetChange)?;
        let vendor_id = self.scope.vendor_id;
        let not_found = || AppError::from(Refused::from(UndoRefusal::NotFound));
        let (first, last) = self
            .store
            .change_span(vendor_id, id)
            .await?
            .ok_or_else(not_found)?;
        let entry = self
            .store
            .ledger_get(vendor_id, first)
            .await?
            .ok_or_else(not_found)?;
        let body: BodyRead<'_> = serde_json::from_str(&entry.body).map_err(StoreError::from)?;
        if !knows_of(actor, body.actor.id) && !self.freed_from(actor, &entry).await? {
            return Err(not_found());
        }
        let undone_by = self.store.change_undone_by(vendor_id, id).await?;
        let until = undo_until(entry.at);
        let open = entry.verb.reversible() && undone_by.is_none() && self.now() <= until;
        Ok(Change {
            id,
            verb: entry.verb,
            at: entry.at,
            actor_name: body.actor.name,
            entries: last - first + 1,
            undo_until: open.then_some(until),
            undone_by,
        })
    }

    /// Whether the program freed a seat that is within reach of whoever asks: then they may know, and take it back.
    async fn freed_from(&self, actor: &Actor, entry: &LedgerRow) -> Result<bool, AppError> {
        if entry.verb != Verb::ActivationReclaim {
            return Ok(false);
        }
        let id = ActivationId::from_uuid(entry.entity_id);
        match self.activation_get(actor, id).await {
            Ok(_) => Ok(true),
            Err(AppError::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
