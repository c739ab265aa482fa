//! `/healthz` and `/readyz`: whoever spreads requests learns in time that a server cannot work, and
//! that it can again.

use std::time::Duration;

use latchkey_store::StoreUrl;
use latchkey_testkit::{Database, DatabaseKind};
use serde_json::Value;

use crate::home::Home;
use crate::program::harness::Server;
use crate::program::proxy::Proxy;

/// How often it is asked until it must have recovered: half a minute.
const TRIES: u32 = 300;

/// The longest that a question may take: the store's two seconds, and a busy machine.
const IN_TIME: Duration = Duration::from_secs(4);

async fn ready(server: &Server) -> (u16, Value) {
    let client = reqwest::Client::builder().timeout(IN_TIME).build().unwrap();
    let answer = client.get(server.at("/readyz")).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

async fn is_not_ready(server: &Server, why: &str) {
    let (status, problem) = ready(server).await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (503, Some("store_unavailable")),
        "{why}"
    );
    assert!(problem["fix"].is_string(), "{why}");
    let health = reqwest::get(server.at("/healthz")).await.unwrap();
    assert_eq!(health.status(), 200, "{why}: the process answers");
}

async fn becomes_ready(server: &Server) {
    for _ in 0..TRIES {
        if ready(server).await.0 == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the server does not recover");
}

#[tokio::test]
async fn an_embedded_store_is_ready() {
    let home = Home::new();
    let server = Server::start(&home);
    assert_eq!(
        ready(&server).await,
        (200, Value::String("ready".to_owned()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_told_and_one_that_returns_is_used() {
    let database = Database::create(DatabaseKind::Postgres).await;
    let StoreUrl::Postgres(address) = database.url() else {
        panic!("PostgreSQL was asked for");
    };
    let (before, rest) = address.rsplit_once('@').unwrap();
    let (target, name) = rest.split_once('/').unwrap();
    let mut proxy = Proxy::to(target.parse().unwrap()).await;
    let through = format!("{before}@{}/{name}", proxy.address);
    let home = Home::new();
    let server = Server::start_with(&home, &["--store", &through]);
    assert_eq!(ready(&server).await.0, 200);

    proxy.cut().await;
    is_not_ready(&server, "cut").await;
    proxy.mend().await;
    becomes_ready(&server).await;

    proxy.hold_up().await;
    is_not_ready(&server, "held up").await;
    proxy.mend().await;
    becomes_ready(&server).await;
    let products = reqwest::get(server.at("/v1/products")).await.unwrap();
    assert_eq!(products.status(), 200);

    server.signal("TERM");
    let (status, _) = server.ends();
    assert!(status.success(), "{status}");
    database.remove().await;
}
