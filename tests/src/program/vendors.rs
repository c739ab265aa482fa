//! Several vendors on one server: added while it runs, each at its own address, with people of its own.

use std::time::Duration;

use latchkey_testkit::{Database, DatabaseKind};
use reqwest::header::HOST;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::home::Home;
use crate::program::harness::{Said, Server, address, run};

/// Both owners have the same e-mail address, and passwords of their own.
const EMAIL: &str = "olga@consultants.example";
const NORTH: (&str, &str) = ("north.example", "seven grey geese");
const ACME: (&str, &str) = ("acme.example", "eight brown bears");

/// The secret of the link that was printed.
fn secret(said: &Said, host: &str) -> String {
    let link = said.out.lines().nth(1).unwrap();
    let start = format!("https://{host}/welcome#");
    let secret = link.strip_prefix(start.as_str());
    secret
        .unwrap_or_else(|| panic!("{link} is no link of {host}"))
        .to_owned()
}

/// Asks a server as if it had been reached at this host.
struct At<'a> {
    server: &'a Server,
    host: &'a str,
}

impl At<'_> {
    async fn post(&self, path: &str, body: Value, token: &str) -> (StatusCode, Value) {
        let request = Client::new().post(self.server.at(path)).json(&body);
        let request = request.header(HOST, self.host);
        self.send(request, token).await
    }

    async fn get(&self, path: &str, token: &str) -> (StatusCode, Value) {
        let request = Client::new().get(self.server.at(path));
        self.send(request.header(HOST, self.host), token).await
    }

    async fn send(&self, request: reqwest::RequestBuilder, token: &str) -> (StatusCode, Value) {
        let request = match token {
            "" => request,
            token => request.bearer_auth(token),
        };
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    /// Accepts an invitation and signs in; answers what opens the session.
    async fn enter(&self, secret: &str, password: &str) -> String {
        let accept = json!({ "token": secret, "password": password });
        let (status, said) = self.post("/v1/invitations/accept", accept, "").await;
        assert_eq!(status, 200, "{said}");
        let program = json!({ "email": EMAIL, "password": password, "kind": "program" });
        let (status, said) = self.post("/v1/sign-in", program, "").await;
        assert_eq!(status, 200, "{said}");
        said["token"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn two_vendors_on_one_server_are_fully_apart() {
    let (home, database) = (Home::new(), Database::create(DatabaseKind::Postgres).await);
    let store = address(&database);
    let here = |words: &[&str]| run(&home, &[words, &["--store", store.as_str()]].concat());
    let north_url = format!("https://{}", NORTH.0);
    let acme_url = format!("https://{}", ACME.0);

    let init = [
        "init",
        "--email",
        EMAIL,
        "--vendor",
        "Nordlicht",
        "--url",
        &north_url,
    ];
    let invited = here(&init).exits(0);
    let north_secret = secret(&invited, NORTH.0);
    let add = [
        "vendor", "add", "--name", "Acme", "--email", EMAIL, "--url", &acme_url,
    ];
    let refused = here(&add).exits(2);
    assert!(
        refused.err.contains("[vendor_url_missing]"),
        "{}",
        refused.err
    );
    let fix = refused.err.lines().last().unwrap();
    let id = fix.split_whitespace().find(|word| word.starts_with("vnd_"));
    let server = Server::start_with(&home, &["--store", &store]);
    let (north, acme) = (
        At {
            server: &server,
            host: NORTH.0,
        },
        At {
            server: &server,
            host: ACME.0,
        },
    );
    let north_token = north.enter(&north_secret, NORTH.1).await;

    // The server runs meanwhile.
    here(&["vendor", "relocate", id.unwrap(), "--url", &north_url]).exits(0);
    let acme_secret = secret(&here(&add).exits(0), ACME.0);
    let taken = here(&add).exits(2);
    assert!(taken.err.contains("[vendor_url_taken]"), "{}", taken.err);
    let plain = here(&[
        "vendor",
        "add",
        "--name",
        "X",
        "--email",
        EMAIL,
        "--url",
        "http://x.example",
    ]);
    assert!(plain.exits(2).err.contains("plain HTTP"));
    let listed = here(&["vendor", "list"]).exits(0);
    let lines: Vec<&str> = listed.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", listed.out);
    assert!(
        lines[0].ends_with("  https://north.example  Nordlicht"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].ends_with("  https://acme.example  Acme"),
        "{}",
        lines[1]
    );

    tokio::time::sleep(Duration::from_secs(3)).await;
    let accept = json!({ "token": acme_secret, "password": ACME.1 });
    let (status, said) = north.post("/v1/invitations/accept", accept, "").await;
    assert_eq!(
        status, 404,
        "an invitation of another vendor is none: {said}"
    );
    let acme_token = acme.enter(&acme_secret, ACME.1).await;
    for (at, password) in [(&north, ACME.1), (&acme, NORTH.1)] {
        let other = json!({ "email": EMAIL, "password": password, "kind": "program" });
        let (status, said) = at.post("/v1/sign-in", other, "").await;
        assert_eq!(status, 401, "{said}");
    }
    assert_eq!(north.get("/v1/me", &acme_token).await.0, 401);
    assert_eq!(acme.get("/v1/me", &north_token).await.0, 401);
    let elsewhere = At {
        server: &server,
        host: "elsewhere.example",
    };
    let (status, said) = elsewhere.get("/v1/me", &north_token).await;
    assert_eq!(
        (status.as_u16(), said["code"].as_str()),
        (421, Some("vendor_unknown"))
    );

    let product = json!({ "code": "atlas", "name": "Atlas" });
    let (status, made) = acme.post("/v1/products", product, &acme_token).await;
    assert_eq!(status, 200, "{made}");
    let id = made["item"]["id"].as_str().unwrap();
    let (status, _) = north.get(&format!("/v1/products/{id}"), &north_token).await;
    assert_eq!(status, 404);
    let (_, products) = north.get("/v1/products", &north_token).await;
    assert_eq!(products["items"], json!([]));

    // A second invitation goes to the vendor that is meant.
    let unclear = here(&["init"]).exits(2);
    assert!(unclear.err.contains("[vendor_unknown]"), "{}", unclear.err);
    secret(&here(&["init", "--url", &acme_url]).exits(0), ACME.0);
    let unclear = here(&["seed", "--licenses", "3"]).exits(2);
    assert!(unclear.err.contains("[vendor_unclear]"), "{}", unclear.err);
    here(&["seed", "--licenses", "3", "--url", &north_url]).exits(0);

    let verified = here(&["ledger", "verify"]).exits(0);
    for url in [&north_url, &acme_url] {
        let fits = format!("{url}: everything fits");
        assert!(verified.out.contains(&fits), "{}", verified.out);
    }
    server.signal("TERM");
    assert!(server.ends().0.success());
    database.remove().await;
}

#[tokio::test]
async fn all_vendors_move_house_together() {
    let (home, database) = (Home::new(), Database::create(DatabaseKind::Postgres).await);
    let url = "https://north.example";
    run(
        &home,
        &[
            "init",
            "--email",
            EMAIL,
            "--vendor",
            "Nordlicht",
            "--url",
            url,
        ],
    )
    .exits(0);
    let listed = run(&home, &["vendor", "list"]).exits(0);
    let id = listed.out.split_whitespace().next().unwrap();
    run(&home, &["vendor", "relocate", id, "--url", url]).exits(0);
    let acme = [
        "vendor",
        "add",
        "--name",
        "Acme",
        "--email",
        EMAIL,
        "--url",
        "https://acme.example",
    ];
    run(&home, &acme).exits(0);
    for url in [url, "https://acme.example"] {
        run(&home, &["seed", "--licenses", "20", "--url", url]).exits(0);
    }
    let before = run(&home, &["ledger", "verify"]).exits(0);
    let from = format!("sqlite:{}", home.store().display());
    let to = address(&database);
    let moved = run(&home, &["move", "--from", &from, "--to", &to]).exits(0);
    for name in ["Nordlicht", "Acme"] {
        assert!(moved.out.contains(name), "{}", moved.out);
    }
    let after = run(&home, &["ledger", "verify", "--store", &to]).exits(0);
    assert_eq!(
        before.out, after.out,
        "entries, rows and roots are the same"
    );
    database.remove().await;
}
