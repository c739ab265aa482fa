//! Tables are brought up to date when a store is opened, and those of a newer program are left alone.

use latchkey_domain::refusal::Refusal as _;
use latchkey_store::filter::{ActivationFilter, PageRequest};
use latchkey_store::{StoreError, StoreUrl};
use sqlx::{Connection as _, Executor as _};

use crate::fixture::Fixture;
use crate::names::names;
use crate::support::{Bench, Place};

async fn execute(place: &Place, statement: &'static str) {
    match &place.url {
        StoreUrl::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut connection = sqlx::SqliteConnection::connect_with(&options)
                .await
                .unwrap();
            connection.execute(statement).await.unwrap();
            connection.close().await.unwrap();
        }
        StoreUrl::Postgres(address) => {
            let mut connection = sqlx::PgConnection::connect(address).await.unwrap();
            connection.execute(statement).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_empty_database_gets_its_tables_and_a_filled_one_keeps_its_rows() {
    for bench in Bench::both().await {
        assert_eq!(
            bench.store.vendor_all().await.unwrap(),
            [],
            "a new store is empty"
        );
        Fixture::fill(&bench, 10, &names(20)).await;
        let (vendor, place) = (bench.scope.vendor_id, bench.place);
        bench.store.close().await;
        // Opening applies what is missing; on a filled store nothing may be lost by it.
        let store = place.open().await.unwrap();
        let page = PageRequest::counted(200, None);
        let kept = store
            .activation_list(vendor, &ActivationFilter::default(), page)
            .await
            .unwrap();
        assert_eq!(kept.rows.len(), 20);
        assert_eq!(store.seats_miscounted(vendor).await.unwrap(), None);
        let by_name = ActivationFilter {
            fragment: Some("strasse".into()),
            ..Default::default()
        };
        assert_eq!(
            store
                .activation_list(vendor, &by_name, page)
                .await
                .unwrap()
                .rows
                .len(),
            1
        );
        store.close().await;
    }
}

#[tokio::test]
async fn what_customers_have_is_found_again_in_the_entries_of_an_older_store() {
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 10, &names(20)).await;
        let (vendor, place) = (bench.scope.vendor_id, bench.place);
        let page = PageRequest::counted(200, None);
        let customer = fixture.customers[0].id;
        let noted = bench.store.customer_entries(vendor, customer, page).await;
        let noted = noted.unwrap().rows;
        assert!(noted.len() > 5, "{} entries", noted.len());
        bench.store.close().await;
        execute(&place, "DROP TABLE customer_entry").await;
        execute(&place, "DELETE FROM _sqlx_migrations WHERE version = 32").await;
        let store = place.open().await.unwrap();
        let found = store.customer_entries(vendor, customer, page).await;
        assert_eq!(found.unwrap().rows, noted);
        store.close().await;
    }
}

#[tokio::test]
async fn a_store_of_a_newer_version_is_refused_and_left_as_it_is() {
    for place in Place::both().await {
        place.open().await.unwrap().close().await;
        execute(
            &place,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             SELECT 9999, 'from the future', success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
        let error = place
            .open()
            .await
            .err()
            .expect("a newer store is not opened");
        assert_eq!(error.code(), "store_newer", "{error}");
        assert!(matches!(error, StoreError::Newer { found: 9999, known } if known < 9999));
        assert_eq!(error.fix().unwrap(), "Update Latchkey on this machine.");
        execute(&place, "DELETE FROM _sqlx_migrations WHERE version = 9999").await;
        place
            .open()
            .await
            .expect("it was not touched")
            .close()
            .await;
    }
}
