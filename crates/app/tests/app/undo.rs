//! Taking changes back.

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::customer::UpdateCustomer;
use latchkey_domain::ChangeId;
use latchkey_domain::activation::ActivationState;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::LicenseState;
use latchkey_domain::limits::UNDO_HOURS;
use latchkey_domain::product::Archival;
use latchkey_domain::random::SeededRandom;
use latchkey_testkit::for_each_database;

use crate::common::{change, check_ledger, code, shown, size};

const UNDO_MILLIS: i64 = UNDO_HOURS as i64 * 3_600_000;

#[tokio::test]
async fn undoing_restores_the_state_before_for_every_reversible_act() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let license = app.license_now(id).await.license;
        let (product_id, customer_id, policy_id) =
            (license.product_id, license.customer_id, license.policy_id);
        let feature_id = app.feature(product_id, "export").await;
        let activation_id = app.activate(id, "M-1", "Büro").await;
        let machine_id = app
            .activation_get(owner, activation_id)
            .await
            .unwrap()
            .activation
            .machine_id;
        let other = app.license(policy_id, customer_id).await;
        let elsewhere = app.customer("Südwind").await;
        let before = shown(app).await;
        for act in 0..10 {
            let done = match act {
                0 => change(
                    app.product_rename(owner, None, product_id, "New".parse().unwrap())
                        .await
                        .unwrap(),
                ),
                1 => change(app.product_archive(owner, None, product_id).await.unwrap()),
                2 => change(app.feature_archive(owner, None, feature_id).await.unwrap()),
                3 => change(app.policy_retire(owner, None, policy_id).await.unwrap()),
                4 => {
                    let update = UpdateCustomer {
                        email: Some(Some("a@b.example".parse().unwrap())),
                        ..Default::default()
                    };
                    change(
                        app.customer_update(owner, None, customer_id, update)
                            .await
                            .unwrap(),
                    )
                }
                5 => change(
                    app.license_suspend(owner, None, id, Some("unpaid".into()))
                        .await
                        .unwrap(),
                ),
                6 => change(app.license_renew(owner, None, id, None).await.unwrap()),
                7 => change(
                    app.license_transfer(owner, None, other, elsewhere)
                        .await
                        .unwrap(),
                ),
                8 => change(
                    app.machine_rename(owner, None, machine_id, "Empfang".parse().unwrap())
                        .await
                        .unwrap(),
                ),
                _ => change(
                    app.activation_deactivate(owner, None, activation_id)
                        .await
                        .unwrap(),
                ),
            };
            assert_ne!(shown(app).await, before, "act {act} changes something");
            let undone = app.change_undo(owner, None, done).await.unwrap();
            assert_eq!(undone.value, 1, "act {act}");
            assert_eq!(shown(app).await, before, "act {act} is undone");
            let record = app.change_get(owner, done).await.unwrap();
            assert_eq!(
                (record.undone_by, record.undo_until),
                (undone.change, None),
                "act {act}"
            );
        }
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn undoing_a_creation_closes_what_was_created() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let license = app.license_now(id).await.license;
        let command = ActivateMachine {
            license: WhichLicense::Id(id),
            machine_code: "M-1".parse().unwrap(),
            friendly_name: None,
        };
        let activated = app.activation_activate(owner, None, command).await.unwrap();
        let activation_id = activated.value;
        app.change_undo(owner, None, change(activated))
            .await
            .unwrap();
        let view = app.activation_get(owner, activation_id).await.unwrap();
        assert_eq!(view.activation.state, ActivationState::Deactivated);
        assert_eq!(app.license_now(id).await.license.seats_used, 0);

        let command = latchkey_app::license::IssueLicense {
            policy_id: license.policy_id,
            customer_id: license.customer_id,
            terms: Default::default(),
        };
        let issued = app.license_issue(owner, None, command).await.unwrap();
        let (issued_id, issued) = (issued.value, change(issued));
        let activation = app.activate(issued_id, "M-2", "Laptop").await;
        assert_eq!(
            code(app.change_undo(owner, None, issued).await),
            "license_in_use"
        );
        app.activation_deactivate(owner, None, activation)
            .await
            .unwrap();
        app.change_undo(owner, None, issued).await.unwrap();
        assert_eq!(
            app.license_now(issued_id).await.license.state(app.now()),
            LicenseState::Revoked
        );

        let made = latchkey_app::product::CreateProduct {
            code: "x".parse().unwrap(),
            name: "X".parse().unwrap(),
        };
        let made = app.product_create(owner, None, made).await.unwrap();
        let product_id = made.value;
        app.change_undo(owner, None, change(made)).await.unwrap();
        assert_eq!(
            app.product_get(owner, product_id).await.unwrap().state,
            Archival::Archived
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_undo_can_itself_be_undone_and_nothing_twice() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let (before, suspended) = (
            shown(app).await,
            change(app.license_suspend(owner, None, id, None).await.unwrap()),
        );
        let after = shown(app).await;
        let undone = app.change_undo(owner, None, suspended).await.unwrap();
        assert!(undone.undo_until.is_some());
        assert_eq!(shown(app).await, before);
        assert_eq!(
            code(app.change_undo(owner, None, suspended).await),
            "change_undone"
        );
        let undone = change(undone);
        assert_eq!(
            app.change_get(owner, undone).await.unwrap().verb,
            Verb::ChangeUndo
        );
        app.change_undo(owner, None, undone).await.unwrap();
        assert_eq!(shown(app).await, after);
        assert_eq!(
            code(app.change_undo(owner, None, undone).await),
            "change_undone"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_change_is_undone_until_its_last_moment_and_not_after() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let done = app.license_suspend(owner, None, id, None).await.unwrap();
        assert_eq!(done.undo_until, Some(app.now().plus_millis(UNDO_MILLIS)));
        let done = change(done);
        app.clock.advance_millis(UNDO_MILLIS + 1);
        assert_eq!(
            code(app.change_undo(owner, None, done).await),
            "change_too_old"
        );
        assert_eq!(app.change_get(owner, done).await.unwrap().undo_until, None);
        app.clock.advance_millis(-1);
        assert_eq!(code(app.change_undo(owner, None, done).await), "ok");
    })
    .await;
}

