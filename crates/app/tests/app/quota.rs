//! Many resellers at once: what is in the accounts adds up to zero at all times, and nothing is overspent.

use std::sync::Arc;

use latchkey_app::import::ImportOptions;
use latchkey_app::template::IssueFromTemplate;
use latchkey_app::{App, filter};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::license::IssueTerms;
use latchkey_domain::quota::Postings;
use latchkey_domain::{CustomerId, ResellerId, TemplateId};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code};

const RESELLERS: usize = 20;

/// Each of them tries to issue so many.
const TRIES: usize = 6;

/// Each of them may issue so many.
const QUOTA: u32 = 4;

struct Seller {
    reseller: ResellerId,
    template: TemplateId,
    customer: CustomerId,
    agent: Actor,
}

/// Resellers with a template each, of one policy.
async fn sellers(app: &TestApp) -> Vec<Seller> {
    let policy = app.policy(3).await;
    let mut sellers = Vec::new();
    for at in 0..RESELLERS {
        let reseller = app.reseller(&format!("Reseller {at}")).await;
        sellers.push(Seller {
            reseller,
            template: app.template(reseller, policy, QUOTA).await,
            customer: app.customer_of(reseller, &format!("Customer {at}")).await,
            agent: app.person_of_reseller(reseller, Role::ResellerAgent),
        });
    }
    sellers
}

/// Has all of them issue at once through these doors; answers with how often each was told what.
async fn issue_all(sellers: &[Seller], doors: &[Arc<App>]) -> Vec<(usize, &'static str)> {
    let mut tasks = Vec::new();
    for attempt in 0..TRIES {
        for (at, seller) in sellers.iter().enumerate() {
            let door = doors[(at + attempt) % doors.len()].clone();
            let (by, id) = (seller.agent.clone(), seller.template);
            let command = IssueFromTemplate {
                id,
                customer_id: seller.customer,
                terms: IssueTerms::default(),
            };
            tasks.push(tokio::spawn(async move {
                let issued = door.license_issue_from_template(&by, None, command).await;
                (at, code(issued))
            }));
        }
    }
    let mut told = Vec::new();
    for task in tasks {
        told.push(task.await.unwrap());
    }
    told
}

/// Holds the accounts of each against its movements and its licenses.
async fn check(app: &TestApp, sellers: &[Seller]) {
    for seller in sellers {
        let statement = filter::QuotaFilter {
            reseller_id: seller.reseller,
            between: None,
        };
        let lines = app.statement_list(&app.owner, &statement, PAGE).await;
        let lines = lines.unwrap().rows;
        let added = lines.iter().fold(Postings::default(), |sum, line| {
            let after = sum.after(line.movement.postings);
            assert_eq!(after.sum(), 0);
            assert!(after.reseller >= 0, "it is never overspent");
            after
        });
        assert_eq!(app.balance(seller.template).await, added);
        let theirs = filter::LicenseFilter {
            reseller_id: Some(seller.reseller),
            ..Default::default()
        };
        let licenses = app.license_list(&app.owner, &theirs, PAGE).await.unwrap();
        assert_eq!(i64::from(licenses.count), added.customer);
    }
    check_ledger(app).await;
}

