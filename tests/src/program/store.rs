//! Opening a store: what stands in the way is told, and nothing is lost.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::home::Home;
use crate::program::harness::{Server, bare, command, run, said};

#[test]
fn a_second_program_on_one_store_is_told_of_the_first() {
    let home = Home::new();
    let _server = Server::start(&home);
    let said = run(&home, &["serve", "--listen", "127.0.0.1:0"]).exits(2);
    assert!(said.err.contains("[store_in_use]"), "{}", said.err);
    assert!(
        said.err.contains("Close the other window or program"),
        "{}",
        said.err
    );
}

#[test]
fn only_its_owner_may_enter_the_folder_of_a_new_store() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let folder = fs::metadata(home.path("data/latchkey")).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_store_without_its_key_is_not_given_a_new_one() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let seal = home.path("data/latchkey/latchkey.db.seal");
    let away = home.path("away");
    fs::rename(&seal, &away).unwrap();
    let said = run(&home, &["ledger", "verify"]).exits(2);
    assert!(said.err.contains("[sealing_key_missing]"), "{}", said.err);
    assert!(!seal.exists());
    fs::rename(&away, &seal).unwrap();
    run(&home, &["ledger", "verify"]).exits(0);
}

#[test]
fn a_wrong_passphrase_and_another_stores_key_are_told() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    let wrong = home.write("wrong", "incorrect horse");
    let verify = [
        "ledger",
        "verify",
        "--passphrase-file",
        wrong.to_str().unwrap(),
    ];
    let told = said(&mut bare(&home, &verify)).exits(2);
    assert!(told.err.contains("[passphrase_wrong]"), "{}", told.err);

    let other = Home::new();
    run(&other, &["ledger", "verify"]).exits(0);
    let seal = "data/latchkey/latchkey.db.seal";
    fs::copy(other.path(seal), home.path(seal)).unwrap();
    let told = run(&home, &["ledger", "verify"]).exits(2);
    assert!(told.err.contains("[sealing_key_wrong]"), "{}", told.err);
}

#[test]
fn a_file_that_is_no_store_is_left_alone() {
    let home = Home::new();
    run(&home, &["ledger", "verify"]).exits(0);
    fs::write(home.store(), "minutes of the meeting").unwrap();
    let said = run(&home, &["ledger", "verify"]).exits(2);
    assert!(said.err.contains("[store_damaged]"), "{}", said.err);
    assert_eq!(
        fs::read_to_string(home.store()).unwrap(),
        "minutes of the meeting"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let home = Home::new();
    // Also root cannot make a folder in the place of a file.
    let file = home.write("in-the-way", "");
    let store = format!("sqlite:{}/latchkey.db", file.display());
    let said = run(&home, &["ledger", "verify", "--store", &store]).exits(2);
    assert!(said.err.contains("[store_not_writable]"), "{}", said.err);
    assert!(said.err.contains("in-the-way"), "{}", said.err);
}

#[test]
fn an_address_that_names_no_store_is_refused() {
    let home = Home::new();
    for url in ["mysql://localhost/x", "sqlite:", "latchkey.db"] {
        let said = run(&home, &["ledger", "verify", "--store", url]).exits(2);
        assert!(said.err.contains("[store_url]"), "{url}: {}", said.err);
        assert!(said.err.contains("sqlite:PATH"), "{url}: {}", said.err);
    }
}

#[test]
fn the_doctor_says_what_is_well_and_what_is_not() {
    let home = Home::new();
    let said = run(&home, &["doctor"]).exits(0);
    assert!(
        said.out.contains("warn  store   there is no store at"),
        "{}",
        said.out
    );
    assert!(!home.store().exists(), "looking makes nothing");

    run(&home, &["ledger", "verify"]).exits(0);
    let said = run(&home, &["doctor"]).exits(0);
    for line in [
        "ok    program latchkey",
        "ok    clock",
        "ok    keys",
        "ok    store",
        "ok    ledger",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
    let mut keyless = command(&home, &["doctor"]);
    keyless.env_remove("LATCHKEY_PASSPHRASE_FILE");
    let said = crate::program::harness::said(&mut keyless).exits(1);
    assert!(said.out.contains("fail  keys"), "{}", said.out);
    assert!(said.out.contains("what to do:"), "{}", said.out);
}
