//! A mail server that is away for longer than the program runs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use latchkey_domain::Timestamp;
use reqwest::Client;
use serde_json::{Value, json};

use super::{FROM, MailServer, TRIES};
use crate::home::Home;
use crate::program::harness::Server;

/// Makes something on a server without accounts; answers its id.
async fn made(server: &Server, path: &str, body: Value) -> Value {
    let answer = Client::new().post(server.at(path)).json(&body);
    let answer = answer.send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.json::<Value>().await.unwrap()["item"]["id"].clone()
}

#[tokio::test]
async fn a_notice_written_while_the_mail_server_was_away_arrives_also_when_the_program_was_stopped()
{
    let home = Home::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let place = format!("smtp://127.0.0.1:{port}");
    let flags = [
        "--mail",
        &place,
        "--mail-from",
        FROM,
        "--url",
        "https://licenses.example/",
    ];
    let server = Server::start_with(&home, &flags);
    let product = json!({"code": "a", "name": "Atlas"});
    let product = made(&server, "/v1/products", product).await;
    let rules = json!({"term": {"kind": "perpetual"}, "seats_max": 2, "node_locked": true,
        "feature_ids": [], "license_file_days": 30});
    let policy = json!({"product_id": product, "name": "Pro", "rules": rules});
    let policy = made(&server, "/v1/policies", policy).await;
    let customer = json!({"name": "Nordwind", "email": "it@nordwind.example"});
    let customer = made(&server, "/v1/customers", customer).await;
    // A day before its end is in seven seconds: it is noticed when the program starts the next time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the program reckons from the real time"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = i64::try_from(now.unwrap().as_millis()).unwrap();
    let end = Timestamp::from_millis(now + 86_400_000 + 7_000).to_string();
    let license = json!({"policy_id": policy, "customer_id": customer, "expires_at": end});
    let license = made(&server, "/v1/licenses", license).await;
    let notices = json!({"days": [1], "language": "en"});
    made(&server, "/v1/vendor/expiry-notices", notices).await;
    drop(server);
    tokio::time::sleep(Duration::from_secs(8)).await;

    let server = Server::start_with(&home, &flags);
    let path = format!("/v1/ledger/entries?entity_id={}", license.as_str().unwrap());
    for tries in 0.. {
        let entries = Client::new().get(server.at(&path)).send().await.unwrap();
        let entries: Value = entries.json().await.unwrap();
        if entries["items"][0]["verb"] == "license.expiring" {
            break;
        }
        assert!(tries < TRIES, "it is not noticed: {entries}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(server);

    let mail = MailServer::start(&home, port);
    let _server = Server::start_with(&home, &flags);
    let letters = mail.letters(1).await;
    assert!(
        letters[0].contains("To: it@nordwind.example"),
        "{}",
        letters[0]
    );
    assert!(
        letters[0].contains("- Atlas, Nordwind, key …"),
        "{}",
        letters[0]
    );
}
