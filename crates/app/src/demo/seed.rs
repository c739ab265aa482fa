//! Fills a store with as many licenses as wanted, for measuring and for looking at long lists.

use std::sync::Arc;

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{IssueTerms, License};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::limits::SEATS_MAX;
use latchkey_domain::policy::{Policy, PolicyRevision, PolicyRules, PolicyState, Term};
use latchkey_domain::price::{Currency, Price, PricePer};
use latchkey_domain::product::{Archival, Product};
use latchkey_domain::text::{Code, Name};
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{CustomerId, LicenseId, PolicyId, PolicyRevisionId, ProductId, Timestamp};
use latchkey_store::{Batch, Needs};
use serde::{Deserialize, Serialize};

use super::dice::{Dice, days_before, days_between};
use super::made::{Seat, Standing, record_license};
use super::name::{self, Language};
use crate::act::{Act, Stop};
use crate::{App, AppError, Operation, Refused};

/// How much to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedPlan {
    /// Licenses.
    pub licenses: u32,
    /// Machines activated on each; held to the seats that a license may have.
    pub activations_per_license: u32,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeedSummary {
    /// Customers.
    pub customers: u32,
    /// Licenses.
    pub licenses: u32,
    /// Activations.
    pub activations: u64,
}

/// Licenses and machines made by one act: enough to commit seldom, little enough for the memory.
const ROWS_PER_ACT: u32 = 5_000;
/// Licenses for each customer, on average.
const LICENSES_PER_CUSTOMER: u32 = 20;
/// Over how many days licenses were issued.
const DAYS: u32 = 700;
/// Within how many days machines were last seen.
const DAYS_UNSEEN_MAX: u32 = 200;
/// Seats that stay free.
const SEATS_SPARE: u32 = 5;
const LANGUAGES: &[Language] = &[
    Language::German,
    Language::English,
    Language::Japanese,
    Language::Cyrillic,
    Language::Arabic,
    Language::French,
];

impl App {
    /// Makes a product with two policies, customers, and licenses with activated machines, in several acts; `progress`
    /// hears how many licenses there are so far.
    ///
    /// # Errors
    /// If the actor may not load demo data, or the store fails.
    pub async fn seed(
        &self,
        actor: &Actor,
        plan: SeedPlan,
        mut progress: impl FnMut(u32) + Send,
    ) -> Result<SeedSummary, AppError> {
        let activations_per_license = plan.activations_per_license.min(SEATS_MAX - SEATS_SPARE);
        let plan = SeedPlan {
            activations_per_license,
            ..plan
        };
        let base = self
            .act(actor, Operation::LoadDemoData, None, SeedBase { plan })
            .await?
            .value;
        let base = Arc::new(base);
        let licenses_per_act = (ROWS_PER_ACT / (activations_per_license + 1)).max(1);
        let mut from = 0;
        while from < plan.licenses {
            let to = plan.licenses.min(from + licenses_per_act);
            let act = SeedLicenses {
                base: Arc::clone(&base),
                plan,
                from,
                to,
            };
            self.act(actor, Operation::LoadDemoData, None, act).await?;
            from = to;
            progress(from);
        }
        Ok(SeedSummary {
            customers: u32::try_from(base.customers.len()).unwrap_or(u32::MAX),
            licenses: plan.licenses,
            activations: u64::from(plan.licenses) * u64::from(activations_per_license),
        })
    }
}

/// What licenses are made from.
#[derive(Serialize, Deserialize)]
struct Base {
    /// The first lasts three years, the second one.
    policies: Vec<(Policy, PolicyRevision)>,
    customers: Vec<CustomerId>,
}

struct SeedBase {
    plan: SeedPlan,
}

