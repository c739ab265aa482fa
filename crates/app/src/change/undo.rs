//! Taking a change back: everything it changed becomes again what it was, if nothing is different since.
//!
//! What the change created is closed instead: a license revoked, a machine deactivated, a product archived. An undo is
//! a change like any other, with entries of its own, and can itself be undone.

mod kinds;

use latchkey_domain::activation::Activation;
use latchkey_domain::actor::Actor;
use latchkey_domain::admission::Admission;
use latchkey_domain::change::{UndoRefusal, undo_until};
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::Entitlement;
use latchkey_domain::feature::Feature;
use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::{BodyRead, Verb};
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::machine::Machine;
use latchkey_domain::policy::Policy;
use latchkey_domain::product::Product;
use latchkey_domain::reseller::Reseller;
use latchkey_domain::{
    ActivationId, ActorId, AdmissionId, ChangeId, CustomerId, EntitlementId, EntityKind, FeatureId,
    LicenseId, MachineId, PolicyId, ProductId, ResellerId, Timestamp,
};
use latchkey_store::{Batch, ChangeEntry, Need, Needs, Stored};

use crate::act::{Act, Stop};
use crate::permission::{knows_of, within_reach_in};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

struct UndoChange {
    id: ChangeId,
}

/// What a change did to one entity: from before its first entry to after its last.
struct Span<'a> {
    first: &'a ChangeEntry,
    last: &'a ChangeEntry,
}

/// The entities of a change, in the order in which it came to them.
fn spans(entries: &[ChangeEntry]) -> Vec<Span<'_>> {
    let mut spans: Vec<Span<'_>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for entry in entries {
        let place = *places.entry(entry.entity_id).or_insert(spans.len());
        match spans.get_mut(place) {
            Some(span) => span.last = entry,
            None => spans.push(Span {
                first: entry,
                last: entry,
            }),
        }
    }
    spans
}

impl Act for UndoChange {
    type Value = usize;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Change(self.id));
        for entry in batch.change(self.id) {
            ask(batch, entry, needs);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<usize, Stop<usize>> {
        let entries = batch.change(self.id).to_vec();
        let first = entries.first().ok_or(UndoRefusal::NotFound)?;
        let known = batch
            .actor()
            .is_some_and(|actor| knows_of(actor, by(first)));
        if !known && !freed_from_them(batch, first) {
            return Err(UndoRefusal::NotFound.into());
        }
        if !entries.iter().all(|entry| entry.verb.reversible()) {
            return Err(UndoRefusal::Irreversible.into());
        }
        if first.undone {
            return Err(UndoRefusal::Undone.into());
        }
        if batch.now() > undo_until(first.at) {
            return Err(UndoRefusal::TooLate.into());
        }
        let spans = spans(&entries);
        for span in spans.iter().rev() {
            take_back(batch, span).map_err(Stop::Refused)?;
        }
        // All of it was closed since by others: there is nothing left to take back.
        if batch.recorded().next().is_none() {
            return Err(UndoRefusal::Nothing.into());
        }
        Ok(spans.len())
    }
}

/// Asks for the entity of an entry, and for what taking it back touches.
fn ask(batch: &Batch, entry: &ChangeEntry, needs: &mut Needs) {
    let uuid = entry.entity_id;
    match entry.entity {
        EntityKind::Product => needs.ask(Need::Product(ProductId::from_uuid(uuid))),
        EntityKind::Feature => needs.ask(Need::Feature(FeatureId::from_uuid(uuid))),
        EntityKind::Policy => needs.ask(Need::Policy(PolicyId::from_uuid(uuid))),
        EntityKind::Customer => {
            needs.ask(Need::Customer(CustomerId::from_uuid(uuid)));
            // Somebody else may have got the reference meanwhile.
            if let Some(reference) = before::<Customer>(entry).and_then(|before| before.reference) {
                needs.ask(Need::CustomerReference(reference));
            }
        }
        EntityKind::Reseller => needs.ask(Need::Reseller(ResellerId::from_uuid(uuid))),
        EntityKind::Admission => needs.ask(Need::Admission(AdmissionId::from_uuid(uuid))),
        EntityKind::License => needs.ask(Need::License(LicenseId::from_uuid(uuid))),
        EntityKind::Entitlement => needs.ask(Need::Entitlement(EntitlementId::from_uuid(uuid))),
        EntityKind::Machine => {
            let id = MachineId::from_uuid(uuid);
            needs.ask(Need::Machine(id));
            needs.ask(Need::ActivationsOfMachine(id));
        }
        EntityKind::Activation => {
            let id = ActivationId::from_uuid(uuid);
            needs.ask(Need::Activation(id));
            if let Some(activation) = batch.get::<Activation>(id) {
                needs.ask(Need::License(activation.license_id));
            }
        }
        // Never changed by a reversible change, or left as they are.
        EntityKind::Vendor
        | EntityKind::PolicyRevision
        | EntityKind::SigningKey
        | EntityKind::LicenseFile
        | EntityKind::User
        | EntityKind::Session
        | EntityKind::Invitation
        | EntityKind::AccessToken
        | EntityKind::Approval
        | EntityKind::Template
        | EntityKind::QuotaMovement
        | EntityKind::Passkey
        | EntityKind::Webhook
        | EntityKind::SignUpLink
        | EntityKind::ReturnReceipt => {}
    }
}

/// Who made an entry.
fn by(entry: &ChangeEntry) -> ActorId {
    let body = serde_json::from_str::<BodyRead<'_>>(&entry.body);
    body.map_or(ActorId::from_uuid(uuid::Uuid::nil()), |body| body.actor.id)
}

