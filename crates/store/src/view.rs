//! Rows as lists and pages show them: an entity with the names of what it belongs to.

use latchkey_domain::activation::Activation;
use latchkey_domain::entitlement::Entitlement;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::license_file::LicenseFile;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::policy::{Policy, PolicyRules};
use latchkey_domain::text::{Code, FriendlyName, MachineCode, Name};
use latchkey_domain::validation::Validation;
use latchkey_domain::{ChangeId, EntityKind, Salt, Timestamp};
use uuid::Uuid;

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
    pub product_id: latchkey_domain::ProductId,
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
