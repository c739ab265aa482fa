//! The server answers: what is asked, and what a signed answer means.

use latchkey_client::{Error, Limit, Source};
use serde_json::json;

use crate::app::{App, code};
use crate::server::{ACTIVATE, Reply, TRUST, VALIDATE};
use crate::vendor::{LICENSE_KEY, MACHINE_CODE};

#[tokio::test]
async fn a_signed_yes_opens_its_features() {
    let app = App::new();
    let verdict = app.validate().await.unwrap();
    assert!(verdict.valid);
    assert_eq!(verdict.source, Source::Online);
    assert_eq!(
        (verdict.refusal.as_ref(), verdict.unsaved.as_ref()),
        (None, None)
    );
    assert_eq!(verdict.limit("export-step"), Some(Limit::Unlimited));
    assert_eq!(verdict.limit("users"), Some(Limit::AtMost(25)));
    assert_eq!(verdict.limit("render"), None);
    assert!(verdict.has_feature("users") && !verdict.has_feature("render"));
}

#[tokio::test]
async fn a_signed_no_opens_nothing_and_says_why() {
    let app = App::new();
    {
        let mut vendor = app.server.vendor();
        vendor.refuse("license_suspended");
        vendor.answer["features"] = json!([{"code": "users", "limit": 25}]);
    }
    let verdict = app.validate().await.unwrap();
    assert!(!verdict.valid && !verdict.has_feature("users") && verdict.features.is_empty());
    let refusal = verdict.refusal.unwrap();
    assert_eq!(refusal.code, "license_suspended");
    assert_eq!(refusal.detail, "The license is suspended.");
    assert_eq!(refusal.fix.as_deref(), Some("Pay the bill."));
}

#[tokio::test]
async fn an_answer_that_contradicts_itself_is_a_no() {
    let app = App::new();
    app.server.vendor().answer["valid"] = json!(false);
    assert_eq!(code(&app.validate().await.unwrap()), "license_refused");
    app.server.vendor().refuse("license_revoked");
    app.server.vendor().answer["valid"] = json!(true);
    let verdict = app.validate().await.unwrap();
    assert!(!verdict.valid);
    assert_eq!(code(&verdict), "license_revoked");
}

#[tokio::test]
async fn a_license_for_another_product_opens_nothing() {
    let mut app = App::new();
    app.server.vendor().answer["product_code"] = json!("atlas-viewer");
    assert_eq!(code(&app.validate().await.unwrap()), "product_differs");
    app.server.stop();
    assert_eq!(
        code(&app.validate().await.unwrap()),
        "product_differs",
        "remembered so"
    );
}

#[tokio::test]
async fn members_of_later_versions_are_passed_over() {
    let app = App::new();
    app.server.vendor().answer["seats"] = json!({"used": 3, "max": 5});
    app.server.vendor().answer["features"][0]["period"] = json!("month");
    assert!(app.validate().await.unwrap().valid);
}

#[tokio::test]
async fn the_question_names_license_machine_and_a_nonce_of_its_own() {
    let app = App::new();
    let client = app.start();
    for _ in 0..2 {
        client.validate().await.unwrap();
    }
    let asked = app.server.requests(VALIDATE);
    let [first, second] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(
        first.headers["authorization"],
        format!("License {LICENSE_KEY}")
    );
    assert_eq!(first.headers["content-type"], "application/json");
    assert!(first.headers["user-agent"].starts_with("latchkey-client/"));
    assert!(!first.headers.contains_key("idempotency-key"));
    let nonce = first.body["nonce"].as_str().unwrap();
    assert_eq!(
        first.body,
        json!({"license_key": LICENSE_KEY, "machine_code": MACHINE_CODE, "nonce": nonce})
    );
    assert_eq!(nonce.len(), 32);
    assert_ne!(first.body["nonce"], second.body["nonce"]);
    assert_eq!(
        app.server.requests(TRUST).len(),
        1,
        "the bundle is remembered"
    );
}

#[tokio::test]
async fn an_access_token_is_shown_instead_of_the_key() {
    let app = App::new();
    let settings = app.settings().access_token("lka_0123").unwrap();
    let settings = settings.user_agent("atlas-cad", "7.2").unwrap();
    app.start_with(settings).validate().await.unwrap();
    for line in [VALIDATE, TRUST] {
        let headers = &app.server.requests(line)[0].headers;
        assert_eq!(headers["authorization"], "Bearer lka_0123", "{line}");
        assert!(headers["user-agent"].starts_with("atlas-cad/7.2 latchkey-client/"));
    }
}

#[tokio::test]
async fn activating_names_the_machine_and_then_validates() {
    let app = App::new();
    assert!(
        app.start()
            .activate("Drawing office 3")
            .await
            .unwrap()
            .valid
    );
    assert!(app.start().activate(None).await.unwrap().valid);
    let asked = app.server.requests(ACTIVATE);
    let named = json!({
        "license_key": LICENSE_KEY,
        "machine_code": MACHINE_CODE,
        "friendly_name": "Drawing office 3",
    });
    assert_eq!(asked[0].body, named);
    assert_eq!(asked[1].body.get("friendly_name"), None);
    assert_eq!(app.server.requests(VALIDATE).len(), 2);
}

#[tokio::test]
async fn no_seat_left_is_a_refusal_with_the_server_s_words() {
    let app = App::new();
    app.server
        .script(ACTIVATE, [Reply::problem(409, "seats_exhausted")]);
    let error = app.start().activate(None).await.unwrap_err();
    let Error::Refused(problem) = &error else {
        panic!("{error:?}");
    };
    assert_eq!((problem.status, error.code()), (409, "seats_exhausted"));
    assert_eq!(error.to_string(), "The server says seats_exhausted.");
    assert_eq!(error.fix(), "Do something else.");
    assert_eq!(app.server.requests(VALIDATE).len(), 0);
}

#[tokio::test]
async fn an_unsigned_refusal_is_neither_a_verdict_nor_passed_over() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    for (status, code) in [
        (401, "not_signed_in"),
        (403, "not_permitted"),
        (404, "license_not_found"),
        (422, "license_key_mistyped"),
    ] {
        app.server.script(VALIDATE, [Reply::problem(status, code)]);
        let error = app.validate().await.unwrap_err();
        assert!(matches!(error, Error::Refused(_)), "{error:?}");
        assert_eq!(error.code(), code, "though an answer is remembered");
    }
    assert!(
        app.validate().await.unwrap().valid,
        "nothing of it is remembered"
    );
}
