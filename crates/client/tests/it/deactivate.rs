//! A seat is given back: the app does not go on without the server on it.

use latchkey_client::{Error, Recollection};
use serde_json::json;

use crate::app::App;
use crate::server::{DEACTIVATE, Reply, TRUST, VALIDATE};

async fn remembers_nothing(app: &App) -> bool {
    app.server.script(VALIDATE, [Reply::status(500)]);
    matches!(
        app.validate().await,
        Err(Error::Unreachable {
            memory: Recollection::Nothing,
            ..
        })
    )
}

#[tokio::test]
async fn the_seat_is_given_back_and_the_answer_forgotten() {
    let app = App::new();
    app.validate().await.unwrap();
    app.start().deactivate().await.unwrap();
    let asked = app.server.requests(DEACTIVATE);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].body, json!({}));
    assert!(asked[0].headers.contains_key("idempotency-key"));
    assert!(remembers_nothing(&app).await);
    app.validate().await.unwrap();
    assert_eq!(app.server.requests(TRUST).len(), 1, "the bundle is kept");
}

#[tokio::test]
async fn a_machine_without_a_seat_has_nothing_to_give_back() {
    let app = App::new();
    app.server.vendor().answer["activation_id"] = json!(null);
    app.start().deactivate().await.unwrap();
    assert_eq!(app.server.lines(), [VALIDATE, TRUST]);
    for code in ["activation_deactivated", "activation_not_found"] {
        app.server.vendor().answer["activation_id"] = json!("act_1");
        app.server.script(DEACTIVATE, [Reply::problem(409, code)]);
        app.start().deactivate().await.unwrap();
    }
}

#[tokio::test]
async fn the_answer_is_forgotten_even_if_the_server_was_not_heard_of_again() {
    let app = App::new();
    app.validate().await.unwrap();
    app.server
        .script(DEACTIVATE, [Reply::HangUp, Reply::HangUp]);
    let error = app.start().deactivate().await.unwrap_err();
    assert_eq!(error.code(), "server_unreachable");
    assert!(remembers_nothing(&app).await);
}

#[tokio::test]
async fn a_server_that_is_away_changes_nothing() {
    let app = App::new();
    app.validate().await.unwrap();
    app.server
        .script(VALIDATE, [Reply::status(500), Reply::status(500)]);
    let error = app.start().deactivate().await.unwrap_err();
    assert!(matches!(
        error,
        Error::Unreachable {
            memory: Recollection::NotAsked,
            ..
        }
    ));
    assert!(
        app.validate().await.unwrap().valid,
        "it holds its seat still"
    );
}

#[tokio::test]
async fn a_refusal_to_deactivate_is_told() {
    let app = App::new();
    app.server
        .script(DEACTIVATE, [Reply::problem(403, "not_permitted")]);
    let error = app.start().deactivate().await.unwrap_err();
    assert_eq!(error.code(), "not_permitted");
}

#[tokio::test]
async fn an_id_cannot_lead_to_another_address() {
    let app = App::new();
    app.server.vendor().answer["activation_id"] = json!("../licenses?a=b");
    let _ = app.start().deactivate().await;
    let lines = app.server.lines();
    assert_eq!(
        lines[2],
        "POST /v1/activations/..%2Flicenses%3Fa=b/deactivate"
    );
}
