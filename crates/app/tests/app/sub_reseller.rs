//! Resellers below resellers: granted out of what those above have, private to themselves, and stopped with those above.

mod crowd;
mod seen;

use latchkey_app::AppError;
use latchkey_app::reseller::CreateReseller;
use latchkey_app::template::GrantTemplate;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::limits::{RESELLER_LEVELS_MAX, RESELLERS_BELOW_MAX};
use latchkey_domain::quota::Postings;
use latchkey_domain::refusal::Refusal as _;
use latchkey_domain::template::Narrowing;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{CustomerId, PolicyId, ResellerId, TemplateId};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code};
use crate::reseller::{Side, side};

/// A reseller, one below it that it has granted a template to, and who manages them.
struct Line {
    above: Side,
    manager: Actor,
    below: ResellerId,
    template: TemplateId,
    customer: CustomerId,
    agent: Actor,
}

fn grant(reseller_id: ResellerId, policy_id: PolicyId, licenses: u32) -> GrantTemplate {
    GrantTemplate {
        reseller_id,
        policy_id,
        narrowing: Narrowing::default(),
        licenses,
    }
}

/// A reseller with so many licenses, of which so many are with one below.
async fn line(app: &TestApp, name: &str, licenses: u32, below: u32) -> Line {
    let above = side(app, name, licenses).await;
    let manager = app.person_of_reseller(above.reseller, Role::ResellerManager);
    let command = CreateReseller {
        name: format!("{name} West").parse().unwrap(),
        parent_id: None,
    };
    let made = app.reseller_create(&manager, None, command).await.unwrap();
    let sub = made.value;
    let granted = grant(sub, above.policy, below);
    let template = app.template_grant(&manager, None, granted).await.unwrap();
    Line {
        manager,
        below: sub,
        template: template.value,
        customer: app.customer_of(sub, &format!("{name} West customer")).await,
        agent: app.person_of_reseller(sub, Role::ResellerAgent),
        above,
    }
}

async fn left(app: &TestApp, id: TemplateId) -> (i64, i64) {
    let balance = app.balance(id).await;
    (balance.reseller, balance.below)
}

