//! What only a window has: its menu, further windows, its place, and files from the file manager.

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::built;
use crate::home::{Home, PASSPHRASE};
use crate::program::harness::Server;
use crate::window::harness::{PATIENCE, Start, Window, answer};

/// A license file of another vendor: this store refuses it.
fn strangers_file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../crates/verify/tests/golden/accept/first-entry.lkl")
        .canonicalize()
        .unwrap()
}

#[tokio::test]
async fn the_menu_leads_to_pages_and_speaks_the_persons_language() {
    let home = Home::new();
    let mut window = Window::open("the_menu", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.menu("alt+v", 5).await;
    window.keys(&["Right"]).await;
    window.screen("view").await;
    window.keys(&["Escape", "Escape", "Escape"]).await;

    // Below back, forward, search and the start.
    window.menu("alt+g", 4).await;
    window.screen("go").await;
    window.keys(&["Return"]).await;
    window.says("No licenses yet").await;

    window.menu("alt+h", 0).await;
    window.keys(&["Return"]).await;
    window.dialog("Keyboard shortcuts").await;
    window.screen("shortcuts").await;
    window.keys(&["Escape"]).await;

    window.script("localStorage.PARAGLIDE_LOCALE = 'de'").await;
    window.keys(&["ctrl+r"]).await;
    window.says("Noch keine Lizenzen").await;
    window.menu("alt+d", 1).await;
    window.screen("datei").await;
    window.keys(&["Escape", "Escape"]).await;
    window.close().await;
}

#[tokio::test]
async fn keys_of_the_menu_edit_a_text_and_zoom_the_page() {
    let home = Home::new();
    let mut window = Window::open("the_menus_keys", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.press("Create a product").await;
    window.dialog("New product").await;
    window.fill_labelled("Name", "Editor").await;
    window.menu("alt+e", 5).await;
    window.screen("edit").await;
    window.keys(&["Return", "ctrl+x", "ctrl+v", "ctrl+v"]).await;
    window
        .script_says("return document.activeElement.value", "EditorEditor")
        .await;

    let ratio = "return (window.outerWidth / window.innerWidth).toFixed(2)";
    window.keys(&["ctrl+equal", "ctrl+equal"]).await;
    window.script_says(ratio, "1.25").await;
    window.screen("zoomed").await;
    window.keys(&["ctrl+0"]).await;
    window.script_says(ratio, "1.00").await;
    window.close().await;
}

#[tokio::test]
async fn a_second_window_shows_the_same_store_and_closes_alone() {
    let home = Home::new();
    let mut window = Window::open("a_second_window", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.keys(&["ctrl+n"]).await;
    window.windows_are(2).await;
    window.screen("two").await;
    window.keys(&["ctrl+w"]).await;
    window.windows_are(1).await;
    window.says("Welcome to Latchkey").await;
    window.close().await;
}

#[tokio::test]
async fn the_window_comes_back_where_it_was_left() {
    let home = Home::new();
    let window = Window::open("comes_back", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.place(60, 40, 1000, 700).await;
    let left = window.size().await;
    assert!(
        left.contains("WIDTH=1000") && left.contains("X=60"),
        "{left}"
    );
    window.quit().await;

    let mut window = Window::open("comes_back", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.screen("again").await;
    assert_eq!(window.size().await, left);
    window.close().await;
}

#[tokio::test]
async fn a_license_file_opens_in_a_window_of_its_own() {
    let home = Home::new();
    let file = strangers_file();
    let start = Start {
        arguments: &[file.to_str().unwrap()],
        keychain: true,
    };
    let mut window = Window::open("a_license_file", &home, start).await;
    window.says("This file is refused").await;
    window.says("first-entry.lkl").await;
    window.picture("refused").await;

    // As a double click on another does while the program runs.
    let mut second = Command::new(built::program("latchkey-desktop"));
    home.enter(&mut second);
    let status = second.arg(&file).status().unwrap();
    assert!(status.success(), "the second start failed");
    window.windows_are(2).await;
    window.screen("second-start").await;
    window.keys(&["ctrl+w"]).await;
    window.windows_are(1).await;
    window.close().await;
}

#[tokio::test]
async fn files_dropped_from_the_file_manager_are_taken() {
    let home = Home::new();
    let mut window = Window::open("files_dropped", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.drop_file(&strangers_file()).await;
    window.says("This file is refused").await;
    window.screen("license-file").await;

    window.press("Customers").await;
    window.press("Import").await;
    window.says("CSV").await;
    let list = home.write(
        "customers.csv",
        "name,email\nNordwind GmbH,it@example.com\n",
    );
    window.drop_file(&list).await;
    window.says("Nordwind GmbH").await;
    window.screen("list").await;
    window.close().await;
}

#[tokio::test]
async fn a_license_file_is_checked_though_the_store_is_locked() {
    let home = Home::new();
    let test = "checked_while_locked";
    let server = Server::start(&home);
    let file = exported(&home, &server).await;
    drop(server);

    // The root key is remembered when the store is opened.
    let window = Window::open(test, &home, Start::default()).await;
    window.fill("[name=passphrase]", PASSPHRASE).await;
    window.click("button").await;
    window.shows_the_ui().await;
    window.says("Licenses").await;
    window
        .script("localStorage.PARAGLIDE_LOCALE = 'de'; location.reload()")
        .await;
    window.says("Lizenzen").await;
    german_is_kept(&home).await;
    window.close().await;

    let start = Start {
        arguments: &[file.to_str().unwrap()],
        keychain: false,
    };
    let mut window = Window::open(test, &home, start).await;
    window.says("Speicher entsperren").await;
    window.says("Diese Datei ist echt und gültig").await;
    window.screen("locked").await;
    window.fill("[name=passphrase]", PASSPHRASE).await;
    window.click("button").await;
    window.shows_the_ui().await;
    window.says("Diese Datei ist echt und gültig").await;
    window.says("Die Lizenz jetzt").await;
    window.screen("unlocked").await;
    window.close().await;
}

#[tokio::test]
async fn the_desktop_is_asked_to_show_a_notification() {
    let home = Home::new();
    let window = Window::open("notification", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    let heard = home.path("heard");
    let mut monitor = Command::new("dbus-monitor")
        .args(["--session", "interface=org.freedesktop.Notifications"])
        .stdout(File::create(&heard).unwrap())
        .spawn()
        .unwrap();
    // The page's side waits for ten seconds of work; this is what it calls then. No desktop shows
    // notifications here, so each call is refused, and is made again until it is heard.
    let call = "window.__TAURI_INTERNALS__.invoke('notify', \
        { title: 'Done', text: '3 rows are applied.' }).catch(() => undefined)";
    let waited = tokio::time::timeout(PATIENCE, async {
        while !std::fs::read_to_string(&heard)
            .unwrap()
            .contains("3 rows are applied.")
        {
            window.script(call).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    });
    let waited = waited.await;
    let _ = monitor.kill();
    let _ = monitor.wait();
    assert!(waited.is_ok(), "no notification is asked for");
    window.close().await;
}

/// A license file of this store's own, with the demo data around it.
async fn exported(home: &Home, server: &Server) -> PathBuf {
    let client = reqwest::Client::new();
    let post = |path: String, body: serde_json::Value| {
        let request = client.post(server.at(&path)).json(&body);
        async { answer(request.send().await.unwrap()).await }
    };
    let get = async |path: &str| answer(reqwest::get(server.at(path)).await.unwrap()).await;
    post("/v1/demo-data".to_owned(), serde_json::json!({})).await;
    let licenses = get("/v1/licenses?state=active&limit=1").await;
    let license = licenses["items"][0]["id"].as_str().unwrap();
    let machines = get(&format!("/v1/activations?license_id={license}&limit=1")).await;
    let machines: Vec<_> = machines["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| &of["machine_id"])
        .collect();
    let wanted = serde_json::json!({ "machine_ids": machines, "valid_days": 30 });
    let file = post(format!("/v1/licenses/{license}/files"), wanted).await;
    let id = file["item"]["id"].as_str().unwrap();
    let content = reqwest::get(server.at(&format!("/v1/license-files/{id}/content")))
        .await
        .unwrap();
    home.write("license.lkl", content.bytes().await.unwrap())
}

/// Waits until the program has kept that the person reads German: the page tells it a moment later.
async fn german_is_kept(home: &Home) {
    let kept = || {
        Command::new("grep")
            .args(["-rqs", "--include=look.json", "\"de\""])
            .arg(home.path(""))
            .status()
            .is_ok_and(|status| status.success())
    };
    for _ in 0..600 {
        if kept() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the language is not kept");
}
