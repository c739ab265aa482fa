//! The vendor: its name, which the root certifies, and what a lockdown keeps from whom.

use latchkey_app::App;
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::product::CreateProduct;
use latchkey_app::validation::ValidateLicense;
use latchkey_domain::actor::{Actor, Role, Scope};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};
use latchkey_verify::dsse::Envelope;
use latchkey_verify::{RootKey, TrustBundle};

use crate::common::{check_ledger, code, size};

async fn create(app: &App, actor: &Actor, name: &str) -> &'static str {
    let command = CreateProduct {
        code: name.parse().unwrap(),
        name: name.parse().unwrap(),
    };
    match app.product_create(actor, None, command).await {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

#[tokio::test]
async fn in_a_lockdown_nobody_but_owners_changes_anything_until_it_is_lifted() {
    for_each_database(async |app| {
        let license_id = app.license_with_seats(3).await;
        let license = app.license_now(license_id).await.license;
        app.activate(license_id, "M-1", "Desk 1").await;
        let (admin, auditor) = (app.actor(Role::Admin), app.actor(Role::Auditor));
        let mut token = app.actor(Role::Token);
        token.reach.scopes = vec![Scope::Validate, Scope::Activate];
        app.vendor_lock_down(&app.owner, None).await.unwrap();

        assert_eq!(create(app, &admin, "a").await, "vendor_locked_down");
        assert_eq!(create(app, &auditor, "a").await, "not_permitted");
        let command = ActivateMachine {
            license: WhichLicense::Id(license_id),
            machine_code: "M-2".parse().unwrap(),
            friendly_name: None,
        };
        let activated = app.activation_activate(&token, None, command).await;
        assert_eq!(code(activated), "vendor_locked_down");
        let question = ValidateLicense {
            license_key: license.key,
            machine_code: "M-1".parse().unwrap(),
        };
        let (valid, _) = app.license_validate(&token, question).await.unwrap();
        assert_eq!(valid.refusal, None);
        assert!(app.vendor(&auditor).await.unwrap().locked_down_at.is_some());
        let again = app.vendor_lock_down(&app.owner, None).await;
        assert_eq!(code(again), "vendor_locked_down_already");
        assert_eq!(create(app, &app.owner, "o").await, "ok");

        let lifted = app.vendor_lift_lockdown(&admin, None).await;
        assert_eq!(code(lifted), "not_permitted");
        app.vendor_lift_lockdown(&app.owner, None).await.unwrap();
        assert_eq!(create(app, &admin, "a").await, "ok");
        let again = app.vendor_lift_lockdown(&app.owner, None).await;
        assert_eq!(code(again), "vendor_not_locked_down");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_lockdown_holds_on_another_server_within_two_seconds_and_after_a_restart() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = app.another_server().await;
    let admin = app.actor(Role::Admin);
    app.vendor_lock_down(&app.owner, None).await.unwrap();
    app.clock.advance_millis(2_000);
    assert_eq!(create(&other, &admin, "a").await, "vendor_locked_down");
    app.vendor_lift_lockdown(&app.owner, None).await.unwrap();
    app.clock.advance_millis(2_000);
    assert_eq!(create(&other, &admin, "a").await, "ok");
    other.vendor_lock_down(&app.owner, None).await.unwrap();
    other.close().await;
    let app = app.restarted().await;
    assert_eq!(create(&app, &admin, "b").await, "vendor_locked_down");
    app.close().await;
}

#[tokio::test]
async fn another_name_is_certified_by_the_root_and_the_same_name_changes_nothing() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let root = app.root_key(owner).await.unwrap();
        let root = RootKey::from_pem(&root.pem).unwrap();
        let before = app.vendor(owner).await.unwrap();
        let name = "Nordlicht Software GmbH";
        let renamed = app.vendor_rename(owner, None, name.parse().unwrap());
        let renamed = renamed.await.unwrap();
        assert!(renamed.change.is_some() && renamed.undo_until.is_none());

        let vendor = app.vendor(owner).await.unwrap();
        assert_eq!(vendor.name.to_string(), name);
        assert_eq!(vendor.trust_version, before.trust_version + 1);
        let bundle = app.trust_bundle(owner).await.unwrap();
        let envelope = Envelope::parse(bundle.as_bytes()).unwrap();
        let certified = TrustBundle::verify(&envelope, &root).unwrap();
        assert_eq!(certified.vendor.name, name);

        let entries = size(app).await;
        let again = app.vendor_rename(owner, None, name.parse().unwrap());
        assert!(again.await.unwrap().change.is_none());
        assert_eq!(size(app).await, entries);
    })
    .await;
}
