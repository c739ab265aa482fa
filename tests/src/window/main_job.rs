//! The main job, from an empty store to a license file that the program verifies.

use thirtyfour::prelude::*;

use crate::home::Home;
use crate::program::harness::{Server, run};
use crate::window::harness::{Start, Window};

/// As a customer's IT collects it: any script, a blank line, and one machine twice.
const LIST: &str = "WS-0001\tReception, ground floor\n\
    WS-0002\tBesprechung Ruheraum\n\
    \n\
    WS-0003\t会議室 3\n\
    WS-0003\t会議室 3\n";

/// Whether scrollbars take no more than 12 pixels of the page, and cover no tabs.
const SCROLLBARS: &str = "const box = document.createElement('div'); box.style.overflow = 'scroll'; \
    document.body.append(box); const room = box.offsetWidth - box.clientWidth; box.remove(); \
    const tabs = document.querySelector('#content nav'); \
    return room <= 12 && tabs.offsetHeight === tabs.clientHeight;";

#[tokio::test]
async fn from_an_empty_store_to_a_license_file_that_verifies() {
    let home = Home::new();
    let passphrase = home.passphrase_file();
    let arguments = ["--passphrase-file", passphrase.to_str().unwrap()];
    let start = Start {
        arguments: &arguments,
        keychain: true,
    };
    let mut window = Window::open("the_main_job", &home, start).await;

    product_with_feature(&mut window).await;
    policy(&mut window).await;
    customer(&mut window).await;
    let key = license(&mut window).await;
    activations(&mut window, &key).await;
    deactivate_and_undo(&mut window).await;
    let file = export(&mut window, &home, &key).await;
    overview(&mut window).await;
    window.close().await;

    let server = Server::start(&home);
    let root: serde_json::Value = reqwest::get(server.at("/v1/root-key"))
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    home.write("root.pem", root["pem"].as_str().unwrap());
    let said = run(
        &home,
        &["verify", file.to_str().unwrap(), "--root", "root.pem"],
    )
    .exits(0);
    for part in [
        "valid: Editor",
        "customer: Nordwind GmbH",
        "features: export",
        "seats: 3",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    drop(server);
    run(&home, &["ledger", "verify"]).exits(0);
}

async fn product_with_feature(window: &mut Window) {
    window.says("Welcome to Latchkey").await;
    window.picture("welcome").await;
    window.press("Create a product").await;
    window.dialog("New product").await;
    window.fill_labelled("Name", "Editor").await;
    window.press("Create").await;
    window.press("Add feature").await;
    window.dialog("Add feature").await;
    window.fill_labelled("Name", "Export").await;
    window.press("Create").await;
    window.says("Feature Export is added.").await;
    window.picture("product").await;
}

async fn policy(window: &mut Window) {
    window.press("New policy").await;
    window.dialog("New policy").await;
    window.fill_labelled("Name", "Standard").await;
    window.fill_labelled("Seats", "3").await;
    window.choose_labelled("Export").await;
    window.picture("policy").await;
    window.press("Create").await;
    window.says("Policy Standard is created.").await;
}

async fn customer(window: &mut Window) {
    window.press("Customers").await;
    window.press("New customer").await;
    window.dialog("New customer").await;
    window.fill_labelled("Name", "Nordwind GmbH").await;
    window.press("Create").await;
    window.says("Customer Nordwind GmbH is created.").await;
}

async fn license(window: &mut Window) -> String {
    window.press("Licenses").await;
    window.press("Issue license").await;
    window.dialog("Issue license").await;
    window.choose("Customer", "Nordwind GmbH").await;
    window.choose("Policy", "Standard").await;
    window.picture("issue").await;
    window.press("Issue").await;
    window
        .says("The license for Nordwind GmbH is issued.")
        .await;
    window.says("Properties").await;
    window.picture("license").await;
    // The driver takes a text that is cut where it is too long for hidden; its button says the same.
    let copy = window.find(By::Css("h1 button")).await;
    let label = copy.attr("aria-label").await.unwrap().unwrap();
    label.strip_prefix("Copy ").unwrap().to_owned()
}

async fn activations(window: &mut Window, key: &str) {
    window.press("Activations").await;
    window.press("Import a list").await;
    window.choose("On which license", key).await;
    window.press("Paste text").await;
    window
        .paste_labelled("Text, as copied from a table or an e-mail", LIST)
        .await;
    window.press("Check it").await;
    window.says("3 rows are ready.").await;
    window.says("This is a dry run").await;
    window.picture("dry-run").await;
    window.press("Apply 3 rows").await;
    window.says("3 rows are applied.").await;
}

async fn deactivate_and_undo(window: &mut Window) {
    window.press("Activations").await;
    window.says("会議室 3").await;
    window.picture("activations").await;
    window.script_says(SCROLLBARS, "true").await;
    window
        .fill_labelled("Part of a friendly name", "ruhe")
        .await;
    window.says_no_more("会議室 3").await;
    window.press("Select Besprechung Ruheraum").await;
    window.press("Deactivate").await;
    window.says("1 activation is deactivated.").await;
    window.picture("deactivated").await;
    window.press("Undo").await;
    window.says("Undone.").await;
}

/// Its plots are made with the system's language, and a system may have none.
async fn overview(window: &mut Window) {
    window.press("Overview").await;
    window.says("Activations per day").await;
    window.find(By::Css("main [role=img] canvas")).await;
    window.picture("overview").await;
}

async fn export(window: &mut Window, home: &Home, key: &str) -> std::path::PathBuf {
    window.press("Licenses").await;
    let row = format!("//*[@role='row'][contains(., '{key}')]//*[@role='cell'][.='Nordwind GmbH']");
    window.find(By::XPath(&row)).await.click().await.unwrap();
    window.press("Export license file").await;
    window.dialog("Export license file").await;
    window.choose_labelled("Reception").await;
    window.picture("export").await;
    window.press("Export and save").await;
    let file = home.path("nordwind.lkl");
    window.save_dialog_takes(&file).await;
    file
}