impl SeedBase {
    fn make(&self, batch: &mut Batch) -> Result<Base, Refused> {
        let (created_at, random) = (days_before(batch.now(), DAYS + 1), batch.random());
        let product_id = ProductId::generate(created_at, &*random);
        let id = product_id.to_string();
        // Ids made at the same moment differ at their end only.
        let suffix: String = id.chars().rev().take(6).collect();
        let product = Product {
            id: product_id,
            code: Code::parse(&format!("seed-{suffix}"))?,
            name: Name::parse(&format!("Seed {suffix}"))?,
            state: Archival::Active,
            created_at,
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::ProductCreate, product);
        let mut policies = Vec::new();
        for (name, months) in [("Three years", 36), ("One year", 12)] {
            let id = PolicyId::generate(created_at, &*random);
            let revision = PolicyRevision {
                id: PolicyRevisionId::generate(created_at, &*random),
                policy_id: id,
                revision: 1,
                rules: PolicyRules {
                    term: Term::Months { months },
                    seats_max: self.plan.activations_per_license + SEATS_SPARE,
                    node_locked: true,
                    feature_ids: Vec::new(),
                    license_file_days: 90,
                    returns: None,
                    price: Some(Price {
                        amount: 9_900,
                        currency: Currency::EURO,
                        per: PricePer::Seat,
                    }),
                },
                created_at,
                version: 0,
                salt: batch.salt(),
            };
            let policy = Policy {
                id,
                product_id,
                name: Name::parse(&format!("{name} ({suffix})"))?,
                state: PolicyState::Active,
                revision: 1,
                revision_id: revision.id,
                created_at,
                version: 0,
                salt: batch.salt(),
            };
            batch.record(Verb::PolicyCreate, policy.clone());
            batch.record(Verb::PolicyCreate, revision.clone());
            policies.push((policy, revision));
        }
        let mut customers = Vec::new();
        for number in 1..=self.plan.licenses.div_ceil(LICENSES_PER_CUSTOMER) {
            let customer = Customer {
                id: CustomerId::generate(created_at, &*random),
                name: Name::parse(&format!("Customer {number:05} ({suffix})"))?,
                email: None,
                reference: None,
                reseller_id: None,
                controlled_activation: false,
                reclaim: None,
                state: Archival::Active,
                created_at,
                version: 0,
                salt: batch.salt(),
            };
            customers.push(customer.id);
            batch.record(Verb::CustomerCreate, customer);
        }
        Ok(Base {
            policies,
            customers,
        })
    }
}

impl Act for SeedBase {
    type Value = Base;

    fn needs(&self, _: &Batch, _: &mut Needs) {}

    fn decide(&self, batch: &mut Batch) -> Result<Base, Stop<Base>> {
        self.make(batch).map_err(Stop::Refused)
    }
}

struct SeedLicenses {
    base: Arc<Base>,
    plan: SeedPlan,
    from: u32,
    to: u32,
}

impl SeedLicenses {
    fn make(&self, batch: &mut Batch, dice: &Dice, place: u32) -> Result<(), Refused> {
        let policies = &self.base.policies;
        // Two of three last three years.
        let Some((policy, revision)) = policies.get(usize::from(place % 3 == 2)) else {
            return Ok(());
        };
        let Some(customer_id) = dice.pick(&self.base.customers).copied() else {
            return Ok(());
        };
        let (now, random) = (batch.now(), batch.random());
        // One after the other, so that ids and rows are in the order of issue.
        let span = i64::from(DAYS) * DAY_MILLIS;
        let elapsed = span * i64::from(place) / i64::from(self.plan.licenses.max(1));
        let issued_at = days_before(now, DAYS).plus_millis(elapsed);
        let license = License::issue(
            LicenseId::generate(issued_at, &*random),
            LicenseKey::generate(&*random),
            batch.salt(),
            policy,
            revision,
            customer_id,
            IssueTerms::default(),
            issued_at,
        )?;
        let standing = match dice.below(100) {
            0 => Standing::Revoked,
            1..4 => Standing::Suspended("invoice overdue"),
            _ => Standing::Active,
        };
        let language = dice.pick(LANGUAGES).copied().unwrap_or(Language::English);
        let seats = (1..=self.plan.activations_per_license)
            .map(|number| seat(dice, language, number, issued_at, now))
            .collect::<Result<_, _>>()?;
        record_license(batch, license, revision, seats, standing)
    }
}

fn seat(
    dice: &Dice,
    language: Language,
    number: u32,
    activated_at: Timestamp,
    now: Timestamp,
) -> Result<Seat, Refused> {
    let unseen = dice.below(DAYS_UNSEEN_MAX.min(days_between(activated_at, now) + 1));
    let last_seen_at = days_before(now, unseen)
        .plus_millis(-dice.millis_of_hour())
        .max(activated_at);
    Ok(Seat {
        friendly_name: name::friendly_name(dice, language, number)?,
        machine_code: name::machine_code(dice)?,
        activated_at,
        last_seen_at,
        deactivated_at: (dice.below(20) == 0).then_some(last_seen_at),
    })
}

impl Act for SeedLicenses {
    type Value = ();

    fn needs(&self, _: &Batch, _: &mut Needs) {}

    fn decide(&self, batch: &mut Batch) -> Result<(), Stop<()>> {
        let dice = Dice::new(u64::from(self.from));
        for place in self.from..self.to {
            self.make(batch, &dice, place).map_err(Stop::Refused)?;
        }
        Ok(())
    }
}
