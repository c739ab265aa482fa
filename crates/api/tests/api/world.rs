//! A small world to try every operation in: one of each thing, made through the API itself.

use http::Method;
use latchkey_testkit::{DatabaseKind, TestAnswer, TestApp, TestClient};
use serde_json::{Value, json};

/// One of each thing, by id.
pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) client: TestClient,
    pub(crate) product: String,
    pub(crate) feature: String,
    pub(crate) policy: String,
    pub(crate) customer: String,
    pub(crate) other_customer: String,
    pub(crate) license: String,
    pub(crate) license_key: String,
    pub(crate) machine: String,
    pub(crate) activation: String,
    pub(crate) file: String,
    pub(crate) file_change: String,
    /// A user who is invited, and what lets them in.
    pub(crate) user: String,
    pub(crate) invitation: String,
    /// A session of the owner, and what opens it.
    pub(crate) session: String,
    pub(crate) session_token: String,
    /// An access token.
    pub(crate) access_token: String,
    shop: tokio::sync::OnceCell<Shop>,
}

/// What a reseller has, by id.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) reseller: String,
    pub(crate) template: String,
    pub(crate) customer: String,
    pub(crate) license: String,
    pub(crate) license_key: String,
    pub(crate) activation: String,
}

/// What the world's owner signs in with.
pub(crate) const OWNER: (&str, &str) = ("owner@vendor.example", "seven grey geese");

/// The rules of the world's policy.
pub(crate) fn rules(feature: &str) -> Value {
    json!({
        "term": { "kind": "months", "months": 12 },
        "seats_max": 3,
        "node_locked": true,
        "feature_ids": [feature],
        "license_file_days": 30,
    })
}

/// The text of a field.
pub(crate) fn text(value: &Value, pointer: &str) -> String {
    let found = value
        .pointer(pointer)
        .unwrap_or_else(|| panic!("{pointer} in {value}"));
    found
        .as_str()
        .unwrap_or_else(|| panic!("{pointer} is text in {value}"))
        .to_owned()
}

impl World {
    pub(crate) async fn make() -> Self {
        Self::make_on(DatabaseKind::Sqlite).await
    }

    pub(crate) async fn make_on(kind: DatabaseKind) -> Self {
        let app = TestApp::open(kind).await;
        let client = app.client();
        let new = async |path: &str, body: Value| client.post(path, &body).await.ok();
        let product = new(
            "/v1/products",
            json!({ "code": "atlas", "name": "Atlas CAD" }),
        )
        .await;
        let product = text(&product, "/item/id");
        let features = format!("/v1/products/{product}/features");
        let feature = new(
            &features,
            json!({ "code": "export-step", "name": "STEP export" }),
        )
        .await;
        let feature = text(&feature, "/item/id");
        let policy =
            json!({ "product_id": product, "name": "Professional", "rules": rules(&feature) });
        let policy = text(&new("/v1/policies", policy).await, "/item/id");
        let nordwind =
            json!({ "name": "Nordwind GmbH", "email": "it@nordwind.example", "reference": "C-1" });
        let customer = text(&new("/v1/customers", nordwind).await, "/item/id");
        let other_customer = text(
            &new("/v1/customers", json!({ "name": "Südwind AG" })).await,
            "/item/id",
        );
        let license = new(
            "/v1/licenses",
            json!({ "policy_id": policy, "customer_id": customer }),
        )
        .await;
        let (license, license_key) = (text(&license, "/item/id"), text(&license, "/item/key"));
        let machine =
            json!({ "license_id": license, "machine_code": "M-1", "friendly_name": "Büro 1" });
        let activation = new("/v1/activations", machine).await;
        let machine = text(&activation, "/item/machine_id");
        let activation = text(&activation, "/item/id");
        let files = format!("/v1/licenses/{license}/files");
        let file = new(&files, json!({ "machine_ids": [machine] })).await;
        let file_change = text(&file, "/change/id");
        let file = text(&file, "/item/id");
        let (session, session_token) = sign_owner_in(&app).await;
        let ada = json!({ "email": "ada@vendor.example", "name": "Ada", "role": "support" });
        let invited = new("/v1/users", ada).await;
        let (user, invitation) = (
            text(&invited, "/item/user/id"),
            text(&invited, "/item/token"),
        );
        let build = json!({ "name": "Build server", "scopes": ["read"] });
        let access_token = new("/v1/access-tokens", build).await;
        let access_token = text(&access_token, "/item/access_token/id");
        Self {
            app,
            client,
            product,
            feature,
            policy,
            customer,
            other_customer,
            license,
            license_key,
            machine,
            activation,
            file,
            file_change,
            user,
            invitation,
            session,
            session_token,
            access_token,
            shop: tokio::sync::OnceCell::new(),
        }
    }