#[tokio::test]
async fn a_manager_grants_on_what_is_left_and_no_more_and_the_one_below_issues_it() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 50, 10).await;
        let view = app.reseller_get(&line.manager, line.below).await.unwrap();
        assert_eq!(view.parent_id, Some(line.above.reseller));
        assert_eq!(left(app, line.above.template).await, (40, 10));
        for _ in 0..10 {
            let issued = app
                .issue_from(&line.agent, line.template, line.customer)
                .await;
            let license = app.license_now(issued.unwrap()).await.license;
            assert_eq!(license.reseller_id, Some(line.below));
        }
        let over = app
            .issue_from(&line.agent, line.template, line.customer)
            .await;
        assert_eq!(code(over), "quota_used_up");
        let by = &line.manager;
        let much = app.quota_grant(by, None, line.template, 41).await;
        let AppError::Refused(refused) = much.unwrap_err() else {
            panic!("a refusal")
        };
        assert_eq!(refused.code, "quota_not_enough");
        assert!(refused.fix.unwrap().contains("at most 40"));
        app.quota_grant(by, None, line.template, 40).await.unwrap();
        assert_eq!(left(app, line.above.template).await, (0, 50));
        let none = app
            .issue_from(by, line.above.template, line.above.customer)
            .await;
        assert_eq!(code(none), "quota_used_up", "what is granted on is gone");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_granted_on_is_narrower_and_licenses_keep_to_it() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 50, 10).await;
        let by = &line.manager;
        let made = app.reseller_below(line.above.reseller, "Nord Ost").await;
        let with = |narrowing| GrantTemplate {
            narrowing,
            ..grant(made, line.above.policy, 5)
        };
        let wide = Narrowing {
            seats_max: Some(11),
            ..Narrowing::default()
        };
        let refused = app.template_grant(by, None, with(wide)).await;
        assert_eq!(code(refused), "template_seats_exceeded");
        let narrow = Narrowing {
            seats_max: Some(2),
            days_max: Some(30),
            feature_ids: Some(Vec::new()),
            seats_fixed: true,
            end_fixed: true,
        };
        let template = app
            .template_grant(by, None, with(narrow))
            .await
            .unwrap()
            .value;
        let again = app
            .template_grant(by, None, with(Narrowing::default()))
            .await;
        assert_eq!(code(again), "template_granted");
        let agent = app.person_of_reseller(made, Role::ResellerAgent);
        let customer = app.customer_of(made, "Ostkunde").await;
        let license = app.issue_from(&agent, template, customer).await.unwrap();
        let issued = app.license_now(license).await.license;
        assert_eq!(issued.seats_max, 2, "the policy says 3");
        assert_eq!(issued.expires_at, Some(app.now().plus_days(30)));
        let rights = app
            .entitlement_list(&app.owner, license, PAGE)
            .await
            .unwrap();
        assert!(rights.rows.is_empty(), "no features were granted on");
        // Renewed, it gets no more than another thirty days.
        app.license_renew(&agent, None, license, None)
            .await
            .unwrap();
        let renewed = app.license_now(license).await.license;
        assert_eq!(renewed.expires_at, Some(app.now().plus_days(60)));
        // What the one above does not have cannot be granted on, by nobody.
        let other = app.policy(3).await;
        let command = grant(made, other, 1);
        assert_eq!(
            code(app.template_grant(by, None, command.clone()).await),
            "template_not_above"
        );
        assert_eq!(
            code(app.template_grant(&app.owner, None, command).await),
            "template_not_above"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn withdrawn_below_it_comes_back_and_withdrawn_above_all_of_it_goes_up() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 50, 10).await;
        let (above, below) = (line.above.template, line.template);
        let issue = async || app.issue_from(&line.agent, below, line.customer).await;
        let (first, second) = (issue().await.unwrap(), issue().await.unwrap());
        app.template_withdraw(&line.manager, None, below)
            .await
            .unwrap();
        assert_eq!(left(app, above).await, (48, 2), "two were issued");
        assert_eq!(code(issue().await), "template_withdrawn");
        // A license that is revoked in time gives its place to the one above.
        let key = app.license_now(first).await.license.key.to_string();
        app.license_revoke(&line.agent, None, first, key)
            .await
            .unwrap();
        assert_eq!(left(app, above).await, (49, 1));
        // Granted anew, and to a third level.
        let anew = app
            .template_grant(
                &line.manager,
                None,
                grant(line.below, line.above.policy, 20),
            )
            .await;
        let anew = anew.unwrap().value;
        let third = app.reseller_below(line.below, "Nord West Stadt").await;
        let managing = app.person_of_reseller(line.below, Role::ResellerManager);
        let deep = app
            .template_grant(&managing, None, grant(third, line.above.policy, 5))
            .await;
        let deep = deep.unwrap().value;
        let theirs = app.customer_of(third, "Stadtkunde").await;
        app.issue_from(&app.owner, deep, theirs).await.unwrap();
        app.template_withdraw(&app.owner, None, above)
            .await
            .unwrap();
        for id in [anew, deep] {
            let balance = app.balance(id).await;
            assert_eq!(
                (balance.reseller, balance.below),
                (0, i64::from(id == anew))
            );
            let template = app.template_get(&app.owner, id).await.unwrap().template;
            let refused = template.in_use().unwrap_err();
            assert_eq!(refused.code(), "template_withdrawn");
        }
        let expected = Postings {
            vendor: -50,
            below: 2,
            returned: 48,
            ..Postings::default()
        };
        assert_eq!(app.balance(above).await, expected);
        // Revoked in time at the bottom, it goes all the way up.
        let key = app.license_now(second).await.license.key.to_string();
        app.license_revoke(&app.owner, None, second, key)
            .await
            .unwrap();
        assert_eq!(app.balance(above).await.returned, 49);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn revoked_too_late_it_is_used_up_below_and_stays_with_those_below() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 5, 3).await;
        let license = app
            .issue_from(&line.agent, line.template, line.customer)
            .await
            .unwrap();
        app.clock.advance_millis(15 * DAY_MILLIS);
        let key = app.license_now(license).await.license.key.to_string();
        app.license_revoke(&line.agent, None, license, key)
            .await
            .unwrap();
        app.template_withdraw(&line.manager, None, line.template)
            .await
            .unwrap();
        assert_eq!(left(app, line.above.template).await, (4, 1));
        assert_eq!(app.balance(line.template).await.expired, 1);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn those_below_an_archived_reseller_issue_nothing_until_it_is_back() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 50, 10).await;
        let issue = async || {
            app.issue_from(&line.agent, line.template, line.customer)
                .await
        };
        app.reseller_archive(&app.owner, None, line.above.reseller)
            .await
            .unwrap();
        assert_eq!(code(issue().await), "reseller_above_archived");
        let more = app.quota_grant(&app.owner, None, line.template, 1).await;
        assert_eq!(code(more), "reseller_above_archived");
        app.reseller_unarchive(&app.owner, None, line.above.reseller)
            .await
            .unwrap();
        issue().await.unwrap();
        // The one above stops and renames those below, and not itself.
        let (by, sub) = (&line.manager, line.below);
        app.reseller_rename(by, None, sub, "Nord Fern".parse().unwrap())
            .await
            .unwrap();
        app.reseller_archive(by, None, sub).await.unwrap();
        assert_eq!(code(issue().await), "reseller_archived");
        app.reseller_unarchive(by, None, sub).await.unwrap();
        let own = line.above.reseller;
        assert_eq!(
            code(app.reseller_archive(by, None, own).await),
            "not_permitted"
        );
        assert_eq!(
            code(app.quota_grant(by, None, line.above.template, 1).await),
            "not_permitted"
        );
        assert_eq!(
            code(app.template_withdraw(by, None, line.above.template).await),
            "not_permitted"
        );
    })
    .await;
}

#[tokio::test]
async fn there_are_so_many_levels_and_so_many_beside_each_other() {
    for_each_database(async |app| {
        let mut last = app.reseller("Level 1").await;
        let create = async |parent| {
            let command = CreateReseller {
                name: "One more".parse().unwrap(),
                parent_id: Some(parent),
            };
            app.reseller_create(&app.owner, None, command).await
        };
        for level in 2..=RESELLER_LEVELS_MAX {
            last = app.reseller_below(last, &format!("Level {level}")).await;
        }
        assert_eq!(code(create(last).await), "reseller_too_deep");
    })
    .await;
    let app = TestApp::open(DatabaseKind::Sqlite).await;
    let above = app.reseller("Many").await;
    for number in 0..RESELLERS_BELOW_MAX {
        app.reseller_below(above, &format!("Branch {number}")).await;
    }
    let command = CreateReseller {
        name: "One more".parse().unwrap(),
        parent_id: Some(above),
    };
    assert_eq!(
        code(app.reseller_create(&app.owner, None, command).await),
        "reseller_limit"
    );
    app.close().await;
}
