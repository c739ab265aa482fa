//! A filled store: products, policies, customers, licenses and activations with every combination of what lists
//! filter by.

use latchkey_domain::activation::{Activation, ActivationState, search_name};
use latchkey_domain::customer::Customer;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseStanding};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::machine::Machine;
use latchkey_domain::policy::{Policy, PolicyRevision, PolicyRules, PolicyState, Term};
use latchkey_domain::product::{Archival, Product};
use latchkey_domain::text::{Code, EmailAddress, FriendlyName, MachineCode, Name, Reference};
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{
    ActivationId, ActorId, CustomerId, LicenseId, MachineId, PolicyId, PolicyRevisionId, ProductId,
};

use crate::support::Bench;

use latchkey_store::filter::SeatUse;

/// What a store was filled with, in the order of creation.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub(crate) products: Vec<Product>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) revisions: Vec<PolicyRevision>,
    pub(crate) customers: Vec<Customer>,
    pub(crate) licenses: Vec<License>,
    pub(crate) machines: Vec<Machine>,
    pub(crate) activations: Vec<Activation>,
}

impl Fixture {
    /// Fills the store: one activation for each name.
    pub(crate) async fn fill(bench: &Bench, licenses: usize, names: &[String]) -> Self {
        let fixture = Self::make(bench, licenses, names);
        let written = fixture.clone();
        let vendor = vendor(bench);
        bench
            .write(move |batch| {
                batch.record(Verb::VendorCreate, vendor.clone());
                for product in &written.products {
                    batch.record(Verb::ProductCreate, product.clone());
                }
                for policy in &written.policies {
                    batch.record(Verb::PolicyCreate, policy.clone());
                }
                for revision in &written.revisions {
                    batch.record(Verb::PolicyCreate, revision.clone());
                }
                for customer in &written.customers {
                    batch.record(Verb::CustomerCreate, customer.clone());
                }
                for license in &written.licenses {
                    batch.record(Verb::LicenseIssue, license.clone());
                }
                for machine in &written.machines {
                    batch.record(Verb::MachineCreate, machine.clone());
                }
                for activation in &written.activations {
                    batch.record(Verb::ActivationActivate, activation.clone());
                }
            })
            .await;
        fixture
    }

    /// Whether so many seats of a license are used.
    pub(crate) fn uses(&self, license: &License, seats: SeatUse) -> bool {
        match seats {
            SeatUse::Never => !self
                .activations
                .iter()
                .any(|activation| activation.license_id == license.id),
            SeatUse::None => license.seats_used == 0,
            SeatUse::Free => license.seats_used < license.seats_max,
            SeatUse::Full => license.seats_used == license.seats_max,
        }
    }

    fn make(bench: &Bench, licenses: usize, names: &[String]) -> Self {
        let mut fixture = Self {
            products: (0..3).map(|at| product(bench, at)).collect(),
            policies: Vec::new(),
            revisions: Vec::new(),
            customers: (0..7).map(|at| customer(bench, at)).collect(),
            licenses: Vec::new(),
            machines: Vec::new(),
            activations: Vec::new(),
        };
        for at in 0..5 {
            let (policy, revision) = policy(bench, at, &fixture.products[at % 3]);
            fixture.policies.push(policy);
            fixture.revisions.push(revision);
        }
        for at in 0..licenses {
            let license = license(bench, at, &fixture);
            fixture.licenses.push(license);
        }
        for (at, name) in names.iter().enumerate() {
            let place = (at * 7) % licenses;
            let machine = machine(bench, at, name, fixture.licenses[place].customer_id);
            let activation = activation(bench, at, &machine, &mut fixture.licenses[place]);
            fixture.machines.push(machine);
            fixture.activations.push(activation);
        }
        for license in fixture.licenses.iter_mut().step_by(5) {
            license.seats_max = license.seats_used.max(1);
        }
        fixture
    }
}

pub(crate) fn vendor(bench: &Bench) -> Vendor {
    Vendor {
        id: bench.scope.vendor_id,
        name: Name::parse("A vendor").unwrap(),
        owner_id: ActorId::generate(bench.tick(), bench.random()),
        trust_version: 1,
        trust_digest: "00".into(),
        created_at: bench.tick(),
        locked_down_at: None,
        two_people_at: None,
        role_rules: Vec::new(),
        url: None,
        expiry_notices: None,
        letter_texts: Vec::new(),
        branding: None,
        version: 0,
        salt: bench.scope.salt,
        trust_bundle: "{}".into(),
        logo: None,
    }
}

pub(crate) fn product(bench: &Bench, at: usize) -> Product {
    let now = bench.tick();
    Product {
        id: ProductId::generate(now, bench.random()),
        code: Code::parse(&format!("product-{at}")).unwrap(),
        name: Name::parse(&format!("Produkt Nr. {at}%")).unwrap(),
        state: [Archival::Active, Archival::Archived][at % 2],
        created_at: now,
        version: 1,
        salt: bench.salt(),
    }
}

