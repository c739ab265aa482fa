//! `latchkey backup` and `latchkey restore`.

use std::fs;

use crate::home::{Home, PASSPHRASE};
use crate::program::harness::{Server, run};

async fn products(home: &Home) -> Vec<String> {
    let server = Server::start(home);
    let answer: serde_json::Value = reqwest::get(server.at("/v1/products"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let names = answer["items"].as_array().unwrap().iter();
    names
        .map(|item| item["code"].as_str().unwrap().to_owned())
        .collect()
}

async fn create_product(server: &Server, code: &str) {
    let body = serde_json::json!({ "code": code, "name": code }).to_string();
    let request = reqwest::Client::new()
        .post(server.at("/v1/products"))
        .body(body);
    let answer = request
        .header("content-type", "application/json")
        .send()
        .await
        .unwrap();
    assert!(
        answer.status().is_success(),
        "{}",
        answer.text().await.unwrap()
    );
}

#[tokio::test]
async fn a_backup_made_while_the_server_runs_brings_back_what_was() {
    let home = Home::new();
    let server = Server::start(&home);
    create_product(&server, "before").await;
    let said = run(&home, &["backup", "--to", "copy.db"]).exits(0);
    assert!(
        said.out.contains("copy.db and copy.db.seal written"),
        "{}",
        said.out
    );
    create_product(&server, "after").await;

    let told = run(&home, &["restore", "--from", "copy.db", "--replace"]).exits(2);
    assert!(told.err.contains("[store_in_use]"), "{}", told.err);
    drop(server);

    let told = run(&home, &["restore", "--from", "copy.db"]).exits(2);
    assert!(told.err.contains("[store_exists]"), "{}", told.err);
    let said = run(&home, &["restore", "--from", "copy.db", "--replace"]).exits(0);
    assert!(said.out.contains("is kept as"), "{}", said.out);
    assert_eq!(products(&home).await, ["before"]);
}

#[tokio::test]
async fn a_backup_opens_on_another_computer_with_its_passphrase() {
    let home = Home::new();
    let server = Server::start(&home);
    create_product(&server, "editor").await;
    drop(server);
    run(&home, &["backup", "--to", "copy.db"]).exits(0);

    let elsewhere = Home::new();
    for file in ["copy.db", "copy.db.seal"] {
        fs::copy(home.path(file), elsewhere.path(file)).unwrap();
    }
    run(&elsewhere, &["restore", "--from", "copy.db"]).exits(0);
    assert_eq!(products(&elsewhere).await, ["editor"]);
}

#[test]
fn the_key_of_a_backup_can_have_a_passphrase_of_its_own() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let own = home.write("own", "another passphrase");
    let own = own.to_str().unwrap();
    run(
        &home,
        &["backup", "--to", "copy.db", "--key-passphrase-file", own],
    )
    .exits(0);

    let elsewhere = Home::new();
    for file in ["copy.db", "copy.db.seal", "own"] {
        fs::copy(home.path(file), elsewhere.path(file)).unwrap();
    }
    let told = run(&elsewhere, &["restore", "--from", "copy.db"]).exits(2);
    assert!(
        told.err.contains("[passphrase_wrong]"),
        "{PASSPHRASE}: {}",
        told.err
    );
    let restore = ["restore", "--from", "copy.db", "--passphrase-file", "own"];
    run(&elsewhere, &restore).exits(0);
}

#[test]
fn a_backup_that_is_damaged_or_in_the_way_changes_nothing() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    run(&home, &["backup", "--to", "copy.db"]).exits(0);
    let told = run(&home, &["backup", "--to", "copy.db"]).exits(2);
    assert!(told.err.contains("[backup_exists]"), "{}", told.err);

    let before = fs::read(home.store()).unwrap();
    let whole = fs::read(home.path("copy.db")).unwrap();
    fs::write(home.path("half.db"), &whole[..whole.len() / 2]).unwrap();
    fs::copy(home.path("copy.db.seal"), home.path("half.db.seal")).unwrap();
    run(&home, &["restore", "--from", "half.db", "--replace"]).exits(2);
    assert_eq!(fs::read(home.store()).unwrap(), before);
    let left: Vec<_> = fs::read_dir(home.path("data/latchkey"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("restoring"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
