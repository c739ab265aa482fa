//! A reseller's people: they issue within the quota and serve their own customers, and nothing else is there.

use latchkey_app::customer::{CreateCustomer, UpdateCustomer};
use latchkey_app::template::IssueFromTemplate;
use latchkey_app::user::CreateUser;
use latchkey_app::{AppError, filter};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::license::IssueTerms;
use latchkey_domain::user::Whose;
use latchkey_domain::{ActorId, CustomerId, LicenseId};
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code};
use crate::reseller::{Side, side};

/// A reseller with people, a license and an active machine.
struct Shop {
    side: Side,
    license: LicenseId,
    manager: Actor,
    agent: Actor,
}

async fn shop(app: &TestApp, name: &str) -> Shop {
    let side = side(app, name, 9).await;
    let manager = app.person_of_reseller(side.reseller, Role::ResellerManager);
    let agent = app.person_of_reseller(side.reseller, Role::ResellerAgent);
    let license = app.issue_from(&agent, side.template, side.customer).await;
    let license = license.unwrap();
    app.activate(license, &format!("{name}-1"), &format!("{name} CAD"))
        .await;
    Shop {
        side,
        license,
        manager,
        agent,
    }
}

fn new_customer(name: &str, reference: Option<&str>) -> CreateCustomer {
    CreateCustomer {
        name: name.parse().unwrap(),
        email: None,
        reference: reference.map(|text| text.parse().unwrap()),
        reseller_id: None,
    }
}

