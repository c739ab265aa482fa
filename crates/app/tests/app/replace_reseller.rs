//! Replacing a reseller by another: what goes over, what stays, and what is in the way.

use latchkey_app::reseller::{ReplaceReport, ReplaceReseller};
use latchkey_app::template::GrantTemplate;
use latchkey_app::{AppError, filter};
use latchkey_domain::ResellerId;
use latchkey_domain::actor::Role;
use latchkey_domain::product::Archival;
use latchkey_domain::quota::{MovementKind, Postings};
use latchkey_domain::template::Narrowing;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code, size};
use crate::reseller::side;

async fn replace(
    app: &TestApp,
    id: ResellerId,
    by: ResellerId,
    dry_run: bool,
) -> Result<ReplaceReport, AppError> {
    let command = ReplaceReseller { id, by, dry_run };
    let done = app.reseller_replace(&app.owner, None, command).await;
    done.map(|done| {
        assert_eq!(done.undo_until, None, "quota has moved: it is not undone");
        done.value
    })
}

#[tokio::test]
async fn customers_licenses_and_what_is_left_go_over_and_the_statement_stays() {
    for_each_database(async |app| {
        let old = side(app, "Alt", 9).await;
        let new = app.reseller("Neu").await;
        let license = app
            .issue_from(&app.owner, old.template, old.customer)
            .await
            .unwrap();
        let before = size(app).await;
        let would = replace(app, old.reseller, new, true).await.unwrap();
        assert_eq!(size(app).await, before, "a dry run changes nothing");
        assert_eq!((would.customers.count, would.licenses.count), (1, 1));
        assert_eq!(would.customers.rows[0].1, "Alt's customer");
        assert_eq!(would.licenses.rows[0].0, license.to_string());
        assert_eq!(
            (would.templates[0].left, would.templates[0].is_new),
            (8, true)
        );
        assert!(would.obstacles.is_empty());
        let did = replace(app, old.reseller, new, false).await.unwrap();
        assert_eq!(did, would);

        assert_eq!(
            app.customer_get(&app.owner, old.customer)
                .await
                .unwrap()
                .customer
                .reseller_id,
            Some(new)
        );
        let moved = app.license_now(license).await.license;
        assert_eq!(
            (moved.reseller_id, moved.template_id),
            (Some(new), Some(old.template))
        );
        let state = app
            .reseller_get(&app.owner, old.reseller)
            .await
            .unwrap()
            .state;
        assert_eq!(state, Archival::Archived);
        let kept = Postings {
            vendor: -9,
            customer: 1,
            returned: 8,
            ..Postings::default()
        };
        assert_eq!(app.balance(old.template).await, kept);
        let theirs = app
            .template_list(&app.owner, Some(new), PAGE)
            .await
            .unwrap()
            .rows;
        let theirs = &theirs[0].template;
        assert_eq!(
            (theirs.balance.reseller, theirs.bounds.seats_max()),
            (8, 10)
        );

        // The new one serves them, the old one's people do not see them any more.
        let agent = app.person_of_reseller(new, Role::ResellerAgent);
        let former = app.person_of_reseller(old.reseller, Role::ResellerAgent);
        app.issue_from(&agent, theirs.id, old.customer)
            .await
            .unwrap();
        app.license_renew(&agent, None, license, None)
            .await
            .unwrap();
        assert_eq!(
            code(app.license_get(&former, license).await),
            "license_not_found"
        );
        assert_eq!(
            code(app.customer_get(&former, old.customer).await),
            "customer_not_found"
        );
        let statement = |reseller_id| filter::QuotaFilter {
            reseller_id,
            between: None,
        };
        let lines = app
            .statement_list(&former, &statement(old.reseller), PAGE)
            .await
            .unwrap()
            .rows;
        let kinds: Vec<_> = lines.iter().map(|line| line.movement.kind).collect();
        assert_eq!(
            kinds,
            [
                MovementKind::Grant,
                MovementKind::Consume,
                MovementKind::Withdraw
            ]
        );
        assert_eq!(
            lines[1].customer_name, None,
            "that customer is another's by now"
        );
        let lines = app
            .statement_list(&app.owner, &statement(new), PAGE)
            .await
            .unwrap()
            .rows;
        let kinds: Vec<_> = lines.iter().map(|line| line.movement.kind).collect();
        assert_eq!(
            kinds,
            [
                MovementKind::Grant,
                MovementKind::Consume,
                MovementKind::Renew
            ]
        );

        // Revoked in time, it counts where it was issued.
        let key = app.license_now(license).await.license.key.to_string();
        app.license_revoke(&agent, None, license, key)
            .await
            .unwrap();
        assert_eq!(app.balance(old.template).await.returned, 9);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_other_has_already_is_added_to() {
    for_each_database(async |app| {
        let old = side(app, "Alt", 9).await;
        let new = app.reseller("Neu").await;
        let narrowing = Narrowing {
            seats_max: Some(2),
            ..Narrowing::default()
        };
        let command = GrantTemplate {
            reseller_id: new,
            policy_id: old.policy,
            narrowing,
            licenses: 5,
        };
        let had = app
            .template_grant(&app.owner, None, command)
            .await
            .unwrap()
            .value;
        let did = replace(app, old.reseller, new, false).await.unwrap();
        assert!(!did.templates[0].is_new);
        let view = app.template_get(&app.owner, had).await.unwrap().template;
        assert_eq!(
            (view.balance.reseller, view.bounds.seats_max()),
            (14, 2),
            "its own bounds hold"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn below_another_it_is_replaced_by_one_beside_it() {
    for_each_database(async |app| {
        let above = side(app, "Oben", 50).await;
        let (old, new) = (
            app.reseller_below(above.reseller, "Alt").await,
            app.reseller_below(above.reseller, "Neu").await,
        );
        let command = GrantTemplate {
            reseller_id: old,
            policy_id: above.policy,
            narrowing: Narrowing::default(),
            licenses: 10,
        };
        let template = app
            .template_grant(&app.owner, None, command)
            .await
            .unwrap()
            .value;
        let customer = app.customer_of(old, "Kunde").await;
        app.issue_from(&app.owner, template, customer)
            .await
            .unwrap();
        replace(app, old, new, false).await.unwrap();
        let balance = app.balance(above.template).await;
        assert_eq!(
            (balance.reseller, balance.below),
            (40, 10),
            "one issued, nine with the other"
        );
        let theirs = app
            .template_list(&app.owner, Some(new), PAGE)
            .await
            .unwrap()
            .rows;
        assert_eq!(theirs[0].template.parent_id, Some(above.template));
        assert_eq!(theirs[0].template.balance.reseller, 9);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_in_the_way_is_said_and_nothing_is_done() {
    for_each_database(async |app| {
        let old = side(app, "Alt", 9).await;
        let below = app.reseller_below(old.reseller, "Unten").await;
        let gone = app.reseller("Fort").await;
        app.reseller_archive(&app.owner, None, gone).await.unwrap();
        let new = app.reseller("Neu").await;
        for (id, by, expected) in [
            (old.reseller, old.reseller, vec!["reseller_itself"]),
            (
                old.reseller,
                gone,
                vec!["reseller_archived", "reseller_has_below"],
            ),
            (
                old.reseller,
                below,
                vec!["reseller_elsewhere", "reseller_has_below"],
            ),
            (old.reseller, new, vec!["reseller_has_below"]),
        ] {
            let would = replace(app, id, by, true).await.unwrap();
            let codes: Vec<_> = would
                .obstacles
                .iter()
                .map(|obstacle| obstacle.code.as_str())
                .collect();
            assert_eq!(codes, expected);
            assert!(
                would
                    .obstacles
                    .iter()
                    .all(|obstacle| obstacle.fix.is_some())
            );
            let before = size(app).await;
            assert_eq!(code(replace(app, id, by, false).await), expected[0]);
            assert_eq!(size(app).await, before);
        }
        app.reseller_archive(&app.owner, None, below).await.unwrap();
        let command = ReplaceReseller {
            id: old.reseller,
            by: new,
            dry_run: false,
        };
        let done = app
            .reseller_replace(&app.owner, None, command)
            .await
            .unwrap();
        let undone = app.change_undo(&app.owner, None, change(done)).await;
        assert_eq!(code(undone), "change_irreversible");
    })
    .await;
}
