//! Webhooks: what is sent, in which order, how it is signed, and what becomes of it when the receiver is away.

mod away;
mod two_servers;

use latchkey_app::view::WebhookAttempt;
use latchkey_domain::limits::WEBHOOKS_MAX;
use latchkey_domain::webhook::{WebhookEdit, WebhookState, WebhookTerms, WebhookUrl};
use latchkey_domain::{EntityKind, WebhookId};
use latchkey_store::filter::DeliveryFilter;
use latchkey_testkit::{Received, Receiver, TestApp, for_each_database};
use serde_json::Value;

use crate::common::{PAGE, check_ledger, code, once};

pub(crate) fn terms(url: &str, kinds: &[EntityKind]) -> WebhookTerms {
    WebhookTerms {
        name: "Shop".parse().unwrap(),
        url: WebhookUrl::parse(url).unwrap(),
        kinds: kinds.to_vec(),
    }
}

/// Makes a webhook; answers with its id and secret.
pub(crate) async fn webhook(app: &TestApp, url: &str, kinds: &[EntityKind]) -> (WebhookId, String) {
    let made = app.webhook_create(&app.owner, None, terms(url, kinds));
    let made = made.await.unwrap().value;
    (made.id, made.secret.unwrap().to_string())
}

/// The verbs of what was received, in order.
pub(crate) fn verbs(received: &[Received]) -> Vec<String> {
    let body = |one: &Received| serde_json::from_str::<Value>(&one.body).unwrap();
    let verb = |one: &Received| body(one)["type"].as_str().unwrap().to_owned();
    received.iter().map(verb).collect()
}

/// Whether a receiver with this secret believes a message, by somebody else's reading of the standard.
fn believed(secret: &str, message: &Received, now: i64) -> bool {
    // The standard's own library holds a message to the clock of this computer, which a test's is not: so the same is
    // asked of it for a message that was signed anew, and the signature is compared.
    let hook = standardwebhooks::Webhook::new(secret).unwrap();
    let header = |name: &str| message.headers[name].clone();
    assert_eq!(header("webhook-timestamp"), now.to_string());
    let signed = hook
        .sign(&header("webhook-id"), now, message.body.as_bytes())
        .unwrap();
    header("webhook-signature")
        .split(' ')
        .any(|one| one == signed)
}

pub(crate) async fn attempts(app: &TestApp, webhook_id: WebhookId) -> Vec<WebhookAttempt> {
    let filter = all(webhook_id);
    let mut rows = app
        .webhook_attempt_list(&app.owner, filter, PAGE)
        .await
        .unwrap()
        .rows;
    rows.reverse();
    rows
}

pub(crate) fn all(webhook_id: WebhookId) -> DeliveryFilter {
    DeliveryFilter {
        webhook_id,
        state: None,
        index: None,
    }
}

