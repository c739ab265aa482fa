//! What is tried again, and how: the same request, a few times.

use std::time::Duration;

use latchkey_client::{Cause, Error, Source};

use crate::app::App;
use crate::server::{ACTIVATE, Reply, VALIDATE};

#[tokio::test]
async fn a_failure_that_passes_is_not_noticed() {
    for reply in [
        Reply::status(429),
        Reply::status(502),
        Reply::problem(503, "store_unavailable"),
        Reply::status(504),
        Reply::status(503).with("retry-after", "0"),
        Reply::HangUp,
    ] {
        let app = App::new();
        app.server.script(VALIDATE, [reply]);
        assert_eq!(app.validate().await.unwrap().source, Source::Online);
        let asked = app.server.requests(VALIDATE);
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[0].body, asked[1].body);
    }
}

#[tokio::test]
async fn a_failure_that_does_not_pass_is_asked_for_once() {
    for status in [302, 400, 404, 408, 500, 501] {
        let app = App::new();
        app.server.script(VALIDATE, [Reply::status(status)]);
        let error = app.validate().await.unwrap_err();
        let Error::Unreachable { cause, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(
            cause,
            Cause::Status {
                status,
                detail: None
            }
        );
        assert_eq!(app.server.requests(VALIDATE).len(), 1, "{status}");
    }
}

#[tokio::test]
async fn there_are_as_many_tries_as_the_app_wants() {
    for tries in [1, 3] {
        let app = App::new();
        app.server.script(VALIDATE, vec![Reply::status(503); 10]);
        let client = app.start_with(app.settings().tries(tries));
        client.validate().await.unwrap_err();
        assert_eq!(app.server.requests(VALIDATE).len(), tries as usize);
    }
}

#[tokio::test]
async fn a_server_that_wants_to_be_left_alone_for_long_is() {
    let app = App::new();
    let busy = Reply::problem(429, "too_many_tries").with("retry-after", "31");
    app.server.script(VALIDATE, [busy]);
    let error = app.validate().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("The server says too_many_tries."),
        "{error}"
    );
    assert_eq!(app.server.requests(VALIDATE).len(), 1);
}

#[tokio::test]
async fn a_change_is_tried_again_under_the_same_key_and_made_anew_under_another() {
    let app = App::new();
    app.server
        .script(ACTIVATE, [Reply::HangUp, Reply::status(503)]);
    let client = app.start_with(app.settings().tries(3));
    client.activate("Drawing office 3").await.unwrap();
    client.activate("Drawing office 3").await.unwrap();
    let asked = app.server.requests(ACTIVATE);
    let keys: Vec<&String> = asked
        .iter()
        .map(|request| &request.headers["idempotency-key"])
        .collect();
    assert_eq!(keys.len(), 4);
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");
    assert_ne!(keys[2], keys[3]);
    assert_eq!(keys[0].len(), 32);
    assert!(asked.iter().all(|request| request.body == asked[0].body));
}

#[tokio::test]
async fn silence_is_waited_for_as_long_as_the_app_wants() {
    let app = App::new();
    app.server
        .script(VALIDATE, [Reply::Silence, Reply::Silence]);
    let short = Duration::from_millis(50);
    let client = app.start_with(app.settings().timeout(short));
    let error = client.validate().await.unwrap_err();
    let Error::Unreachable { cause, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(*cause, Cause::Timeout(short));
    assert!(error.to_string().contains("within 0.05 s"), "{error}");
    assert_eq!(app.server.requests(VALIDATE).len(), 2);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_tried_again() {
    let app = App::new();
    let broken_off = Reply::status(200).with("transfer-encoding", "chunked");
    app.server.script(VALIDATE, [broken_off]);
    assert_eq!(app.validate().await.unwrap().source, Source::Online);
    assert_eq!(app.server.requests(VALIDATE).len(), 2);
}
