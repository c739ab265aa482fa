//! Demo data: a store that looks as if a vendor had worked with it for two years.
//!
//! What is recorded is recorded now; the dates in it lie in the past. Names and numbers are the same every time, ids
//! and license keys are not.

mod catalogue;
mod dice;
mod made;
mod name;
mod seed;

use std::collections::HashMap;

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::feature::Feature;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{IssueTerms, License};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::policy::{Policy, PolicyRevision, PolicyRules, PolicyState};
use latchkey_domain::price::{Currency, Price, PricePer};
use latchkey_domain::product::{Archival, Product};
use latchkey_domain::refusal::RefusalKind;
use latchkey_domain::text::{Code, EmailAddress, Name, Reference};
use latchkey_domain::{
    CustomerId, FeatureId, LicenseId, PolicyId, PolicyRevisionId, ProductId, Timestamp,
};
use latchkey_store::filter::{PageRequest, ProductFilter};
use latchkey_store::{Batch, Need, Needs};
use serde::{Deserialize, Serialize};

pub use seed::{SeedPlan, SeedSummary};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};
use dice::Dice;
use made::{Seat, Standing, record_license};

/// What was loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoSummary {
    /// Products.
    pub products: u32,
    /// Customers.
    pub customers: u32,
    /// Licenses.
    pub licenses: u32,
    /// Activations, given back ones included.
    pub activations: u32,
}

/// The same demo every time.
const SEED: u64 = 1;

impl App {
    /// Loads demo data into an empty store.
    ///
    /// # Errors
    /// If the actor may not, the store has products, or fails.
    pub async fn demo_load(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
    ) -> Result<Changed<DemoSummary>, AppError> {
        self.permit(actor, Operation::LoadDemoData)?;
        let page = PageRequest::uncounted(1, None);
        let products = self
            .store
            .product_list(self.scope.vendor_id, &ProductFilter::default(), page)
            .await?;
        // Decided inside, so that the remembered answer comes first when the request is repeated.
        let empty = products.rows.is_empty();
        self.act(
            actor,
            Operation::LoadDemoData,
            idempotency,
            LoadDemo { empty },
        )
        .await
    }
}

struct LoadDemo {
    empty: bool,
}

impl Act for LoadDemo {
    type Value = DemoSummary;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for product in catalogue::PRODUCTS {
            if let Ok(code) = Code::parse(product.code) {
                needs.ask(Need::ProductCode(code));
            }
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<DemoSummary, Stop<DemoSummary>> {
        if !self.empty || batch.all::<Product>().next().is_some() {
            return Err(Stop::Refused(Refused {
                kind: RefusalKind::Conflict,
                code: "store_not_empty",
                sentence: "demo data is loaded into an empty store only, and this one has products"
                    .into(),
                fix: Some("Open a new store for the demo.".into()),
                pointer: None,
                context: None,
            }));
        }
        Demo::new(batch.now()).load(batch).map_err(Stop::Refused)
    }
}

/// A policy with its rules, ready to issue from.
struct Issuable {
    policy: Policy,
    revision: PolicyRevision,
}

struct Demo {
    now: Timestamp,
    dice: Dice,
    summary: DemoSummary,
    policies: Vec<Issuable>,
}

impl Demo {
    fn new(now: Timestamp) -> Self {
        Self {
            now,
            dice: Dice::new(SEED),
            summary: DemoSummary::default(),
            policies: Vec::new(),
        }
    }

    fn load(mut self, batch: &mut Batch) -> Result<DemoSummary, Refused> {
        for product in catalogue::PRODUCTS {
            self.product(batch, product)?;
        }
        for (place, customer) in catalogue::CUSTOMERS.iter().enumerate() {
            let id = self.customer(batch, place, customer)?;
            for _ in 0..customer.licenses {
                self.license(batch, customer, id)?;
            }
        }
        Ok(self.summary)
    }

    fn days_ago(&self, days: u32) -> Timestamp {
        dice::days_before(self.now, days)
    }

    fn product(&mut self, batch: &mut Batch, made: &catalogue::Product) -> Result<(), Refused> {
        let (created_at, random) = (self.days_ago(made.days_ago), batch.random());
        let product_id = ProductId::generate(created_at, &*random);
        let product = Product {
            id: product_id,
            code: Code::parse(made.code)?,
            name: Name::parse(made.name)?,
            state: Archival::Active,
            created_at,
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::ProductCreate, product);
        self.summary.products += 1;
        let mut features: HashMap<&str, FeatureId> = HashMap::new();
        for (code, name) in made.features {
            let feature = Feature {
                id: FeatureId::generate(created_at, &*random),
                product_id,
                code: Code::parse(code)?,
                name: Name::parse(name)?,
                state: Archival::Active,
                created_at,
                version: 0,
                salt: batch.salt(),
            };
            features.insert(code, feature.id);
            batch.record(Verb::FeatureCreate, feature);
        }
        for policy in made.policies {
            let feature_ids = policy
                .features
                .iter()
                .filter_map(|code| features.get(code).copied())
                .collect();
            self.policy(batch, product_id, created_at, policy, feature_ids)?;
        }
        Ok(())
    }