#[tokio::test]
async fn what_happens_arrives_once_in_order_and_signed() {
    for_each_database(async |app| {
        let receiver = Receiver::begin().await;
        app.customer("Before").await;
        let (id, secret) = webhook(app, &receiver.url(), &[]).await;
        let license = app.license_with_seats(2).await;
        app.activate(license, "M-1", "Büro").await;
        app.webhooks_send().await.unwrap();
        app.webhooks_send().await.unwrap();
        let received = receiver.all();
        assert_eq!(
            verbs(&received),
            [
                "webhook.create",
                "product.create",
                // The policy, and its first revision.
                "policy.create",
                "policy.create",
                "customer.create",
                "license.issue",
                "machine.create",
                "activation.activate"
            ]
        );
        for message in &received {
            assert!(believed(&secret, message, app.now().seconds()));
            assert!(!message.body.contains("Büro"), "{}", message.body);
            assert_eq!(message.headers["content-type"], "application/json");
        }
        let ids = received.iter().map(|one| &one.headers["webhook-id"]);
        let ids: std::collections::BTreeSet<_> = ids.collect();
        assert_eq!(ids.len(), received.len(), "each has an id of its own");
        let key = app.license_now(license).await.license.key;
        let issued = &received[5].body;
        assert!(!issued.contains(key.as_str()), "{issued}");
        let body: Value = serde_json::from_str(issued).unwrap();
        assert_eq!(body["data"]["id"], license.to_string());
        assert_eq!(body["data"]["record"]["standing"], "active");
        let sent = app.webhook_delivery_list(&app.owner, all(id), PAGE);
        assert_eq!(sent.await.unwrap().count, 8);
        let attempts = attempts(app, id).await;
        assert_eq!((attempts.len(), attempts[0].status), (8, Some(204)));
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_webhook_is_sent_only_the_kinds_it_is_for_and_a_test_event() {
    for_each_database(async |app| {
        let receiver = Receiver::begin().await;
        let (id, _) = webhook(app, &receiver.url(), &[EntityKind::Customer]).await;
        let (other, _) = webhook(app, &receiver.url(), &[EntityKind::Product]).await;
        app.customer("Nordwind").await;
        app.webhook_test(&app.owner, None, id).await.unwrap();
        app.webhook_pause(&app.owner, None, other).await.unwrap();
        app.product("atlas").await;
        app.webhooks_send().await.unwrap();
        assert_eq!(verbs(&receiver.all()), ["customer.create", "webhook.test"]);

        let refused = app.webhook_test(&app.owner, None, other).await;
        assert_eq!(code(refused), "webhook_not_on");
        app.webhook_resume(&app.owner, None, other).await.unwrap();
        app.webhooks_send().await.unwrap();
        assert_eq!(
            verbs(&receiver.all())[2..],
            ["product.create"],
            "nothing is lost"
        );

        app.webhook_remove(&app.owner, None, id).await.unwrap();
        app.customer("Westwind").await;
        app.webhooks_send().await.unwrap();
        assert_eq!(receiver.all().len(), 3);
        let listed = app.webhook_list(&app.owner, PAGE).await.unwrap().rows;
        assert_eq!(listed.len(), 1);
        let removed = app.webhook_get(&app.owner, id).await.unwrap();
        assert_eq!(removed.state, WebhookState::Removed);
        let again = app.webhook_resume(&app.owner, None, id).await;
        assert_eq!(code(again), "webhook_not_found");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn both_secrets_sign_for_a_day_and_a_secret_is_shown_once() {
    for_each_database(async |app| {
        let receiver = Receiver::begin().await;
        let make = async || {
            let terms = terms(&receiver.url(), &[EntityKind::Customer]);
            let made = app.webhook_create(&app.owner, once("k", 1), terms).await;
            made.unwrap().value
        };
        let first = make().await;
        assert!(make().await.secret.is_none(), "a repeated request");
        let (id, old) = (first.id, first.secret.unwrap());
        let rotated = app.webhook_rotate(&app.owner, None, id).await.unwrap();
        let new = rotated.value.secret.unwrap();
        assert_ne!(*old, *new);
        app.customer("Nordwind").await;
        app.webhooks_send().await.unwrap();
        app.clock.advance_days(1);
        app.customer("Westwind").await;
        app.webhooks_send().await.unwrap();
        let received = receiver.all();
        let now = app.now().seconds();
        let day = 24 * 3600;
        let judged = |secret: &str, place: usize, now| believed(secret, &received[place], now);
        assert!(judged(&old, 0, now - day) && judged(&new, 0, now - day));
        assert!(!judged(&old, 1, now) && judged(&new, 1, now));
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_vendor_has_so_many_webhooks_and_no_more() {
    for_each_database(async |app| {
        for _ in 0..WEBHOOKS_MAX {
            webhook(app, "https://shop.example", &[]).await;
        }
        let more = app.webhook_create(&app.owner, None, terms("https://shop.example", &[]));
        assert_eq!(code(more.await), "webhook_limit");
        let first = app.webhook_list(&app.owner, PAGE).await.unwrap().rows[0].clone();
        app.webhook_remove(&app.owner, None, first.id)
            .await
            .unwrap();
        webhook(app, "https://shop.example", &[]).await;
        let changed = WebhookEdit {
            kinds: Some(vec![EntityKind::User]),
            ..WebhookEdit::default()
        };
        let second = app.webhook_list(&app.owner, PAGE).await.unwrap().rows[1].clone();
        let change = async || {
            let changed = app.webhook_update(&app.owner, None, second.id, changed.clone());
            changed.await.unwrap().change
        };
        assert!(change().await.is_some());
        assert!(change().await.is_none(), "nothing is another");
        check_ledger(app).await;
    })
    .await;
}
