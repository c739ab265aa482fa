//! What a batch knows while it decides: the rows it has loaded, as changed by the work decided so far.

mod find;
mod record;

use std::collections::HashMap;
use std::sync::Arc;

use latchkey_domain::access_token::AccessToken;
use latchkey_domain::activation::Activation;
use latchkey_domain::admission::Admission;
use latchkey_domain::approval::Approval;
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::Entitlement;
use latchkey_domain::feature::Feature;
use latchkey_domain::ledger::{Verb, Written};
use latchkey_domain::license::License;
use latchkey_domain::license_file::LicenseFile;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::machine::Machine;
use latchkey_domain::passkey::Passkey;
use latchkey_domain::policy::{Policy, PolicyRevision};
use latchkey_domain::product::Product;
use latchkey_domain::quota::QuotaMovement;
use latchkey_domain::reseller::Reseller;
use latchkey_domain::return_receipt::ReturnReceipt;
use latchkey_domain::session::{Invitation, Session};
use latchkey_domain::sign_up_link::SignUpLink;
use latchkey_domain::signing_key::SigningKey;
use latchkey_domain::template::Template;
use latchkey_domain::text::{MachineCode, Reference};
use latchkey_domain::user::User;
use latchkey_domain::validation::Validation;
use latchkey_domain::vendor::Vendor;
use latchkey_domain::webhook::Webhook;
use latchkey_domain::{
    ActivationId, AdmissionId, ChangeId, CustomerId, Entity, EntityKind, LicenseId, MachineId,
    Random, ResellerId, Salt, Timestamp, VendorId,
};
use uuid::Uuid;

use crate::need::Need;
use crate::rows::Rows;
use crate::work::{Idempotency, JobContext, Remembered};
use crate::{Letter, StoreError};

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
    /// Whose person did it, if a reseller's.
    pub(crate) reseller: Option<ResellerId>,
    /// Whose it is about, and whose it was before if that is somebody else.
    pub(crate) customers: [Option<CustomerId>; 2],
}

/// How much there was before the present piece of work.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    staged: usize,
    letters: usize,
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
    mark: Mark,
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
    admission_by_code: HashMap<(CustomerId, MachineCode), AdmissionId>,
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
    pub(crate) access_tokens: Rows<AccessToken>,
    pub(crate) approvals: Rows<Approval>,
    pub(crate) resellers: Rows<Reseller>,
    pub(crate) templates: Rows<Template>,
    pub(crate) quota_movements: Rows<QuotaMovement>,
    pub(crate) passkeys: Rows<Passkey>,
    pub(crate) webhooks: Rows<Webhook>,
    pub(crate) return_receipts: Rows<ReturnReceipt>,
    pub(crate) sign_up_links: Rows<SignUpLink>,
    pub(crate) admissions: Rows<Admission>,
    /// Rows of the log of validations, which only grows.
    pub(crate) validations: Vec<Validation>,
    /// Letters about what is decided.
    pub(crate) letters: Vec<Letter>,
}

/// An entity that the store keeps.
pub trait Stored: Entity {
    /// Its rows in a batch.
    fn rows(batch: &Batch) -> &Rows<Self>;
    /// Its rows in a batch.
    fn rows_mut(batch: &mut Batch) -> &mut Rows<Self>;
    /// Which customer has it, if the row says so itself.
    fn customer(&self) -> Option<CustomerId> {
        None
    }
    /// Keeps the batch's look-up tables in step.
    fn index(&self, _batch: &mut Batch) {}
}

macro_rules! stored {
    ($($entity:ident in $field:ident $(of $customer:ident)? $(, |$row:ident, $batch:ident| $index:expr)?;)*) => {
        $(impl Stored for $entity {
            fn rows(batch: &Batch) -> &Rows<Self> {
                &batch.$field
            }
            fn rows_mut(batch: &mut Batch) -> &mut Rows<Self> {
                &mut batch.$field
            }
            $(fn customer(&self) -> Option<CustomerId> {
                Some(self.$customer)
            })?
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
    Customer in customers of id, |row, batch| {
        if let Some(reference) = &row.reference {
            batch.customer_by_reference.insert(reference.clone(), row.id);
        }
    };
    License in licenses of customer_id, |row, batch| batch.license_by_key.insert(row.key.clone(), row.id);
    Entitlement in entitlements;
    Machine in machines of customer_id, |row, batch| batch.machine_by_code.insert((row.customer_id, row.code.clone()), row.id);
    Activation in activations of customer_id, |row, batch| {
        // A pair never changes, so what is known already is listed already.
        if batch.activation_by_pair.insert((row.license_id, row.machine_id), row.id).is_none() {
            batch.activations_by_machine.entry(row.machine_id).or_default().push(row.id);
        }
    };
    SigningKey in signing_keys;
    LicenseFile in license_files of customer_id;
    User in users;
    Session in sessions;
    Invitation in invitations;
    AccessToken in access_tokens;
    Approval in approvals;
    Reseller in resellers;
    Template in templates;
    QuotaMovement in quota_movements;
    Passkey in passkeys;
    Webhook in webhooks;
    ReturnReceipt in return_receipts of customer_id;
    SignUpLink in sign_up_links;
    Admission in admissions of customer_id, |row, batch| {
        batch.admission_by_code.insert((row.customer_id, row.machine_code.clone()), row.id)
    };
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
            mark: Mark::default(),
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
            admission_by_code: HashMap::new(),
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
            access_tokens: Rows::default(),
            approvals: Rows::default(),
            resellers: Rows::default(),
            templates: Rows::default(),
            quota_movements: Rows::default(),
            passkeys: Rows::default(),
            webhooks: Rows::default(),
            return_receipts: Rows::default(),
            sign_up_links: Rows::default(),
            admissions: Rows::default(),
            validations: Vec::new(),
            letters: Vec::new(),
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

    /// Takes in a row as it stands in the database.
    pub(crate) fn load<E: Stored>(&mut self, row: E) {
        if E::rows(self).get(row.id()).is_none() {
            row.index(self);
            E::rows_mut(self).load(row);
        }
    }
}
