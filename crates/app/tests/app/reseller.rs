//! Resellers and their templates, as the vendor sees them; and what a license that they issued does to their quota.

use latchkey_app::bulk::{BulkLicenses, LicenseAction};
use latchkey_app::template::{GrantTemplate, IssueFromTemplate};
use latchkey_app::{AppError, filter};
use latchkey_domain::license::IssueTerms;
use latchkey_domain::limits::QUOTA_RETURN_DAYS;
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::product::Archival;
use latchkey_domain::quota::{MovementKind, Postings};
use latchkey_domain::template::Narrowing;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{CustomerId, LicenseId, PolicyId, ResellerId, TemplateId};
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code};

/// A reseller with a template, and a customer to issue to.
pub(crate) struct Side {
    pub(crate) reseller: ResellerId,
    pub(crate) policy: PolicyId,
    pub(crate) template: TemplateId,
    pub(crate) customer: CustomerId,
}

pub(crate) async fn side(app: &TestApp, name: &str, licenses: u32) -> Side {
    let reseller = app.reseller(name).await;
    let policy = app.policy(3).await;
    Side {
        reseller,
        policy,
        template: app.template(reseller, policy, licenses).await,
        customer: app
            .customer_of(reseller, &format!("{name}'s customer"))
            .await,
    }
}

impl Side {
    async fn issue(&self, app: &TestApp) -> Result<LicenseId, AppError> {
        app.issue_from(&app.owner, self.template, self.customer)
            .await
    }
}

/// The kinds of all movements of a reseller, oldest first.
async fn moved(app: &TestApp, reseller_id: ResellerId) -> Vec<MovementKind> {
    let statement = filter::QuotaFilter {
        reseller_id,
        between: None,
    };
    let page = app.statement_list(&app.owner, &statement, PAGE).await;
    let rows = page.unwrap().rows;
    assert!(rows.iter().all(|row| row.movement.postings.sum() == 0));
    rows.iter().map(|row| row.movement.kind).collect()
}

async fn revoke(app: &TestApp, id: LicenseId) {
    let key = app.license_now(id).await.license.key.to_string();
    app.license_revoke(&app.owner, None, id, key).await.unwrap();
}

