//! A server for several people: who has no account stays out, and others reach it over HTTPS.

use latchkey_testkit::{Database, DatabaseKind};
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::home::Home;
use crate::program::authority::Authority;
use crate::program::harness::{Server, address, run};

const EMAIL: &str = "olga@vendor.example";
const PASSWORD: &str = "seven grey geese";

/// Makes the owner's account, and answers the secret of the link.
fn invite(home: &Home) -> String {
    let said = run(
        home,
        &["init", "--email", EMAIL, "--url", "https://x.example/"],
    )
    .exits(0);
    let link = said.out.lines().nth(1).unwrap();
    let secret = link.strip_prefix("https://x.example/welcome#").unwrap();
    secret.to_owned()
}

async fn post(client: &Client, url: String, body: &Value) -> reqwest::Response {
    client.post(url).json(body).send().await.unwrap()
}

#[test]
fn an_account_needs_an_address_the_first_time_and_a_link_works_once() {
    let home = Home::new();
    let said = run(&home, &["init"]).exits(2);
    assert!(said.err.contains("[owner_address_missing]"), "{}", said.err);
    let (first, second) = (invite(&home), run(&home, &["init"]).exits(0));
    assert!(second.out.contains(EMAIL), "{}", second.out);
    assert!(!second.out.contains(&first), "each link is a new one");
    assert!(second.out.contains("/welcome#lki_"), "{}", second.out);
}

#[tokio::test]
async fn a_server_that_runs_asks_people_to_sign_in_once_somebody_has_an_account() {
    let (home, database) = (Home::new(), Database::create(DatabaseKind::Postgres).await);
    let store = ["--store", &address(&database)];
    let server = Server::start_with(&home, &store);
    let status = async || {
        let me = reqwest::get(server.at("/v1/me")).await.unwrap();
        me.status()
    };
    assert_eq!(status().await, StatusCode::OK);
    let named = ["init", "--email", EMAIL, "--vendor", "Nordlicht Software"];
    run(&home, &[&named[..], &store].concat()).exits(0);
    let mut tries = 0;
    while status().await != StatusCode::UNAUTHORIZED {
        tries += 1;
        assert!(tries < 100, "everybody is still the owner");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    drop(server);
    database.remove().await;
}

#[tokio::test]
async fn other_machines_reach_a_server_where_people_sign_in_over_https_alone() {
    let (home, authority) = (Home::new(), Authority::new());
    authority.certify(&home);
    let secret = invite(&home);
    let plain = run(&home, &["serve", "--listen", "0.0.0.0:0"]).exits(2);
    assert!(
        plain.err.contains("[listen_address_plain]"),
        "{}",
        plain.err
    );

    let open = ["--listen", "0.0.0.0:0"];
    let tls = ["--tls-certificate", "tls.crt", "--tls-key", "tls.key"];
    let mut words = vec!["serve"];
    words.extend(open);
    words.extend(tls);
    let server = Server::start_as(&mut crate::program::harness::command(&home, &words));
    let at = |path: &str| server.at(path).replace("0.0.0.0", "127.0.0.1");
    let client = &authority.client;
    let me = client.get(at("/v1/me")).send().await.unwrap();
    assert_eq!(me.status(), StatusCode::UNAUTHORIZED);

    let accept = json!({ "token": secret, "password": PASSWORD });
    let accepted = post(client, at("/v1/invitations/accept"), &accept).await;
    assert_eq!(accepted.status(), 200);
    let again = post(client, at("/v1/invitations/accept"), &accept).await;
    assert_eq!(again.status(), 404);

    let browser = json!({ "email": EMAIL, "password": PASSWORD });
    let signed_in = post(client, at("/v1/sign-in"), &browser).await;
    let cookie = signed_in.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-latchkey=lks_"), "{cookie}");
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Strict; Secure"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let answer: Value = signed_in.json().await.unwrap();
    assert_eq!(
        answer["token"],
        Value::Null,
        "a script in the page has no use for it"
    );
    let session = answer["session_id"].as_str().unwrap().to_owned();

    let me = client.get(at("/v1/me")).header(COOKIE, &cookie);
    let me: Value = me.send().await.unwrap().json().await.unwrap();
    assert_eq!(me["actor"]["role"], "owner");
    let foreign = client.post(at("/v1/products")).header(COOKIE, &cookie);
    let foreign = foreign.header(ORIGIN, "https://evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);

    // A program carries the token itself; it opens nothing as a cookie.
    let program = json!({ "email": EMAIL, "password": PASSWORD, "kind": "program" });
    let program: Value = post(client, at("/v1/sign-in"), &program)
        .await
        .json()
        .await
        .unwrap();
    let token = program["token"].as_str().unwrap();
    let listed = client.get(at("/v1/sessions")).bearer_auth(token);
    let listed: Value = listed.send().await.unwrap().json().await.unwrap();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(listed["items"][0]["address"], "127.0.0.1");
    let stolen = client
        .get(at("/v1/me"))
        .header(COOKIE, format!("__Host-latchkey={token}"));
    assert_eq!(stolen.send().await.unwrap().status(), 401);

    let end = client
        .post(at(&format!("/v1/sessions/{session}/end")))
        .header(COOKIE, &cookie);
    let ended = end.send().await.unwrap();
    assert_eq!(ended.status(), 200);
    assert!(
        ended.headers()[SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("Max-Age=0")
    );
    let me = client.get(at("/v1/me")).header(COOKIE, &cookie);
    assert_eq!(me.send().await.unwrap().status(), 401);
    server.signal("TERM");
    let (status, _) = server.ends();
    assert!(status.success(), "{status}");
}
