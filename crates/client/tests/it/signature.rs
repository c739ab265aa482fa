//! Answers that are not trusted: who signed them, what they answer, and the bundle that says so.

use latchkey_client::{AnswerError, Cause, Distrust, DsseError, Error, Recollection, Source};
use latchkey_verify::LICENSE_PAYLOAD_TYPE;
use serde_json::json;

use crate::app::App;
use crate::server::{Reply, TRUST, VALIDATE};
use crate::vendor::{DAY, NOW, Vendor, header, issuer, key, key_id, stranger, trust_key};

/// Why the answer is not trusted; nothing is remembered that could take its place.
async fn distrust(app: &App) -> Distrust {
    match app.validate().await.unwrap_err() {
        Error::Unreachable {
            cause: Cause::Untrusted(distrust),
            memory: Recollection::Nothing,
        } => distrust,
        error => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn an_answer_to_another_request_is_not_trusted() {
    let app = App::new();
    for nonce in [json!("0123"), json!(null)] {
        app.server.vendor().nonce = Some(nonce);
        assert_eq!(distrust(&app).await, Distrust::OtherNonce);
    }
}

#[tokio::test]
async fn an_answer_about_another_license_or_machine_is_not_trusted() {
    let app = App::new();
    app.server.vendor().answer["license_key"] = json!("11111-C3D4E-5F6G7-8H9J0-KMNPQ");
    assert_eq!(distrust(&app).await, Distrust::OtherLicense);
    let app = App::new();
    app.server.vendor().answer["machine_code"] = json!("9F86D081-884D");
    assert_eq!(distrust(&app).await, Distrust::OtherMachine);
}

#[tokio::test]
async fn a_body_that_was_altered_on_the_way_is_not_trusted() {
    let app = App::new();
    app.server.vendor().refuse("license_suspended");
    let to_yes = Reply::Changed(|_, body| {
        let text = String::from_utf8(body.clone()).unwrap();
        *body = text
            .replace("\"valid\":false", "\"valid\":true ")
            .into_bytes();
    });
    app.server.script(VALIDATE, [to_yes]);
    let wrong = Distrust::Signature(AnswerError::WrongSignature);
    assert_eq!(distrust(&app).await, wrong);
}

#[tokio::test]
async fn an_answer_without_exactly_one_signature_is_not_trusted() {
    let app = App::new();
    let without = Reply::Changed(|headers, _| headers.truncate(1));
    let twice = Reply::Changed(|headers, _| headers.push(headers[1].clone()));
    app.server.script(VALIDATE, [without, twice]);
    assert_eq!(distrust(&app).await, Distrust::Unsigned);
    assert_eq!(distrust(&app).await, Distrust::Unsigned);
    let other = Reply::Changed(|headers, _| headers[1].1 = "keyid=\"a\"".to_owned());
    app.server.script(VALIDATE, [other]);
    assert_eq!(
        distrust(&app).await,
        Distrust::Signature(AnswerError::Header)
    );
}

#[tokio::test]
async fn a_signature_for_a_license_file_is_not_one_for_an_answer() {
    let app = App::new();
    let as_license = Reply::Changed(|headers, body| {
        headers[1].1 = header(&issuer(), LICENSE_PAYLOAD_TYPE, body);
    });
    app.server.script(VALIDATE, [as_license]);
    let wrong = Distrust::Signature(AnswerError::WrongSignature);
    assert_eq!(distrust(&app).await, wrong);
}

#[tokio::test]
async fn signed_bytes_that_are_no_answer_are_not_trusted() {
    let app = App::new();
    app.server.vendor().answer["features"] = json!("all");
    assert_eq!(distrust(&app).await, Distrust::Unreadable);
}

#[tokio::test]
async fn a_stranger_s_key_is_looked_for_once_more_and_then_not_trusted() {
    let app = App::new();
    let client = app.start();
    assert!(client.validate().await.unwrap().valid);
    app.server.vendor().answer_signer = stranger();
    let verdict = client.validate().await.unwrap();
    assert!(matches!(verdict.source, Source::Offline { .. }));
    assert_eq!(app.server.requests(TRUST).len(), 2);
    let app = App::new();
    app.server.vendor().answer_signer = stranger();
    let key_id = key_id(&stranger());
    let unknown = Distrust::Signature(AnswerError::UnknownKey { key_id });
    assert_eq!(distrust(&app).await, unknown);
    assert_eq!(
        app.server.requests(TRUST).len(),
        1,
        "it was fetched just now"
    );
}

#[tokio::test]
async fn a_new_issuer_key_is_found_in_a_newer_bundle() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    {
        let mut vendor = app.server.vendor();
        vendor.issuer_entry()["state"] = json!("retired");
        let new = trust_key("key_new", "issuer", &key(7));
        vendor.trust["keys"].as_array_mut().unwrap().push(new);
        vendor.trust["issued_at"] = json!(NOW / 1_000);
        vendor.answer_signer = key(7);
    }
    assert_eq!(app.validate().await.unwrap().source, Source::Online);
    assert_eq!(app.server.requests(TRUST).len(), 2);
    app.server.script(VALIDATE, [Reply::status(500)]);
    assert!(
        app.validate().await.unwrap().valid,
        "remembered with the newer bundle"
    );
}

/// Why the answer is not trusted under a bundle that lists its key like this.
async fn distrust_of(change: impl FnOnce(&mut Vendor)) -> Distrust {
    let app = App::new();
    change(&mut app.server.vendor());
    distrust(&app).await
}

#[tokio::test]
async fn keys_that_may_not_sign_answers_are_not_trusted() {
    let key = || "key_i".to_owned();
    let retired = distrust_of(|vendor| vendor.issuer_entry()["state"] = json!("retired")).await;
    assert_eq!(
        retired,
        Distrust::Signature(AnswerError::Retired { key: key() })
    );
    let void = distrust_of(|vendor| vendor.issuer_entry()["state"] = json!("compromised")).await;
    assert_eq!(
        void,
        Distrust::Signature(AnswerError::Compromised { key: key() })
    );
    let other = distrust_of(|vendor| vendor.issuer_entry()["product_id"] = json!("prd_2")).await;
    assert_eq!(other, Distrust::KeyOfOtherProduct { key: key() });
    let ledger = distrust_of(|vendor| vendor.answer_signer = self::key(3)).await;
    let key = "key_l".to_owned();
    assert_eq!(ledger, Distrust::Signature(AnswerError::NotIssuer { key }));
}

#[tokio::test]
async fn a_bundle_that_the_root_key_has_not_signed_is_not_trusted() {
    let app = App::new();
    app.server.vendor().trust_signer = stranger();
    assert_eq!(
        distrust(&app).await,
        Distrust::Bundle(DsseError::UnknownKey)
    );
    app.server.script(TRUST, [Reply::html(200)]);
    assert!(matches!(
        distrust(&app).await,
        Distrust::Bundle(DsseError::Malformed(_))
    ));
}

#[tokio::test]
async fn a_root_key_that_declares_itself_compromised_is_not_trusted() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    app.server.vendor().trust["keys"][0]["state"] = json!("compromised");
    app.set_clock(NOW + 2 * DAY);
    let verdict = app.validate().await.unwrap();
    assert_ne!(verdict.source, Source::Online, "{verdict:?}");
    let app = App::new();
    app.server.vendor().trust["keys"][0]["state"] = json!("compromised");
    assert_eq!(distrust(&app).await, Distrust::RootCompromised);
}