fn policy(bench: &Bench, at: usize, product: &Product) -> (Policy, PolicyRevision) {
    let now = bench.tick();
    let id = PolicyId::generate(now, bench.random());
    let revision = PolicyRevision {
        id: PolicyRevisionId::generate(now, bench.random()),
        policy_id: id,
        revision: 1,
        rules: PolicyRules {
            term: Term::Perpetual,
            seats_max: 1000,
            node_locked: true,
            feature_ids: Vec::new(),
            license_file_days: 30,
            returns: None,
            price: None,
        },
        created_at: now,
        version: 1,
        salt: bench.salt(),
    };
    let policy = Policy {
        id,
        product_id: product.id,
        name: Name::parse(&format!("Vertrag_{at}")).unwrap(),
        state: [PolicyState::Active, PolicyState::Retired][at % 2],
        revision: 1,
        revision_id: revision.id,
        created_at: now,
        version: 1,
        salt: bench.salt(),
    };
    (policy, revision)
}

fn customer(bench: &Bench, at: usize) -> Customer {
    let now = bench.tick();
    let names = [
        "Müller & Söhne",
        "Ünlü A.Ş.",
        "北京软件",
        "ΟΔΟΣ",
        "100% Ltd",
        "O'Hara",
        "Straße",
    ];
    Customer {
        id: CustomerId::generate(now, bench.random()),
        name: Name::parse(names[at % names.len()]).unwrap(),
        email: (at == 1).then(|| EmailAddress::parse("It@Unlu.example").unwrap()),
        reference: (at == 1).then(|| Reference::parse("TR-0042").unwrap()),
        reseller_id: None,
        controlled_activation: false,
        reclaim: None,
        state: [Archival::Active, Archival::Archived][(at / 2) % 2],
        created_at: now,
        version: 1,
        salt: bench.salt(),
    }
}

fn license(bench: &Bench, at: usize, fixture: &Fixture) -> License {
    let now = bench.tick();
    let policy = &fixture.policies[at % 5];
    let standing = [
        LicenseStanding::Active,
        LicenseStanding::Active,
        LicenseStanding::Suspended,
        LicenseStanding::Revoked,
    ][(at / 3) % 4];
    let expires_at =
        (!at.is_multiple_of(3)).then(|| now.plus_millis((at as i64 % 11 - 5) * 86_400_000));
    License {
        id: LicenseId::generate(now, bench.random()),
        key: LicenseKey::generate(bench.random()),
        product_id: policy.product_id,
        policy_id: policy.id,
        policy_revision_id: policy.revision_id,
        policy_revision: 1,
        renewal_revision_id: None,
        renewal_revision: None,
        customer_id: fixture.customers[at % 7].id,
        standing,
        suspended_for: None,
        starts_at: now,
        expires_at,
        seats_max: 100_000,
        node_locked: true,
        license_file_days: 30,
        returns: None,
        issued_at: now,
        version: 1,
        salt: bench.salt(),
        reseller_id: None,
        template_id: None,
        seats_used: 0,
        noticed: None,
        returned_at: Vec::new(),
    }
}

fn machine(bench: &Bench, at: usize, name: &str, customer_id: CustomerId) -> Machine {
    let now = bench.tick();
    Machine {
        id: MachineId::generate(now, bench.random()),
        customer_id,
        code: MachineCode::parse(&format!("M-{at}")).unwrap(),
        friendly_name: FriendlyName::parse(name).unwrap(),
        created_at: now,
        version: 1,
        salt: bench.salt(),
    }
}

fn activation(bench: &Bench, at: usize, machine: &Machine, license: &mut License) -> Activation {
    let now = bench.tick();
    let id = ActivationId::generate(now, bench.random());
    let active = at % 4 != 3;
    if active {
        license.seats_used += 1;
    }
    Activation {
        id,
        license_id: license.id,
        machine_id: machine.id,
        customer_id: machine.customer_id,
        product_id: license.product_id,
        state: if active {
            ActivationState::Active
        } else {
            ActivationState::Deactivated
        },
        activated_at: now,
        deactivated_at: (!active).then_some(now),
        version: 1,
        salt: bench.salt(),
        // Several machines were last seen at the same moment.
        last_seen_at: now.plus_millis(-((at as i64 * 37) % 10) * 86_400_000),
        return_counts: false,
        machine_key: None,
        return_receipt_id: None,
        kept: false,
        reclaimed_in: None,
        warned_at: None,
        reclaim_at: None,
        offline_until: None,
        name_folded: search_name(&machine.friendly_name),
    }
}
