//! What a reseller sees of those below it, of those beside and above it, and of what its own people did.

use latchkey_app::filter;
use latchkey_app::reseller::FirstManager;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::quota::MovementKind;
use latchkey_domain::user::Whose;
use latchkey_testkit::for_each_database;

use super::{grant, line};
use crate::common::{PAGE, check_ledger, code};

#[tokio::test]
async fn the_one_above_sees_lines_and_sums_of_those_below_and_not_whose_licenses_they_are() {
    for_each_database(async |app| {
        let (line, other) = (
            line(app, "Nord", 50, 10).await,
            line(app, "Ost", 50, 10).await,
        );
        let license = app
            .issue_from(&line.agent, line.template, line.customer)
            .await
            .unwrap();
        let statement = |reseller_id| filter::QuotaFilter {
            reseller_id,
            between: None,
        };
        let by = &line.manager;
        let lines = app
            .statement_list(by, &statement(line.below), PAGE)
            .await
            .unwrap()
            .rows;
        let last = lines.last().unwrap();
        assert_eq!(last.movement.license_id, Some(license), "by license");
        assert_eq!(
            (
                &last.customer_name,
                &last.license_key,
                last.movement.customer_id
            ),
            (&None, &None, None)
        );
        let own = app
            .statement_list(&line.agent, &statement(line.below), PAGE)
            .await
            .unwrap()
            .rows;
        assert_eq!(
            own.last().unwrap().customer_name.as_ref().unwrap().as_str(),
            "Nord West customer"
        );
        let sums = app
            .statement_sums(by, &statement(line.below))
            .await
            .unwrap();
        assert_eq!((sums[0].granted, sums[0].issued), (10, 1));
        let sums = app
            .statement_sums(by, &statement(line.above.reseller))
            .await
            .unwrap();
        assert_eq!(
            (sums[0].granted, sums[0].delegated, sums[0].issued),
            (50, 10, 0)
        );
        let moved = app
            .statement_list(by, &statement(line.above.reseller), PAGE)
            .await
            .unwrap()
            .rows;
        let delegated = moved
            .iter()
            .find(|row| row.movement.kind == MovementKind::Delegate)
            .unwrap();
        assert_eq!(delegated.below_name.as_ref().unwrap().as_str(), "Nord West");
        assert_eq!(
            app.template_list(by, Some(line.below), PAGE)
                .await
                .unwrap()
                .count,
            1
        );
        app.template_get(by, line.template).await.unwrap();
        let list = app
            .reseller_list(by, &Default::default(), PAGE)
            .await
            .unwrap();
        assert_eq!((list.count, list.rows[0].id), (1, line.below));

        // Nothing else of theirs is there.
        let theirs = filter::LicenseFilter {
            reseller_id: Some(line.below),
            ..Default::default()
        };
        assert_eq!(app.license_list(by, &theirs, PAGE).await.unwrap().count, 0);
        assert_eq!(
            code(app.license_get(by, license).await),
            "license_not_found"
        );
        assert_eq!(
            code(app.customer_get(by, line.customer).await),
            "customer_not_found"
        );
        assert_eq!(
            code(app.issue_from(by, line.template, line.customer).await),
            "template_not_found"
        );
        assert_eq!(
            code(app.reseller_acts(by, line.below, PAGE).await),
            "reseller_not_found"
        );
        let people = Whose::Reseller(line.below);
        assert_eq!(app.user_list(by, people, PAGE).await.unwrap().count, 0);

        // To those beside, those below and strangers there is nothing of it at all.
        let sibling = app.reseller_below(line.above.reseller, "Nord Ost").await;
        for reseller in [other.above.reseller, other.below, sibling] {
            for role in [Role::ResellerManager, Role::ResellerAgent] {
                let stranger = app.person_of_reseller(reseller, role);
                let by = &stranger;
                for id in [line.above.reseller, line.below] {
                    assert_eq!(
                        [
                            code(app.reseller_get(by, id).await),
                            code(app.statement_list(by, &statement(id), PAGE).await),
                            code(app.statement_sums(by, &statement(id)).await),
                            code(
                                app.statement_document(by, &statement(id), Default::default())
                                    .await
                            ),
                            code(app.reseller_acts(by, id, PAGE).await),
                        ],
                        ["reseller_not_found"; 5]
                    );
                    assert_eq!(
                        app.template_list(by, Some(id), PAGE).await.unwrap().count,
                        0
                    );
                    let asked = filter::ResellerFilter {
                        parent_id: Some(id),
                        ..Default::default()
                    };
                    assert_eq!(app.reseller_list(by, &asked, PAGE).await.unwrap().count, 0);
                }
                for id in [line.above.template, line.template] {
                    assert_eq!(code(app.template_get(by, id).await), "template_not_found");
                }
                if role == Role::ResellerManager {
                    let refused = app
                        .template_grant(by, None, grant(line.below, line.above.policy, 1))
                        .await;
                    assert_eq!(code(refused), "reseller_not_found");
                    assert_eq!(
                        code(app.quota_grant(by, None, line.template, 1).await),
                        "template_not_found"
                    );
                    assert_eq!(
                        code(app.template_withdraw(by, None, line.template).await),
                        "template_not_found"
                    );
                    assert_eq!(
                        code(app.reseller_archive(by, None, line.below).await),
                        "reseller_not_found"
                    );
                }
            }
        }
        // Nor to the one below of the one above it.
        let below = app.person_of_reseller(line.below, Role::ResellerManager);
        assert_eq!(
            code(app.reseller_get(&below, line.above.reseller).await),
            "reseller_not_found"
        );
        assert_eq!(
            code(app.template_get(&below, line.above.template).await),
            "template_not_found"
        );
    })
    .await;
}

