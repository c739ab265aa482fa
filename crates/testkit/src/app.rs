//! An application with an empty store of its own, and short ways to fill it.

#![expect(
    clippy::expect_used,
    reason = "part of tests: what cannot be prepared must stop the test"
)]

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use latchkey_api::{Access, ApiState, Doors};
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::customer::CreateCustomer;
use latchkey_app::feature::CreateFeature;
use latchkey_app::license::IssueLicense;
use latchkey_app::mail::{Mail, Post};
use latchkey_app::policy::CreatePolicy;
use latchkey_app::product::CreateProduct;
use latchkey_app::sign_in_service::{AskService, SignInService};
use latchkey_app::view::LicenseView;
use latchkey_app::{App, AppConfig, SealingKey, Vendors};
use latchkey_domain::actor::Actor;
use latchkey_domain::license::IssueTerms;
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{
    ActivationId, Clock, CustomerId, FeatureId, LicenseId, PolicyId, ProductId, Random, Timestamp,
};

use crate::client::TestClient;
use crate::{Database, DatabaseKind, Letters, ManualClock, TestService};

/// When tests take place: 1 March 2027, nine o'clock.
pub const TEST_NOW_MILLIS: i64 = 1_803_891_600_000;

/// An application with an empty store of its own. It can do all that [`App`] can.
pub struct TestApp {
    app: Arc<App>,
    /// Its clock, which stands still.
    pub clock: Arc<ManualClock>,
    /// Who may do everything.
    pub owner: Actor,
    /// What it sends.
    pub letters: Arc<Letters>,
    /// Who vouches for people.
    pub service: Arc<TestService>,
    database: Database,
    random: Arc<dyn Random>,
    made: AtomicU32,
}