    /// The world's reseller.
    pub(crate) async fn shop(&self) -> &Shop {
        self.shop
            .get_or_init(|| self.new_shop("Inselhandel", "Inselkunde"))
            .await
    }

    /// A reseller with a template, a customer, a license and an active machine.
    pub(crate) async fn new_shop(&self, name: &str, customer: &str) -> Shop {
        let reseller = self.after("/v1/resellers", json!({ "name": name })).await;
        let reseller = text(&reseller, "/item/id");
        let grant = json!({ "reseller_id": reseller, "policy_id": self.policy, "seats_max": 10, "licenses": 50 });
        let template = text(&self.after("/v1/templates", grant).await, "/item/id");
        let new = json!({ "name": customer, "reseller_id": reseller });
        let customer = text(&self.after("/v1/customers", new).await, "/item/id");
        let issue = format!("/v1/templates/{template}/licenses");
        let license = self.after(&issue, json!({ "customer_id": customer })).await;
        let (license, license_key) = (text(&license, "/item/id"), text(&license, "/item/key"));
        let machine = json!({ "license_id": license, "machine_code": format!("{name}-1"),
            "friendly_name": format!("{name} Kontor") });
        let activation = text(&self.after("/v1/activations", machine).await, "/item/id");
        Shop {
            reseller,
            template,
            customer,
            license,
            license_key,
            activation,
        }
    }

    /// Closes the store and removes its database.
    pub(crate) async fn close(self) {
        drop(self.client);
        self.app.close().await;
    }

    /// How many entries the ledger has.
    pub(crate) async fn ledger_size(&self) -> u64 {
        self.client.get("/v1/ledger/checkpoint").await.ok()["size"]
            .as_u64()
            .unwrap()
    }

    /// Does something that has to work, to prepare something else.
    pub(crate) async fn after(&self, path: &str, body: Value) -> Value {
        self.client.post(path, &body).await.ok()
    }

    /// Asks, with further headers.
    pub(crate) async fn ask(&self, ask: &Ask, headers: &[(&str, &str)]) -> TestAnswer {
        ask.send(&self.client, headers).await
    }
}

/// Makes the owner's account, and answers a session of it and what opens it.
async fn sign_owner_in(app: &TestApp) -> (String, String) {
    let (email, password) = OWNER;
    let invited = app.owner_create(email.parse().unwrap(), "Olga".parse().unwrap());
    let token = invited.await.unwrap().value.token.unwrap();
    let accept = json!({ "token": token.reveal(), "password": password });
    let people = app.client_of_people();
    people.post("/v1/invitations/accept", &accept).await.ok();
    let asked = json!({ "email": email, "password": password, "kind": "program" });
    let signed_in = people.post("/v1/sign-in", &asked).await.ok();
    (text(&signed_in, "/session_id"), text(&signed_in, "/token"))
}

/// A request that can be sent more than once.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: AskBody,
    /// What a browser keeps for it.
    pub(crate) cookie: Option<String>,
}

/// What a request carries.
#[derive(Debug, Clone)]
pub(crate) enum AskBody {
    Nothing,
    Json(Value),
    File(&'static str, Vec<u8>),
}

impl Ask {
    pub(crate) async fn send(&self, client: &TestClient, headers: &[(&str, &str)]) -> TestAnswer {
        let method = self.method.clone();
        let cookie = self.cookie.as_deref().map(|cookie| ("cookie", cookie));
        let headers = &*headers.iter().copied().chain(cookie).collect::<Vec<_>>();
        match &self.body {
            AskBody::Nothing => {
                client
                    .send(method, &self.path, headers, Vec::new().into())
                    .await
            }
            AskBody::Json(body) => client.command(method, &self.path, headers, body).await,
            AskBody::File(media_type, bytes) => {
                let headers = [&[("content-type", *media_type)], headers].concat();
                client
                    .send(method, &self.path, &headers, bytes.clone().into())
                    .await
            }
        }
    }
}