/// Whether the program freed a seat that is within reach of whoever asks.
fn freed_from_them(batch: &Batch, entry: &ChangeEntry) -> bool {
    let seat = batch.get::<Activation>(ActivationId::from_uuid(entry.entity_id));
    let license = seat.and_then(|seat| batch.get::<License>(seat.license_id));
    entry.verb == Verb::ActivationReclaim
        && license
            .is_some_and(|license| within_reach_in(batch, Operation::UndoChange, license).is_ok())
}

/// What an entity was before an entry.
fn before<E: Stored>(entry: &ChangeEntry) -> Option<E> {
    let body: BodyRead<'_> = serde_json::from_str(&entry.body).ok()?;
    serde_json::from_str(body.before?.get()).ok()
}

fn take_back(batch: &mut Batch, span: &Span<'_>) -> Result<(), Refused> {
    match span.first.entity {
        EntityKind::Product => restore::<Product>(batch, span),
        EntityKind::Feature => restore::<Feature>(batch, span),
        EntityKind::Policy => restore::<Policy>(batch, span),
        EntityKind::Customer => restore::<Customer>(batch, span),
        EntityKind::Reseller => restore::<Reseller>(batch, span),
        EntityKind::Admission => restore::<Admission>(batch, span),
        EntityKind::License => restore::<License>(batch, span),
        EntityKind::Entitlement => restore::<Entitlement>(batch, span),
        EntityKind::Machine => restore::<Machine>(batch, span),
        EntityKind::Activation => restore::<Activation>(batch, span),
        EntityKind::Vendor
        | EntityKind::PolicyRevision
        | EntityKind::SigningKey
        | EntityKind::LicenseFile
        | EntityKind::User
        | EntityKind::Session
        | EntityKind::Invitation
        | EntityKind::AccessToken
        | EntityKind::Approval
        | EntityKind::Template
        | EntityKind::QuotaMovement
        | EntityKind::Passkey
        | EntityKind::Webhook
        | EntityKind::SignUpLink
        | EntityKind::ReturnReceipt => Ok(()),
    }
}

/// Whether an entity is again as an entry left it: what came after was taken back.
fn is_as_left<E: Stored>(current: &E, entry: &ChangeEntry) -> bool {
    let left = serde_json::from_str::<BodyRead<'_>>(&entry.body)
        .and_then(|body| serde_json::from_str::<E>(body.after.get()));
    let Ok(mut left) = left else { return false };
    left.set_version(current.version());
    serde_json::to_string(&left).ok() == serde_json::to_string(current).ok()
}

/// Makes an entity what it was before the change.
fn restore<E: Undoable>(batch: &mut Batch, span: &Span<'_>) -> Result<(), Refused> {
    let body: BodyRead<'_> =
        serde_json::from_str(&span.first.body).map_err(|_| UndoRefusal::Irreversible)?;
    let id = E::Id::from_uuid(span.first.entity_id);
    let current = batch.get::<E>(id).ok_or(UndoRefusal::Irreversible)?.clone();
    let overtaken = current.version() != span.last.version && !is_as_left(&current, span.last);
    let restored = match body.before {
        Some(before) => {
            let mut before: E =
                serde_json::from_str(before.get()).map_err(|_| UndoRefusal::Irreversible)?;
            before.carry(&current);
            Some(before)
        }
        None => match current.clone().closed(batch.now()) {
            Ok(None) => return Ok(()),
            // What was changed since is the reason; that it cannot be closed either only follows.
            Err(refused) if !overtaken => return Err(refused),
            closed => closed.ok().flatten(),
        },
    };
    let Some(restored) = restored.filter(|_| !overtaken) else {
        let label = current.label();
        return Err(UndoRefusal::Overtaken { label }.into());
    };
    E::put_back(batch, &current, restored)
}

/// An entity that an undo can change.
trait Undoable: Stored {
    /// What becomes of it when its creation is undone; none if it stays as it is.
    fn closed(self, now: Timestamp) -> Result<Option<Self>, Refused>;

    /// Records it, with what else must change.
    fn put_back(batch: &mut Batch, _current: &Self, restored: Self) -> Result<(), Refused> {
        batch.record(Verb::ChangeUndo, restored);
        Ok(())
    }
}

impl Undoable for License {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        if self.seats_used > 0 {
            return Err(LicenseRefusal::InUse {
                seats_used: self.seats_used,
            }
            .into());
        }
        self.revoke()?;
        Ok(Some(self))
    }

    fn put_back(batch: &mut Batch, current: &Self, restored: Self) -> Result<(), Refused> {
        // Machines belong to a customer: back to the earlier one only without machines of the present one.
        if restored.customer_id != current.customer_id && current.seats_used > 0 {
            return Err(LicenseRefusal::InUse {
                seats_used: current.seats_used,
            }
            .into());
        }
        batch.record(Verb::ChangeUndo, restored);
        Ok(())
    }
}

impl Undoable for Machine {
    fn closed(self, _: Timestamp) -> Result<Option<Self>, Refused> {
        // A machine that is known and not active does no harm.
        Ok(None)
    }

    fn put_back(batch: &mut Batch, _: &Self, restored: Self) -> Result<(), Refused> {
        crate::machine::rename(batch, Verb::ChangeUndo, restored);
        Ok(())
    }
}

impl App {
    /// Takes a change back; answers with the number of things that became again what they were.
    ///
    /// # Errors
    /// If it cannot be undone, was overtaken by a later change, the actor may not, or the store fails.
    pub async fn change_undo(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ChangeId,
    ) -> Result<Changed<usize>, AppError> {
        self.act_undoing(
            actor,
            Operation::UndoChange,
            idempotency,
            Some(id),
            UndoChange { id },
        )
        .await
    }
}
