//! What a person meets when the program starts.

use crate::home::{Home, PASSPHRASE};
use crate::window::harness::{Start, Window};

#[tokio::test]
async fn the_window_opens_on_an_embedded_store() {
    let home = Home::new();
    let mut window = Window::open("the_window_opens", &home, Start::with_keychain()).await;
    window.says("Welcome to Latchkey").await;
    window.picture("first").await;
    window.close().await;
}

#[tokio::test]
async fn without_a_keychain_the_store_is_protected_by_a_passphrase() {
    let home = Home::new();
    let test = "without_a_keychain";

    let mut window = Window::open(test, &home, Start::default()).await;
    window.says("Choose a passphrase").await;
    window.picture("choose").await;
    window.fill("[name=passphrase]", PASSPHRASE).await;
    window.fill("[name=again]", "correct horse batter").await;
    window.click("button").await;
    window.says("The two passphrases differ").await;
    window.picture("differ").await;
    window.fill("[name=passphrase]", PASSPHRASE).await;
    window.fill("[name=again]", PASSPHRASE).await;
    window.click("button").await;
    window.shows_the_ui().await;
    window.close().await;

    let mut window = Window::open(test, &home, Start::default()).await;
    window.says("Unlock the store").await;
    window.fill("[name=passphrase]", "something else").await;
    window.click("button").await;
    window.says("passphrase_wrong").await;
    window.picture("wrong").await;
    window.fill("[name=passphrase]", PASSPHRASE).await;
    window.click("button").await;
    window.shows_the_ui().await;
    window.close().await;
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_is_explained_and_tried_again() {
    let home = Home::new();
    let store = home.write("in-the-way", "a file where a folder should be");
    let store = format!("sqlite:{}/latchkey.db", store.display());
    let start = Start {
        arguments: &["--store", &store],
        keychain: true,
    };
    let mut window = Window::open("a_store_that_cannot_be_opened", &home, start).await;
    window.says("The store cannot be opened").await;
    window.says("store_not_writable").await;
    window.picture("explained").await;

    std::fs::remove_file(home.path("in-the-way")).unwrap();
    window.click("button").await;
    window.shows_the_ui().await;
    window.close().await;
}