#[tokio::test]
async fn a_reseller_is_made_renamed_archived_and_all_of_it_is_undone() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.reseller("Südlicht").await;
        let name = "Südlicht Handel".parse().unwrap();
        let renamed = app.reseller_rename(owner, None, id, name).await.unwrap();
        let again = "Südlicht Handel".parse().unwrap();
        let same = app.reseller_rename(owner, None, id, again).await.unwrap();
        assert_eq!(same.change, None, "nothing was changed");
        let archived = app.reseller_archive(owner, None, id).await.unwrap();
        assert_eq!(
            code(app.reseller_archive(owner, None, id).await),
            "reseller_archived"
        );
        app.change_undo(owner, None, change(archived))
            .await
            .unwrap();
        assert_eq!(
            code(app.reseller_unarchive(owner, None, id).await),
            "reseller_not_archived"
        );
        app.change_undo(owner, None, change(renamed)).await.unwrap();
        let reseller = app.reseller_get(owner, id).await.unwrap();
        assert_eq!(reseller.name.as_str(), "Südlicht");
        let found = filter::ResellerFilter {
            fragment: Some("licht".into()),
            state: Some(Archival::Active),
            ..Default::default()
        };
        let list = app.reseller_list(owner, &found, PAGE).await.unwrap();
        assert_eq!((list.count, list.rows[0].id), (1, id));
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn quota_is_granted_issued_from_and_used_up() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 2).await;
        let license = side.issue(app).await.unwrap();
        let license = app.license_now(license).await.license;
        assert_eq!(license.reseller_id, Some(side.reseller));
        assert_eq!(license.template_id, Some(side.template));
        side.issue(app).await.unwrap();
        let error = side.issue(app).await.unwrap_err();
        let AppError::Refused(refused) = error else {
            panic!("{error:?}")
        };
        assert_eq!(refused.code, "quota_used_up");
        assert!(refused.sentence.contains("all 2 licenses"));
        assert!(refused.fix.unwrap().contains("more quota"));
        app.quota_grant(&app.owner, None, side.template, 1)
            .await
            .unwrap();
        side.issue(app).await.unwrap();
        let expected = Postings {
            vendor: -3,
            customer: 3,
            ..Postings::default()
        };
        assert_eq!(app.balance(side.template).await, expected);
        use MovementKind::{Consume, Grant};
        let kinds = moved(app, side.reseller).await;
        assert_eq!(kinds, [Grant, Consume, Consume, Grant, Consume]);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_revoked_in_time_comes_back_and_what_is_revoked_later_does_not() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 3).await;
        let (early, late) = (
            side.issue(app).await.unwrap(),
            side.issue(app).await.unwrap(),
        );
        app.clock
            .advance_millis(i64::from(QUOTA_RETURN_DAYS) * DAY_MILLIS);
        revoke(app, early).await;
        assert_eq!(app.balance(side.template).await.reseller, 2);
        app.clock.advance_millis(1);
        // In bulk as well.
        let bulk = BulkLicenses {
            action: LicenseAction::Revoke,
            filter: filter::LicenseFilter {
                reseller_id: Some(side.reseller),
                ..Default::default()
            },
            dry_run: false,
        };
        let report = app.licenses_bulk(&app.owner, None, bulk).await.unwrap();
        assert_eq!((report.value.matched, report.value.change), (2, 1));
        let expected = Postings {
            vendor: -3,
            reseller: 2,
            expired: 1,
            ..Postings::default()
        };
        assert_eq!(app.balance(side.template).await, expected);
        let last = moved(app, side.reseller).await;
        assert_eq!(last[3..], [MovementKind::Return, MovementKind::Expire]);
        let unlicensed = app.license_now(late).await.license;
        assert_eq!(unlicensed.template_id, Some(side.template));
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_template_issues_nothing_more_and_what_was_issued_stays() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 5).await;
        let license = side.issue(app).await.unwrap();
        app.template_withdraw(&app.owner, None, side.template)
            .await
            .unwrap();
        assert_eq!(code(side.issue(app).await), "template_withdrawn");
        let more = app.quota_grant(&app.owner, None, side.template, 1).await;
        assert_eq!(code(more), "template_withdrawn");
        let again = app.template_withdraw(&app.owner, None, side.template).await;
        assert_eq!(code(again), "template_withdrawn");
        let state = app.license_now(license).await.license.state(app.now());
        assert_eq!(state.as_str(), "active");
        let expected = Postings {
            vendor: -5,
            customer: 1,
            returned: 4,
            ..Postings::default()
        };
        assert_eq!(app.balance(side.template).await, expected);
        revoke(app, license).await;
        assert_eq!(app.balance(side.template).await.returned, 5);
        // It can be offered anew.
        app.template(side.reseller, side.policy, 1).await;
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_granted_what() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 1).await;
        let other = app.policy(3).await;
        let retired = app.policy(3).await;
        app.policy_retire(&app.owner, None, retired).await.unwrap();
        let gone = app.reseller("Gone").await;
        app.reseller_archive(&app.owner, None, gone).await.unwrap();
        let grant = |reseller_id, policy_id, seats_max, licenses| GrantTemplate {
            reseller_id,
            policy_id,
            narrowing: Narrowing {
                seats_max,
                ..Narrowing::default()
            },
            licenses,
        };
        for (command, expected) in [
            (
                grant(side.reseller, side.policy, None, 1),
                "template_granted",
            ),
            (grant(gone, other, None, 1), "reseller_archived"),
            (grant(side.reseller, retired, None, 1), "policy_retired"),
            (
                grant(side.reseller, other, Some(0), 1),
                "template_seats_exceeded",
            ),
            (grant(side.reseller, other, None, 0), "quota_out_of_bounds"),
            (grant(side.reseller, other, None, 1), "ok"),
        ] {
            let granted = app.template_grant(&app.owner, None, command).await;
            assert_eq!(code(granted), expected);
        }
        let none = app.quota_grant(&app.owner, None, side.template, 0).await;
        assert_eq!(code(none), "quota_out_of_bounds");
        app.reseller_archive(&app.owner, None, side.reseller)
            .await
            .unwrap();
        assert_eq!(code(side.issue(app).await), "reseller_archived");
    })
    .await;
}

