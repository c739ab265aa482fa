//! `latchkey move`: from a file to a server's database and back, with its key, and cut short on the way.

mod proxy;

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use latchkey_testkit::{Database, DatabaseKind};

use crate::home::{Home, PASSPHRASE};
use crate::program::harness::{Said, Server, address, command, run};
use proxy::{Proxy, Then};

/// A database that holds a row of anybody's makes this fail.
const MUST_BE_EMPTY: &str = "DO $$ BEGIN IF to_regclass('vendor') IS NOT NULL AND EXISTS (SELECT FROM vendor) \
    THEN RAISE 'not empty'; END IF; END $$;";

/// After so many bytes a move of [`filled`] is in the middle.
const MIDDLE_BYTES: u64 = 800_000;

/// A home with a store of some size.
fn filled() -> Home {
    let home = Home::new();
    run(&home, &["seed", "--licenses", "300"]).exits(0);
    home
}

fn file(home: &Home) -> String {
    format!("sqlite:{}", home.store().display())
}

fn move_store(home: &Home, from: &str, to: &str) -> Said {
    run(home, &["move", "--from", from, "--to", to])
}

fn verify(home: &Home, store: &str) -> Said {
    run(home, &["ledger", "verify", "--store", store])
}

/// What `latchkey ledger verify` says, which names entries, rows and root.
fn fits(home: &Home, store: &str) -> String {
    let said = verify(home, store).exits(0);
    said.out.lines().next().unwrap().to_owned()
}

/// The sealed files beside the stores of this home.
fn sealed_files(home: &Home) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(home.path("data/latchkey"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "seal"))
        .collect();
    files.sort();
    files
}

