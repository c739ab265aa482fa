//! A store with products, customers, licenses and machines on them, made by the use cases themselves.

use std::sync::Arc;

use anyhow::{Context, Result};
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::customer::CreateCustomer;
use latchkey_app::import::ImportOptions;
use latchkey_app::license::IssueLicenses;
use latchkey_app::policy::CreatePolicy;
use latchkey_app::product::CreateProduct;
use latchkey_app::{App, AppConfig, SealingKey, StoreUrl};
use latchkey_domain::actor::Actor;
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::text::{Code, FriendlyName, MachineCode, Name};
use latchkey_domain::{LicenseId, PolicyId};

use crate::ambient::{SystemClock, SystemRandom};
use crate::names;
use crate::samples::concurrently;

/// How many ask at once.
pub(crate) const CALLERS: usize = 64;

/// Licenses of one customer.
const LICENSES_PER_CUSTOMER: usize = 10;

/// Machines on one license.
pub(crate) const MACHINES_PER_LICENSE: usize = 10;

/// Seats of a license: more than are ever taken.
const SEATS: u32 = 100_000;

/// A store being measured.
pub(crate) struct Ground {
    pub(crate) app: Arc<App>,
    pub(crate) actor: Actor,
    policies: Vec<PolicyId>,
    pub(crate) licenses: Vec<LicenseId>,
    /// Numbers of machines that were used.
    machines: usize,
    url: StoreUrl,
}

/// Opens a store with a key that only the bench would use.
pub(crate) async fn open(url: &StoreUrl) -> Result<App> {
    Ok(App::open(AppConfig {
        store_url: url.clone(),
        sealing_key: SealingKey::take(&mut [7; 32]),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    })
    .await?)
}

impl Ground {
    /// A new store with four products.
    pub(crate) async fn new(url: StoreUrl, node_locked: bool) -> Result<Self> {
        let app = Arc::new(open(&url).await?);
        let actor = app.owner();
        let mut policies = Vec::new();
        for (number, term) in [
            Term::Perpetual,
            Term::Days { days: 30 },
            Term::Months { months: 12 },
            Term::Perpetual,
        ]
        .into_iter()
        .enumerate()
        {
            let code = Code::parse(&format!("product-{number}"))?;
            let name = Name::parse(&format!("Product {number}"))?;
            let product_id = app
                .product_create(
                    &actor,
                    None,
                    CreateProduct {
                        code,
                        name: name.clone(),
                    },
                )
                .await?
                .value;
            let rules = PolicyRules {
                term,
                seats_max: SEATS,
                node_locked,
                feature_ids: Vec::new(),
                license_file_days: 365,
                returns: None,
                price: None,
            };
            policies.push(
                app.policy_create(
                    &actor,
                    None,
                    CreatePolicy {
                        product_id,
                        name,
                        rules,
                    },
                )
                .await?
                .value,
            );
        }
        Ok(Self {
            app,
            actor,
            policies,
            licenses: Vec::new(),
            machines: 0,
            url,
        })
    }

    /// Issues licenses until there are so many, with machines on each.
    pub(crate) async fn grow(&mut self, licenses: usize, machines_each: usize) -> Result<()> {
        let from = self.licenses.len();
        let first_machine = self.machines;
        let missing = licenses.saturating_sub(from);
        self.machines += missing * machines_each;
        let found = Arc::new(std::sync::Mutex::new(Vec::with_capacity(missing)));
        let customers = missing.div_ceil(LICENSES_PER_CUSTOMER);
        let (app, actor, policies) = (
            Arc::clone(&self.app),
            self.actor.clone(),
            self.policies.clone(),
        );
        let taken = Arc::clone(&found);
        concurrently(CALLERS, customers, move |number| {
            let (app, actor, policies, taken) = (
                Arc::clone(&app),
                actor.clone(),
                policies.clone(),
                Arc::clone(&taken),
            );
            async move {
                let name = Name::parse(&format!(
                    "Customer {}",
                    from / LICENSES_PER_CUSTOMER + number
                ))?;
                let customer = CreateCustomer {
                    name,
                    email: None,
                    reference: None,
                    reseller_id: None,
                };
                let customer_id = app.customer_create(&actor, None, customer).await?.value;
                let policy_id = *policies
                    .get(number % policies.len())
                    .context("there are policies")?;
                let count = u32::try_from(LICENSES_PER_CUSTOMER.min(missing))?;
                let issued = app
                    .licenses_issue(
                        &actor,
                        None,
                        IssueLicenses {
                            policy_id,
                            customer_id,
                            count,
                        },
                    )
                    .await?
                    .value;
                let ids: Vec<LicenseId> = issued.iter().map(|license| license.id).collect();
                for (place, id) in ids.iter().enumerate() {
                    if machines_each > 0 {
                        let first = first_machine
                            + (number * LICENSES_PER_CUSTOMER + place) * machines_each;
                        let list = names::list(first, machines_each);
                        app.activation_import(&actor, None, *id, &list, ImportOptions::default())
                            .await?;
                    }
                }
                taken
                    .lock()
                    .map_err(|_| anyhow::anyhow!("a caller failed"))?
                    .extend(ids);
                Ok(())
            }
        })
        .await?;
        self.licenses.extend(
            found
                .lock()
                .map_err(|_| anyhow::anyhow!("a caller failed"))?
                .iter(),
        );
        Ok(())
    }

    /// Activates so many new machines, each by a call of its own; answers how many a second.
    pub(crate) async fn activate(&mut self, total: usize) -> Result<f64> {
        let first = self.machines;
        self.machines += total;
        let licenses: Arc<[LicenseId]> = self.licenses.clone().into();
        let (app, actor) = (Arc::clone(&self.app), self.actor.clone());
        let took = concurrently(CALLERS, total, move |number| {
            let (app, actor, licenses) = (Arc::clone(&app), actor.clone(), Arc::clone(&licenses));
            async move {
                let number = first + number;
                // A stride that meets all licenses in no order.
                let license = licenses
                    .get(number.wrapping_mul(7919) % licenses.len())
                    .context("there are licenses")?;
                let command = ActivateMachine {
                    license: WhichLicense::Id(*license),
                    machine_code: MachineCode::parse(&format!("M-{number:010}"))?,
                    friendly_name: Some(FriendlyName::parse(&names::friendly_name(number))?),
                };
                app.activation_activate(&actor, None, command).await?;
                Ok(())
            }
        })
        .await?;
        Ok(total as f64 / took.as_secs_f64())
    }

    /// Closes the store, so that its file is whole and can be copied.
    pub(crate) async fn close(self) -> Result<Closed> {
        let Self {
            app,
            licenses,
            machines,
            policies,
            actor,
            url,
        } = self;
        let app = Arc::into_inner(app).context("a caller still holds the store")?;
        app.close().await;
        Ok(Closed {
            licenses,
            machines,
            policies,
            actor,
            url,
        })
    }
}

/// A store that is closed for the moment.
pub(crate) struct Closed {
    pub(crate) licenses: Vec<LicenseId>,
    machines: usize,
    policies: Vec<PolicyId>,
    actor: Actor,
    url: StoreUrl,
}

impl Closed {
    /// Opens it again.
    pub(crate) async fn open(self) -> Result<Ground> {
        let app = Arc::new(open(&self.url).await?);
        let Self {
            licenses,
            machines,
            policies,
            actor,
            url,
        } = self;
        Ok(Ground {
            app,
            actor,
            policies,
            licenses,
            machines,
            url,
        })
    }
}
