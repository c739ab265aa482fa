//! What a batch knows while it decides: the rows it has loaded, as changed by the work decided so far.

mod record;

use std::collections::HashMap;
use std::sync::Arc;

use latchkey_domain::activation::Activation;
use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::Entitlement;
use latchkey_domain::feature::Feature;
use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::{Verb, Written};
use latchkey_domain::license::License;
use latchkey_domain::license_file::LicenseFile;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::machine::Machine;
use latchkey_domain::policy::{Policy, PolicyRevision};
use latchkey_domain::product::Product;
use latchkey_domain::random::bytes_16;
use latchkey_domain::session::{Invitation, Session};
use latchkey_domain::signing_key::SigningKey;
use latchkey_domain::text::{MachineCode, Reference};
use latchkey_domain::user::User;
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{
    ActivationId, ChangeId, CustomerId, Entity, EntityKind, LicenseId, MachineId, Random, Salt,
    Timestamp, VendorId,
};
use uuid::Uuid;

use crate::StoreError;
use crate::need::Need;
use crate::rows::Rows;
use crate::work::{Idempotency, JobContext, Remembered};

/// One entry of an earlier change, as [`Need::Change`] loads it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeEntry {
    /// Its place in the ledger.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub verb: Verb,
    /// To which kind of entity.
    pub entity: EntityKind,
    /// To which one.
    pub entity_id: Uuid,
    /// The entity's version afterwards.
    pub version: u32,
    /// What was said: a [`latchkey_domain::ledger::BodyRead`] in JSON.
    pub body: String,
    /// Whether the change was taken back.
    pub undone: bool,
}

/// An entry that the batch appends when it commits.
#[derive(Debug)]
pub(crate) struct Staged {
    pub(crate) written: Written,
    pub(crate) verb: Verb,
    pub(crate) entity: EntityKind,
    pub(crate) entity_id: Uuid,
    pub(crate) version: u32,
    pub(crate) change: ChangeId,
    pub(crate) undoes: Option<ChangeId>,
}

/// What a batch knows, and what it will write.
pub struct Batch {
    vendor_id: VendorId,
    now: Timestamp,
    random: Arc<dyn Random>,
    /// The ledger's size when the batch began.
    size: u64,
    vendor_salt: Salt,
    context: Option<JobContext>,
    failure: Option<StoreError>,
    mark: usize,
    pub(crate) staged: Vec<Staged>,
    /// Answers by the idempotency key under which they are remembered.
    pub(crate) remembered: HashMap<String, Remembered>,
    /// Those of this batch, yet to be written.
    pub(crate) answers: Vec<(Idempotency, String)>,
    pub(crate) found: HashMap<Need, Vec<Uuid>>,
    pub(crate) changes: HashMap<ChangeId, Vec<ChangeEntry>>,
    license_by_key: HashMap<LicenseKey, LicenseId>,
    machine_by_code: HashMap<(CustomerId, MachineCode), MachineId>,
    activation_by_pair: HashMap<(LicenseId, MachineId), ActivationId>,
    activations_by_machine: HashMap<MachineId, Vec<ActivationId>>,
    customer_by_reference: HashMap<Reference, CustomerId>,
    pub(crate) vendors: Rows<Vendor>,
    pub(crate) products: Rows<Product>,
    pub(crate) features: Rows<Feature>,
    pub(crate) policies: Rows<Policy>,
    pub(crate) policy_revisions: Rows<PolicyRevision>,
    pub(crate) customers: Rows<Customer>,
    pub(crate) licenses: Rows<License>,
    pub(crate) entitlements: Rows<Entitlement>,
    pub(crate) machines: Rows<Machine>,
    pub(crate) activations: Rows<Activation>,
    pub(crate) signing_keys: Rows<SigningKey>,
    pub(crate) license_files: Rows<LicenseFile>,
    pub(crate) users: Rows<User>,
    pub(crate) sessions: Rows<Session>,
    pub(crate) invitations: Rows<Invitation>,
}

/// An entity that the store keeps.
pub trait Stored: Entity {
    /// Its rows in a batch.
    fn rows(batch: &Batch) -> &Rows<Self>;
    /// Its rows in a batch.
    fn rows_mut(batch: &mut Batch) -> &mut Rows<Self>;
    /// Keeps the batch's look-up tables in step.
    fn index(&self, _batch: &mut Batch) {}
}

