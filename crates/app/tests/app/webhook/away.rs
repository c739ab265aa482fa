//! Receivers that are away, hang, refuse or send elsewhere.

use latchkey_domain::EntityKind;
use latchkey_domain::limits::{WEBHOOK_FAILING_DAYS, WEBHOOK_LOG_DAYS};
use latchkey_domain::webhook::{DeliveryState, Replay, WebhookState};
use latchkey_store::filter::{DeliveryFilter, LedgerFilter};
use latchkey_testkit::{Manner, Receiver, TestApp, for_each_database};

use super::{all, attempts, verbs, webhook};
use crate::common::{PAGE, check_ledger, code};

/// What has become of all that a webhook is sent, oldest first.
async fn states(app: &TestApp, filter: DeliveryFilter) -> Vec<DeliveryState> {
    let sent = app.webhook_delivery_list(&app.owner, filter, PAGE).await;
    let mut states: Vec<_> = sent.unwrap().rows.iter().map(|row| row.state).collect();
    states.reverse();
    states
}

#[tokio::test]
async fn events_arrive_in_order_when_the_receiver_is_back() {
    for_each_database(async |app| {
        let receiver = Receiver::begin().await;
        let (id, _) = webhook(app, &receiver.url(), &[EntityKind::Customer]).await;
        let port = receiver.end();
        for name in ["Nordwind", "Westwind", "Südwind"] {
            app.customer(name).await;
            app.webhooks_send().await.unwrap();
            app.clock.advance_millis(2_000);
        }
        app.clock.advance_millis(120_000);
        let tried = attempts(app, id).await;
        assert!(
            tried[0].error.is_some() && tried[0].status.is_none(),
            "{tried:?}"
        );
        let back = Receiver::begin_on(port).await;
        app.customer("Ostwind").await;
        app.webhooks_send().await.unwrap();
        assert_eq!(verbs(&back.all()), ["customer.create"; 4]);
        assert_eq!(states(app, all(id)).await, [DeliveryState::Delivered; 4]);
        let tried: Vec<u64> = attempts(app, id)
            .await
            .iter()
            .map(|one| one.index)
            .collect();
        let delivered = &tried[tried.len() - 4..];
        assert!(delivered.is_sorted(), "{tried:?}");
    })
    .await;
}

#[tokio::test]
async fn a_refused_event_is_tried_for_a_day_given_up_and_sent_again_when_asked() {
    for_each_database(async |app| {
        let receiver = Receiver::begin().await;
        receiver.be(Manner::Answers(500));
        let began = app.now();
        let (id, _) = webhook(app, &receiver.url(), &[EntityKind::Customer]).await;
        app.customer("Nordwind").await;
        for _ in 0..10 {
            app.webhooks_send().await.unwrap();
            app.clock.advance_millis(17 * 3_600_000);
        }
        assert_eq!(states(app, all(id)).await, [DeliveryState::GivenUp]);
        let tried = attempts(app, id).await;
        assert_eq!((tried.len(), tried[0].status), (8, Some(500)));
        assert_eq!(tried[0].answer, "no, thank you");
        let ids = receiver.all();
        let first = &ids[0].headers["webhook-id"];
        assert!(ids.iter().all(|one| one.headers["webhook-id"] == *first));

        receiver.be(Manner::Answers(200));
        let since = Replay::GivenUpSince { at: began };
        app.webhook_replay(&app.owner, None, id, since)
            .await
            .unwrap();
        app.webhooks_send().await.unwrap();
        assert_eq!(states(app, all(id)).await, [DeliveryState::Delivered]);
        let index = tried[0].index;
        let one = Replay::One { index };
        app.webhook_replay(&app.owner, None, id, one).await.unwrap();
        app.webhooks_send().await.unwrap();
        assert_eq!(
            receiver.all().len(),
            10,
            "delivered events are sent again as well"
        );
        let none = Replay::One { index: index + 1 };
        let refused = app.webhook_replay(&app.owner, None, id, none).await;
        assert_eq!(code(refused), "webhook_delivery_not_found");

        app.clock.advance_days(WEBHOOK_LOG_DAYS + 1);
        app.webhooks_prune(app.now()).await.unwrap();
        assert!(states(app, all(id)).await.is_empty(), "it is forgotten");
        assert!(attempts(app, id).await.is_empty());
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_fails_for_days_is_switched_off_and_the_ledger_says_so() {
    for_each_database(async |app| {
        let receiver = Receiver::begin().await;
        receiver.be(Manner::Redirects);
        let (id, _) = webhook(app, &receiver.url(), &[EntityKind::Customer]).await;
        for _ in 0..=WEBHOOK_FAILING_DAYS {
            app.customer("Nordwind").await;
            app.webhooks_send().await.unwrap();
            app.clock.advance_days(1);
        }
        let hook = app.webhook_get(&app.owner, id).await.unwrap();
        assert_eq!(hook.state, WebhookState::SwitchedOff);
        assert!(
            attempts(app, id)
                .await
                .iter()
                .all(|one| one.status == Some(302))
        );
        let paths = receiver.all().len();
        assert!(paths >= 6, "no redirection is followed: {paths}");
        let every = LedgerFilter::default();
        let newest = app.ledger_list(&app.owner, &every, PAGE).await;
        let newest = newest.unwrap().rows[0].clone();
        assert_eq!(newest.row.verb.as_str(), "webhook.switch_off");
        assert_eq!(newest.actor_name, "Latchkey");
        app.webhook_resume(&app.owner, None, id).await.unwrap();
        app.webhooks_send().await.unwrap();
        let hook = app.webhook_get(&app.owner, id).await.unwrap();
        assert_eq!(hook.state, WebhookState::On, "it has five days once more");
        app.clock.advance_millis(300_000);
        receiver.be(Manner::Answers(200));
        app.webhooks_send().await.unwrap();
        let waiting = DeliveryFilter {
            state: Some(DeliveryState::Waiting),
            ..all(id)
        };
        assert!(states(app, waiting).await.is_empty(), "all of it is sent");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_hangs_delays_no_other() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let (slow, quick) = (Receiver::begin().await, Receiver::begin().await);
    slow.be(Manner::Hangs);
    webhook(&app, &slow.url(), &[EntityKind::Customer]).await;
    webhook(&app, &quick.url(), &[EntityKind::Customer]).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(app.shared().webhooks_run(stopped));
    for count in 1..=2 {
        app.customer("Nordwind").await;
        for _ in 0..200 {
            if quick.all().len() == count {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(quick.all().len(), count, "the other one hangs");
    }
    assert_eq!(slow.all().len(), 1);
    stop.send_replace(true);
    running.await.unwrap();
    app.close().await;
}