    fn policy(
        &mut self,
        batch: &mut Batch,
        product_id: ProductId,
        created_at: Timestamp,
        made: &catalogue::Policy,
        feature_ids: Vec<FeatureId>,
    ) -> Result<(), Refused> {
        let random = batch.random();
        let id = PolicyId::generate(created_at, &*random);
        let rules = PolicyRules {
            term: made.term,
            seats_max: made.seats_max,
            node_locked: made.node_locked,
            feature_ids,
            license_file_days: made.license_file_days,
            returns: None,
            price: (made.euros > 0).then(|| Price {
                amount: u64::from(made.euros) * 100,
                currency: Currency::EURO,
                per: PricePer::Seat,
            }),
        };
        rules.check()?;
        let revision = PolicyRevision {
            id: PolicyRevisionId::generate(created_at, &*random),
            policy_id: id,
            revision: 1,
            rules,
            created_at,
            version: 0,
            salt: batch.salt(),
        };
        let policy = Policy {
            id,
            product_id,
            name: Name::parse(made.name)?,
            state: PolicyState::Active,
            revision: 1,
            revision_id: revision.id,
            created_at,
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::PolicyCreate, policy.clone());
        batch.record(Verb::PolicyCreate, revision.clone());
        if made.retired {
            let mut retired = policy.clone();
            retired.retire()?;
            batch.record(Verb::PolicyRetire, retired);
        }
        self.policies.push(Issuable { policy, revision });
        Ok(())
    }

    fn customer(
        &mut self,
        batch: &mut Batch,
        place: usize,
        made: &catalogue::Customer,
    ) -> Result<CustomerId, Refused> {
        let created_at =
            self.days_ago(700_u32.saturating_sub(u32::try_from(place).unwrap_or(0) * 20));
        let id = CustomerId::generate(created_at, &*batch.random());
        let customer = Customer {
            id,
            name: Name::parse(made.name)?,
            email: EmailAddress::parse_optional(made.email)?,
            reference: Reference::parse_optional(made.reference)?,
            controlled_activation: false,
            reclaim: None,
            state: Archival::Active,
            reseller_id: None,
            created_at,
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::CustomerCreate, customer);
        self.summary.customers += 1;
        Ok(id)
    }

    fn license(
        &mut self,
        batch: &mut Batch,
        customer: &catalogue::Customer,
        customer_id: CustomerId,
    ) -> Result<(), Refused> {
        let Some(issuable) = self.dice.pick(&self.policies) else {
            return Ok(());
        };
        let standing = match self.dice.below(14) {
            0 => Standing::Suspended("invoice overdue"),
            1 => Standing::Revoked,
            _ => Standing::Active,
        };
        let issued_at = self.days_ago(3 + self.dice.below(620));
        let random = batch.random();
        let license = License::issue(
            LicenseId::generate(issued_at, &*random),
            LicenseKey::generate(&*random),
            batch.salt(),
            &issuable.policy,
            &issuable.revision,
            customer_id,
            IssueTerms::default(),
            issued_at,
        )?;
        let seats = self.seats(&license, customer)?;
        self.summary.licenses += 1;
        self.summary.activations += u32::try_from(seats.len()).unwrap_or(u32::MAX);
        record_license(batch, license, &issuable.revision, seats, standing)
    }

    /// Machines on a license: on some all seats are taken, on some all but one, on most a few.
    fn seats(
        &self,
        license: &License,
        customer: &catalogue::Customer,
    ) -> Result<Vec<Seat>, Refused> {
        let most = license.seats_max.min(25);
        let count = match self.dice.below(6) {
            0 => most,
            1 => most.saturating_sub(1),
            2 => 0,
            _ => self.dice.below(most.min(12) + 1),
        };
        let mut seats = Vec::new();
        for number in 1..=count {
            let age = self
                .dice
                .below(dice::days_between(license.issued_at, self.now).max(1));
            let last_seen = match self.dice.below(10) {
                0..6 => self.dice.below(4),
                6..9 => self.dice.below(60),
                _ => self.dice.below(200),
            };
            let activated_at = self.days_ago(age);
            let last_seen_at = self
                .days_ago(last_seen.min(age))
                .plus_millis(self.dice.millis_of_hour());
            let last_seen_at = last_seen_at.min(self.now);
            seats.push(Seat {
                friendly_name: name::friendly_name(&self.dice, customer.language, number)?,
                machine_code: name::machine_code(&self.dice)?,
                activated_at,
                last_seen_at,
                deactivated_at: (self.dice.below(12) == 0).then_some(last_seen_at),
            });
        }
        Ok(seats)
    }
}
