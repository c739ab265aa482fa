//! Two servers on one PostgreSQL: what one does the other sees, and one that is killed takes nothing
//! with it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use latchkey_testkit::{Database, DatabaseKind};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::home::Home;
use crate::program::harness::{Server, address, run};

const EMAIL: &str = "olga@vendor.example";
const PASSWORD: &str = "seven grey geese";

/// Clients of each server that activate machines at the same time.
const CLIENTS: usize = 6;

/// How long both servers work, and how long the one that is left.
const TOGETHER: Duration = Duration::from_secs(2);
const ALONE: Duration = Duration::from_secs(1);

/// A signed-in person, at any of the servers.
#[derive(Clone)]
struct Person {
    client: Client,
    token: String,
}

impl Person {
    /// Accepts the owner's invitation at a server, and signs in there.
    async fn enter(server: &Server, secret: &str) -> Self {
        let client = Client::new();
        let post = async |path: &str, body: Value| {
            let sent = client.post(server.at(path)).json(&body).send().await;
            sent.unwrap().error_for_status().unwrap()
        };
        let accept = json!({ "token": secret, "password": PASSWORD });
        post("/v1/invitations/accept", accept).await;
        let program = json!({ "email": EMAIL, "password": PASSWORD, "kind": "program" });
        let signed_in: Value = post("/v1/sign-in", program).await.json().await.unwrap();
        let token = signed_in["token"].as_str().unwrap().to_owned();
        Self { client, token }
    }

    async fn get(&self, url: String) -> Value {
        let sent = self.client.get(url).bearer_auth(&self.token).send().await;
        let answer = sent.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap()
    }

    async fn post(&self, url: String, body: &Value, key: &str) -> reqwest::Result<Response> {
        let request = self.client.post(url).bearer_auth(&self.token);
        let request = request.header("idempotency-key", key).json(body);
        request.send().await?.error_for_status()
    }

    async fn make(&self, url: String, body: Value) -> String {
        let made = self.post(url.clone(), &body, &url).await.unwrap();
        let made: Value = made.json().await.unwrap();
        made["item"]["id"].as_str().unwrap().to_owned()
    }
}

/// Activates machines one after the other until told to stop, or the server is gone; answers the
/// codes that were acknowledged.
async fn activate(
    person: Person,
    url: String,
    license: String,
    name: String,
    stop: Arc<AtomicBool>,
) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let code = format!("{name}-{}", acknowledged.len());
        let body = json!({ "license_id": license, "machine_code": code });
        match person.post(url.clone(), &body, &code).await {
            Ok(_) => acknowledged.push(code),
            // It is killed on purpose; what it did not answer may have happened or not.
            Err(_) => break,
        }
    }
    acknowledged
}

/// All machine codes on a license.
async fn codes(person: &Person, server: &Server, license: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut after = String::new();
    loop {
        let path = format!("/v1/activations?license_id={license}&limit=200{after}");
        let page = person.get(server.at(&path)).await;
        for item in page["items"].as_array().unwrap() {
            codes.insert(item["machine_code"].as_str().unwrap().to_owned());
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return codes,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_is_killed_and_nothing_acknowledged_is_lost() {
    let (home, database) = (Home::new(), Database::create(DatabaseKind::Postgres).await);
    let store = address(&database);
    let said = run(&home, &["init", "--store", &store, "--email", EMAIL]).exits(0);
    let secret = said.out.split_once("/welcome#").unwrap().1;
    let secret = secret.lines().next().unwrap();
    let first = Server::start_with(&home, &["--store", &store]);
    let second = Server::start_with(&home, &["--store", &store]);

    // Who signed in at one is known at the other, and so is what was asked there before.
    let olga = Person::enter(&first, secret).await;
    let me = olga.get(second.at("/v1/me")).await;
    assert_eq!(me["actor"]["role"], "owner");
    let atlas = json!({ "code": "atlas", "name": "Atlas" });
    let made = olga.post(first.at("/v1/products"), &atlas, "atlas").await;
    let again = olga.post(second.at("/v1/products"), &atlas, "atlas").await;
    let (made, again) = (made.unwrap(), again.unwrap());
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    let made: Value = made.json().await.unwrap();
    assert_eq!(made, again.json::<Value>().await.unwrap());

    let rules = json!({
        "term": { "kind": "months", "months": 12 }, "seats_max": 100_000, "node_locked": true,
        "feature_ids": [], "license_file_days": 30,
    });
    let policy = json!({ "product_id": made["item"]["id"], "name": "Standard", "rules": rules });
    let policy = olga.make(second.at("/v1/policies"), policy).await;
    let customer = olga
        .make(first.at("/v1/customers"), json!({ "name": "Nordwind" }))
        .await;
    let license = json!({ "policy_id": policy, "customer_id": customer });
    let license = olga.make(second.at("/v1/licenses"), license).await;

    let stop = Arc::new(AtomicBool::new(false));
    let begin = |server: &Server, name: &str| {
        let workers = (0..CLIENTS).map(|number| {
            tokio::spawn(activate(
                olga.clone(),
                server.at("/v1/activations"),
                license.clone(),
                format!("{name}-{number}"),
                Arc::clone(&stop),
            ))
        });
        workers.collect::<Vec<_>>()
    };
    let (of_first, of_second) = (begin(&first, "first"), begin(&second, "second"));
    tokio::time::sleep(TOGETHER).await;
    first.signal("KILL");
    tokio::time::sleep(ALONE).await;
    stop.store(true, Ordering::Relaxed);
    let mut acknowledged = BTreeSet::new();
    let mut counts = [0, 0];
    for (count, workers) in counts.iter_mut().zip([of_first, of_second]) {
        for worker in workers {
            let codes = worker.await.unwrap();
            *count += codes.len();
            acknowledged.extend(codes);
        }
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");

    let kept = codes(&olga, &second, &license).await;
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(
        lost.is_empty(),
        "{} of {} lost: {lost:?}",
        lost.len(),
        acknowledged.len()
    );
    let license = olga
        .get(second.at(&format!("/v1/licenses/{license}")))
        .await;
    assert_eq!(license["seats_used"], kept.len());
    let verified = run(&home, &["ledger", "verify", "--store", &store]).exits(0);
    assert!(!verified.out.is_empty());
    second.signal("TERM");
    let (status, _) = second.ends();
    assert!(status.success(), "{status}");
    database.remove().await;
}
