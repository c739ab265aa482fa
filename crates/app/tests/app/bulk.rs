//! Bulk acts: by filter, looked at first, all or none, undone as one.

use latchkey_app::bulk::{
    ActivationAction, BulkActivations, BulkLicenses, BulkOutcome, LicenseAction,
};
use latchkey_domain::activation::ActivationState;
use latchkey_domain::license::LicenseState;
use latchkey_domain::limits::IDS_PER_FILTER_MAX;
use latchkey_domain::text::fold;
use latchkey_domain::{ActivationId, LicenseId};
use latchkey_store::filter::{ActivationFilter, LicenseFilter};
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code, shown, size};

/// Three licenses of one customer, one of them suspended and one revoked; the first with three machines.
async fn filled(app: &TestApp) -> [LicenseId; 3] {
    let (policy_id, customer_id) = (app.policy(5).await, app.customer("Nordwind").await);
    let mut ids = [app.license(policy_id, customer_id).await; 3];
    ids[1] = app.license(policy_id, customer_id).await;
    ids[2] = app.license(policy_id, customer_id).await;
    for (machine, name) in [
        ("M-1", "Büro Nord"),
        ("M-2", "Büro Süd"),
        ("M-3", "Empfang"),
    ] {
        app.activate(ids[0], machine, name).await;
    }
    app.license_suspend(&app.owner, None, ids[1], None)
        .await
        .unwrap();
    let key = app.license_now(ids[2]).await.license.key.to_string();
    app.license_revoke(&app.owner, None, ids[2], key)
        .await
        .unwrap();
    ids
}

fn licenses(action: LicenseAction, dry_run: bool) -> BulkLicenses {
    BulkLicenses {
        action,
        filter: LicenseFilter::default(),
        dry_run,
    }
}