macro_rules! stored {
    ($($entity:ident in $field:ident $(, |$row:ident, $batch:ident| $index:expr)?;)*) => {
        $(impl Stored for $entity {
            fn rows(batch: &Batch) -> &Rows<Self> {
                &batch.$field
            }
            fn rows_mut(batch: &mut Batch) -> &mut Rows<Self> {
                &mut batch.$field
            }
            $(fn index(&self, $batch: &mut Batch) {
                let $row = self;
                $index;
            })?
        })*

        impl Batch {
            fn carry_rows(&self, next: &mut Self) {
                $(for row in self.$field.changed() {
                    next.load(row.clone());
                })*
            }
            fn begin_rows(&mut self) {
                $(self.$field.begin();)*
            }
            fn roll_back_rows(&mut self) {
                $(self.$field.roll_back();)*
            }
        }
    };
}

stored! {
    Vendor in vendors;
    Product in products;
    Feature in features;
    Policy in policies;
    PolicyRevision in policy_revisions;
    Customer in customers, |row, batch| {
        if let Some(reference) = &row.reference {
            batch.customer_by_reference.insert(reference.clone(), row.id);
        }
    };
    License in licenses, |row, batch| batch.license_by_key.insert(row.key.clone(), row.id);
    Entitlement in entitlements;
    Machine in machines, |row, batch| batch.machine_by_code.insert((row.customer_id, row.code.clone()), row.id);
    Activation in activations, |row, batch| {
        // A pair never changes, so what is known already is listed already.
        if batch.activation_by_pair.insert((row.license_id, row.machine_id), row.id).is_none() {
            batch.activations_by_machine.entry(row.machine_id).or_default().push(row.id);
        }
    };
    SigningKey in signing_keys;
    LicenseFile in license_files;
    User in users;
    Session in sessions;
    Invitation in invitations;
}

impl Batch {
    pub(crate) fn new(
        vendor_id: VendorId,
        vendor_salt: Salt,
        now: Timestamp,
        random: Arc<dyn Random>,
        size: u64,
    ) -> Self {
        Self {
            vendor_id,
            now,
            random,
            size,
            vendor_salt,
            context: None,
            failure: None,
            mark: 0,
            staged: Vec::new(),
            remembered: HashMap::new(),
            answers: Vec::new(),
            found: HashMap::new(),
            changes: HashMap::new(),
            license_by_key: HashMap::new(),
            machine_by_code: HashMap::new(),
            activation_by_pair: HashMap::new(),
            activations_by_machine: HashMap::new(),
            customer_by_reference: HashMap::new(),
            vendors: Rows::default(),
            products: Rows::default(),
            features: Rows::default(),
            policies: Rows::default(),
            policy_revisions: Rows::default(),
            customers: Rows::default(),
            licenses: Rows::default(),
            entitlements: Rows::default(),
            machines: Rows::default(),
            activations: Rows::default(),
            signing_keys: Rows::default(),
            license_files: Rows::default(),
            users: Rows::default(),
            sessions: Rows::default(),
            invitations: Rows::default(),
        }
    }

    /// An empty batch to be decided while this one is being written: it knows what this one has changed.
    pub(crate) fn following(&self, now: Timestamp) -> Self {
        let random = Arc::clone(&self.random);
        let mut next = Self::new(
            self.vendor_id,
            self.vendor_salt,
            now.max(self.now),
            random,
            self.next_index(),
        );
        self.carry_rows(&mut next);
        for (idempotency, answer) in &self.answers {
            let remembered = Remembered {
                request: idempotency.request,
                answer: answer.clone(),
                at: self.now,
            };
            next.remembered.insert(idempotency.key.clone(), remembered);
        }
        next
    }

    /// How large the ledger was when the batch began.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

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

    /// Takes in a row as it stands in the database.
    pub(crate) fn load<E: Stored>(&mut self, row: E) {
        if E::rows(self).get(row.id()).is_none() {
            row.index(self);
            E::rows_mut(self).load(row);
        }
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
