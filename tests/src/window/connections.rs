//! The window on a server, and turning from one store to another.

use std::net::TcpListener;
use std::process::Command;

use latchkey_testkit::{Database, DatabaseKind};
use reqwest::StatusCode;
use serde_json::json;

use crate::built;
use crate::home::Home;
use crate::program::authority::Authority;
use crate::program::harness::{Server, address, command, run};
use crate::window::harness::{Start, Window};

pub(super) const EMAIL: &str = "olga@vendor.example";
pub(super) const PASSWORD: &str = "seven grey geese";

/// Serves a store over TLS at a port, with the certificate in its home.
pub(super) fn serve(home: &Home, port: u16) -> Server {
    let listen = format!("127.0.0.1:{port}");
    let words = ["serve", "--listen", &listen];
    let tls = ["--tls-certificate", "tls.crt", "--tls-key", "tls.key"];
    Server::start_as(&mut command(home, &[&words[..], &tls[..]].concat()))
}

/// A home with a certificate and the owner's account, and a port for its server.
pub(super) async fn vendor(authority: &Authority) -> (Home, u16) {
    let home = Home::new();
    authority.certify(&home);
    let said = run(
        &home,
        &["init", "--email", EMAIL, "--url", "https://x.example/"],
    )
    .exits(0);
    let secret = said.out.lines().nth(1).unwrap().rsplit_once('#').unwrap().1;
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let server = serve(&home, port);
    let accept = json!({ "token": secret, "password": PASSWORD });
    let accepted = authority.client.post(server.at("/v1/invitations/accept"));
    let accepted = accepted.json(&accept).send().await.unwrap();
    assert_eq!(accepted.status(), StatusCode::OK);
    (home, port)
}

