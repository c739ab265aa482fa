//! The same request twice does no harm.

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::product::CreateProduct;
use latchkey_testkit::for_each_database;

use crate::common::{check_ledger, code, once, size};

fn create(code: &str) -> CreateProduct {
    CreateProduct {
        code: code.parse().unwrap(),
        name: "Studio".parse().unwrap(),
    }
}

#[tokio::test]
async fn the_same_key_and_request_gets_the_same_answer() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let first = app
            .product_create(owner, once("k", 1), create("studio"))
            .await
            .unwrap();
        let entries = size(app).await;
        app.clock.advance_millis(1_000);
        let again = app
            .product_create(owner, once("k", 1), create("studio"))
            .await
            .unwrap();
        assert!(again.replayed && !first.replayed);
        assert_eq!(
            (again.value, again.change, again.undo_until),
            (first.value, first.change, first.undo_until)
        );
        assert_eq!(size(app).await, entries, "nothing was done again");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    for_each_database(async |app| {
        let owner = &app.owner;
        app.product_create(owner, once("k", 1), create("studio"))
            .await
            .unwrap();
        let entries = size(app).await;
        assert_eq!(
            code(
                app.product_create(owner, once("k", 2), create("viewer"))
                    .await
            ),
            "idempotency_mismatch"
        );
        assert_eq!(size(app).await, entries);
        assert_eq!(
            code(
                app.product_create(owner, once("other", 2), create("viewer"))
                    .await
            ),
            "ok"
        );
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(1).await;
        let seated = app.activate(id, "M-1", "Büro").await;
        let activate = || ActivateMachine {
            license: WhichLicense::Id(id),
            machine_code: "M-2".parse().unwrap(),
            friendly_name: None,
        };
        assert_eq!(
            code(
                app.activation_activate(owner, once("k", 1), activate())
                    .await
            ),
            "seats_exhausted"
        );
        app.activation_deactivate(owner, None, seated)
            .await
            .unwrap();
        let done = app
            .activation_activate(owner, once("k", 1), activate())
            .await
            .unwrap();
        assert!(!done.replayed, "now there is a seat");
    })
    .await;
}

#[tokio::test]
async fn a_request_sent_many_times_at_once_is_done_once() {
    for_each_database(async |app| {
        let entries = size(app).await;
        let tries: Vec<_> = (0..16)
            .map(|_| {
                let (app, owner) = (app.shared(), app.owner.clone());
                tokio::spawn(async move {
                    app.product_create(&owner, once("k", 1), create("studio"))
                        .await
                        .unwrap()
                })
            })
            .collect();
        let mut answers = Vec::new();
        for one in tries {
            answers.push(one.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        assert!(
            answers.iter().all(
                |answer| answer.value == answers[0].value && answer.change == answers[0].change
            )
        );
        assert_eq!(size(app).await, entries + 1);
        check_ledger(app).await;
    })
    .await;
}
