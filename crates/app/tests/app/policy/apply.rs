//! Bringing licenses to the newest revision of their policy.

use latchkey_app::policy::apply::{ApplyPolicy, ApplyReport, ApplyWhen};
use latchkey_app::{AppError, Changed};
use latchkey_domain::activation::ActivationState;
use latchkey_domain::entitlement::EntitlementState;
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{FeatureId, LicenseId, PolicyId};
use latchkey_store::filter::{ActivationFilter, LicenseFilter};
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code, shown, size};

/// A policy of three seats with one feature, and a license of it with three machines, of which `M-2` is unseen longest.
struct Ground {
    policy: PolicyId,
    license: LicenseId,
    other_feature: FeatureId,
}

fn rules(seats_max: u32, feature: FeatureId) -> PolicyRules {
    PolicyRules {
        term: Term::Months { months: 12 },
        seats_max,
        node_locked: true,
        feature_ids: vec![feature],
        license_file_days: 90,
        returns: None,
        price: None,
    }
}

async fn ground(app: &TestApp) -> Ground {
    let product = app.product("atlas").await;
    let feature = app.feature(product, "export").await;
    let other_feature = app.feature(product, "cloud").await;
    let policy = app
        .policy_with(product, "Standard", rules(3, feature))
        .await;
    let customer = app.customer("Nordwind").await;
    let license = app.license(policy, customer).await;
    for machine in ["M-2", "M-1", "M-3"] {
        app.activate(license, machine, &format!("Office {machine}"))
            .await;
        app.clock.advance_days(1);
    }
    Ground {
        policy,
        license,
        other_feature,
    }
}

async fn apply(
    app: &TestApp,
    ground: &Ground,
    when: ApplyWhen,
    dry_run: bool,
) -> Result<Changed<ApplyReport>, AppError> {
    let command = ApplyPolicy {
        id: ground.policy,
        filter: LicenseFilter::default(),
        when,
        dry_run,
    };
    app.policy_apply(&app.owner, None, command).await
}

async fn revise(app: &TestApp, ground: &Ground, seats_max: u32) {
    let rules = rules(seats_max, ground.other_feature);
    app.policy_revise(&app.owner, None, ground.policy, rules)
        .await
        .unwrap();
}

async fn active(app: &TestApp, license: LicenseId) -> Vec<String> {
    let filter = ActivationFilter {
        license_id: Some(license),
        state: Some(ActivationState::Active),
        ..Default::default()
    };
    let page = app.activation_list(&app.owner, &filter, PAGE).await;
    let mut names: Vec<_> = page
        .unwrap()
        .rows
        .into_iter()
        .map(|view| view.friendly_name.to_string())
        .collect();
    names.sort();
    names
}

async fn features(app: &TestApp, license: LicenseId) -> Vec<String> {
    let page = app.entitlement_list(&app.owner, license, PAGE).await;
    let mut granted: Vec<_> = page
        .unwrap()
        .rows
        .into_iter()
        .filter(|view| view.entitlement.state == EntitlementState::Granted)
        .map(|view| view.feature_code.to_string())
        .collect();
    granted.sort();
    granted
}

#[tokio::test]
async fn a_dry_run_names_what_would_be_lost_and_changes_nothing() {
    for_each_database(async |app| {
        let ground = ground(app).await;
        revise(app, &ground, 1).await;
        let (before, entries) = (shown(app).await, size(app).await);
        let report = apply(app, &ground, ApplyWhen::Now, true).await.unwrap();
        assert_eq!(report.change, None);
        let report = report.value;
        assert_eq!((report.bulk.matched, report.bulk.change), (1, 1));
        assert_eq!((report.fewer_seats, report.seats_freed), (1, 2));
        assert_eq!(report.fewer_features, 1);
        let adoption = &report.effects[0].adoption;
        assert_eq!((adoption.seats_before, adoption.seats_after), (3, 1));
        assert_eq!(adoption.features_lost, ["Feature export"]);
        assert_eq!(adoption.features_gained, ["Feature cloud"]);
        let frees: Vec<_> = adoption
            .frees
            .iter()
            .map(|seat| seat.friendly_name.as_str())
            .collect();
        assert_eq!(
            frees,
            ["Office M-2", "Office M-1"],
            "the longest unseen first"
        );
        assert_eq!(shown(app).await, before);
        assert_eq!(size(app).await, entries);
    })
    .await;
}

#[tokio::test]
async fn applied_at_once_it_frees_seats_and_is_undone_as_a_whole() {
    for_each_database(async |app| {
        let ground = ground(app).await;
        revise(app, &ground, 1).await;
        let before = shown(app).await;
        let done = apply(app, &ground, ApplyWhen::Now, false).await.unwrap();
        let license = app.license_now(ground.license).await.license;
        assert_eq!((license.policy_revision, license.seats_max), (2, 1));
        assert_eq!(active(app, ground.license).await, ["Office M-3"]);
        assert_eq!(features(app, ground.license).await, ["cloud"]);
        let again = apply(app, &ground, ApplyWhen::Now, false).await.unwrap();
        assert_eq!((again.change, again.value.bulk.unchanged), (None, 1));
        check_ledger(app).await;
        app.change_undo(&app.owner, None, change(done))
            .await
            .unwrap();
        // A feature that was granted only by the change stays on the list as withdrawn.
        assert_eq!(features(app, ground.license).await, ["export"]);
        assert_eq!(active(app, ground.license).await.len(), 3);
        let after = shown(app).await;
        assert!(before.iter().all(|line| after.contains(line)));
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn from_renewal_on_nothing_changes_before_it_and_everything_with_it() {
    for_each_database(async |app| {
        let ground = ground(app).await;
        revise(app, &ground, 2).await;
        let done = apply(app, &ground, ApplyWhen::AtRenewal, false)
            .await
            .unwrap();
        assert_eq!(done.value.bulk.change, 1);
        let license = app.license_now(ground.license).await.license;
        assert_eq!((license.policy_revision, license.seats_max), (1, 3));
        assert_eq!(license.renewal_revision, Some(2));
        app.license_renew(&app.owner, None, ground.license, None)
            .await
            .unwrap();
        let license = app.license_now(ground.license).await.license;
        assert_eq!((license.policy_revision, license.seats_max), (2, 2));
        assert_eq!(license.renewal_revision, None);
        assert_eq!(
            active(app, ground.license).await,
            ["Office M-1", "Office M-3"]
        );
        assert_eq!(features(app, ground.license).await, ["cloud"]);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn seats_agreed_on_stay_and_what_cannot_change_is_said() {
    for_each_database(async |app| {
        let ground = ground(app).await;
        let owner = &app.owner;
        let key = app
            .license_now(ground.license)
            .await
            .license
            .key
            .to_string();
        revise(app, &ground, 5).await;
        app.license_revoke(owner, None, ground.license, key)
            .await
            .unwrap();
        let report = apply(app, &ground, ApplyWhen::Now, false).await.unwrap();
        assert_eq!((report.change, report.value.bulk.refused), (None, 1));
        let refusal = report.value.bulk.rows[0].refusal.as_ref().unwrap();
        assert_eq!(refusal.0, "license_revoked");
        let nowhere = Ground {
            policy: PolicyId::generate(app.now(), &SeededRandom::new(7)),
            ..ground
        };
        let refused = apply(app, &nowhere, ApplyWhen::Now, true).await;
        assert_eq!(code(refused), "policy_not_found");
    })
    .await;
}
