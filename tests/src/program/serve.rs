//! `latchkey serve`: it says when it is ready, answers, keeps others out, and stops cleanly.

use crate::home::Home;
use crate::program::harness::{Server, bare, run, said};

#[tokio::test]
async fn it_says_when_it_is_ready_answers_and_stops_cleanly() {
    for signal in ["TERM", "INT"] {
        let home = Home::new();
        let server = Server::start(&home);
        let health = reqwest::get(server.at("/healthz")).await.unwrap();
        assert_eq!(health.status(), 200);
        let me: serde_json::Value = reqwest::get(server.at("/v1/me"))
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(me["store"]["kind"], "embedded");
        assert_eq!(me["store"]["empty"], true);
        server.signal(signal);
        let (status, rest) = server.ends();
        assert!(status.success(), "{signal}: {status}");
        assert_eq!(rest, "", "one line is all it prints");
        let beside = home.path("data/latchkey/latchkey.db-wal");
        assert!(!beside.exists(), "the store was not closed");
    }
}

#[tokio::test]
async fn it_serves_the_page_at_every_place_in_it_and_keeps_it_to_itself() {
    let home = Home::new();
    let server = Server::start(&home);
    for place in ["/", "/admin/licenses?state=active"] {
        let page = reqwest::get(server.at(place)).await.unwrap();
        assert_eq!(page.status(), 200, "{place}");
        let headers = page.headers();
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        let policy = headers["content-security-policy"].to_str().unwrap();
        for rule in [
            "default-src 'self'",
            "script-src 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{rule} is not in {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(page.text().await.unwrap().contains("Latchkey"));
    }
    let missing = reqwest::get(server.at("/assets/none.js")).await.unwrap();
    assert_eq!(missing.status(), 404);
    let missing = reqwest::get(server.at("/v1/nothing")).await.unwrap();
    assert_eq!(missing.status(), 404);
    assert_eq!(
        missing.headers()["content-type"],
        "application/problem+json"
    );
}

#[tokio::test]
async fn pages_of_other_sites_and_foreign_names_are_refused() {
    let home = Home::new();
    let server = Server::start(&home);
    let client = reqwest::Client::new();
    let foreign = [
        ("host", "evil.example"),
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    for (name, value) in foreign {
        let request = client.post(server.at("/v1/products")).header(name, value);
        let body = r#"{"code":"evil","name":"Evil"}"#;
        let request = request
            .header("content-type", "application/json")
            .body(body);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403, "{name}: {value}");
    }
    let products: serde_json::Value = client
        .get(server.at("/v1/products"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(products["items"], serde_json::json!([]));
}

#[tokio::test]
async fn a_file_of_200_mb_is_refused_with_what_to_do() {
    let home = Home::new();
    let server = Server::start(&home);
    let refused = reqwest::Client::new()
        .post(server.at("/v1/customers/import"))
        .header("content-type", "text/csv")
        .body(vec![b'x'; 200_000_000])
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 413);
    let problem: serde_json::Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "body_too_large");
    assert!(problem["fix"].as_str().unwrap().contains("Split"));
    let alive = reqwest::get(server.at("/v1/products")).await.unwrap();
    assert_eq!(alive.status(), 200);
}

#[test]
fn addresses_that_other_machines_reach_are_refused() {
    let home = Home::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:7878"] {
        let said = run(&home, &["serve", "--listen", address]).exits(2);
        assert!(
            said.err.contains("can be reached from other machines"),
            "{}",
            said.err
        );
        assert!(
            said.err
                .contains("what to do: Make the owner's account with `latchkey init`"),
            "{}",
            said.err
        );
        assert_eq!(said.out, "");
    }
}

#[test]
fn a_port_in_use_is_told_with_what_to_do() {
    let home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = run(&home, &["serve", "--listen", &address]).exits(2);
    assert!(
        said.err.contains("[listen_address_unusable]"),
        "{}",
        said.err
    );
    assert!(said.err.contains("--listen 127.0.0.1:0"), "{}", said.err);
}

#[test]
fn without_a_keychain_or_passphrase_it_says_what_to_give() {
    let home = Home::new();
    let said = said(&mut bare(&home, &["serve", "--listen", "127.0.0.1:0"])).exits(2);
    assert!(said.err.contains("[keychain_absent]"), "{}", said.err);
    assert!(said.err.contains("--passphrase-file FILE"), "{}", said.err);
    assert!(!home.store().exists(), "nothing was made");
}