/// Runs a test with an application on each database, one after the other.
///
/// # Panics
/// As the test does, having said on which database.
pub async fn for_each_database(test: impl AsyncFn(&TestApp)) {
    for kind in DatabaseKind::BOTH {
        eprintln!("on {kind:?}:");
        let app = TestApp::open(kind).await;
        test(&app).await;
        app.close().await;
    }
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

/// Where people reach a test's server.
const ADDRESS: &str = "https://licenses.vendor.example/";

fn config(database: &Database, clock: &Arc<ManualClock>, random: &Arc<dyn Random>) -> AppConfig {
    AppConfig {
        store_url: database.url().clone(),
        sealing_key: SealingKey::take(&mut [7; 32]),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        random: Arc::clone(random),
    }
}

async fn open(
    database: &Database,
    clock: &Arc<ManualClock>,
    random: &Arc<dyn Random>,
    letters: &Arc<Letters>,
    service: &Arc<TestService>,
) -> App {
    let config = config(database, clock, random);
    let mail = Mail::new(Arc::clone(letters) as Arc<dyn Post>, ADDRESS);
    let service = Arc::clone(service) as Arc<dyn AskService>;
    let service = SignInService::new("Example ID", service);
    App::open(config)
        .await
        .expect("the store opens")
        .with_mail(mail)
        .with_sign_in_service(service)
        .with_passkeys(latchkey_webauthn::at(Some(ADDRESS)))
        .with_webhooks(Arc::new(
            latchkey_webhook::Poster::new(latchkey_webhook::Allowed::Private)
                .expect("messages can be posted"),
        ))
}

impl TestApp {
    /// Opens one on this database.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open(kind: DatabaseKind) -> Self {
        Self::open_on(Database::create(kind).await, 1).await
    }

    /// Opens one on a database that may hold something; its random numbers are those of the seed.
    ///
    /// # Panics
    /// If it cannot be opened.
    pub async fn open_on(database: Database, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(TEST_NOW_MILLIS)));
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(seed));
        let letters = Arc::new(Letters::default());
        let service = Arc::new(TestService::default());
        let app = open(&database, &clock, &random, &letters, &service).await;
        let owner = app.owner();
        Self {
            app: Arc::new(app),
            clock,
            owner,
            letters,
            service,
            database,
            random,
            made: AtomicU32::new(0),
        }
    }

    /// Opens one with demo data.
    ///
    /// # Panics
    /// If it cannot be opened or filled.
    pub async fn with_demo(kind: DatabaseKind) -> Self {
        let app = Self::open(kind).await;
        app.demo_load(&app.owner, None)
            .await
            .expect("an empty store takes demo data");
        app
    }

    /// Opens the same store once more, as another server does.
    ///
    /// # Panics
    /// If it does not open: only one program at a time has an embedded store.
    pub async fn another_server(&self) -> App {
        open(
            &self.database,
            &self.clock,
            &self.random,
            &self.letters,
            &self.service,
        )
        .await
    }

    /// Opens the same store once more with all its vendors, as another server does.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn vendors(&self) -> Vendors {
        let config = config(&self.database, &self.clock, &self.random);
        let vendors = Vendors::open(config, |app| app).await;
        vendors.expect("the store opens")
    }

    /// Closes the store and opens it again, as after a restart.
    ///
    /// # Panics
    /// If the application is still used elsewhere, or does not open.
    #[must_use]
    pub async fn restarted(self) -> Self {
        let app = Arc::into_inner(self.app).expect("nobody else uses the application");
        app.close().await;
        let app = open(
            &self.database,
            &self.clock,
            &self.random,
            &self.letters,
            &self.service,
        )
        .await;
        Self {
            app: Arc::new(app),
            ..self
        }
    }

    /// Closes the store and keeps its database.
    ///
    /// # Panics
    /// If the application is still used elsewhere.
    pub async fn into_database(self) -> Database {
        let app = Arc::into_inner(self.app).expect("nobody else uses the application");
        app.close().await;
        self.database
    }

    /// Closes the store and removes its database.
    pub async fn close(self) {
        if let Some(app) = Arc::into_inner(self.app) {
            app.close().await;
        }
        self.database.remove().await;
    }

    /// The application, to be shared.
    #[must_use]
    pub fn shared(&self) -> Arc<App> {
        Arc::clone(&self.app)
    }

    /// Where its store is.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// A client of its API, in which the owner acts.
    #[must_use]
    pub fn client(&self) -> TestClient {
        self.client_of(self.owner.clone())
    }

    /// A client of its API, in which this actor acts.
    #[must_use]
    pub fn client_of(&self, actor: Actor) -> TestClient {
        self.client_with(Access::Everybody(actor))
    }

    /// A client of its API, in which people sign in, as behind HTTPS.
    #[must_use]
    pub fn client_of_people(&self) -> TestClient {
        self.client_with(Access::SignIn(Doors {
            https: true,
            behind_proxy: false,
        }))
    }

    fn client_with(&self, access: Access) -> TestClient {
        let vendors = Arc::new(Vendors::one(self.shared()));
        TestClient::new(latchkey_api::router(ApiState { vendors, access }))
    }

    /// Makes a product with this code.
    ///
    /// # Panics
    /// If it is refused, as do all that make something.
    pub async fn product(&self, code: &str) -> ProductId {
        let command = CreateProduct {
            code: code.parse().expect("a code"),
            name: format!("Product {code}").parse().expect("a name"),
        };
        let made = self.app.product_create(&self.owner, None, command).await;
        made.expect("a product is created").value
    }

    /// Makes a feature of a product.
    pub async fn feature(&self, product_id: ProductId, code: &str) -> FeatureId {
        let command = CreateFeature {
            product_id,
            code: code.parse().expect("a code"),
            name: format!("Feature {code}").parse().expect("a name"),
        };
        let made = self.app.feature_create(&self.owner, None, command).await;
        made.expect("a feature is created").value
    }

    /// Makes a policy of a new product: a year, node-locked, with so many seats.
    pub async fn policy(&self, seats_max: u32) -> PolicyId {
        let number = self.made.fetch_add(1, Ordering::SeqCst) + 1;
        let product_id = self.product(&format!("product-{number}")).await;
        self.policy_of(product_id, &format!("Policy {number}"), seats_max)
            .await
    }

    /// Makes a policy with this name, for this product.
    pub async fn policy_of(&self, product_id: ProductId, name: &str, seats_max: u32) -> PolicyId {
        let rules = PolicyRules {
            term: Term::Months { months: 12 },
            seats_max,
            node_locked: true,
            feature_ids: Vec::new(),
            license_file_days: 90,
            returns: None,
            price: None,
        };
        self.policy_with(product_id, name, rules).await
    }

    /// Makes a policy with these rules.
    pub async fn policy_with(
        &self,
        product_id: ProductId,
        name: &str,
        rules: PolicyRules,
    ) -> PolicyId {
        let command = CreatePolicy {
            product_id,
            name: name.parse().expect("a name"),
            rules,
        };
        let made = self.app.policy_create(&self.owner, None, command).await;
        made.expect("a policy is created").value
    }

    /// Makes a customer with this name.
    pub async fn customer(&self, name: &str) -> CustomerId {
        let command = CreateCustomer {
            name: name.parse().expect("a name"),
            email: None,
            reference: None,
            reseller_id: None,
        };
        let made = self.app.customer_create(&self.owner, None, command).await;
        made.expect("a customer is created").value
    }

    /// Issues a license.
    pub async fn license(&self, policy_id: PolicyId, customer_id: CustomerId) -> LicenseId {
        let terms = IssueTerms::default();
        let command = IssueLicense {
            policy_id,
            customer_id,
            terms,
        };
        let made = self.app.license_issue(&self.owner, None, command).await;
        made.expect("a license is issued").value
    }

    /// Issues a license with so many seats, under a policy and to a customer of its own.
    pub async fn license_with_seats(&self, seats_max: u32) -> LicenseId {
        let policy_id = self.policy(seats_max).await;
        let customer_id = self.customer("Nordwind").await;
        self.license(policy_id, customer_id).await
    }

    /// Activates a machine on a license.
    pub async fn activate(
        &self,
        license_id: LicenseId,
        code: &str,
        friendly_name: &str,
    ) -> ActivationId {
        let command = ActivateMachine {
            license: WhichLicense::Id(license_id),
            machine_code: code.parse().expect("a machine code"),
            friendly_name: Some(friendly_name.parse().expect("a friendly name")),
        };
        let made = self
            .app
            .activation_activate(&self.owner, None, command)
            .await;
        made.expect("a machine is activated").value
    }

    /// A license as it is now.
    pub async fn license_now(&self, id: LicenseId) -> LicenseView {
        self.app
            .license_get(&self.owner, id)
            .await
            .expect("the license is there")
    }
}
