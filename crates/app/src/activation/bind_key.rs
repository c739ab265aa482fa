//! Binding a machine's public key to its activation: license files that are exported from then on name it, and a receipt
//! that the key has signed gives the seat back.

use latchkey_domain::ActivationId;
use latchkey_domain::activation::{Activation, ActivationRefusal, ActivationState};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::machine_key::{MachineKey, MachineKeyRefusal};
use latchkey_domain::return_receipt::ReturnReceipt;
use latchkey_store::{Batch, Need, Needs};

use super::{ask_seat, seat};
use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation};

struct BindMachineKey {
    id: ActivationId,
    key: MachineKey,
}

impl Act for BindMachineKey {
    type Value = ActivationId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask_seat(batch, self.id, needs);
        needs.ask(Need::ActivationKey(self.key.clone()));
        needs.ask(Need::ReturnReceiptKey(self.key.clone()));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActivationId, Stop<ActivationId>> {
        let (mut activation, _) =
            seat(batch, Operation::BindMachineKey, self.id).map_err(Stop::Refused)?;
        if activation.state == ActivationState::Deactivated {
            return Err(ActivationRefusal::Deactivated.into());
        }
        if activation.machine_key.as_ref() == Some(&self.key) {
            return Ok(self.id);
        }
        if batch
            .all::<ReturnReceipt>()
            .any(|receipt| receipt.machine_key == self.key)
        {
            return Err(MachineKeyRefusal::Returned.into());
        }
        if batch
            .all::<Activation>()
            .any(|other| other.machine_key.as_ref() == Some(&self.key))
        {
            return Err(MachineKeyRefusal::Taken.into());
        }
        activation.machine_key = Some(self.key.clone());
        activation.unwarn();
        batch.record(Verb::ActivationBindKey, activation);
        Ok(self.id)
    }
}

impl App {
    /// Binds a machine's public key to its activation, in the place of the one it had.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's.
    pub async fn activation_bind_key(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActivationId,
        key: MachineKey,
    ) -> Result<Changed<ActivationId>, AppError> {
        let operation = Operation::BindMachineKey;
        let act = BindMachineKey { id, key };
        self.act(actor, operation, idempotency, act).await
    }
}