fn offices(dry_run: bool) -> BulkActivations {
    let filter = ActivationFilter {
        fragment: Some(fold("BÜRO")),
        ..Default::default()
    };
    BulkActivations {
        action: ActivationAction::Deactivate,
        filter,
        dry_run,
    }
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    for_each_database(async |app| {
        let ids = filled(app).await;
        let (before, entries) = (shown(app).await, size(app).await);
        let looked = app
            .licenses_bulk(&app.owner, None, licenses(LicenseAction::Suspend, true))
            .await
            .unwrap();
        assert_eq!((looked.change, looked.undo_until), (None, None));
        let report = looked.value;
        assert_eq!(
            (
                report.matched,
                report.change,
                report.unchanged,
                report.refused
            ),
            (3, 1, 1, 1)
        );
        assert_eq!(
            report.rows[0].outcome,
            BulkOutcome::Refused,
            "the refused ones come first"
        );
        assert_eq!(report.rows[0].id, ids[2].to_string());
        assert_eq!(
            report.rows[0].refusal.as_ref().unwrap().0,
            "license_revoked"
        );
        let looked = app
            .activations_bulk(&app.owner, None, offices(true))
            .await
            .unwrap();
        assert_eq!((looked.value.matched, looked.value.change), (2, 2));
        assert_eq!(shown(app).await, before);
        assert_eq!(size(app).await, entries, "no entry for what was only tried");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn only_the_rows_named_one_by_one_are_changed() {
    for_each_database(async |app| {
        filled(app).await;
        let all = app
            .activation_list(&app.owner, &ActivationFilter::default(), PAGE)
            .await
            .unwrap();
        let ids: Vec<_> = all.rows[..2].iter().map(|row| row.activation.id).collect();
        let of = |ids: Vec<ActivationId>, dry_run: bool| BulkActivations {
            action: ActivationAction::Deactivate,
            filter: ActivationFilter {
                ids: Some(ids),
                ..Default::default()
            },
            dry_run,
        };
        let none = app
            .activations_bulk(&app.owner, None, of(Vec::new(), true))
            .await
            .unwrap();
        assert_eq!(none.value.matched, 0, "none named is not all");
        let done = app
            .activations_bulk(&app.owner, None, of(ids.clone(), false))
            .await
            .unwrap();
        assert_eq!((done.value.matched, done.value.change), (2, 2));
        for row in app
            .activation_list(&app.owner, &ActivationFilter::default(), PAGE)
            .await
            .unwrap()
            .rows
        {
            let named = ids.contains(&row.activation.id);
            assert_eq!(row.activation.state == ActivationState::Deactivated, named);
        }
        let many = vec![ids[0]; IDS_PER_FILTER_MAX];
        let most = app
            .activations_bulk(&app.owner, None, of(many.clone(), true))
            .await
            .unwrap();
        assert_eq!(most.value.matched, 1, "named twice is selected once");
        let more = [&many[..], &ids[..1]].concat();
        let refused = app.activations_bulk(&app.owner, None, of(more, true)).await;
        assert_eq!(code(refused), "bulk_too_large");
    })
    .await;
}

#[tokio::test]
async fn machines_found_by_a_fragment_are_deactivated_together_and_undone_as_one() {
    for_each_database(async |app| {
        let ids = filled(app).await;
        let before = shown(app).await;
        let done = app
            .activations_bulk(&app.owner, None, offices(false))
            .await
            .unwrap();
        assert_eq!((done.value.matched, done.value.change), (2, 2));
        assert_eq!(app.license_now(ids[0]).await.license.seats_used, 1);
        let of = ActivationFilter {
            state: Some(ActivationState::Deactivated),
            ..Default::default()
        };
        assert_eq!(
            app.activation_list(&app.owner, &of, PAGE)
                .await
                .unwrap()
                .count,
            2
        );
        let undone = app
            .change_undo(&app.owner, None, change(done))
            .await
            .unwrap();
        assert_eq!(undone.value, 2);
        assert_eq!(shown(app).await, before);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn licenses_are_suspended_reinstated_renewed_and_revoked_by_filter() {
    for_each_database(async |app| {
        let (owner, ids) = (&app.owner, filled(app).await);
        let before = shown(app).await;
        let states = async || {
            let mut states = Vec::new();
            for id in ids {
                states.push(app.license_now(id).await.license.state(app.now()));
            }
            states
        };
        let (active, suspended, revoked) = (
            LicenseState::Active,
            LicenseState::Suspended,
            LicenseState::Revoked,
        );
        let done = app
            .licenses_bulk(owner, None, licenses(LicenseAction::Suspend, false))
            .await
            .unwrap();
        assert_eq!(states().await, [suspended, suspended, revoked]);
        app.change_undo(owner, None, change(done)).await.unwrap();
        assert_eq!(shown(app).await, before);

        app.licenses_bulk(owner, None, licenses(LicenseAction::Reinstate, false))
            .await
            .unwrap();
        assert_eq!(states().await, [active, active, revoked]);
        let end = app.license_now(ids[0]).await.license.expires_at.unwrap();
        app.licenses_bulk(owner, None, licenses(LicenseAction::Renew, false))
            .await
            .unwrap();
        assert_eq!(
            app.license_now(ids[0]).await.license.expires_at,
            Some(end.plus_months(12))
        );
        let done = app
            .licenses_bulk(owner, None, licenses(LicenseAction::Revoke, false))
            .await
            .unwrap();
        assert_eq!(states().await, [revoked, revoked, revoked]);
        assert_eq!(done.undo_until, None);
        assert_eq!(
            code(app.change_undo(owner, None, done.change.unwrap()).await),
            "change_irreversible"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_filter_that_selects_nothing_changes_nothing() {
    for_each_database(async |app| {
        filled(app).await;
        let entries = size(app).await;
        let filter = ActivationFilter {
            fragment: Some("nowhere".into()),
            ..Default::default()
        };
        let command = BulkActivations {
            action: ActivationAction::Deactivate,
            filter,
            dry_run: false,
        };
        let done = app
            .activations_bulk(&app.owner, None, command)
            .await
            .unwrap();
        assert_eq!(
            (done.change, done.undo_until, done.value.matched),
            (None, None, 0)
        );
        assert_eq!(size(app).await, entries);
    })
    .await;
}

#[tokio::test]
async fn a_bulk_act_is_undone_whole_or_not_at_all() {
    for_each_database(async |app| {
        let (owner, ids) = (&app.owner, filled(app).await);
        let done = change(
            app.activations_bulk(owner, None, offices(false))
                .await
                .unwrap(),
        );
        // One of the two is activated again: the undo would now overtake that.
        app.activate(ids[0], "M-2", "Büro Süd").await;
        let before = shown(app).await;
        assert_eq!(
            code(app.change_undo(owner, None, done).await),
            "change_overtaken"
        );
        assert_eq!(shown(app).await, before, "not half of it was undone");
        check_ledger(app).await;
    })
    .await;
}
