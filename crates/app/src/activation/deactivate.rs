//! Giving a seat back.

use latchkey_domain::ActivationId;
use latchkey_domain::activation::{Activation, ActivationRefusal};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::return_limit::Giving;
use latchkey_store::{Batch, Needs};
use serde_json::json;

use super::{ask_seat, seat};
use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

struct DeactivateActivation {
    id: ActivationId,
}

impl Act for DeactivateActivation {
    type Value = ActivationId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask_seat(batch, self.id, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActivationId, Stop<ActivationId>> {
        let (mut activation, mut license) =
            seat(batch, Operation::DeactivateActivation, self.id).map_err(Stop::Refused)?;
        give_back(batch, &mut activation, &mut license)?;
        batch.record(Verb::ActivationDeactivate, activation);
        batch.touch(license);
        Ok(self.id)
    }
}

/// Gives a seat back in the name of whoever acts: if they do not act for the vendor, within the limit on returns.
pub(crate) fn give_back(
    batch: &Batch,
    activation: &mut Activation,
    license: &mut License,
) -> Result<(), Refused> {
    let giving = batch.actor().map_or(Giving::Counted, Actor::giving);
    activation
        .deactivate(license, giving, batch.now())
        .map_err(|refusal| {
            let more = match &refusal {
                ActivationRefusal::ReturnsExhausted { free_at, .. } => {
                    Some(json!({ "free_at": free_at }))
                }
                _ => None,
            };
            let refused = Refused::from(refusal);
            match more {
                Some(more) => refused.with(more),
                None => refused,
            }
        })
}

impl App {
    /// Gives a machine's seat back.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's.
    pub async fn activation_deactivate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActivationId,
    ) -> Result<Changed<ActivationId>, AppError> {
        self.act(
            actor,
            Operation::DeactivateActivation,
            idempotency,
            DeactivateActivation { id },
        )
        .await
    }
}
