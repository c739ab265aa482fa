//! Customers.

use latchkey_app::customer::{CreateCustomer, UpdateCustomer};
use latchkey_domain::CustomerId;
use latchkey_domain::product::Archival;
use latchkey_domain::random::SeededRandom;
use latchkey_testkit::for_each_database;

use crate::common::{change, check_ledger, code, size};

fn create(reference: Option<&str>) -> CreateCustomer {
    CreateCustomer {
        name: "Südwind GmbH".parse().unwrap(),
        email: Some("it@suedwind.example".parse().unwrap()),
        reference: reference.map(|reference| reference.parse().unwrap()),
        reseller_id: None,
    }
}

fn reference(reference: Option<&str>) -> UpdateCustomer {
    UpdateCustomer {
        reference: Some(reference.map(|reference| reference.parse().unwrap())),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_customer_is_created_updated_archived_and_taken_into_use_again() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app
            .customer_create(owner, None, create(Some("4711")))
            .await
            .unwrap()
            .value;
        let update = UpdateCustomer {
            name: Some("Westwind".parse().unwrap()),
            email: Some(None),
            reference: None,
        };
        app.customer_update(owner, None, id, update).await.unwrap();
        app.customer_archive(owner, None, id).await.unwrap();
        let view = app.customer_get(owner, id).await.unwrap();
        assert_eq!(view.customer.name.as_str(), "Westwind");
        assert_eq!(view.customer.email, None, "the address was removed");
        assert_eq!(
            view.customer.reference.unwrap().as_str(),
            "4711",
            "what was not named stays"
        );
        assert_eq!(
            (view.customer.state, view.licenses),
            (Archival::Archived, 0)
        );
        app.customer_unarchive(owner, None, id).await.unwrap();
        app.license(app.policy(1).await, id).await;
        assert_eq!(app.customer_get(owner, id).await.unwrap().licenses, 1);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_customer_is_refused_with_a_code_that_says_why() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app
            .customer_create(owner, None, create(Some("4711")))
            .await
            .unwrap()
            .value;
        let other = app
            .customer_create(owner, None, create(None))
            .await
            .unwrap()
            .value;
        assert_eq!(
            code(app.customer_create(owner, None, create(Some("4711"))).await),
            "customer_reference_taken"
        );
        assert_eq!(
            code(
                app.customer_update(owner, None, other, reference(Some("4711")))
                    .await
            ),
            "customer_reference_taken"
        );
        assert_eq!(
            code(
                app.customer_update(owner, None, id, reference(Some("4711")))
                    .await
            ),
            "ok",
            "its own"
        );
        assert_eq!(
            code(app.customer_unarchive(owner, None, id).await),
            "customer_not_archived"
        );
        app.customer_archive(owner, None, id).await.unwrap();
        assert_eq!(
            code(app.customer_archive(owner, None, id).await),
            "customer_archived"
        );
        let nobody = CustomerId::generate(app.now(), &SeededRandom::new(99));
        let before = size(app).await;
        assert_eq!(
            code(app.customer_get(owner, nobody).await),
            "customer_not_found"
        );
        assert_eq!(
            code(
                app.customer_update(owner, None, nobody, reference(None))
                    .await
            ),
            "customer_not_found"
        );
        assert_eq!(
            code(app.customer_archive(owner, None, nobody).await),
            "customer_not_found"
        );
        assert_eq!(size(app).await, before, "a refusal leaves no entry");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_reference_that_was_given_up_can_be_taken_and_is_not_taken_back_by_undo() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app
            .customer_create(owner, None, create(Some("4711")))
            .await
            .unwrap()
            .value;
        let given_up = change(
            app.customer_update(owner, None, id, reference(Some("4712")))
                .await
                .unwrap(),
        );
        app.customer_create(owner, None, create(Some("4711")))
            .await
            .unwrap();
        let refused = code(app.change_undo(owner, None, given_up).await);
        assert_eq!(refused, "customer_reference_taken");
        check_ledger(app).await;
    })
    .await;
}
