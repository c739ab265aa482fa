//! The window signs in to a server through the person's own browser, which the test plays.

use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt;

use reqwest::{Client, Response, StatusCode, Url};
use serde_json::json;

use super::connections::{EMAIL, PASSWORD, add_server, fingerprint, serve, vendor};
use super::harness::{PATIENCE, answer};
use crate::home::Home;
use crate::program::authority::Authority;
use crate::program::harness::Server;
use crate::window::harness::{Start, Window};

/// What the desktop opens addresses with: it only writes down which.
const OPENER: &str =
    "#!/bin/sh\nprintf '%s' \"$1\" > \"$HOME/opening\"\nmv \"$HOME/opening\" \"$HOME/opened\"\n";

fn with_opener() -> Home {
    let home = Home::new();
    std::fs::create_dir(home.path("bin")).unwrap();
    let opener = home.write("bin/xdg-open", OPENER);
    std::fs::set_permissions(opener, PermissionsExt::from_mode(0o755)).unwrap();
    home
}

/// What the browser was opened with, once.
async fn opened(home: &Home) -> Url {
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Ok(opened) = std::fs::read_to_string(home.path("opened")) {
                std::fs::remove_file(home.path("opened")).unwrap();
                return opened;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    waited
        .await
        .expect("the browser is opened")
        .parse()
        .unwrap()
}

/// What the browser is told with.
fn said(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

/// Comes back to the window.
async fn back(asked: &HashMap<String, String>, name: &str, value: &str) -> Response {
    let mut url: Url = format!("http://127.0.0.1:{}/", asked["port"])
        .parse()
        .unwrap();
    url.query_pairs_mut()
        .append_pair(name, value)
        .append_pair("state", &asked["state"]);
    Client::new().get(url).send().await.unwrap()
}

/// Signs in in a browser, and answers what it keeps.
async fn cookie(client: &Client, server: &Server) -> String {
    let asked = json!({ "email": EMAIL, "password": PASSWORD });
    let signed_in = client.post(server.at("/v1/sign-in")).json(&asked);
    let signed_in = signed_in.send().await.unwrap();
    assert_eq!(signed_in.status(), StatusCode::OK);
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

// The server has to answer while the test waits for the window.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_to_a_server_in_their_browser() {
    let (authority, home) = (Authority::new(), with_opener());
    let (vendor, port) = vendor(&authority).await;
    let server = serve(&vendor, port);
    let mut window = Window::open("by_browser", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.press("Connections").await;
    window.press("Add a server").await;
    add_server(&mut window, &server.address, &fingerprint(&vendor)).await;
    window.says("You sign in to").await;
    window.picture("offered").await;

    // Whoever stops waiting can begin anew, and the port is closed.
    window.press("Sign in with the browser").await;
    window.says("Your browser is opening").await;
    window.picture("waiting").await;
    let first = opened(&home).await;
    let page = server.at("/sign-in/desktop");
    assert!(first.as_str().starts_with(&page), "{first}");
    window.press("Stop waiting").await;
    window.says("Sign in with the browser").await;
    let gone = Client::new().get(format!("http://127.0.0.1:{}/", said(&first)["port"]));
    assert!(gone.send().await.is_err(), "nobody listens any more");

    // Whoever lets nobody in says so in the window as well.
    window.press("Sign in with the browser").await;
    let asked = said(&opened(&home).await);
    assert_ne!(asked["challenge"], said(&first)["challenge"]);
    let declined = back(&asked, "error", "access_denied").await;
    assert!(declined.text().await.unwrap().contains("was not let in"));
    window
        .says("In the browser, the window was not let in")
        .await;
    window.picture("declined").await;

    window.press("Sign in with the browser").await;
    let asked = said(&opened(&home).await);
    let guessed = HashMap::from([
        ("port".to_owned(), asked["port"].clone()),
        ("state".to_owned(), "x".repeat(43)),
    ]);
    let unasked = back(&guessed, "code", "lkh_guessed").await;
    assert_eq!(unasked.status(), StatusCode::FORBIDDEN);
    let cookie = cookie(&authority.client, &server).await;
    let hand_over = json!({ "challenge": asked["challenge"], "computer": asked["computer"] });
    let handed = authority.client.post(server.at("/v1/sessions/hand-over"));
    let handed = handed.header("cookie", &cookie).json(&hand_over);
    let handed = answer(handed.send().await.unwrap()).await;
    let landed = back(&asked, "code", handed["item"]["code"].as_str().unwrap()).await;
    assert_eq!(landed.status(), StatusCode::OK);
    let policy = landed.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(landed.text().await.unwrap().contains("You are signed in"));
    window.says("Create a product").await;
    window.says("Server · SQLite").await;
    window.picture("signed-in").await;
    window
        .script_says(
            "return document.cookie + JSON.stringify(localStorage).includes('lks_')",
            "false",
        )
        .await;
    let sessions = authority.client.get(server.at("/v1/sessions"));
    let sessions = sessions.header("cookie", &cookie).send().await.unwrap();
    let sessions = answer(sessions).await;
    assert_eq!(sessions["items"][0]["computer"], asked["computer"]);
    window.close().await;

    // The keychain has the session, as after any signing in.
    let window = Window::open("by_browser_again", &home, Start::with_keychain()).await;
    window.says("Server · SQLite").await;
    window.close().await;
    drop(server);
}
