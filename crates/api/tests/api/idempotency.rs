//! Every command honours the `Idempotency-Key`: sent twice it is carried out once.

use serde_json::json;

use crate::asked::{operations, request, send};
use crate::world::{AskBody, World};

/// Commands whose second answer is not marked as a remembered one, each with the reason. The list only shrinks.
const NOT_REMEMBERED: &[(&str, &str)] = &[
    (
        "validate_license",
        "its answer is about this moment, and it changes nothing that counts",
    ),
    ("verify_license_file", "changes nothing"),
    ("show_invitation", "changes nothing"),
    ("show_sign_up_link", "changes nothing"),
    ("preview_letter_text", "changes nothing"),
];

/// Commands whose answer is not kept, so that a second one is carried out by itself or refused, each with the reason.
const NOT_KEPT: &[(&str, &str)] = &[
    ("sign_in", "its answer is a secret"),
    ("ask_password_reset", "each letter has a link of its own"),
    ("sign_up", "each letter has a link of its own"),
    ("begin_service_sign_in", "each attempt is one of its own"),
    ("finish_service_sign_in", "its answer is a secret"),
    ("confirm_service_sign_in", "its answer is a secret"),
    ("begin_passkey", "each question is one of its own"),
    ("create_passkey", "a question is answered once"),
    ("begin_passkey_sign_in", "each question is one of its own"),
    ("finish_passkey_sign_in", "its answer is a secret"),
    (
        "change_password",
        "a hash of what was asked would be one of the password",
    ),
    (
        "prove_session",
        "a hash of what was asked would be one of the password",
    ),
    ("hand_over_session", "its answer is a secret"),
    ("take_over_session", "its answer is a secret"),
    ("begin_second_factor", "its answer is a secret"),
    ("confirm_second_factor", "its answer is a secret"),
    ("renew_recovery_codes", "its answer is a secret"),
];

/// Commands whose answer has a secret in it, which the second one has not.
const SECRET_ONCE: &[&str] = &[
    "create_user",
    "invite_user",
    "create_access_token",
    "create_sign_up_link",
    "invite_first_manager",
    "create_webhook",
    "rotate_webhook_secret",
];

const KEY: (&str, &str) = ("idempotency-key", "4f1c0d9e-once");

#[tokio::test]
async fn a_command_sent_twice_with_one_key_is_carried_out_once() {
    for operation in operations(&World::make().await.client) {
        let not_kept = NOT_KEPT.iter().any(|(id, _)| *id == operation.id);
        if !operation.is_command() || operation.id == "load_demo_data" || not_kept {
            continue;
        }
        let id = &operation.id;
        assert!(
            operation.described["parameters"]
                .to_string()
                .contains("IdempotencyKey"),
            "{id} documents the key"
        );
        let world = World::make().await;
        let ask = request(&operation, &world).await;
        let first = send(&operation, &world, &ask, &[KEY]).await;
        assert!(first.status.is_success(), "{id}: {}", first.text());
        let size = world.ledger_size().await;
        let second = send(&operation, &world, &ask, &[KEY]).await;
        assert_eq!(second.status, first.status, "{id}: {}", second.text());
        let mut told = first.json();
        if SECRET_ONCE.contains(&id.as_str()) {
            let name = if id.contains("webhook") {
                "secret"
            } else {
                "token"
            };
            assert!(told["item"][name].is_string(), "{id}: {told}");
            told["item"][name] = serde_json::Value::Null;
        }
        assert_eq!(second.json(), told, "{id}");
        assert_eq!(
            world.ledger_size().await,
            size,
            "{id} was carried out twice"
        );
        let remembered = !NOT_REMEMBERED.iter().any(|(known, _)| known == id);
        assert_eq!(first.header("idempotent-replayed"), None, "{id}");
        assert_eq!(
            second.header("idempotent-replayed"),
            remembered.then_some("true"),
            "{id}"
        );
        if remembered {
            let body = json!({ "code": "x", "name": "X" });
            let other = world
                .client
                .command(http::Method::POST, "/v1/products", &[KEY], &body)
                .await;
            assert_eq!(other.problem(), "idempotency_mismatch", "{id}");
        }
    }
}

#[tokio::test]
async fn demo_data_is_loaded_once() {
    let app = latchkey_testkit::TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let client = app.client();
    let first = client
        .command(http::Method::POST, "/v1/demo-data", &[KEY], &json!({}))
        .await;
    let second = client
        .command(http::Method::POST, "/v1/demo-data", &[KEY], &json!({}))
        .await;
    assert_eq!(first.ok(), second.ok());
    assert_eq!(second.header("idempotent-replayed"), Some("true"));
}

#[tokio::test]
async fn the_same_key_for_another_body_is_refused() {
    let world = World::make().await;
    let send = async |name: &str| {
        let body = json!({ "code": "boreas", "name": name });
        world
            .client
            .command(http::Method::POST, "/v1/products", &[KEY], &body)
            .await
    };
    send("Boreas").await.ok();
    let other = send("Boreas 2").await;
    assert_eq!(
        (other.status.as_u16(), other.problem().as_str()),
        (409, "idempotency_mismatch")
    );
}

#[tokio::test]
async fn what_was_refused_may_be_sent_again_with_the_same_key() {
    let world = World::make().await;
    let ask = crate::world::Ask {
        method: http::Method::POST,
        path: format!("/v1/products/{}/unarchive", world.product),
        body: AskBody::Nothing,
        cookie: None,
    };
    assert_eq!(
        world.ask(&ask, &[KEY]).await.problem(),
        "product_not_archived"
    );
    world
        .after(
            &format!("/v1/products/{}/archive", world.product),
            json!({}),
        )
        .await;
    world.ask(&ask, &[KEY]).await.ok();
}

#[tokio::test]
async fn a_key_is_1_to_128_visible_characters() {
    let world = World::make().await;
    let send = async |key: &str, code: &str| {
        let body = json!({ "code": code, "name": "X" });
        world
            .client
            .command(
                http::Method::POST,
                "/v1/products",
                &[("idempotency-key", key)],
                &body,
            )
            .await
    };
    send(&"k".repeat(128), "longest").await.ok();
    for key in ["", "two words", &"k".repeat(129)] {
        let answer = send(key, "refused").await;
        assert_eq!(
            (answer.status.as_u16(), answer.problem().as_str()),
            (422, "idempotency_key_invalid"),
            "{key:?}"
        );
    }
}
