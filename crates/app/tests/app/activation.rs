//! Activations: taking a seat and giving it back.

use latchkey_app::AppError;
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_domain::activation::ActivationState;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{ActivationId, LicenseId};
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{check_ledger, code, size};

async fn activate(
    app: &TestApp,
    license: WhichLicense,
    machine: &str,
    name: Option<&str>,
) -> Result<ActivationId, AppError> {
    let command = ActivateMachine {
        license,
        machine_code: machine.parse().unwrap(),
        friendly_name: name.map(|name| name.parse().unwrap()),
    };
    Ok(app
        .activation_activate(&app.owner, None, command)
        .await?
        .value)
}

#[tokio::test]
async fn a_machine_is_activated_by_license_or_by_key_and_takes_one_seat() {
    for_each_database(async |app| {
        let id = app.license_with_seats(2).await;
        let key = app.license_now(id).await.license.key;
        let first = activate(app, WhichLicense::Id(id), "M-1", Some("Büro"))
            .await
            .unwrap();
        let second = activate(app, WhichLicense::Key(key), "M-2", None)
            .await
            .unwrap();
        let view = app.activation_get(&app.owner, first).await.unwrap();
        assert_eq!(
            (view.friendly_name.as_str(), view.machine_code.as_str()),
            ("Büro", "M-1")
        );
        let view = app.activation_get(&app.owner, second).await.unwrap();
        assert_eq!(
            view.friendly_name.as_str(),
            "M-2",
            "without a name it is called by its code"
        );
        assert_eq!(app.license_now(id).await.license.seats_used, 2);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn activating_the_same_machine_again_is_the_same_activation() {
    for_each_database(async |app| {
        let id = app.license_with_seats(1).await;
        let first = app.activate(id, "M-1", "Büro").await;
        app.clock.advance_days(3);
        let before = size(app).await;
        assert_eq!(app.activate(id, "M-1", "Büro").await, first);
        assert_eq!(size(app).await, before, "being seen is no entry");
        let view = app.activation_get(&app.owner, first).await.unwrap();
        assert_eq!(view.activation.last_seen_at, app.now());
        // Another name renames the machine and takes no second seat.
        assert_eq!(app.activate(id, "M-1", "Empfang").await, first);
        let view = app.activation_get(&app.owner, first).await.unwrap();
        assert_eq!(view.friendly_name.as_str(), "Empfang");
        assert_eq!(app.license_now(id).await.license.seats_used, 1);
        // Case matters in a machine code: this is another machine.
        assert_eq!(
            code(activate(app, WhichLicense::Id(id), "m-1", None).await),
            "seats_exhausted"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_last_seat_is_given_and_one_more_is_told_who_has_not_been_seen_for_longest() {
    for_each_database(async |app| {
        let id = app.license_with_seats(2).await;
        app.activate(id, "M-1", "Büro").await;
        app.clock.advance_days(40);
        app.activate(id, "M-2", "Empfang").await;
        let key = app.license_now(id).await.license.key;
        for which in [WhichLicense::Id(id), WhichLicense::Key(key)] {
            let before = size(app).await;
            let error = activate(app, which, "M-3", None).await.unwrap_err();
            let AppError::Refused(refused) = error else {
                panic!("{error:?}")
            };
            assert_eq!(refused.code, "seats_exhausted");
            assert_eq!(refused.sentence, "all 2 seats of this license are in use");
            let fix = refused.fix.unwrap();
            assert!(
                fix.contains("“Büro” has not been seen for 40 days"),
                "{fix}"
            );
            let unseen = &refused.context.unwrap()["longest_unseen"];
            assert_eq!(unseen[0]["friendly_name"], "Büro");
            assert_eq!(unseen[1]["friendly_name"], "Empfang");
            assert_eq!(
                size(app).await,
                before,
                "nothing was half done: no machine, no entry"
            );
        }
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_seat_that_is_given_back_can_be_taken_by_another_or_by_the_same_machine() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(1).await;
        let first = app.activate(id, "M-1", "Büro").await;
        app.activation_deactivate(owner, None, first).await.unwrap();
        assert_eq!(
            code(app.activation_deactivate(owner, None, first).await),
            "activation_deactivated"
        );
        let view = app.activation_get(owner, first).await.unwrap();
        assert_eq!(
            (view.activation.state, view.activation.deactivated_at),
            (ActivationState::Deactivated, Some(app.now()))
        );
        let second = app.activate(id, "M-2", "Empfang").await;
        assert_eq!(
            code(activate(app, WhichLicense::Id(id), "M-1", None).await),
            "seats_exhausted"
        );
        app.activation_deactivate(owner, None, second)
            .await
            .unwrap();
        assert_eq!(
            app.activate(id, "M-1", "Büro").await,
            first,
            "it is the same activation again"
        );
        assert_eq!(app.license_now(id).await.license.seats_used, 1);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_machine_is_refused_on_a_license_that_does_not_hold() {
    for_each_database(async |app| {
        let (owner, id) = (&app.owner, app.license_with_seats(3).await);
        let license = app.license_now(id).await.license;
        let mut tried = 0;
        let mut try_it = async || {
            tried += 1;
            code(activate(app, WhichLicense::Id(id), &format!("M-{tried}"), None).await)
        };
        app.license_suspend(owner, None, id, None).await.unwrap();
        assert_eq!(try_it().await, "license_suspended");
        app.license_reinstate(owner, None, id).await.unwrap();
        let end = license.expires_at.unwrap();
        app.clock.set(end.plus_millis(-1));
        assert_eq!(
            try_it().await,
            "ok",
            "a millisecond before its end it holds"
        );
        app.clock.set(end);
        assert_eq!(try_it().await, "license_expired");
        app.license_revoke(owner, None, id, license.key.to_string())
            .await
            .unwrap();
        assert_eq!(try_it().await, "license_revoked");
        let nothing = LicenseId::generate(app.now(), &SeededRandom::new(99));
        assert_eq!(
            code(activate(app, WhichLicense::Id(nothing), "M", None).await),
            "license_not_found"
        );
        let nothing = ActivationId::generate(app.now(), &SeededRandom::new(99));
        assert_eq!(
            code(app.activation_get(owner, nothing).await),
            "activation_not_found"
        );
        assert_eq!(
            code(app.activation_deactivate(owner, None, nothing).await),
            "activation_not_found"
        );
        check_ledger(app).await;
    })
    .await;
}