#[tokio::test]
async fn a_change_that_was_overtaken_is_not_undone() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let renewed = change(app.license_renew(owner, None, id, None).await.unwrap());
        let suspended = change(app.license_suspend(owner, None, id, None).await.unwrap());
        let error = app.change_undo(owner, None, renewed).await.unwrap_err();
        assert_eq!(error.code(), "change_overtaken");
        let latchkey_app::AppError::Refused(refused) = error else {
            panic!("it is a refusal")
        };
        assert!(refused.fix.unwrap().contains("Undo the later change first"));
        app.change_undo(owner, None, suspended).await.unwrap();
        let before = app.license_now(id).await.license.expires_at;
        app.change_undo(owner, None, renewed).await.unwrap();
        assert!(app.license_now(id).await.license.expires_at < before);
        let nothing = ChangeId::generate(app.now(), &SeededRandom::new(99));
        assert_eq!(
            code(app.change_undo(owner, None, nothing).await),
            "change_not_found"
        );
        assert_eq!(
            code(app.change_get(owner, nothing).await),
            "change_not_found"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_undo_that_finds_nothing_left_says_so() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let asked = ActivateMachine {
            license: WhichLicense::Id(id),
            machine_code: "M-1".parse().unwrap(),
            friendly_name: None,
        };
        let activated = app.activation_activate(owner, None, asked).await.unwrap();
        let done = activated.change;
        app.activation_deactivate(owner, None, activated.value)
            .await
            .unwrap();
        let entries = size(app).await;
        assert_eq!(
            code(app.change_undo(owner, None, done.unwrap()).await),
            "change_nothing_left"
        );
        assert_eq!(size(app).await, entries);
    })
    .await;
}

#[tokio::test]
async fn a_seat_that_somebody_else_took_meanwhile_is_not_taken_back() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(1).await;
        let activation = app.activate(id, "M-1", "Büro").await;
        let done = change(
            app.activation_deactivate(owner, None, activation)
                .await
                .unwrap(),
        );
        app.activate(id, "M-2", "Empfang").await;
        assert_eq!(
            code(app.change_undo(owner, None, done).await),
            "seats_exhausted"
        );
        assert_eq!(app.license_now(id).await.license.seats_used, 1);
        check_ledger(app).await;
    })
    .await;
}
