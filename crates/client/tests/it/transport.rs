//! What comes over the wire is bounded, and goes to no other place than where it was sent.

use latchkey_client::{Cause, Distrust, Error, SettingsError, Source};
use serde_json::json;

use crate::app::{App, LICENSED, settings};
use crate::server::{Reply, Server, TRUST, VALIDATE};
use crate::vendor::root_key;

const MAX_ANSWER_BYTES: usize = 64 * 1024;

async fn cause(app: &App) -> Cause {
    match app.validate().await.unwrap_err() {
        Error::Unreachable { cause, .. } => cause,
        error => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let app = App::new();
    let elsewhere = Server::start();
    for status in [301, 302, 303, 307, 308] {
        let to = format!("{}/v1/validate", elsewhere.url());
        app.server
            .script(VALIDATE, [Reply::status(status).with("location", &to)]);
        assert_eq!(
            cause(&app).await,
            Cause::Status {
                status,
                detail: None
            }
        );
    }
    assert_eq!(
        elsewhere.lines(),
        [""; 0],
        "the key was shown to nobody else"
    );
}

#[tokio::test]
async fn an_answer_is_read_up_to_its_limit() {
    let app = App::new();
    let bare = app.server.vendor().answer_to(&json!("0".repeat(32))).len();
    let filled = MAX_ANSWER_BYTES - bare - ",\"filling\":\"\"".len();
    app.server.vendor().answer["filling"] = json!("x".repeat(filled));
    assert_eq!(app.validate().await.unwrap().source, Source::Online);
    app.server.script(VALIDATE, [Reply::status(500)]);
    assert!(app.validate().await.unwrap().valid, "and remembered");
    app.server.vendor().answer["filling"] = json!("x".repeat(filled + 1));
    std::fs::remove_file(app.state_file()).unwrap();
    let limit = MAX_ANSWER_BYTES;
    assert_eq!(cause(&app).await, Cause::TooLarge { limit });
}

#[tokio::test]
async fn a_trust_bundle_is_read_up_to_its_limit() {
    let app = App::new();
    let endless = Reply::Say(200, Vec::new(), vec![b' '; MAX_ANSWER_BYTES + 1]);
    app.server.script(TRUST, [endless]);
    let limit = MAX_ANSWER_BYTES;
    assert_eq!(cause(&app).await, Cause::TooLarge { limit });
}

#[tokio::test]
async fn a_body_without_a_length_is_bounded_too() {
    let app = App::new();
    let chunk = format!("{:x}\r\n{}\r\n", 16 * 1024, " ".repeat(16 * 1024));
    let body = chunk.repeat(8).into_bytes();
    let chunked = vec![("transfer-encoding".to_owned(), "chunked".to_owned())];
    app.server
        .script(VALIDATE, [Reply::Say(200, chunked, body)]);
    let limit = MAX_ANSWER_BYTES;
    assert_eq!(cause(&app).await, Cause::TooLarge { limit });
}

#[tokio::test]
async fn a_problem_document_is_read_up_to_its_limit() {
    let app = App::new();
    let long = |length: usize| {
        let Reply::Say(status, headers, mut body) = Reply::problem(404, "license_not_found") else {
            panic!("a problem is said");
        };
        body.resize(length, b' ');
        Reply::Say(status, headers, body)
    };
    app.server
        .script(VALIDATE, [long(16 * 1024), long(16 * 1024 + 1)]);
    let error = app.validate().await.unwrap_err();
    assert_eq!(error.code(), "license_not_found");
    let (status, detail) = (404, None);
    assert_eq!(cause(&app).await, Cause::Status { status, detail });
}

#[tokio::test]
async fn a_problem_document_speaks_of_its_own_status() {
    let app = App::new();
    let Reply::Say(_, headers, body) = Reply::problem(403, "not_permitted") else {
        panic!("a problem is said");
    };
    app.server
        .script(VALIDATE, [Reply::Say(404, headers, body)]);
    let (status, detail) = (404, None);
    assert_eq!(cause(&app).await, Cause::Status { status, detail });
}

#[tokio::test]
async fn a_server_below_a_path_is_asked_there() {
    let app = App::new();
    for address in [
        format!("{}/latchkey", app.server.url()),
        format!("{}/latchkey/", app.server.url()),
    ] {
        app.start_with(settings(&address))
            .validate()
            .await
            .unwrap_err();
    }
    assert_eq!(app.server.lines(), ["POST /latchkey/v1/validate"; 2]);
}

#[tokio::test]
async fn another_protocol_at_the_address_is_no_answer() {
    let app = App::new();
    let client = app.start_with(settings(&format!("https://{}", app.server.address)).tries(1));
    let error = client.validate().await.unwrap_err();
    let Error::Unreachable {
        cause: Cause::Connection(why),
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert!(!why.contains(&app.server.address.to_string()), "{why}");
}

#[tokio::test]
async fn a_sign_in_page_is_not_mistaken_for_an_answer() {
    let app = App::new();
    app.server.script(VALIDATE, [Reply::html(200)]);
    let error = app.validate().await.unwrap_err();
    assert_eq!(error.code(), "answer_not_trusted");
    assert!(error.fix().contains("sign in there"), "{}", error.fix());
    let Error::Unreachable { cause, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(cause, Cause::Untrusted(Distrust::Unsigned));
}

#[test]
fn plain_http_to_another_machine_is_refused_before_anything_is_sent() {
    let refused = latchkey_client::Settings::new("http://licenses.example", root_key(), LICENSED);
    let error = Error::from(refused.unwrap_err());
    let host = "licenses.example".to_owned();
    assert_eq!(error, Error::Settings(SettingsError::Plain { host }));
    assert_eq!(error.fix(), "Write https:// instead of http://");
}