/// What OpenSSL prints of the certificate in a home.
pub(super) fn fingerprint(home: &Home) -> String {
    let output = Command::new("openssl")
        .args(["x509", "-noout", "-fingerprint", "-sha256", "-in"])
        .arg(home.path("tls.crt"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim().rsplit_once('=').unwrap().1.to_owned()
}

/// Adds a server whose certificate nobody signed that this computer knows, and opens it.
pub(super) async fn add_server(window: &mut Window, address: &str, fingerprint: &str) {
    window.dialog("Add a server").await;
    window.fill_labelled("Address of the server", address).await;
    window.press("Look it up").await;
    window.says("does not know who signed").await;
    window.says(fingerprint).await;
    window.choose_labelled("I have compared it").await;
    window.screen("compared").await;
    window.press("Add and open").await;
}

async fn sign_in(window: &Window) {
    window.fill("[name=email]", EMAIL).await;
    window.fill("[name=password]", PASSWORD).await;
    window.press("Sign in").await;
}

// The server has to answer while the test waits for the window.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_to_a_server_and_is_still_there_after_it_was_away() {
    let (authority, home) = (Authority::new(), Home::new());
    let (vendor, port) = vendor(&authority).await;
    let server = serve(&vendor, port);
    let mut window = Window::open("a_server", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.press("Connections").await;
    window.says("This computer").await;
    window.picture("connections").await;
    window.press("Add a server").await;
    add_server(&mut window, &server.address, &fingerprint(&vendor)).await;

    window
        .says(&format!("You sign in to {}", server.address))
        .await;
    window.picture("sign-in").await;
    sign_in(&window).await;
    window.says("Create a product").await;
    window.press("Create a product").await;
    window.dialog("New product").await;
    window.fill_labelled("Name", "Editor").await;
    window.press("Create").await;
    window.says("Add feature").await;
    window.says("Server · SQLite").await;
    window.picture("on-the-server").await;
    window
        .script_says(
            "return document.cookie + JSON.stringify(localStorage).includes('lks_')",
            "false",
        )
        .await;

    server.signal("TERM");
    let (status, _) = server.ends();
    assert!(status.success(), "{status}");
    window.press("Licenses").await;
    window.says("The server does not answer").await;
    window.picture("away").await;
    let server = serve(&vendor, port);
    window.says_no_more("The server does not answer").await;
    window.says("No licenses yet").await;
    window.close().await;

    // The keychain has the session, and the list which one was open.
    let mut window = Window::open("a_server_again", &home, Start::with_keychain()).await;
    window.says("Server · SQLite").await;
    window.press("Products").await;
    window.says("Editor").await;
    window.press("Connections").await;
    window.says("In use").await;
    window.picture("in-use").await;
    window.press("Open This computer").await;
    window.says("Welcome to Latchkey").await;
    window.says("Store on this device").await;
    window.close().await;
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_certificate_than_the_pinned_one_is_not_believed() {
    let (authority, home) = (Authority::new(), Home::new());
    let (vendor, port) = vendor(&authority).await;
    let server = serve(&vendor, port);
    let mut window = Window::open("a_new_certificate", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.press("Connections").await;
    window.press("Add a server").await;
    add_server(&mut window, &server.address, &fingerprint(&vendor)).await;
    window.says("You sign in to").await;
    window.close().await;
    drop(server);

    // Signed by the same authority, but not the one that was compared.
    authority.certify(&vendor);
    let server = serve(&vendor, port);
    let mut window = Window::open("a_new_certificate", &home, Start::with_keychain()).await;
    window.says("server_certificate_changed").await;
    window.picture("changed").await;
    window.press("Other stores and servers").await;
    window.says("This computer").await;
    window.picture("others").await;
    window.press("Open This computer").await;
    window.says("Welcome to Latchkey").await;
    window.close().await;
    drop(server);
}

#[tokio::test]
async fn a_link_leads_to_a_record_and_an_unknown_server_can_be_added() {
    let home = Home::new();
    let mut window = Window::open("a_link", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    let follow = |link: &str| {
        let mut second = Command::new(built::program("latchkey-desktop"));
        home.enter(&mut second);
        assert!(second.arg(link).status().unwrap().success(), "{link}");
    };
    follow("latchkey://this-computer/customers");
    window.says("No customers yet").await;
    follow("latchkey://licenses.vendor.example/licenses/lic_1");
    window.dialog("Add a server").await;
    let typed = "return document.querySelector('[name=address]').value";
    window.script_says(typed, "licenses.vendor.example").await;
    window.picture("unknown").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_moved_to_a_database_and_a_server_goes_on_with_it() {
    let home = Home::new();
    let database = Database::create(DatabaseKind::Postgres).await;
    let mut window = Window::open("moving", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.press("Create a product").await;
    window.dialog("New product").await;
    window.fill_labelled("Name", "Editor").await;
    window.press("Create").await;
    window.says("Add feature").await;
    window.press("Connections").await;
    window.says("In use").await;
    window.press("Move to a server").await;

    // Where nothing answers, the store stays, and is open again.
    window.dialog("Move to a server").await;
    let nowhere = "postgres://olga:secret@127.0.0.1:1/nowhere";
    window
        .fill_labelled("Address of the database", nowhere)
        .await;
    window.fill("[name=passphrase]", PASSWORD).await;
    window.fill("[name=again]", PASSWORD).await;
    window.picture("form").await;
    window.press("Move").await;
    window.says("The database does not answer").await;
    window.picture("refused").await;
    assert!(
        !home
            .path("data/latchkey")
            .join("postgres___127_0_0_1_1_nowhere.seal")
            .exists()
    );

    let to = address(&database);
    window.fill_labelled("Address of the database", &to).await;
    window.press("Move").await;
    window.dialog("The store was moved").await;
    window.says("Root of the ledger").await;
    window.picture("moved").await;
    window.press("Close").await;
    window.press("Open This computer").await;
    window.says("store_moved").await;
    window.close().await;

    std::fs::write(home.path("there"), PASSWORD).unwrap();
    let there = home.path("there").display().to_string();
    let words = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--store",
        &to,
        "--passphrase-file",
        &there,
    ];
    let server = Server::start_as(&mut command(&home, &words));
    let products = reqwest::get(server.at("/v1/products")).await.unwrap();
    assert!(products.text().await.unwrap().contains("Editor"));
    drop(server);
    database.remove().await;
}
