//! The rules of webhooks.

use serde_json::{Value, json};

use super::*;
use crate::actor::{Actor, Reach, Role};
use crate::random::SeededRandom;
use crate::{ActorId, ChangeId};

fn now() -> Timestamp {
    Timestamp::from_millis(1_803_891_600_000)
}

fn terms(url: &str) -> WebhookTerms {
    WebhookTerms {
        name: "Shop".parse().unwrap(),
        url: WebhookUrl::parse(url).unwrap(),
        kinds: vec![EntityKind::License, EntityKind::Customer],
    }
}

fn webhook() -> Webhook {
    let id = WebhookId::generate(now(), &SeededRandom::new(1));
    let terms = terms("https://shop.example/hook#top");
    Webhook::create((id, Salt::default()), &terms, vec![1], 7, now())
}

#[test]
fn events_go_by_https_or_stay_on_this_computer() {
    for good in [
        "https://shop.example/latchkey?v=1",
        "http://localhost:9000/x",
        "http://127.0.0.1:9000",
        "http://[::1]/",
    ] {
        assert!(WebhookUrl::parse(good).is_ok(), "{good}");
    }
    for (bad, why) in [
        ("shop.example", WebhookUrlError::Malformed),
        ("ftp://shop.example", WebhookUrlError::Malformed),
        ("file:///etc/passwd", WebhookUrlError::Malformed),
        ("http://shop.example", WebhookUrlError::Plain),
        ("http://127.0.0.1.shop.example", WebhookUrlError::Plain),
        (
            "https://ada:geese@shop.example",
            WebhookUrlError::Credentials,
        ),
    ] {
        assert_eq!(WebhookUrl::parse(bad), Err(why), "{bad}");
    }
    let longest = format!("https://s.example/{}", "x".repeat(WEBHOOK_URL - 18));
    assert!(WebhookUrl::parse(&longest).is_ok());
    let longer = WebhookUrl::parse(&format!("{longest}x"));
    assert_eq!(longer, Err(WebhookUrlError::TooLong));
}

const WEBHOOK_URL: usize = crate::limits::WEBHOOK_URL_BYTES_MAX;

#[test]
fn a_message_is_signed_as_the_standard_says() {
    // The example of the specification's reference implementations.
    let key = base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",
    )
    .unwrap();
    let secret = WebhookSecret::from_bytes(&key).unwrap();
    let at = Timestamp::from_seconds(1_614_265_330);
    let body = r#"{"test": 2432232314}"#;
    let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body);
    let other = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJeh", at, body);
    assert!(signed.clone().unwrap().starts_with("v1,"));
    assert_ne!(signed, other);
    let made = WebhookSecret::generate(&SeededRandom::new(1));
    assert!(made.reveal().starts_with(SECRET_PREFIX));
    assert_eq!(format!("{made:?}"), "WebhookSecret(…)");
}

#[test]
fn it_pauses_goes_on_and_is_switched_off_after_failing_too_long() {
    let mut hook = webhook();
    assert_eq!(hook.url.as_str(), "https://shop.example/hook");
    assert_eq!(hook.kinds, [EntityKind::Customer, EntityKind::License]);
    assert!(hook.takes(EntityKind::License) && !hook.takes(EntityKind::Machine));
    assert_eq!(hook.resume(now()), Err(WebhookRefusal::On));
    hook.pause().unwrap();
    assert_eq!(hook.pause(), Err(WebhookRefusal::NotOn));
    assert_eq!(hook.test(now()), Err(WebhookRefusal::NotOn));
    assert!(!hook.switch_off(now(), now().plus_days(100)), "it is off");
    hook.resume(now()).unwrap();
    let end = now().plus_days(WEBHOOK_FAILING_DAYS);
    assert!(!hook.switch_off(now(), end.plus_millis(-1)));
    assert!(hook.switch_off(now(), end));
    assert_eq!(hook.state, WebhookState::SwitchedOff);
    hook.resume(end).unwrap();
    assert!(!hook.switch_off(now(), end), "it has as long once more");
    hook.remove().unwrap();
    assert_eq!(hook.remove(), Err(WebhookRefusal::NotFound));
    assert_eq!(hook.resume(now()), Err(WebhookRefusal::NotFound));
}

#[test]
fn the_secret_before_signs_for_a_while() {
    let mut hook = webhook();
    let first = hook.secret_digest.clone();
    hook.rotate(vec![2], now()).unwrap();
    assert_ne!(hook.secret_digest, first);
    let until = hook.old_secret_until.unwrap();
    let signing = |at| hook.signing(at).map(<[u8]>::to_vec).collect::<Vec<_>>();
    assert_eq!(signing(until.plus_millis(-1)), [vec![2], vec![1]]);
    assert_eq!(signing(until), [vec![2]]);
}

#[test]
fn an_event_is_tried_for_more_than_a_day_and_a_receiver_is_left_alone() {
    let mut at = now();
    let mut tries = 1;
    while let Some(next) = tried_again(tries, at, 1023 * tries) {
        assert!(next > at);
        at = next;
        tries += 1;
    }
    assert_eq!(tries, 8);
    assert!(at > now().plus_days(1) && at < now().plus_days(2));
    assert_eq!(tried_again(0, now(), 0), None);
    let alone = |failures| left_alone_until(failures, now()).seconds() - now().seconds();
    assert_eq!(
        [alone(1), alone(2), alone(8), alone(9), alone(99)],
        [2, 4, 256, 300, 300]
    );
}

#[test]
fn an_event_holds_no_secret_and_no_name() {
    let random = SeededRandom::new(5);
    let actor = Actor {
        id: ActorId::generate(now(), &random),
        name: "Ada".into(),
        role: Role::Admin,
        reach: Reach::default(),
        proved_at: None,
    };
    let license = crate::LicenseId::generate(now(), &random).to_string();
    let after = json!({
        "id": license, "key": "AAAAA-BBBBB", "state": "active", "seats_max": 5, "email": "ada@x.example",
        "customer_id": crate::CustomerId::generate(now(), &random), "credential_id": "c2VjcmV0",
        "expires_at": now(), "token_digest": "00ff", "name": "Nordwind", "url_at": "no moment",
        "renewed_at": null, "rules": { "seats_max": 5 },
    });
    let facts = EventFacts {
        index: 12,
        verb: "license.issue",
        at: now(),
        kind: EntityKind::License,
        id: &license,
        version: 1,
        change: ChangeId::generate(now(), &random),
        undoes: None,
        actor: &actor,
        before: None,
        after: after.as_object().unwrap(),
    };
    let body: Value = serde_json::from_str(&facts.body().unwrap()).unwrap();
    assert_eq!(body["type"], "license.issue");
    assert_eq!(body["timestamp"], "2027-03-01T09:00:00.000Z");
    let record = body["data"]["record"].as_object().unwrap();
    let names: Vec<&str> = record.keys().map(String::as_str).collect();
    let told = [
        "customer_id",
        "expires_at",
        "renewed_at",
        "seats_max",
        "state",
    ];
    assert_eq!(
        names
            .iter()
            .copied()
            .collect::<std::collections::BTreeSet<_>>(),
        told.into()
    );
    assert_eq!(body["data"]["actor"]["role"], "admin");
    assert!(!body.to_string().contains("Ada"));
    assert_eq!(event_id(&[0xab; 32]), format!("evt_{}", "ab".repeat(16)));
}
