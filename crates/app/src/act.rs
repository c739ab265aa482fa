//! How a use case is carried out: permission first, then the work, then the answer.

use std::sync::Arc;

use latchkey_domain::actor::Actor;
use latchkey_domain::change::undo_until;
use latchkey_domain::id::TypedId as _;
use latchkey_domain::ledger::Permission;
use latchkey_domain::{ChangeId, Timestamp};
pub use latchkey_store::Idempotency;
use latchkey_store::{Batch, JobContext, Needs, Work};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{App, AppError, Operation, Refused};

/// What a use case answers that changed something.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed<T> {
    /// The change; none if nothing had to be changed, or after a dry run.
    pub change: Option<ChangeId>,
    /// Until when the change can be undone; none if it cannot.
    pub undo_until: Option<Timestamp>,
    /// Mostly the id of what was changed.
    pub value: T,
    /// Whether this is the remembered answer to an earlier request with the same idempotency key.
    pub replayed: bool,
}

impl<T> Changed<T> {
    /// The same change, with another value.
    pub(crate) fn map<U>(self, value: impl FnOnce(T) -> U) -> Changed<U> {
        Changed {
            change: self.change,
            undo_until: self.undo_until,
            value: value(self.value),
            replayed: self.replayed,
        }
    }
}

/// Why an act is not committed.
pub(crate) enum Stop<V> {
    /// A rule is against it.
    Refused(Refused),
    /// It was only to be tried; this would have been the answer.
    DryRun(V),
}

impl<V, R: Into<Refused>> From<R> for Stop<V> {
    fn from(refused: R) -> Self {
        Self::Refused(refused.into())
    }
}

/// What a use case does to the store.
pub(crate) trait Act: Send + Sync + 'static {
    /// What it answers; remembered under the idempotency key.
    type Value: Serialize + DeserializeOwned + Send + 'static;

    /// Asks for what it needs to know; see [`Work::needs`].
    fn needs(&self, batch: &Batch, needs: &mut Needs);

    /// Decides and records; see [`Work::decide`].
    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>>;
}

/// An answer as it is remembered.
#[derive(Serialize, Deserialize)]
pub(crate) struct Noted<V> {
    change: Option<ChangeId>,
    reversible: bool,
    value: V,
}

struct Asked<A>(A);

impl<A: Act> Work for Asked<A> {
    type Answer = Noted<A::Value>;
    type Refused = Stop<A::Value>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.0.needs(batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Answer, Self::Refused> {
        let value = self.0.decide(batch)?;
        let mut recorded = batch.recorded().peekable();
        let changed = recorded.peek().is_some();
        let reversible = changed && recorded.all(latchkey_domain::ledger::Verb::reversible);
        Ok(Noted {
            change: batch.change_id().filter(|_| changed),
            reversible,
            value,
        })
    }
}

/// The same request of somebody else is another request: nobody is given what others were answered.
fn asked_by(idempotency: Idempotency, actor: &Actor) -> Idempotency {
    let request = Sha256::new()
        .chain_update(idempotency.request)
        .chain_update(actor.id.uuid())
        .finalize()
        .into();
    Idempotency {
        request,
        ..idempotency
    }
}

impl App {
    /// Refuses unless the actor may do it to this vendor, and has proved a moment ago who they are if it is sensitive.
    pub(crate) fn permit(
        &self,
        actor: &Actor,
        operation: Operation,
    ) -> Result<Arc<Permission>, AppError> {
        let permission = self.may(actor, operation)?;
        self.fresh(actor, operation)?;
        Ok(permission)
    }

    /// Refuses unless the actor may do it to this vendor, however long ago they have proved who they are.
    pub(crate) fn may(
        &self,
        actor: &Actor,
        operation: Operation,
    ) -> Result<Arc<Permission>, AppError> {
        operation
            .permit_to(
                actor,
                self.scope.vendor_id,
                self.circumstances(actor, operation),
            )
            .map_err(|refusal| Refused::from(refusal).into())
    }

    /// Everything that this actor may do now; some of it perhaps only to the licenses within their
    /// [reach](latchkey_domain::actor::Reach), or together with a second person.
    pub fn permitted(&self, actor: &Actor) -> impl Iterator<Item = Operation> {
        let circumstances = self.believed.circumstances(actor, self.now());
        let permitted = move |operation: &Operation| {
            operation
                .permit_to(actor, self.scope.vendor_id, circumstances)
                .is_ok()
        };
        Operation::ALL.iter().copied().filter(permitted)
    }

    /// Carries out an act, if the actor may.
    pub(crate) async fn act<A: Act>(
        &self,
        actor: &Actor,
        operation: Operation,
        idempotency: Option<Idempotency>,
        act: A,
    ) -> Result<Changed<A::Value>, AppError> {
        self.act_undoing(actor, operation, idempotency, None, act)
            .await
    }

    /// Carries out an act that takes a change back.
    pub(crate) async fn act_undoing<A: Act>(
        &self,
        actor: &Actor,
        operation: Operation,
        idempotency: Option<Idempotency>,
        undoes: Option<ChangeId>,
        act: A,
    ) -> Result<Changed<A::Value>, AppError> {
        self.look_at_vendor().await?;
        let permission = self.permit(actor, operation)?;
        let idempotency = idempotency.map(|asked| asked_by(asked, actor));
        let context = JobContext {
            actor: actor.clone(),
            permission: Some(permission),
            change: ChangeId::generate(self.now(), &*self.random),
            undoes,
            idempotency,
        };
        let outcome = self.store.write(&self.scope, context, Asked(act)).await?;
        match outcome.result {
            Ok(noted) => Ok(Changed {
                change: noted.change,
                undo_until: noted.reversible.then(|| undo_until(outcome.at)),
                value: noted.value,
                replayed: outcome.replayed,
            }),
            Err(Stop::DryRun(value)) => Ok(Changed {
                change: None,
                undo_until: None,
                value,
                replayed: false,
            }),
            Err(Stop::Refused(refused)) => Err(refused.into()),
        }
    }
}
