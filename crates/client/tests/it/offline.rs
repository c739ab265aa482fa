//! The server is away: what it said before holds for the grace, and no longer than the license.

use std::time::Duration;

use latchkey_client::{Cause, Error, Recollection, Source};
use serde_json::json;

use crate::app::{App, code, settings, until};
use crate::server::{ACTIVATE, Reply, VALIDATE};
use crate::vendor::{DAY, NOW};

/// An app whose machine was told yes, and whose server is away since.
async fn told_yes() -> App {
    let mut app = App::new();
    assert!(app.validate().await.unwrap().valid);
    app.server.stop();
    app
}

fn memory(error: Error) -> Recollection {
    match error {
        Error::Unreachable { memory, .. } => memory,
        error => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_yes_outlives_a_new_start_and_says_that_it_is_an_old_one() {
    let app = told_yes().await;
    let verdict = app.validate().await.unwrap();
    assert!(verdict.valid && verdict.has_feature("export-step"));
    let Source::Offline { answered_at, .. } = verdict.source else {
        panic!("{verdict:?}");
    };
    assert_eq!(answered_at.timestamp_millis(), NOW);
    assert_eq!(until(&verdict), Some(NOW + 7 * DAY));
}

#[tokio::test]
async fn the_grace_ends_after_a_week() {
    let app = told_yes().await;
    app.set_clock(NOW + 7 * DAY - 1);
    assert!(app.validate().await.unwrap().valid);
    app.set_clock(NOW + 7 * DAY);
    let error = app.validate().await.unwrap_err();
    assert_eq!(error.code(), "server_unreachable");
    let sentence = error.to_string();
    let end = "The earlier answer held until 2026-09-28T14:13:20Z";
    assert!(sentence.ends_with(end), "{sentence}");
    assert!(
        matches!(memory(error), Recollection::GraceOver { until } if until.timestamp_millis() == NOW + 7 * DAY)
    );
}

#[tokio::test]
async fn the_grace_is_the_app_s_to_choose() {
    let app = told_yes().await;
    let hour = Duration::from_secs(3_600);
    let verdict = app
        .start_with(app.settings().offline_grace(hour))
        .validate()
        .await;
    assert_eq!(until(&verdict.unwrap()), Some(NOW + 3_600_000));
    let none = app.start_with(app.settings().offline_grace(Duration::ZERO));
    let error = none.validate().await.unwrap_err();
    assert!(matches!(memory(error), Recollection::GraceOver { .. }));
}

#[tokio::test]
async fn the_license_ends_during_the_grace() {
    let mut app = App::new();
    app.server.vendor().answer["expires_at"] = json!("2026-09-23T14:13:20.000Z");
    app.validate().await.unwrap();
    app.server.stop();
    app.set_clock(NOW + 2 * DAY - 1);
    let verdict = app.validate().await.unwrap();
    assert_eq!(
        (verdict.valid, until(&verdict)),
        (true, Some(NOW + 2 * DAY))
    );
    app.set_clock(NOW + 2 * DAY);
    let verdict = app.validate().await.unwrap();
    assert_eq!((code(&verdict), until(&verdict)), ("license_expired", None));
    let detail = verdict.refusal.unwrap().detail;
    assert_eq!(detail, "The license expired at 2026-09-23T14:13:20Z.");
    app.set_clock(NOW + 100 * DAY);
    assert_eq!(code(&app.validate().await.unwrap()), "license_expired");
}

#[tokio::test]
async fn a_no_stays_a_no_for_as_long_as_the_server_is_away() {
    let mut app = App::new();
    app.server.vendor().refuse("license_suspended");
    app.validate().await.unwrap();
    app.server.stop();
    for days in [0, 7, 4_000] {
        app.set_clock(NOW + days * DAY);
        let verdict = app.validate().await.unwrap();
        assert_eq!(
            (code(&verdict), until(&verdict)),
            ("license_suspended", None)
        );
    }
}

#[tokio::test]
async fn a_no_from_the_server_wins_over_the_yes_before_it() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    app.server.vendor().refuse("license_revoked");
    assert_eq!(code(&app.validate().await.unwrap()), "license_revoked");
    app.server.script(VALIDATE, [Reply::status(500)]);
    assert_eq!(code(&app.validate().await.unwrap()), "license_revoked");
}

#[tokio::test]
async fn whatever_answers_in_the_server_s_place_the_earlier_answer_holds() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    let altered = Reply::Changed(|_, body| body.push(b' '));
    for reply in [
        Reply::status(500),
        Reply::status(503),
        Reply::problem(503, "store_unavailable"),
        Reply::problem(429, "too_many_tries"),
        Reply::problem(409, "signing_key_no_issuer"),
        Reply::html(200),
        Reply::html(401),
        Reply::html(403),
        Reply::html(404),
        Reply::status(204),
        Reply::status(302).with("location", "https://wifi.example/"),
        Reply::HangUp,
        altered,
    ] {
        app.server.script(VALIDATE, [reply.clone(), reply]);
        let verdict = app.validate().await.unwrap();
        assert!(
            verdict.valid && verdict.source != Source::Online,
            "{verdict:?}"
        );
        // Those that are not tried again have left the second reply: it is used up.
        while app.validate().await.unwrap().source != Source::Online {}
    }
}

#[tokio::test]
async fn without_anything_remembered_the_error_says_what_happened() {
    let mut app = App::new();
    app.server
        .script(VALIDATE, [Reply::problem(500, "internal")]);
    let error = app.validate().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "The license server gave no answer that counts: it answered with status 500 \
         (The server says internal.). No earlier answer is remembered"
    );
    app.server.stop();
    let error = app.validate().await.unwrap_err();
    assert!(error.fix().contains("network"), "{error}");
    let Error::Unreachable { cause, memory } = error else {
        panic!("{error:?}");
    };
    assert!(matches!(cause, Cause::Connection(_)), "{cause:?}");
    assert_eq!(memory, Recollection::Nothing);
}

#[tokio::test]
async fn activating_cannot_be_done_from_memory() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    app.server.script(ACTIVATE, [Reply::status(500)]);
    let error = app.start().activate(None).await.unwrap_err();
    assert_eq!(memory(error), Recollection::NotAsked);
    app.server.script(VALIDATE, [Reply::status(500)]);
    let error = app.start().activate(None).await.unwrap_err();
    assert_eq!(memory(error), Recollection::NotAsked);
}

#[tokio::test]
async fn without_a_state_file_the_answer_lives_as_long_as_the_client() {
    let mut app = App::new();
    let client = app.start_with(settings(&app.server.url()));
    assert!(client.validate().await.unwrap().valid);
    app.server.stop();
    assert!(client.clone().validate().await.unwrap().valid);
    let other = app.start_with(settings(&app.server.url()));
    assert_eq!(
        memory(other.validate().await.unwrap_err()),
        Recollection::Nothing
    );
}