#[tokio::test]
async fn lists_hold_what_ones_own_reseller_has_and_count_nothing_else() {
    for_each_database(async |app| {
        let (own, other) = (shop(app, "Nordhandel").await, shop(app, "Osthandel").await);
        let direct = app.license_with_seats(2).await;
        app.activate(direct, "direct-1", "Direct handel").await;
        for actor in [&own.manager, &own.agent] {
            let licenses = app.license_list(actor, &Default::default(), PAGE).await;
            let licenses = licenses.unwrap();
            assert_eq!((licenses.count, licenses.rows.len()), (1, 1));
            assert_eq!(licenses.rows[0].license.id, own.license);
            let customers = app.customer_list(actor, &Default::default(), PAGE).await;
            assert_eq!(customers.unwrap().count, 1);
            let by_name = filter::ActivationFilter {
                fragment: Some("handel".into()),
                ..Default::default()
            };
            for filter in [filter::ActivationFilter::default(), by_name] {
                let seats = app.activation_list(actor, &filter, PAGE).await.unwrap();
                assert_eq!((seats.count, seats.rows.len()), (1, 1));
                let seat = seats.rows[0].activation.id;
                app.activation_get(actor, seat).await.unwrap();
            }
            let templates = app.template_list(actor, None, PAGE).await.unwrap();
            assert_eq!(templates.count, 1);
            assert_eq!(templates.rows[0].template.id, own.side.template);
            let foreign = Some(other.side.reseller);
            assert_eq!(
                app.template_list(actor, foreign, PAGE).await.unwrap().count,
                0
            );
            let filter = filter::LicenseFilter {
                reseller_id: foreign,
                ..Default::default()
            };
            let none = app.license_list(actor, &filter, PAGE).await.unwrap();
            assert_eq!(
                (none.count, none.rows.len()),
                (0, 0),
                "nor by asking for it"
            );
            let found = app.search(actor, "handel").await.unwrap();
            assert_eq!((found.customers.len(), found.activations.len()), (1, 1));
            assert!(found.products.is_empty() && found.policies.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn what_another_reseller_has_is_not_there() {
    for_each_database(async |app| {
        let (own, other) = (shop(app, "Nordhandel").await, shop(app, "Osthandel").await);
        let direct = app.license_with_seats(2).await;
        let actor = &own.manager;
        let seat = filter::ActivationFilter {
            license_id: Some(other.license),
            ..Default::default()
        };
        let seat = app.activation_list(&app.owner, &seat, PAGE).await.unwrap();
        let seat = seat.rows[0].activation.id;
        let update = UpdateCustomer::default();
        assert_eq!(
            [
                code(app.license_get(actor, other.license).await),
                code(app.license_get(actor, direct).await),
                code(app.entitlement_list(actor, other.license, PAGE).await),
                code(app.license_renew(actor, None, other.license, None).await),
                code(app.license_suspend(actor, None, direct, None).await),
                code(app.license_reinstate(actor, None, other.license).await),
                code(
                    app.license_revoke(actor, None, other.license, String::new())
                        .await
                ),
            ],
            ["license_not_found"; 7]
        );
        assert_eq!(
            code(app.activation_get(actor, seat).await),
            "activation_not_found"
        );
        let foreign = other.side.customer;
        assert_eq!(
            [
                code(app.customer_get(actor, foreign).await),
                code(app.customer_update(actor, None, foreign, update).await),
                code(app.issue_from(actor, own.side.template, foreign).await),
            ],
            ["customer_not_found"; 3]
        );
        let by_theirs = app.issue_from(actor, other.side.template, own.side.customer);
        assert_eq!(code(by_theirs.await), "template_not_found");
        assert_eq!(
            code(app.template_get(actor, other.side.template).await),
            "template_not_found"
        );
        let statement = filter::QuotaFilter {
            reseller_id: other.side.reseller,
            between: None,
        };
        assert_eq!(
            [
                code(app.reseller_get(actor, other.side.reseller).await),
                code(app.statement_list(actor, &statement, PAGE).await),
                code(app.statement_table(actor, &statement, PAGE).await),
                code(app.statement_sums(actor, &statement).await),
            ],
            ["reseller_not_found"; 4]
        );
        app.reseller_get(actor, own.side.reseller).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn they_create_customers_of_their_own_and_serve_their_licenses() {
    for_each_database(async |app| {
        let (own, other) = (shop(app, "Nordhandel").await, shop(app, "Osthandel").await);
        let agent = &own.agent;
        let made = app
            .customer_create(agent, None, new_customer("Westwind", None))
            .await;
        let customer = made.unwrap().value;
        let view = app.customer_get(agent, customer).await.unwrap();
        assert_eq!(view.customer.reseller_id, Some(own.side.reseller));
        assert_eq!(
            code(app.customer_get(&other.agent, customer).await),
            "customer_not_found"
        );
        let with_number = new_customer("Numbered", Some("C-1"));
        let refused = app.customer_create(agent, None, with_number).await;
        assert_eq!(code(refused), "customer_reference_not_yours");
        let for_another = CreateCustomer {
            reseller_id: Some(other.side.reseller),
            ..new_customer("Not mine", None)
        };
        let refused = app.customer_create(agent, None, for_another).await;
        assert_eq!(code(refused), "reseller_not_found");
        let license = app
            .issue_from(agent, own.side.template, customer)
            .await
            .unwrap();
        let suspended = app.license_suspend(agent, None, license, None).await;
        let suspended = change(suspended.unwrap());
        assert_eq!(
            code(app.change_undo(&other.manager, None, suspended).await),
            "change_not_found"
        );
        app.change_undo(agent, None, suspended).await.unwrap();
        app.license_renew(agent, None, license, None).await.unwrap();
        let again = app.license_renew(agent, None, license, None).await;
        assert_eq!(code(again), "template_renewal_too_early");
        let key = app.license_now(license).await.license.key.to_string();
        app.license_revoke(agent, None, license, key).await.unwrap();
        assert_eq!(app.balance(own.side.template).await.reseller, 8);
        app.template_withdraw(&app.owner, None, own.side.template)
            .await
            .unwrap();
        let renewed = app.license_renew(agent, None, own.license, None).await;
        assert_eq!(code(renewed), "template_withdrawn");
        app.license_renew(&app.owner, None, own.license, None)
            .await
            .unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_archived_resellers_people_issue_nothing() {
    for_each_database(async |app| {
        let own = shop(app, "Nordhandel").await;
        app.reseller_archive(&app.owner, None, own.side.reseller)
            .await
            .unwrap();
        let command = IssueFromTemplate {
            id: own.side.template,
            customer_id: own.side.customer,
            terms: IssueTerms::default(),
        };
        let refused = app
            .license_issue_from_template(&own.agent, None, command)
            .await;
        assert_eq!(code(refused), "reseller_archived");
        let refused = app
            .customer_create(&own.agent, None, new_customer("Late", None))
            .await;
        assert_eq!(code(refused), "reseller_archived");
        app.license_get(&own.agent, own.license).await.unwrap();
    })
    .await;
}

async fn create(app: &TestApp, by: &Actor, new: CreateUser) -> Result<ActorId, AppError> {
    let made = app.user_create(by, None, new).await;
    made.map(|made| made.value.user_id)
}

#[tokio::test]
async fn who_may_invite_whom() {
    for_each_database(async |app| {
        let (own, other) = (shop(app, "Nordhandel").await, shop(app, "Osthandel").await);
        let (admin, support) = (app.actor(Role::Admin), app.actor(Role::Support));
        let (agent, manager) = (Role::ResellerAgent, Role::ResellerManager);
        let (ours, theirs) = (
            Whose::Reseller(own.side.reseller),
            Whose::Reseller(other.side.reseller),
        );
        let customer: CustomerId = own.side.customer;
        let cases = [
            (&app.owner, manager, ours, "ok"),
            (&admin, manager, ours, "ok"),
            (&support, agent, ours, "not_permitted"),
            (&own.manager, agent, Whose::Vendor, "ok"),
            (&own.manager, manager, ours, "ok"),
            (&own.manager, agent, theirs, "reseller_not_found"),
            (
                &own.manager,
                Role::CustomerAdmin,
                Whose::Customer(customer),
                "customer_not_found",
            ),
            (&own.manager, Role::Owner, Whose::Vendor, "user_no_role"),
            (&own.agent, agent, Whose::Vendor, "not_permitted"),
            (&app.owner, Role::Support, ours, "user_no_role"),
            (&app.owner, agent, Whose::Vendor, "user_no_role"),
            (&app.owner, agent, Whose::Customer(customer), "user_no_role"),
        ];
        for (at, (by, role, whose, expected)) in cases.into_iter().enumerate() {
            let new = CreateUser {
                email: format!("n{at}@handel.example").parse().unwrap(),
                name: "Nora".parse().unwrap(),
                role,
                whose,
            };
            let made = create(app, by, new).await;
            assert_eq!(code(made), expected, "{} as {}", by.name, role.as_str());
        }
        let colleagues = app.user_list(&own.manager, Whose::Vendor, PAGE).await;
        let colleagues = colleagues.unwrap();
        assert_eq!(colleagues.count, 4);
        let all_ours = colleagues.rows.iter().all(|user| user.whose() == ours);
        assert!(all_ours);
        let foreign = app.user_list(&own.manager, theirs, PAGE).await.unwrap();
        assert_eq!(foreign.count, 0);
        let vendors = app
            .user_list(&app.owner, Whose::Vendor, PAGE)
            .await
            .unwrap();
        assert_eq!(vendors.count, 0);
        let stranger = colleagues.rows[0].id;
        assert_eq!(
            code(app.user_get(&other.manager, stranger).await),
            "user_not_found"
        );
        assert_eq!(
            code(app.user_deactivate(&other.manager, None, stranger).await),
            "user_not_found"
        );
        check_ledger(app).await;
    })
    .await;
}
