//! How often seats are given back: a policy's limit binds the customer's people and their apps, and nobody else.

use std::sync::Arc;

use latchkey_app::bulk::{ActivationAction, BulkActivations, BulkOutcome};
use latchkey_app::policy::apply::{ApplyPolicy, ApplyWhen};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::return_limit::ReturnLimit;
use latchkey_domain::{ActivationId, LicenseId, PolicyId};
use latchkey_store::filter::ActivationFilter;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{change, check_ledger, code};

fn rules(returns: Option<ReturnLimit>) -> PolicyRules {
    PolicyRules {
        term: Term::Perpetual,
        seats_max: 20,
        node_locked: true,
        feature_ids: Vec::new(),
        license_file_days: 90,
        returns,
        price: None,
    }
}

/// A license with so many active machines, two returns in thirty days, and one who looks after it.
struct Limited {
    policy: PolicyId,
    license: LicenseId,
    seats: Vec<ActivationId>,
    admin: Actor,
}

async fn limited(app: &TestApp, machines: usize) -> Limited {
    let product = app.product("atlas").await;
    let limit = Some(ReturnLimit { max: 2, days: 30 });
    let policy = app.policy_with(product, "Limited", rules(limit)).await;
    let customer = app.customer("Nordwind").await;
    let license = app.license(policy, customer).await;
    let mut seats = Vec::new();
    for at in 0..machines {
        let name = format!("CAD-{at:02}");
        seats.push(app.activate(license, &name, &name).await);
    }
    Limited {
        policy,
        license,
        seats,
        admin: app.person_of(customer, Role::CustomerAdmin),
    }
}

/// How many returns count, as the license has it.
async fn used(app: &TestApp, of: &Limited) -> usize {
    app.license_now(of.license).await.license.returned_at.len()
}

#[tokio::test]
async fn the_third_return_in_a_period_for_two_is_refused_until_the_first_comes_free() {
    for_each_database(async |app| {
        let of = limited(app, 4).await;
        for seat in &of.seats[..2] {
            let done = app.activation_deactivate(&of.admin, None, *seat).await;
            assert!(done.is_ok(), "{done:?}");
            app.clock.advance_days(1);
        }
        let refused = app
            .activation_deactivate(&of.admin, None, of.seats[2])
            .await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.code(), "returns_exhausted");
        let latchkey_app::AppError::Refused(refused) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(refused.sentence, "2 of 2 returns in 30 days are used");
        let license = app.license_now(of.license).await.license;
        let free_at = license.returned_at[0].plus_days(30);
        let day = free_at.to_chrono().format("%-d %B %Y").to_string();
        assert!(refused.fix.unwrap().contains(&day), "{day}");
        assert_eq!(refused.context.unwrap()["free_at"], free_at.to_string());
        assert_eq!(license.seats_used, 2, "a refusal frees nothing");
        app.clock.advance_days(28);
        let done = app
            .activation_deactivate(&of.admin, None, of.seats[2])
            .await;
        assert!(done.is_ok(), "{done:?}");
        let refused = app
            .activation_deactivate(&of.admin, None, of.seats[3])
            .await;
        assert_eq!(
            code(refused),
            "returns_exhausted",
            "one came free, not both"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_vendor_is_not_limited_and_uses_nothing_up() {
    for_each_database(async |app| {
        let of = limited(app, 4).await;
        for seat in &of.seats {
            let done = app.activation_deactivate(&app.owner, None, *seat).await;
            assert!(done.is_ok(), "{done:?}");
        }
        assert_eq!(used(app, &of).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_return_that_is_undone_is_given_back() {
    for_each_database(async |app| {
        let of = limited(app, 3).await;
        let done = app
            .activation_deactivate(&of.admin, None, of.seats[0])
            .await;
        let undone = app
            .change_undo(&of.admin, None, change(done.unwrap()))
            .await;
        assert!(undone.is_ok(), "{undone:?}");
        assert_eq!(used(app, &of).await, 0);
        for seat in &of.seats[..2] {
            let done = app.activation_deactivate(&of.admin, None, *seat).await;
            assert!(done.is_ok(), "{done:?}");
        }
        // Undoing what the vendor gave back uses nothing and gives nothing back either.
        let freed = app
            .activation_deactivate(&app.owner, None, of.seats[2])
            .await;
        let undone = app
            .change_undo(&app.owner, None, change(freed.unwrap()))
            .await;
        assert!(undone.is_ok(), "{undone:?}");
        assert_eq!(used(app, &of).await, 2);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_bulk_return_does_what_is_left_and_names_the_rest_in_the_dry_run_too() {
    for_each_database(async |app| {
        let of = limited(app, 5).await;
        for dry_run in [true, false] {
            let command = BulkActivations {
                action: ActivationAction::Deactivate,
                filter: ActivationFilter::default(),
                dry_run,
            };
            let done = app.activations_bulk(&of.admin, None, command).await;
            let report = done.unwrap().value;
            assert_eq!((report.change, report.refused), (2, 3));
            for row in &report.rows[..3] {
                assert_eq!(row.outcome, BulkOutcome::Refused);
                assert_eq!(row.refusal.as_ref().unwrap().0, "returns_exhausted");
            }
            assert_eq!(used(app, &of).await, if dry_run { 0 } else { 2 });
        }
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_returns_at_once_exactly_as_many_as_are_left_succeed() {
    for_each_database(async |app| {
        let of = Arc::new(limited(app, 16).await);
        let tasks: Vec<_> = (0..16)
            .map(|at| {
                let (app, of) = (app.shared(), Arc::clone(&of));
                tokio::spawn(async move {
                    code(
                        app.activation_deactivate(&of.admin, None, of.seats[at])
                            .await,
                    )
                })
            })
            .collect();
        let mut yes = 0;
        for task in tasks {
            let code = task.await.unwrap();
            assert!(["ok", "returns_exhausted"].contains(&code), "{code}");
            yes += usize::from(code == "ok");
        }
        assert_eq!(yes, 2);
        assert_eq!(app.license_now(of.license).await.license.seats_used, 14);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_license_keeps_its_limit_until_it_takes_a_newer_revision() {
    for_each_database(async |app| {
        let of = limited(app, 3).await;
        let tighter = rules(Some(ReturnLimit { max: 1, days: 30 }));
        let revised = app
            .policy_revise(&app.owner, None, of.policy, tighter)
            .await;
        assert!(revised.is_ok(), "{revised:?}");
        let license = app.license_now(of.license).await.license;
        assert_eq!(license.returns, Some(ReturnLimit { max: 2, days: 30 }));
        let apply = |dry_run| ApplyPolicy {
            id: of.policy,
            filter: Default::default(),
            when: ApplyWhen::Now,
            dry_run,
        };
        let preview = app.policy_apply(&app.owner, None, apply(true)).await;
        let preview = preview.unwrap().value;
        assert_eq!(preview.fewer_returns, 1);
        assert!(preview.effects[0].adoption.fewer_returns);
        app.policy_apply(&app.owner, None, apply(false))
            .await
            .unwrap();
        let codes = [
            code(
                app.activation_deactivate(&of.admin, None, of.seats[0])
                    .await,
            ),
            code(
                app.activation_deactivate(&of.admin, None, of.seats[1])
                    .await,
            ),
        ];
        assert_eq!(codes, ["ok", "returns_exhausted"]);
    })
    .await;
}
