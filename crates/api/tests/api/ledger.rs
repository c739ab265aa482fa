//! What changes the store leaves an entry in the ledger, and what only looks leaves none.

use crate::asked::{operations, request, send};
use crate::world::World;

/// Commands that leave no entry, each with the reason. The list only shrinks.
const WITHOUT_ENTRY: &[(&str, &str)] = &[
    (
        "validate_license",
        "notes that a machine asked and was seen, which is not recorded",
    ),
    ("verify_license_file", "looks at a file and changes nothing"),
    (
        "begin_service_sign_in",
        "sends a browser elsewhere, and changes nothing here",
    ),
    (
        "begin_passkey",
        "asks a browser for a passkey, and changes nothing here",
    ),
    (
        "begin_passkey_sign_in",
        "asks a browser for a passkey, and changes nothing here",
    ),
    (
        "preview_letter_text",
        "shows a letter as it would be, and changes nothing",
    ),
    (
        "show_sign_up_link",
        "looks at a link; its secret does not belong in an address",
    ),
    (
        "show_invitation",
        "looks at an invitation; its secret does not belong in an address",
    ),
];

/// Operations that need a world of their own, each with the reason.
const IN_AN_EMPTY_STORE: &[(&str, &str)] = &[("load_demo_data", "takes an empty store")];

#[tokio::test]
async fn every_command_leaves_an_entry_and_every_look_leaves_none() {
    let mut excused = 0;
    for operation in operations(&World::make().await.client) {
        if IN_AN_EMPTY_STORE.iter().any(|(id, _)| *id == operation.id) {
            continue;
        }
        let world = World::make().await;
        let ask = request(&operation, &world).await;
        let before = world.ledger_size().await;
        let answer = send(&operation, &world, &ask, &[]).await;
        assert!(
            answer.status.is_success(),
            "{}: {}",
            operation.id,
            answer.text()
        );
        let added = world.ledger_size().await - before;
        let without = WITHOUT_ENTRY.iter().any(|(id, _)| *id == operation.id);
        excused += usize::from(without);
        let expected = operation.is_command() && !without;
        assert_eq!(
            added > 0,
            expected,
            "{} added {added} entries",
            operation.id
        );
        // Whoever signs in is told of their session, and not of its record; whoever asks for a letter of nothing.
        let is_told = !matches!(
            &*operation.id,
            "sign_in"
                | "finish_service_sign_in"
                | "confirm_service_sign_in"
                | "finish_passkey_sign_in"
                | "take_over_session"
                | "ask_password_reset"
                | "sign_up"
        );
        if expected && is_told {
            let answer = answer.json();
            let change = answer["change"]["id"]
                .as_str()
                .unwrap_or_else(|| panic!("{}: {answer}", operation.id));
            let path = format!("/v1/ledger/entries?limit=200&change_id={change}");
            let entries = world.client.get(&path).await.ok();
            assert_eq!(
                entries["count"]["value"], added,
                "{}: all under one change",
                operation.id
            );
        }
    }
    assert_eq!(
        excused,
        WITHOUT_ENTRY.len(),
        "take what is no operation any more off the list"
    );
}

#[tokio::test]
async fn demo_data_stands_in_the_ledger_too() {
    let app = latchkey_testkit::TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let client = app.client();
    let size = client.get("/v1/ledger/checkpoint").await.ok()["size"].as_u64();
    assert_eq!(client.get("/v1/me").await.ok()["store"]["empty"], true);
    client
        .post("/v1/demo-data", &serde_json::json!({}))
        .await
        .ok();
    assert!(client.get("/v1/ledger/checkpoint").await.ok()["size"].as_u64() > size);
    assert_eq!(client.get("/v1/me").await.ok()["store"]["empty"], false);
    let again = client.post("/v1/demo-data", &serde_json::json!({})).await;
    assert_eq!(again.problem(), "store_not_empty");
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let world = World::make().await;
    let before = world.ledger_size().await;
    let bulk = serde_json::json!({ "action": "revoke", "filter": {}, "dry_run": true });
    let report = world.client.post("/v1/licenses/bulk", &bulk).await.ok();
    assert_eq!(
        (report["dry_run"].clone(), report["change"].clone()),
        (true.into(), ().into())
    );
    assert_eq!(report["summary"]["change"], 1);
    let list = format!(
        "/v1/activations/import?dry_run=true&license_id={}",
        world.license
    );
    let report = world
        .client
        .upload(&list, "text/csv", "M-7\tSieben\n")
        .await
        .ok();
    assert_eq!(
        (report["dry_run"].clone(), report["change"].clone()),
        (true.into(), ().into())
    );
    assert_eq!(report["summary"]["create"], 1);
    assert_eq!(world.ledger_size().await, before);
}