#[tokio::test]
async fn the_one_above_invites_the_first_manager_and_nobody_after_that() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 50, 10).await;
        let first = |email: &str| FirstManager {
            reseller_id: line.below,
            email: email.parse().unwrap(),
            name: "Wim".parse().unwrap(),
        };
        let by = &line.manager;
        let invite = async |email: &str| app.first_manager_invite(by, None, first(email)).await;
        let lost = invite("wim@west.example").await.unwrap().value;
        let again = invite("WIM@west.example").await.unwrap().value;
        assert_eq!(lost.user_id, again.user_id, "the link was lost");
        let stranger = app.stranger();
        let password = latchkey_app::password::Password::typed("seven grey geese".into());
        let old = app
            .invitation_accept(&stranger, None, &lost.token.unwrap(), &password)
            .await;
        assert_eq!(code(old), "invitation_not_open");
        let token = again.token.unwrap();
        app.invitation_accept(&stranger, None, &token, &password)
            .await
            .unwrap();
        assert_eq!(
            code(invite("mole@nord.example").await),
            "reseller_has_people"
        );
        assert_eq!(
            code(invite("wim@west.example").await),
            "reseller_has_people"
        );
        let user = app.user_get(&app.owner, again.user_id).await.unwrap();
        assert_eq!(
            (user.whose(), user.role),
            (Whose::Reseller(line.below), Role::ResellerManager)
        );
        assert_eq!(
            code(app.user_get(by, again.user_id).await),
            "user_not_found"
        );
        let own = FirstManager {
            reseller_id: line.above.reseller,
            ..first("me@nord.example")
        };
        assert_eq!(
            code(app.first_manager_invite(by, None, own).await),
            "not_permitted"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_resellers_people_see_what_they_did_and_nothing_that_others_did() {
    for_each_database(async |app| {
        let line = line(app, "Nord", 50, 10).await;
        let license = app
            .issue_from(&line.agent, line.template, line.customer)
            .await
            .unwrap();
        app.license_suspend(&app.owner, None, license, None)
            .await
            .unwrap();
        let acts = async |by: &Actor, id| {
            let page = app.reseller_acts(by, id, PAGE).await.unwrap();
            assert_eq!(page.count as usize, page.rows.len());
            page.rows
        };
        let below = acts(&line.agent, line.below).await;
        let verbs: Vec<_> = below.iter().map(|act| act.row.verb.as_str()).collect();
        assert_eq!(verbs, ["quota.consume", "license.issue"]);
        assert!(below.iter().all(|act| act.actor_name == "reseller_agent"));
        let above = acts(&line.manager, line.above.reseller).await;
        let verbs: Vec<_> = above.iter().map(|act| act.row.verb.as_str()).collect();
        assert_eq!(
            verbs,
            [
                "quota.grant",
                "quota.delegate",
                "template.grant",
                "reseller.create"
            ]
        );
        // The vendor sees them too, and the table has the same.
        assert_eq!(acts(&app.owner, line.below).await, below);
        let table = app
            .reseller_acts_table(&line.agent, line.below, PAGE)
            .await
            .unwrap();
        assert_eq!(table.rows, below);
        assert_eq!(
            code(
                app.reseller_acts(&line.agent, line.above.reseller, PAGE)
                    .await
            ),
            "reseller_not_found"
        );
    })
    .await;
}