#[tokio::test]
async fn an_older_bundle_does_not_bring_an_old_key_back() {
    let app = App::new();
    let old = app.server.vendor().clone();
    {
        let mut vendor = app.server.vendor();
        vendor.trust["keys"][1] = trust_key("key_new", "issuer", &key(7));
        vendor.trust["issued_at"] = json!(NOW / 1_000);
        vendor.answer_signer = key(7);
        vendor.refuse("license_suspended");
    }
    assert!(!app.validate().await.unwrap().valid);
    *app.server.vendor() = old;
    let verdict = app.validate().await.unwrap();
    assert!(!verdict.valid, "the old yes under the old key is not taken");
    assert_ne!(verdict.source, Source::Online);
}

#[tokio::test]
async fn a_key_declared_compromised_is_heard_of_within_a_day() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    {
        let mut vendor = app.server.vendor();
        vendor.issuer_entry()["state"] = json!("compromised");
        vendor.trust["issued_at"] = json!(NOW / 1_000);
    }
    app.set_clock(NOW + DAY - 1);
    app.validate().await.unwrap();
    assert_eq!(app.server.requests(TRUST).len(), 1);
    app.set_clock(NOW + 2 * DAY);
    let key = "key_i".to_owned();
    let compromised = Distrust::Signature(AnswerError::Compromised { key });
    assert_eq!(distrust(&app).await, compromised);
    assert_eq!(app.server.requests(TRUST).len(), 2);
}

#[tokio::test]
async fn a_bundle_that_cannot_be_had_again_is_used_as_it_is() {
    let app = App::new();
    assert!(app.validate().await.unwrap().valid);
    app.set_clock(NOW + 2 * DAY);
    app.server.script(TRUST, [Reply::status(500)]);
    let verdict = app.validate().await.unwrap();
    assert_eq!(verdict.source, Source::Online);
}