fn exactly_the_quota(told: &[(usize, &'static str)]) {
    for at in 0..RESELLERS {
        let of = |code: &str| told.iter().filter(|one| **one == (at, code)).count();
        assert_eq!(of("ok"), QUOTA as usize, "reseller {at}: {told:?}");
        assert_eq!(of("quota_used_up"), TRIES - QUOTA as usize);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_resellers_at_once_each_issues_exactly_its_quota() {
    for_each_database(async |app| {
        let sellers = sellers(app).await;
        let told = issue_all(&sellers, &[app.shared()]).await;
        exactly_the_quota(&told);
        check(app, &sellers).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_overspend_no_quota() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let sellers = sellers(&app).await;
    let doors = [app.shared(), Arc::new(app.another_server().await)];
    let told = issue_all(&sellers, &doors).await;
    exactly_the_quota(&told);
    check(&app, &sellers).await;
    drop(doors);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_is_withdrawn_while_it_is_issued_from_gives_back_the_rest_and_no_more() {
    for_each_database(async |app| {
        let sellers = sellers(app).await;
        let mut withdrawals = Vec::new();
        for seller in &sellers {
            let (app, owner, id) = (app.shared(), app.owner.clone(), seller.template);
            withdrawals.push(tokio::spawn(async move {
                app.template_withdraw(&owner, None, id).await.unwrap();
            }));
        }
        let told = issue_all(&sellers, &[app.shared()]).await;
        for withdrawal in withdrawals {
            withdrawal.await.unwrap();
        }
        for (_, code) in &told {
            let known = ["ok", "quota_used_up", "template_withdrawn"];
            assert!(known.contains(code), "{code}");
        }
        for (at, seller) in sellers.iter().enumerate() {
            let issued = told.iter().filter(|one| **one == (at, "ok")).count();
            let balance = app.balance(seller.template).await;
            assert_eq!(balance.customer, i64::try_from(issued).unwrap());
            assert_eq!(balance.reseller, 0);
            assert_eq!(balance.returned + balance.customer, i64::from(QUOTA));
        }
        check(app, &sellers).await;
    })
    .await;
}

/// A list of so many licenses for this customer.
fn list_of(licenses: usize, customer: &str) -> String {
    let lines = (0..licenses).map(|_| format!("{customer},2\n"));
    std::iter::once("customer,seats\n".to_owned())
        .chain(lines)
        .collect()
}

#[tokio::test]
async fn a_list_is_issued_within_the_quota_or_not_at_all() {
    for_each_database(async |app| {
        let policy = app.policy(3).await;
        let reseller = app.reseller("Inselhandel").await;
        let template = app.template(reseller, policy, 50).await;
        app.customer_of(reseller, "Inselkunde").await;
        app.customer("Nordwind").await;
        let other = app.reseller("Küstenhandel").await;
        app.customer_of(other, "Küstenkunde").await;
        // Of the same name at another reseller: no reason to ask which is meant.
        app.customer_of(other, "Inselkunde").await;
        let agent = app.person_of_reseller(reseller, Role::ResellerAgent);
        let import = async |by: &Actor, list: String, options: ImportOptions| {
            let file = (None, list.as_bytes());
            let done = app.license_import_from_template(by, None, template, file, options);
            done.await
        };
        let whole = ImportOptions::default();
        let dry = ImportOptions {
            dry_run: true,
            ..whole
        };

        let would = import(&agent, list_of(40, "Inselkunde"), dry).await;
        assert_eq!(would.unwrap().value.summary.create, 40);
        assert_eq!(
            app.balance(template).await.reseller,
            50,
            "a dry run takes nothing"
        );
        let done = import(&agent, list_of(40, "inselkunde"), whole)
            .await
            .unwrap();
        assert_eq!(done.value.summary.create, 40);
        assert_eq!(app.balance(template).await.reseller, 10);

        let refused = import(&agent, list_of(20, "Inselkunde"), whole)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "import_has_refused_rows");
        let said = refused.to_string();
        assert!(
            said.contains("10 of 20") && said.contains("line 12"),
            "{said}"
        );
        assert_eq!(app.balance(template).await.reseller, 10, "all or none");
        let skipping = ImportOptions {
            skip_refused: true,
            ..whole
        };
        let done = import(&agent, list_of(20, "Inselkunde"), skipping)
            .await
            .unwrap();
        assert_eq!(
            (done.value.summary.create, done.value.summary.refused),
            (10, 10)
        );
        let codes: Vec<_> = (done.value.rows.iter())
            .filter_map(|row| row.code.as_deref())
            .collect();
        assert_eq!(codes, ["quota_used_up"; 10]);
        assert_eq!(app.balance(template).await.reseller, 0);

        for foreign in ["Nordwind", "Küstenkunde", "Nobody"] {
            let would = import(&agent, list_of(1, foreign), dry)
                .await
                .unwrap()
                .value;
            let row = &would.rows[0];
            assert_eq!(row.code.as_deref(), Some("customer_not_found"), "{foreign}");
        }
        let stranger = app.person_of_reseller(other, Role::ResellerManager);
        let refused = import(&stranger, list_of(1, "Küstenkunde"), dry).await;
        assert_eq!(code(refused), "template_not_found");
        let many = "customer,seats\nInselkunde,99\n".to_owned();
        let would = import(&agent, many, dry).await.unwrap().value;
        assert_eq!(would.summary.refused, 1);
        check_ledger(app).await;
    })
    .await;
}
