//! Switching on that only admitted machines are activated, and off again.

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::actor::Actor;
use latchkey_domain::admission::{Admission, AdmissionState};
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::machine::Machine;
use latchkey_domain::{ActivationId, CustomerId};
use latchkey_store::filter::ActivationFilter;
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::bulk::check_size;
use crate::permission::within_reach_in;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// Switches it on or off. The machines that are active when it is switched on are admitted with it: they may be set up
/// anew, as all others that were admitted.
struct Control {
    customer_id: CustomerId,
    on: bool,
}

impl Control {
    fn active(&self) -> Need {
        Need::ActivationsWhere(ActivationFilter {
            customer_id: Some(self.customer_id),
            state: Some(ActivationState::Active),
            ..ActivationFilter::default()
        })
    }

    /// The machines that are active.
    fn machines<'b>(&self, batch: &'b Batch) -> impl Iterator<Item = &'b Machine> {
        let ids = batch.found::<ActivationId>(&self.active());
        ids.into_iter().filter_map(|id| {
            let activation = batch.get::<Activation>(id)?;
            batch.get::<Machine>(activation.machine_id)
        })
    }
}

impl Act for Control {
    type Value = CustomerId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Customer(self.customer_id));
        let customer = batch.get::<Customer>(self.customer_id);
        if !self.on || customer.is_none_or(|customer| customer.controlled_activation) {
            return;
        }
        needs.ask(self.active());
        for id in batch.found::<ActivationId>(&self.active()) {
            if let Some(activation) = batch.get::<Activation>(id) {
                needs.ask(Need::Machine(activation.machine_id));
            }
        }
        for machine in self.machines(batch) {
            needs.ask(Need::AdmissionCode(self.customer_id, machine.code.clone()));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<CustomerId, Stop<CustomerId>> {
        let mut customer = batch
            .get::<Customer>(self.customer_id)
            .ok_or(CustomerRefusal::NotFound)?
            .clone();
        within_reach_in(batch, Operation::SetControlledActivation, &customer)
            .map_err(|out| out.or(CustomerRefusal::NotFound))?;
        if customer.controlled_activation == self.on {
            return Ok(self.customer_id);
        }
        customer.controlled_activation = self.on;
        batch.record(Verb::CustomerControlActivation, customer);
        if self.on {
            check_size(batch.found::<ActivationId>(&self.active()).len()).map_err(Stop::Refused)?;
            let machines: Vec<Machine> = self.machines(batch).cloned().collect();
            for machine in machines {
                admit(batch, &machine);
            }
        }
        Ok(self.customer_id)
    }
}

/// Admits a machine that nobody has decided about.
fn admit(batch: &mut Batch, machine: &Machine) {
    let (now, customer_id) = (batch.now(), machine.customer_id);
    let known = batch.admission_by_code(customer_id, &machine.code).cloned();
    let mut admission = known.unwrap_or_else(|| {
        let (code, name) = (machine.code.clone(), machine.friendly_name.clone());
        Admission::new(customer_id, code, Some(name), now, &*batch.random())
    });
    // What somebody has refused stays so.
    let undecided = admission.state != AdmissionState::Refused;
    if undecided && admission.decide(AdmissionState::Admitted, now) {
        batch.record(Verb::AdmissionAdmit, admission);
    }
}

impl App {
    /// Says whether only admitted machines are activated on a customer's licenses.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's.
    pub async fn controlled_activation_set(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        customer_id: CustomerId,
        on: bool,
    ) -> Result<Changed<CustomerId>, AppError> {
        let operation = Operation::SetControlledActivation;
        let act = Control { customer_id, on };
        self.act(actor, operation, idempotency, act).await
    }
}
