//! Giving a seat back.

use latchkey_domain::ActivationId;
use latchkey_domain::activation::{Activation, ActivationRefusal};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::within_reach_in;
use crate::{App, AppError, Changed, Idempotency, Operation};

struct DeactivateActivation {
    id: ActivationId,
}

impl Act for DeactivateActivation {
    type Value = ActivationId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Activation(self.id));
        if let Some(activation) = batch.get::<Activation>(self.id) {
            needs.ask(Need::License(activation.license_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActivationId, Stop<ActivationId>> {
        let mut activation = batch
            .get::<Activation>(self.id)
            .ok_or(ActivationRefusal::NotFound)?
            .clone();
        let mut license = batch
            .get::<License>(activation.license_id)
            .ok_or(LicenseRefusal::NotFound)?
            .clone();
        within_reach_in(batch, Operation::DeactivateActivation, &license)
            .map_err(|out| out.or(ActivationRefusal::NotFound))?;
        activation.deactivate(&mut license, batch.now())?;
        batch.record(Verb::ActivationDeactivate, activation);
        batch.touch(license);
        Ok(self.id)
    }
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
