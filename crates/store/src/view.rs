//! Rows as lists and pages show them: an entity with the names of what it belongs to.

mod letter;
mod usage;
mod webhook;

use latchkey_domain::activation::Activation;
use latchkey_domain::admission::Admission;
use latchkey_domain::entitlement::Entitlement;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::license_file::LicenseFile;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::policy::{Policy, PolicyRules};
use latchkey_domain::quota::{MovementKind, QuotaMovement};
use latchkey_domain::template::Template;
use latchkey_domain::text::{Code, FriendlyName, MachineCode, Name};
use latchkey_domain::validation::Validation;
use latchkey_domain::{
    ChangeId, EntityKind, FeatureId, ProductId, ResellerId, Salt, TemplateId, Timestamp,
};
use uuid::Uuid;

pub use letter::*;
pub use usage::*;
pub use webhook::*;

/// A policy with its product's name and its newest rules.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyView {
    /// The policy.
    pub policy: Policy,
    /// The product's name.
    pub product_name: Name,
    /// The rules of the newest revision.
    pub rules: PolicyRules,
}

/// A license with the names of what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LicenseView {
    /// The license.
    pub license: License,
    /// The product's name.
    pub product_name: Name,
    /// The policy's name.
    pub policy_name: Name,
    /// The customer's name.
    pub customer_name: Name,
}

/// An entitlement with its feature's names.
#[derive(Debug, Clone, PartialEq)]
pub struct EntitlementView {
    /// The entitlement.
    pub entitlement: Entitlement,
    /// What programs call the feature.
    pub feature_code: Code,
    /// What people call the feature.
    pub feature_name: Name,
}

/// An activation with its machine and the names of what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivationView {
    /// The activation.
    pub activation: Activation,
    /// The license's key.
    pub license_key: LicenseKey,
    /// The product's name.
    pub product_name: Name,
    /// The customer's name.
    pub customer_name: Name,
    /// The machine's code.
    pub machine_code: MachineCode,
    /// What people call the machine.
    pub friendly_name: FriendlyName,
    /// Which reseller issued the license, if one did.
    pub reseller_id: Option<ResellerId>,
    /// Since when the customer has idle seats freed as they do now, if they do.
    pub reclaim_since: Option<Timestamp>,
}

/// An admission with the name of whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct AdmissionView {
    /// The admission.
    pub admission: Admission,
    /// The customer's name.
    pub customer_name: Name,
    /// The key of the license that the machine asked for first, if it asked.
    pub license_key: Option<LicenseKey>,
}

/// A template with the names of what it belongs to, and the rules that licenses are issued under.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateView {
    /// The template.
    pub template: Template,
    /// The reseller's name.
    pub reseller_name: Name,
    /// The reseller that this one stands below, if any.
    pub above: Option<ResellerId>,
    /// The policy's product.
    pub product_id: ProductId,
    /// The product's name.
    pub product_name: Name,
    /// The rules of the policy's newest revision.
    pub rules: PolicyRules,
    /// The features that a license gets, with their names.
    pub features: Vec<(FeatureId, Name)>,
}

/// A movement of quota with the names of what it is about, and its place in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotaView {
    /// The movement.
    pub movement: QuotaMovement,
    /// The template's name.
    pub template_name: Name,
    /// The license's key, if it is about one.
    pub license_key: Option<LicenseKey>,
    /// The customer's name, if it is about a license.
    pub customer_name: Option<Name>,
    /// Whose customer that is by now, if a reseller's.
    pub customer_reseller_id: Option<ResellerId>,
    /// The name of the reseller below that it went to or came from, if it did.
    pub below_name: Option<Name>,
    /// The ledger entry that recorded it.
    pub entry_index: u64,
}

/// Movements of one kind of the quota of one template, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaSum {
    /// The template.
    pub template_id: TemplateId,
    /// The template's name.
    pub template_name: Name,
    /// The kind.
    pub kind: MovementKind,
    /// How many there were.
    pub count: u64,
    /// What they posted to the reseller's account.
    pub reseller: i64,
    /// What they posted to that of those below.
    pub below: i64,
}

/// What is wrong with the accounts of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaFault {
    /// They are not the sums of its movements.
    Movements {
        /// What its row says that is with the reseller.
        said: i64,
        /// What its movements add up to.
        counted: i64,
    },
    /// Those granted out of it have not what it says that is with them.
    Below {
        /// What it says.
        said: i64,
        /// What they have.
        counted: i64,
    },
}

/// A license file with the names of what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LicenseFileView {
    /// The license file.
    pub file: LicenseFile,
    /// The license's key.
    pub license_key: LicenseKey,
    /// The product's name.
    pub product_name: Name,
    /// The customer's name.
    pub customer_name: Name,
}

/// A row of the log of validations, with the names of what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationView {
    /// What was asked and told.
    pub validation: Validation,
    /// The license's key.
    pub license_key: LicenseKey,
    /// What people call the machine, if it is known.
    pub friendly_name: Option<FriendlyName>,
    /// What people call the access token, if it came with one.
    pub access_token_name: Option<Name>,
}

/// A ledger entry as it lies in its table.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// Its place, from 0.
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
    /// In which change.
    pub change: ChangeId,
    /// Which change it takes back.
    pub undoes: Option<ChangeId>,
    /// Whether its change was taken back.
    pub undone: bool,
    /// What the tree commits to.
    pub entry: String,
    /// The leaf's hash.
    pub leaf: [u8; 32],
    /// What was said: a [`latchkey_domain::ledger::BodyRead`] in JSON.
    pub body: String,
}

/// The head of a vendor's ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerHead {
    /// How many entries there are.
    pub size: u64,
    /// The Merkle tree's right edge, as [`latchkey_domain::merkle::Frontier`] writes it.
    pub frontier: Vec<u8>,
    /// The root hash.
    pub root: [u8; 32],
    /// The signed checkpoint over size and root.
    pub checkpoint: String,
}

/// The state of an entity as it lies in its table, in the form that the ledger keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct StateRow {
    /// The entity.
    pub id: Uuid,
    /// Its version.
    pub version: u32,
    /// Its salt.
    pub salt: Salt,
    /// Its serialised form.
    pub state: String,
}

/// A customer with the number of its licenses.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerView {
    /// The customer.
    pub customer: latchkey_domain::customer::Customer,
    /// How many licenses it has.
    pub licenses: u64,
}

/// What the overview counts by.
#[derive(Debug, Clone)]
pub struct OverviewAsk {
    /// What is expired is decided by this.
    pub now: Timestamp,
    /// Licenses that end before each of these are counted.
    pub expiring: Vec<Timestamp>,
}

/// The licenses of one product, added up.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductSum {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: Name,
    /// The sums.
    pub terms: TermSums,
}

/// Licenses, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermSums {
    /// How many there are.
    pub licenses: u64,
    /// How many of them are suspended.
    pub suspended: u64,
    /// Revoked.
    pub revoked: u64,
    /// Expired.
    pub expired: u64,
    /// Active, and ending before each moment asked for.
    pub expiring: Vec<u64>,
    /// With all seats used.
    pub full: u64,
    /// On which no machine was ever activated.
    pub never_activated: u64,
    /// Seats that are used.
    pub seats_used: u64,
    /// Seats that there are.
    pub seats_max: u64,
}

/// What happened on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// When it began, in UTC.
    pub day: Timestamp,
    /// Machines that were activated.
    pub activated: u64,
    /// Machines that were deactivated.
    pub deactivated: u64,
}
