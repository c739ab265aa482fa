//! Activations as they are shown: each with its machine, and the names of what it belongs to.
//!
//! Each machine that is activated is shown in the answer, so these questions come in numbers, and are answered together.

use latchkey_domain::ActivationId;
use latchkey_domain::activation::Activation;
use latchkey_domain::customer::Customer;
use latchkey_domain::license::License;
use latchkey_domain::machine::Machine;
use latchkey_domain::product::Product;
use latchkey_store::{ActivationView, Batch, Look, Need, Needs};

use super::ask_seat;

/// Asks how activations are to be shown, whoever may see them. What is not there is left out.
pub(crate) struct Shown(pub(crate) Vec<ActivationId>);

impl Look for Shown {
    type Answer = Vec<ActivationView>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        for id in &self.0 {
            ask_seat(batch, *id, needs);
            if let Some(activation) = batch.get::<Activation>(*id) {
                needs.ask(Need::Product(activation.product_id));
                needs.ask(Need::Customer(activation.customer_id));
                needs.ask(Need::Machine(activation.machine_id));
            }
        }
    }

    fn answer(&self, batch: &Batch) -> Vec<ActivationView> {
        self.0.iter().filter_map(|id| view(batch, *id)).collect()
    }
}

fn view(batch: &Batch, id: ActivationId) -> Option<ActivationView> {
    let activation = batch.get::<Activation>(id)?;
    let license = batch.get::<License>(activation.license_id)?;
    let customer = batch.get::<Customer>(activation.customer_id)?;
    let machine = batch.get::<Machine>(activation.machine_id)?;
    Some(ActivationView {
        activation: activation.clone(),
        license_key: license.key.clone(),
        product_name: batch.get::<Product>(activation.product_id)?.name.clone(),
        customer_name: customer.name.clone(),
        machine_code: machine.code.clone(),
        friendly_name: machine.friendly_name.clone(),
        reseller_id: license.reseller_id,
        reclaim_since: customer.reclaim.as_ref().map(|reclaim| reclaim.since),
    })
}
