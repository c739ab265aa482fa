//! Tables of customers.

use latchkey_domain::product::Archival;
use latchkey_store::filter::{CustomerFilter, PageRequest};
use latchkey_testkit::{TestApp, for_each_database};

use super::{APPLY, SKIP, counts};

const TABLE: &[u8] =
    "Firma;E-Mail;Kundennummer\nNordwind GmbH;it@nordwind.example;K-1\nŁódź Optyka;;K-2\n東京精密;;\n"
        .as_bytes();

async fn customers(app: &TestApp) -> Vec<(String, Option<String>, Archival)> {
    let page = PageRequest::counted(50, None);
    let page = app
        .customer_list(&app.owner, &CustomerFilter::default(), page)
        .await
        .unwrap();
    let mut customers: Vec<_> = page
        .rows
        .into_iter()
        .map(|customer| {
            (
                customer.name.to_string(),
                customer.email.map(|email| email.to_string()),
                customer.state,
            )
        })
        .collect();
    customers.sort_by(|one, other| one.0.cmp(&other.0));
    customers
}

#[tokio::test]
async fn a_table_of_customers_is_imported_and_importing_it_again_changes_nothing() {
    for_each_database(async |app| {
        let first = app
            .customer_import(&app.owner, None, None, TABLE, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&first.value), (3, 0, 0, 0, 0));
        let again = app
            .customer_import(&app.owner, None, None, TABLE, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&again.value), (0, 0, 3, 0, 0));
        assert_eq!(again.change, None);
        assert_eq!(customers(app).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_row_is_about_the_customer_with_its_reference_else_with_its_name() {
    for_each_database(async |app| {
        app.customer_import(&app.owner, None, None, TABLE, APPLY)
            .await
            .unwrap();
        let table =
            "no,company,mail\nK-1,Nordwind AG,\n,东京精密,\n,ŁÓDŹ OPTYKA,x@lodz.example\nK-9,Nordwind AG,\n"
                .as_bytes();
        let done = app
            .customer_import(
                &app.owner,
                None,
                Some("reference:no,name:company,email:mail"),
                table,
                APPLY,
            )
            .await
            .unwrap();
        // Another reference is another customer, also under the same name.
        assert_eq!(counts(&done.value), (2, 2, 0, 0, 0));
        assert_eq!(
            done.value.rows[0].detail.as_deref(),
            Some("was Nordwind GmbH, it@nordwind.example, K-1")
        );
        let all = customers(app).await;
        assert_eq!(all.len(), 5);
        let nordwind: Vec<_> = all.iter().filter(|one| one.0 == "Nordwind AG").collect();
        assert_eq!(nordwind.len(), 2);
        assert!(
            nordwind
                .iter()
                .any(|one| one.1.as_deref() == Some("it@nordwind.example")),
            "what a row leaves out stays"
        );
    })
    .await;
}

#[tokio::test]
async fn rows_that_mean_several_customers_or_contradict_others_are_refused() {
    for_each_database(async |app| {
        app.customer("Twin").await;
        app.customer("Twin").await;
        let table = b"name,email,reference\nTwin,,\nSolo,a@solo.example,K-1\nSolo,,\nDuo,a@duo.example,K-2\nDuo,b@duo.example,\n";
        let done = app
            .customer_import(&app.owner, None, None, table, SKIP)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (2, 0, 0, 1, 2));
        let codes: Vec<_> = done
            .value
            .rows
            .iter()
            .map(|row| row.code.as_deref())
            .collect();
        assert_eq!(
            codes,
            [
                Some("customer_ambiguous"),
                None,
                None,
                None,
                Some("row_conflict")
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_import_of_customers_that_was_undone_can_be_repeated() {
    for_each_database(async |app| {
        let done = app
            .customer_import(&app.owner, None, None, TABLE, APPLY)
            .await
            .unwrap();
        app.change_undo(&app.owner, None, done.change.unwrap())
            .await
            .unwrap();
        let archived = customers(app).await;
        assert!(archived.iter().all(|one| one.2 == Archival::Archived));
        let again = app
            .customer_import(&app.owner, None, None, TABLE, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&again.value), (0, 3, 0, 0, 0));
        assert_eq!(again.value.rows[0].detail.as_deref(), Some("was archived"));
        let active = customers(app).await;
        assert!(active.iter().all(|one| one.2 == Archival::Active));
    })
    .await;
}
