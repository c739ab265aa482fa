//! Machines.

use latchkey_domain::MachineId;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::text::fold;
use latchkey_store::filter::ActivationFilter;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code};

async fn found(app: &TestApp, name: &str) -> usize {
    let filter = ActivationFilter {
        fragment: Some(fold(name)),
        ..Default::default()
    };
    app.activation_list(&app.owner, &filter, PAGE)
        .await
        .unwrap()
        .rows
        .len()
}

#[tokio::test]
async fn a_machine_that_is_renamed_is_found_by_its_new_name_on_all_its_licenses() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let (policy_id, customer_id) = (app.policy(5).await, app.customer("Nordwind").await);
        let one = app.license(policy_id, customer_id).await;
        let two = app.license(policy_id, customer_id).await;
        let first = app.activate(one, "M-1", "Büro").await;
        app.activate(two, "M-1", "Büro").await;
        let id = app
            .activation_get(owner, first)
            .await
            .unwrap()
            .activation
            .machine_id;
        let rename = async |name: &str| {
            app.machine_rename(owner, None, id, name.parse().unwrap())
                .await
        };
        let renamed = change(rename("Empfang").await.unwrap());
        assert_eq!(code(rename("Empfang").await), "machine_unchanged");
        assert_eq!(
            (found(app, "BÜRO").await, found(app, "PFANG").await),
            (0, 2)
        );
        app.change_undo(owner, None, renamed).await.unwrap();
        assert_eq!((found(app, "BÜRO").await, found(app, "e").await), (2, 0));
        assert_eq!(
            app.machine_get(owner, id)
                .await
                .unwrap()
                .friendly_name
                .as_str(),
            "Büro"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_machine_that_does_not_exist_is_told_as_such() {
    for_each_database(async |app| {
        let id = MachineId::generate(app.now(), &SeededRandom::new(99));
        assert_eq!(
            code(app.machine_get(&app.owner, id).await),
            "machine_not_found"
        );
        let renamed = app
            .machine_rename(&app.owner, None, id, "New".parse().unwrap())
            .await;
        assert_eq!(code(renamed), "machine_not_found");
    })
    .await;
}
