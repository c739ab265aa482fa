//! What whoever decides can ask of a batch.

use std::sync::Arc;

use latchkey_domain::activation::Activation;
use latchkey_domain::actor::Actor;
use latchkey_domain::admission::Admission;
use latchkey_domain::customer::Customer;
use latchkey_domain::id::TypedId;
use latchkey_domain::license::License;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::machine::Machine;
use latchkey_domain::random::bytes_16;
use latchkey_domain::text::{MachineCode, Reference};
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{
    ChangeId, CustomerId, LicenseId, MachineId, Random, Salt, Timestamp, VendorId,
};

use super::{Batch, ChangeEntry, Stored};
use crate::need::Need;

impl Batch {
    /// When all of this batch happens.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Whose batch it is.
    #[must_use]
    pub fn vendor_id(&self) -> VendorId {
        self.vendor_id
    }

    /// The vendor, if [`Need::Vendor`] was asked for.
    #[must_use]
    pub fn vendor(&self) -> Option<&Vendor> {
        self.get::<Vendor>(self.vendor_id)
    }

    /// Where ids, keys and salts come from.
    #[must_use]
    pub fn random(&self) -> Arc<dyn Random> {
        Arc::clone(&self.random)
    }

    /// A new salt.
    #[must_use]
    pub fn salt(&self) -> Salt {
        Salt(bytes_16(&*self.random))
    }

    /// The ledger index of the entry that [`Batch::record`] writes next.
    #[must_use]
    pub fn next_index(&self) -> u64 {
        self.size + self.staged.len() as u64
    }

    /// An entity, if it was asked for and exists.
    #[must_use]
    pub fn get<E: Stored>(&self, id: E::Id) -> Option<&E> {
        E::rows(self).get(id)
    }

    /// All entities of a kind that this batch knows, in no order. For kinds of which there are few.
    pub fn all<E: Stored>(&self) -> impl Iterator<Item = &E> {
        E::rows(self).iter()
    }

    /// The license with a key.
    #[must_use]
    pub fn license_by_key(&self, key: &LicenseKey) -> Option<&License> {
        self.get(*self.license_by_key.get(key)?)
    }

    /// The machine of a customer with a code.
    #[must_use]
    pub fn machine_by_code(&self, customer_id: CustomerId, code: &MachineCode) -> Option<&Machine> {
        self.get(*self.machine_by_code.get(&(customer_id, code.clone()))?)
    }

    /// What was said of the machine with a code, for a customer's licenses.
    #[must_use]
    pub fn admission_by_code(
        &self,
        customer_id: CustomerId,
        code: &MachineCode,
    ) -> Option<&Admission> {
        self.get(*self.admission_by_code.get(&(customer_id, code.clone()))?)
    }

    /// The activation of a machine on a license.
    #[must_use]
    pub fn activation_of(
        &self,
        license_id: LicenseId,
        machine_id: MachineId,
    ) -> Option<&Activation> {
        self.get(*self.activation_by_pair.get(&(license_id, machine_id))?)
    }

    /// The activations of a machine, as far as they are known.
    #[must_use]
    pub fn activations_of_machine(&self, machine_id: MachineId) -> Vec<&Activation> {
        let ids = self.activations_by_machine.get(&machine_id);
        ids.into_iter()
            .flatten()
            .filter_map(|id| self.get(*id))
            .collect()
    }

    /// The customer with a reference.
    #[must_use]
    pub fn customer_by_reference(&self, reference: &Reference) -> Option<&Customer> {
        let customer: &Customer = self.get(*self.customer_by_reference.get(reference)?)?;
        // The reference may have been changed since the table was filled.
        (customer.reference.as_ref() == Some(reference)).then_some(customer)
    }

    /// What a need that selects several rows has found, oldest first.
    #[must_use]
    pub fn found<I: TypedId>(&self, need: &Need) -> Vec<I> {
        self.found
            .get(need)
            .into_iter()
            .flatten()
            .map(|uuid| I::from_uuid(*uuid))
            .collect()
    }

    /// The entries of an earlier change, oldest first; empty if there is no such change.
    #[must_use]
    pub fn change(&self, id: ChangeId) -> &[ChangeEntry] {
        self.changes.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Who acts in the present piece of work.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.context.as_ref().map(|context| &context.actor)
    }

    /// The change that the present piece of work makes.
    #[must_use]
    pub fn change_id(&self) -> Option<ChangeId> {
        self.context.as_ref().map(|context| context.change)
    }
}
