//! The life of a license: suspend, reinstate, revoke, renew, transfer.

use latchkey_domain::license::{LicenseState, SUSPENSION_REASON_CHARS_MAX};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{CustomerId, LicenseId};
use latchkey_store::filter::LicenseFilter;
use latchkey_testkit::for_each_database;

use crate::common::{PAGE, check_ledger, code};

#[tokio::test]
async fn a_license_is_suspended_reinstated_and_revoked_for_good() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let state = async || app.license_now(id).await.license.state(app.now());
        let suspend =
            async |reason: Option<String>| code(app.license_suspend(owner, None, id, reason).await);
        assert_eq!(
            code(app.license_reinstate(owner, None, id).await),
            "license_not_suspended"
        );
        assert_eq!(
            suspend(Some("x".repeat(SUSPENSION_REASON_CHARS_MAX + 1))).await,
            "license_reason_too_long"
        );
        assert_eq!(
            suspend(Some("x".repeat(SUSPENSION_REASON_CHARS_MAX))).await,
            "ok"
        );
        assert_eq!(state().await, LicenseState::Suspended);
        assert_eq!(suspend(None).await, "license_suspended");
        app.license_reinstate(owner, None, id).await.unwrap();
        assert_eq!(state().await, LicenseState::Active);

        let revoke = async |confirm: &str| {
            app.license_revoke(owner, None, id, confirm.to_owned())
                .await
        };
        assert_eq!(code(revoke("yes").await), "license_not_confirmed");
        let key = app.license_now(id).await.license.key.to_string();
        let revoked = revoke(&format!(" {key} ")).await.unwrap();
        assert_eq!(revoked.undo_until, None, "revoking is for good");
        assert_eq!(state().await, LicenseState::Revoked);
        assert_eq!(
            code(app.change_undo(owner, None, revoked.change.unwrap()).await),
            "change_irreversible"
        );
        assert_eq!(code(revoke(&key).await), "license_revoked");
        assert_eq!(suspend(None).await, "license_revoked");
        assert_eq!(
            code(app.license_reinstate(owner, None, id).await),
            "license_revoked"
        );
        assert_eq!(
            code(app.license_renew(owner, None, id, None).await),
            "license_revoked"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_license_is_renewed_by_its_term_or_to_a_date_and_expires_otherwise() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let end = app.now().plus_months(12);
        let license = async || app.license_now(id).await.license;
        assert_eq!(
            code(app.license_renew(owner, None, id, Some(end)).await),
            "license_end_not_later"
        );
        app.license_renew(owner, None, id, Some(end.plus_millis(1)))
            .await
            .unwrap();
        assert_eq!(license().await.expires_at, Some(end.plus_millis(1)));

        app.clock.set(end);
        assert_eq!(
            license().await.state(app.now()),
            LicenseState::Active,
            "a millisecond is left"
        );
        app.clock.set(end.plus_millis(1));
        assert_eq!(license().await.state(app.now()), LicenseState::Expired);
        let expired = LicenseFilter {
            state: Some(LicenseState::Expired),
            ..Default::default()
        };
        assert_eq!(
            app.license_list(owner, &expired, PAGE).await.unwrap().count,
            1
        );
        app.clock.advance_days(10);
        app.license_renew(owner, None, id, None).await.unwrap();
        assert_eq!(
            license().await.expires_at,
            Some(app.now().plus_months(12)),
            "counted from today"
        );

        let rules = PolicyRules {
            term: Term::Perpetual,
            seats_max: 1,
            node_locked: false,
            feature_ids: vec![],
            license_file_days: 1,
            returns: None,
            price: None,
        };
        let policy_id = app
            .policy_with(app.product("viewer").await, "For ever", rules)
            .await;
        let perpetual = app.license(policy_id, app.customer("Ostwind").await).await;
        assert_eq!(
            code(app.license_renew(owner, None, perpetual, None).await),
            "license_perpetual"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_license_is_transferred_when_no_machine_uses_it() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.license_with_seats(2).await;
        let customer_id = app.license_now(id).await.license.customer_id;
        let other = app.customer("Südwind").await;
        let transfer = async |to| code(app.license_transfer(owner, None, id, to).await);
        assert_eq!(transfer(customer_id).await, "license_same_customer");
        assert_eq!(
            transfer(CustomerId::generate(app.now(), &SeededRandom::new(99))).await,
            "customer_not_found"
        );
        let activation = app.activate(id, "M-1", "Laptop").await;
        assert_eq!(transfer(other).await, "license_in_use");
        app.activation_deactivate(owner, None, activation)
            .await
            .unwrap();
        app.customer_archive(owner, None, other).await.unwrap();
        assert_eq!(transfer(other).await, "customer_archived");
        app.customer_unarchive(owner, None, other).await.unwrap();
        assert_eq!(transfer(other).await, "ok");
        assert_eq!(app.license_now(id).await.license.customer_id, other);
        // The same code on another customer's machine is another machine.
        let again = app.activate(id, "M-1", "Desktop").await;
        assert_ne!(again, activation);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_license_that_does_not_exist_is_told_as_such() {
    for_each_database(async |app| {
        let (owner, id) = (
            &app.owner,
            LicenseId::generate(app.now(), &SeededRandom::new(99)),
        );
        assert_eq!(code(app.license_get(owner, id).await), "license_not_found");
        assert_eq!(
            code(app.license_renew(owner, None, id, None).await),
            "license_not_found"
        );
        assert_eq!(
            code(app.license_suspend(owner, None, id, None).await),
            "license_not_found"
        );
        assert_eq!(
            code(app.license_reinstate(owner, None, id).await),
            "license_not_found"
        );
        assert_eq!(
            code(app.license_revoke(owner, None, id, String::new()).await),
            "license_not_found"
        );
        assert_eq!(
            code(
                app.license_transfer(owner, None, id, app.customer("X").await)
                    .await
            ),
            "license_not_found"
        );
    })
    .await;
}