#[tokio::test]
async fn a_license_keeps_within_the_templates_bounds_and_goes_to_the_resellers_customers() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 9).await;
        let direct = app.customer("Direct").await;
        let end = app.now().plus_months(12);
        let terms = |seats_max, expires_at| IssueTerms {
            seats_max,
            expires_at,
        };
        for (customer_id, terms, expected) in [
            (side.customer, terms(Some(10), Some(end)), "ok"),
            (
                side.customer,
                terms(Some(11), None),
                "template_seats_exceeded",
            ),
            (
                side.customer,
                terms(None, Some(end.plus_millis(1))),
                "template_term_exceeded",
            ),
            (direct, terms(None, None), "customer_not_of_reseller"),
        ] {
            let command = IssueFromTemplate {
                id: side.template,
                customer_id,
                terms,
            };
            let issued = app
                .license_issue_from_template(&app.owner, None, command)
                .await;
            assert_eq!(code(issued), expected);
        }
        let license = side.issue(app).await.unwrap();
        let moved = app
            .license_transfer(&app.owner, None, license, direct)
            .await;
        assert_eq!(code(moved), "customer_not_of_reseller");
        let sister = app.customer_of(side.reseller, "Sister").await;
        app.license_transfer(&app.owner, None, license, sister)
            .await
            .unwrap();
        assert_eq!(app.balance(side.template).await.customer, 2);
    })
    .await;
}

#[tokio::test]
async fn issuing_from_a_template_is_not_undone_but_answered_once() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 2).await;
        let command = || IssueFromTemplate {
            id: side.template,
            customer_id: side.customer,
            terms: IssueTerms::default(),
        };
        let once = crate::common::once("k", 1);
        let issue = |once| app.license_issue_from_template(&app.owner, once, command());
        let first = issue(once.clone()).await.unwrap();
        let again = issue(once).await.unwrap();
        assert!(again.replayed && again.value == first.value);
        assert_eq!(app.balance(side.template).await.reseller, 1);
        assert_eq!(first.undo_until, None);
        let undone = app.change_undo(&app.owner, None, change(first)).await;
        assert_eq!(code(undone), "change_irreversible");
    })
    .await;
}

#[tokio::test]
async fn a_renewal_stands_in_the_statement_and_moves_nothing() {
    for_each_database(async |app| {
        let side = side(app, "Handel", 2).await;
        let license = side.issue(app).await.unwrap();
        let before = app.balance(side.template).await;
        app.license_renew(&app.owner, None, license, None)
            .await
            .unwrap();
        assert_eq!(app.balance(side.template).await, before);
        let statement = filter::QuotaFilter {
            reseller_id: side.reseller,
            between: None,
        };
        let lines = app.statement_list(&app.owner, &statement, PAGE).await;
        let last = lines.unwrap().rows.pop().unwrap();
        assert_eq!(last.movement.kind, MovementKind::Renew);
        assert_eq!(last.movement.license_id, Some(license));
        let entry = app.ledger_get(&app.owner, last.entry_index).await.unwrap();
        assert_eq!(entry.entry.row.verb.as_str(), "quota.renew");
        let sums = app.statement_sums(&app.owner, &statement).await.unwrap();
        let [sum] = &sums[..] else {
            panic!("one template: {sums:?}")
        };
        assert_eq!((sum.granted, sum.issued, sum.renewed), (2, 1, 1));
        // Of the month before there is nothing.
        let earlier = filter::QuotaFilter {
            between: Some((app.now().plus_millis(-2), app.now())),
            ..statement
        };
        let none = app
            .statement_list(&app.owner, &earlier, PAGE)
            .await
            .unwrap();
        assert_eq!((none.count, none.rows.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_policy_without_an_end_is_issued_with_any() {
    for_each_database(async |app| {
        let rules = PolicyRules {
            term: Term::Perpetual,
            seats_max: 50,
            node_locked: false,
            feature_ids: Vec::new(),
            license_file_days: 9,
            returns: None,
            price: None,
        };
        let product = app.product("forever").await;
        let policy = app.policy_with(product, "For ever", rules).await;
        let reseller = app.reseller("Handel").await;
        let template = app.template(reseller, policy, 1).await;
        let customer = app.customer_of(reseller, "Westwind").await;
        let issued = app
            .issue_from(&app.owner, template, customer)
            .await
            .unwrap();
        let license = app.license_now(issued).await.license;
        assert_eq!((license.expires_at, license.seats_max), (None, 10));
    })
    .await;
}
