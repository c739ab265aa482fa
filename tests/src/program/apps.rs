//! Licensed apps that call home, with the library that vendors embed, over TLS.

use std::path::Path;

use latchkey_client::{Client, Error, Licensed, RootKey, Settings, Source, blocking};
use serde_json::{Value, json};

use crate::home::Home;
use crate::program::authority::Authority;
use crate::program::harness::{Server, run};

const PASSWORD: &str = "seven grey geese";

/// A server in which people sign in, reached over TLS, as its owner reaches it.
struct Vendor {
    authority: Authority,
    server: Server,
    session: String,
}

impl Vendor {
    async fn begin(home: &Home) -> Self {
        let authority = Authority::new();
        authority.certify(home);
        let said = run(home, &["init", "--email", "olga@vendor.example"]).exits(0);
        let secret = said.out.split_once("/welcome#").unwrap().1;
        let secret = secret.lines().next().unwrap().to_owned();
        let server = serve(home);
        let mut vendor = Self {
            authority,
            server,
            session: String::new(),
        };
        let accept = json!({ "token": secret, "password": PASSWORD });
        vendor.post("/v1/invitations/accept", accept).await;
        let program =
            json!({ "email": "olga@vendor.example", "password": PASSWORD, "kind": "program" });
        let signed_in = vendor.post("/v1/sign-in", program).await;
        vendor.session = signed_in["token"].as_str().unwrap().to_owned();
        vendor
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.authority.client.post(self.server.at(path));
        let request = request.bearer_auth(&self.session).json(&body);
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.authority.client.get(self.server.at(path));
        let answer = request.bearer_auth(&self.session).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// A product with a license of one seat; answers the license's id and key.
    async fn license(&self, product: &str) -> (String, String) {
        let text = |value: &Value, field: &str| value["item"][field].as_str().unwrap().to_owned();
        let product = json!({ "code": product, "name": product });
        let product = text(&self.post("/v1/products", product).await, "id");
        let feature = json!({ "code": "export", "name": "Export" });
        let path = format!("/v1/products/{product}/features");
        let feature = text(&self.post(&path, feature).await, "id");
        let rules = json!({
            "term": { "kind": "months", "months": 12 }, "seats_max": 1, "node_locked": true,
            "feature_ids": [feature], "license_file_days": 30,
        });
        let policy = json!({ "product_id": product, "name": "Standard", "rules": rules });
        let policy = text(&self.post("/v1/policies", policy).await, "id");
        let customer = json!({ "name": "Nordwind" });
        let customer = text(&self.post("/v1/customers", customer).await, "id");
        let license = json!({ "policy_id": policy, "customer_id": customer });
        let license = self.post("/v1/licenses", license).await;
        (text(&license, "id"), text(&license, "key"))
    }

    /// Settings of an app on a machine.
    async fn settings(&self, key: &str, machine: &str, state: &Path) -> Settings {
        let root = self.get("/v1/root-key").await;
        let root = RootKey::from_pem(root["pem"].as_str().unwrap()).unwrap();
        let app = Licensed {
            product_code: "atlas",
            license_key: key,
            machine_code: machine,
        };
        let settings = Settings::new(&self.server.address, root, app).unwrap();
        let settings = settings.authority(&self.authority.certificate).unwrap();
        settings.state_file(state).tries(1)
    }
}

fn serve(home: &Home) -> Server {
    let tls = ["--tls-certificate", "tls.crt", "--tls-key", "tls.key"];
    Server::start_with(home, &tls)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_activates_validates_goes_on_without_the_server_and_gives_its_seat_back() {
    let home = Home::new();
    let vendor = Vendor::begin(&home).await;
    let (license, key) = vendor.license("atlas").await;
    let settings = vendor.settings(&key, "M-1", &home.path("app.json")).await;
    let app = Client::new(settings.clone()).unwrap();
    let before = app.validate().await.unwrap();
    assert_eq!(before.refusal.unwrap().code, "machine_not_activated");
    let verdict = app.activate("Drawing office").await.unwrap();
    assert!(verdict.valid && verdict.has_feature("export"));
    assert_eq!(verdict.source, Source::Online);

    // A second machine finds no seat, and is not told who has it.
    let second = vendor
        .settings(&key, "M-2", &home.path("second.json"))
        .await;
    let second = Client::new(second).unwrap();
    let Err(Error::Refused(problem)) = second.activate(None).await else {
        panic!("there is one seat");
    };
    assert_eq!(problem.code, "seats_exhausted");
    let told = format!("{problem:?}");
    assert!(!told.contains("Drawing office"), "{told}");

    // What was asked stands in the log a moment later, and the signed no counts.
    let suspend = format!("/v1/licenses/{license}/suspend");
    vendor.post(&suspend, json!({})).await;
    let refused = app.validate().await.unwrap();
    assert_eq!(refused.refusal.unwrap().code, "license_suspended");
    let reinstate = format!("/v1/licenses/{license}/reinstate");
    vendor.post(&reinstate, json!({})).await;
    assert!(app.validate().await.unwrap().valid);
    let refused = format!("/v1/validations?license_id={license}&refused=true");
    while vendor.get(&refused).await["count"]["value"]
        .as_u64()
        .unwrap()
        < 2
    {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    // The server goes, and a program that starts anew goes on with what it was told.
    vendor.server.signal("TERM");
    assert!(vendor.server.ends().0.success());
    let again = tokio::task::spawn_blocking(move || {
        let app = blocking::Client::new(settings).unwrap();
        app.validate().unwrap()
    });
    let offline = again.await.unwrap();
    assert!(offline.valid && matches!(offline.source, Source::Offline { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_locked_to_a_product_is_good_for_that_product_until_it_is_revoked() {
    let home = Home::new();
    let vendor = Vendor::begin(&home).await;
    let (_, key) = vendor.license("atlas").await;
    let (other, _) = vendor.license("borealis").await;
    let product = vendor.get("/v1/products").await["items"][1]["id"].clone();
    let token = json!({
        "name": "Atlas", "scopes": ["validate", "activate", "deactivate"], "product_id": product,
    });
    let made = vendor.post("/v1/access-tokens", token).await;
    let secret = made["item"]["token"].as_str().unwrap().to_owned();
    let settings = vendor.settings(&key, "M-1", &home.path("app.json")).await;
    let app = Client::new(settings.access_token(&secret).unwrap()).unwrap();
    assert!(app.activate(None).await.unwrap().valid);
    app.deactivate().await.unwrap();
    let after = app.validate().await.unwrap();
    assert_eq!(after.refusal.unwrap().code, "machine_not_activated");

    let client = &vendor.authority.client;
    let ask = async |path: &str| {
        let request = client.get(vendor.server.at(path)).bearer_auth(&secret);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask(&format!("/v1/licenses/{other}")).await, 403);
    assert_eq!(ask("/v1/trust-bundle").await, 200);

    let id = made["item"]["access_token"]["id"].as_str().unwrap();
    let revoke = format!("/v1/access-tokens/{id}/revoke");
    vendor.post(&revoke, json!({})).await;
    let Err(Error::Refused(problem)) = app.validate().await else {
        panic!("the token was revoked");
    };
    assert_eq!(problem.code, "not_signed_in");
    vendor.server.signal("TERM");
    assert!(vendor.server.ends().0.success());
}
