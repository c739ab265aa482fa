//! What happened to all that a customer has, and to nothing that was somebody else's at the time.

use latchkey_app::entitlement::GrantEntitlement;
use latchkey_domain::CustomerId;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_store::filter::PageRequest;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, code};

async fn verbs(app: &TestApp, actor: &Actor, customer: CustomerId) -> Vec<Verb> {
    let told = app.customer_timeline(actor, customer, PAGE).await.unwrap();
    assert_eq!(usize::try_from(told.count).unwrap(), told.rows.len());
    told.rows.iter().map(|entry| entry.row.verb).collect()
}

#[tokio::test]
async fn it_holds_all_that_a_customer_has_and_names_its_own_people_alone() {
    for_each_database(async |app| {
        let (own, other) = (
            app.customer("Nordwind").await,
            app.customer("Ostwind").await,
        );
        let policy = app.policy(3).await;
        for (customer, code) in [(own, "N-1"), (other, "O-1")] {
            let license = app.license(policy, customer).await;
            let seat = app.activate(license, code, "CAD").await;
            if customer == own {
                let admin = app.person_of(own, Role::CustomerAdmin);
                let freed = app.activation_deactivate(&admin, None, seat).await;
                freed.unwrap();
            }
        }
        let viewer = app.person_of(own, Role::CustomerViewer);
        let expected = [
            Verb::ActivationDeactivate,
            Verb::ActivationActivate,
            Verb::MachineCreate,
            Verb::LicenseIssue,
            Verb::CustomerCreate,
        ];
        assert_eq!(verbs(app, &viewer, own).await, expected);
        let told = app.customer_timeline(&viewer, own, PAGE).await.unwrap();
        let names = told.rows.iter().map(|entry| entry.actor_name.as_str());
        let names: Vec<_> = names.collect();
        let admin = app.person_of(own, Role::CustomerAdmin).name;
        assert_eq!(names, [admin.as_str(), "", "", "", ""]);
        // The vendor is told who it was, and the table has the same rows.
        let all = app.customer_timeline_table(&app.owner, own, PAGE).await;
        let all = all.unwrap();
        assert!(all.rows.iter().all(|entry| !entry.actor_name.is_empty()));
        assert_eq!(all.rows.len(), expected.len());
        let foreign = app.customer_timeline(&viewer, other, PAGE);
        assert_eq!(code(foreign.await), "customer_not_found");
    })
    .await;
}

#[tokio::test]
async fn a_license_that_goes_to_another_customer_leaves_its_past_with_the_first() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let (first, second) = (
            app.customer("Nordwind").await,
            app.customer("Ostwind").await,
        );
        let policy = app.policy(3).await;
        let license_id = app.license(policy, first).await;
        let product = app.license_now(license_id).await.license.product_id;
        let feature_id = app.feature(product, "export").await;
        let grant = GrantEntitlement {
            license_id,
            feature_id,
            limit: None,
        };
        let granted = app.entitlement_grant(owner, None, grant).await.unwrap();
        let moved = app.license_transfer(owner, None, license_id, second).await;
        let withdrawn = app.entitlement_withdraw(owner, None, granted.value).await;
        withdrawn.unwrap();
        assert_eq!(
            verbs(app, owner, first).await,
            [
                Verb::LicenseTransfer,
                Verb::EntitlementGrant,
                Verb::LicenseIssue,
                Verb::CustomerCreate
            ]
        );
        assert_eq!(
            verbs(app, owner, second).await,
            [
                Verb::EntitlementWithdraw,
                Verb::LicenseTransfer,
                Verb::CustomerCreate
            ]
        );
        // Taken back, it is in both timelines once more.
        let back = app.change_undo(owner, None, change(moved.unwrap())).await;
        back.unwrap();
        for customer in [first, second] {
            let newest = verbs(app, owner, customer).await.first().copied();
            assert_eq!(newest, Some(Verb::ChangeUndo));
        }
    })
    .await;
}

#[tokio::test]
async fn page_by_page_it_holds_each_entry_once() {
    for_each_database(async |app| {
        let customer = app.customer("Nordwind").await;
        let policy = app.policy(9).await;
        let license = app.license(policy, customer).await;
        for number in 0..6 {
            app.activate(license, &format!("N-{number}"), "CAD").await;
        }
        let whole = app.customer_timeline(&app.owner, customer, PAGE).await;
        let whole = whole.unwrap().rows.into_iter();
        let whole: Vec<u64> = whole.map(|entry| entry.row.index).collect();
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest::counted(4, after);
            let page = app.customer_timeline(&app.owner, customer, page).await;
            let page = page.unwrap();
            paged.extend(page.rows.iter().map(|entry| entry.row.index));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole);
        assert!(whole.is_sorted_by(|newer, older| newer > older));
    })
    .await;
}