async fn create_product(server: &Server, code: &str) {
    let body = serde_json::json!({ "code": code, "name": code }).to_string();
    let answer = reqwest::Client::new()
        .post(server.at("/v1/products"))
        .header("content-type", "application/json")
        .body(body)
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
async fn a_store_is_moved_to_a_database_serves_and_signs_there_and_comes_back() {
    let home = filled();
    let database = Database::create(DatabaseKind::Postgres).await;
    let (from, to) = (file(&home), address(&database));
    let before = fits(&home, &from);

    let said = move_store(&home, &from, &to).exits(0);
    for part in [
        "was moved to postgres://127.0.0.1",
        "ledger_entry",
        "ledger's root after",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    assert!(
        !said.out.contains("postgres:postgres"),
        "no user: {}",
        said.out
    );
    let rows = said
        .out
        .lines()
        .find(|line| line.starts_with("license "))
        .unwrap();
    let figures: Vec<&str> = rows.split_whitespace().collect();
    assert_eq!(figures, ["license", "300", "300"]);
    assert_eq!(fits(&home, &to), before, "the same entries, rows and root");

    let told = verify(&home, &from).exits(2);
    assert!(told.err.contains("[store_moved]"), "{}", told.err);
    assert!(told.err.contains("--take-back"), "{}", told.err);
    assert!(
        !told.err.contains('@'),
        "no user and no password: {}",
        told.err
    );

    // As on the server: another home, in which there is the sealed file and the passphrase, and nothing else.
    let there = Home::new();
    let [_, sealed] = sealed_files(&home)
        .try_into()
        .expect("that of the file and that of the database");
    fs::create_dir(there.path("data/latchkey")).unwrap();
    fs::copy(
        &sealed,
        there
            .path("data/latchkey")
            .join(sealed.file_name().unwrap()),
    )
    .unwrap();
    let server = Server::start_as(&mut command(
        &there,
        &["serve", "--listen", "127.0.0.1:0", "--store", &to],
    ));
    create_product(&server, "made-there").await;
    drop(server);
    let after = fits(&there, &to);
    assert_ne!(after, before, "it signed a new head");

    let back = format!("sqlite:{}", there.path("back.db").display());
    move_store(&there, &to, &back).exits(0);
    assert_eq!(fits(&there, &back), after);
    let told = verify(&there, &to).exits(2);
    assert!(told.err.contains("[store_moved]"), "{}", told.err);
    database.remove().await;
}

#[tokio::test]
async fn a_connection_that_is_cut_leaves_the_store_as_it_was_and_the_database_empty() {
    let home = filled();
    let database = Database::create(DatabaseKind::Postgres).await;
    let from = file(&home);
    let before = fits(&home, &from);
    let proxy = Proxy::start(&address(&database), MIDDLE_BYTES, Then::Cut);

    let told = move_store(&home, &from, &proxy.address).exits(2);
    assert!(told.err.contains("[store_unavailable]"), "{}", told.err);
    assert!(proxy.reached(), "it was cut in the middle");
    database.tamper(MUST_BE_EMPTY).await;
    assert_eq!(fits(&home, &from), before);
    assert_eq!(
        sealed_files(&home).len(),
        1,
        "no key is left for a store that is not there"
    );

    move_store(&home, &from, &address(&database)).exits(0);
    assert_eq!(fits(&home, &address(&database)), before);
    database.remove().await;
}

#[tokio::test]
async fn a_move_that_is_killed_in_the_middle_leaves_the_store_as_it_was_and_the_database_empty() {
    let home = filled();
    let database = Database::create(DatabaseKind::Postgres).await;
    let from = file(&home);
    let before = fits(&home, &from);
    let proxy = Proxy::start(&address(&database), MIDDLE_BYTES, Then::Stall);
    let mut moving = command(&home, &["move", "--from", &from, "--to", &proxy.address]);
    let mut moving = moving
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    proxy.wait();
    // SIGKILL.
    moving.kill().unwrap();
    moving.wait().unwrap();
    drop(proxy);

    database.tamper(MUST_BE_EMPTY).await;
    assert_eq!(fits(&home, &from), before);
    move_store(&home, &from, &address(&database)).exits(0);
    assert_eq!(fits(&home, &address(&database)), before);
    database.remove().await;
}

#[test]
fn a_move_to_a_file_takes_the_key_along_under_another_passphrase() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let from = file(&home);
    let before = fits(&home, &from);
    let own = home.write("own", "another passphrase");
    let own = own.to_str().unwrap();
    let there = format!("sqlite:{}", home.path("there.db").display());
    let said = run(
        &home,
        &[
            "move",
            "--from",
            &from,
            "--to",
            &there,
            "--to-passphrase-file",
            own,
        ],
    )
    .exits(0);
    assert!(said.out.contains("there.db.seal"), "{}", said.out);
    let told = verify(&home, &there).exits(2);
    assert!(
        told.err.contains("[passphrase_wrong]"),
        "{PASSPHRASE}: {}",
        told.err
    );
    let said = run(
        &home,
        &[
            "ledger",
            "verify",
            "--store",
            &there,
            "--passphrase-file",
            own,
        ],
    )
    .exits(0);
    assert!(said.out.starts_with(&before), "{}", said.out);
}

#[test]
fn a_move_is_taken_back() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let from = file(&home);
    let before = fits(&home, &from);
    let there = format!("sqlite:{}", home.path("there.db").display());
    move_store(&home, &from, &there).exits(0);
    let said = run(&home, &["move", "--take-back", "--from", &from]).exits(0);
    assert!(said.out.contains("there.db any more"), "{}", said.out);
    assert_eq!(fits(&home, &from), before);
    let told = run(&home, &["move", "--take-back", "--from", &from]).exits(2);
    assert!(told.err.contains("[store_not_moved]"), "{}", told.err);
}

#[test]
fn what_cannot_be_moved_is_told_and_leaves_nothing_behind() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let from = file(&home);
    let there = format!("sqlite:{}", home.path("there.db").display());

    let missing = format!("sqlite:{}", home.path("missing.db").display());
    let told = move_store(&home, &missing, &there).exits(2);
    assert!(told.err.contains("[store_missing]"), "{}", told.err);

    let told = move_store(&home, &from, &from).exits(2);
    assert!(told.err.contains("[move_same_place]"), "{}", told.err);

    let server = Server::start(&home);
    let told = move_store(&home, &from, &there).exits(2);
    assert!(told.err.contains("[store_in_use]"), "{}", told.err);
    drop(server);

    // The place of its key is taken by that of another store.
    let other = Home::new();
    run(&other, &["ledger", "verify"]).exits(0);
    let seal = home.path("there.db.seal");
    fs::copy(other.path("data/latchkey/latchkey.db.seal"), &seal).unwrap();
    let told = move_store(&home, &from, &there).exits(2);
    assert!(told.err.contains("[sealing_key_taken]"), "{}", told.err);
    fs::remove_file(&seal).unwrap();

    for file in ["there.db", "there.db.lock", "there.db.seal", "missing.db"] {
        assert!(!home.path(file).exists(), "{file} was left behind");
    }
    fits(&home, &from);
}
