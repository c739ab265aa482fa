//! Machines.

use latchkey_domain::MachineId;
use latchkey_domain::activation::{Activation, search_name};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::machine::{Machine, MachineRefusal};
use latchkey_domain::text::FriendlyName;
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::{About, within_reach_in};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

struct RenameMachine {
    id: MachineId,
    friendly_name: FriendlyName,
}

impl Act for RenameMachine {
    type Value = MachineId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Machine(self.id));
        needs.ask(Need::ActivationsOfMachine(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<MachineId, Stop<MachineId>> {
        let mut machine = batch
            .get::<Machine>(self.id)
            .ok_or(MachineRefusal::NotFound)?
            .clone();
        let about = About::Belonging(machine.customer_id, None);
        within_reach_in(batch, Operation::RenameMachine, about)
            .map_err(|out| out.or(MachineRefusal::NotFound))?;
        if machine.friendly_name == self.friendly_name {
            return Err(MachineRefusal::Unchanged {
                name: self.friendly_name.to_string(),
            }
            .into());
        }
        machine.friendly_name = self.friendly_name.clone();
        rename(batch, Verb::MachineRename, machine);
        Ok(self.id)
    }
}

/// Records a machine's new name, and has its activations found by it. Needs [`Need::ActivationsOfMachine`].
pub(crate) fn rename(batch: &mut Batch, verb: Verb, machine: Machine) {
    let name_folded = search_name(&machine.friendly_name);
    let activations: Vec<Activation> = batch
        .activations_of_machine(machine.id)
        .into_iter()
        .cloned()
        .collect();
    for activation in activations {
        batch.touch(Activation {
            name_folded: name_folded.clone(),
            ..activation
        });
    }
    batch.record(verb, machine);
}

/// Machines: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Gives a machine another friendly name.
    pub async fn machine_rename(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: MachineId,
        friendly_name: FriendlyName,
    ) -> Result<Changed<MachineId>, AppError> {
        self.act(
            actor,
            Operation::RenameMachine,
            idempotency,
            RenameMachine { id, friendly_name },
        )
        .await
    }

    /// One machine.
    pub async fn machine_get(&self, actor: &Actor, id: MachineId) -> Result<Machine, AppError> {
        self.permit(actor, Operation::GetMachine)?;
        let machine = self.store.machine_get(self.scope.vendor_id, id).await?;
        machine
            .filter(|machine| {
                let about = About::Belonging(machine.customer_id, None);
                self.reaches(actor, Operation::GetMachine, about)
            })
            .ok_or_else(|| Refused::from(MachineRefusal::NotFound).into())
    }
}
