//! A store that is moved: everything arrives, and of two copies only one accepts changes.

use std::time::Duration;

use latchkey_domain::Timestamp;
use latchkey_domain::ledger::Verb;
use latchkey_domain::refusal::Refusal as _;
use latchkey_store::filter::{PageRequest, ProductFilter};
use latchkey_store::{Direction, Mark, Store, StoreError, TableRows};
use sqlx::{Connection as _, Executor as _};

use crate::fixture::{Fixture, product};
use crate::names::names;
use crate::support::{Bench, Place};

const PAGE: PageRequest = PageRequest::counted(200, None);

/// Remembered answers, whose keys are in another order for each language.
const ANSWERS: &str = "INSERT INTO idempotency (vendor_id, key, request, answer, created_at) \
    WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1200) \
    SELECT vendor.id, CASE n % 3 WHEN 0 THEN 'k-' WHEN 1 THEN 'K-' ELSE 'ä' END || n, vendor.salt, 'yes', 1 \
    FROM vendor, s";

fn arriving(place: &Place) -> Mark {
    Mark {
        direction: Direction::From,
        place: place.url.place(),
        at: Timestamp::from_millis(1),
    }
}

async fn copy(from: &Store, to: &Store) -> Result<Vec<TableRows>, StoreError> {
    let mut departure = from.depart().await?;
    let mark = Mark {
        direction: Direction::From,
        place: from.url().place(),
        at: Timestamp::from_millis(1),
    };
    let copied = to.arrive(&mut departure, &mark, &|_, _, _| {}).await;
    departure.stay().await;
    copied
}

/// Both databases as the source, each with both as the target.
async fn pairs() -> Vec<(Bench, Place)> {
    let mut pairs = Vec::new();
    for _ in 0..2 {
        for source in Bench::both().await {
            pairs.push(source);
        }
    }
    let [a, b] = Place::both().await;
    let [c, d] = Place::both().await;
    pairs.into_iter().zip([a, b, d, c]).collect()
}

fn is_empty(rows: &[(&'static str, u64)]) -> bool {
    rows.iter().all(|(_, rows)| *rows == 0)
}

#[tokio::test]
async fn every_row_of_every_table_arrives_and_new_rows_come_behind_them() {
    for (bench, place) in pairs().await {
        // More than go together, so that there is a second time.
        Fixture::fill(&bench, 20, &names(1_200)).await;
        execute(&bench.place, ANSWERS).await;
        let before = bench.store.table_rows().await.unwrap();
        let target = place.open().await.unwrap();
        let copied = copy(&bench.store, &target).await.unwrap();
        assert_eq!(target.table_rows().await.unwrap(), before);
        assert!(before.contains(&("idempotency", 1_200)), "{before:?}");
        for rows in &copied {
            let found = before.iter().find(|(table, _)| *table == rows.table);
            assert_eq!(found.unwrap().1, rows.before, "{rows:?}");
            assert_eq!(rows.before, rows.after);
        }
        let vendor = bench.scope.vendor_id;
        let list = async |store: &Store| {
            let filter = ProductFilter::default();
            store
                .product_list(vendor, &filter, PAGE)
                .await
                .unwrap()
                .rows
        };
        assert_eq!(list(&target).await, list(&bench.store).await);
        target.settle().await.unwrap();
        target.close().await;
        // Who works in the target from now on works as before.
        bench.store.close().await;
        let store = place.open().await.unwrap();
        let there = Bench {
            store,
            place,
            ..bench
        };
        let new = product(&there, 1_000);
        let id = new.id;
        there
            .write(move |batch| batch.record(Verb::ProductCreate, new.clone()))
            .await;
        let newest = list(&there.store).await;
        assert_eq!(newest[0].id, id, "the newest is first");
        assert_eq!(there.store.seats_miscounted(vendor).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_copy_is_not_opened_before_it_is_settled_and_the_old_store_not_after_it_left() {
    for (bench, place) in pairs().await {
        Fixture::fill(&bench, 5, &names(5)).await;
        let target = place.open().await.unwrap();
        let mut departure = bench.store.depart().await.unwrap();
        let mark = arriving(&bench.place);
        target
            .arrive(&mut departure, &mark, &|_, _, _| {})
            .await
            .unwrap();
        target.close().await;
        let error = place.open().await.err().unwrap();
        assert_eq!(error.code(), "store_arriving", "{error}");
        assert!(error.fix().unwrap().contains("--to "), "{error}");

        departure
            .leave(&place.url, Timestamp::from_millis(2))
            .await
            .unwrap();
        bench.store.close().await;
        let error = bench.place.open().await.err().unwrap();
        assert_eq!(error.code(), "store_moved");
        assert!(error.to_string().contains(&place.url.place()), "{error}");
        assert!(error.fix().unwrap().contains("--take-back"), "{error}");
        // Another try finds it as it was.
        assert_eq!(
            bench.place.open().await.err().unwrap().code(),
            "store_moved"
        );
    }
}

#[tokio::test]
async fn a_store_that_holds_something_is_never_moved_into() {
    for (bench, place) in pairs().await {
        Fixture::fill(&bench, 5, &names(5)).await;
        let other = Bench::open_at(place, 99).await;
        Fixture::fill(&other, 3, &names(3)).await;
        let before = other.store.table_rows().await.unwrap();
        let error = copy(&bench.store, &other.store).await.unwrap_err();
        assert_eq!(error.code(), "target_not_empty");
        assert!(error.to_string().contains("vendor"), "{error}");
        assert_eq!(other.store.table_rows().await.unwrap(), before);
        let error = other.store.clear().await.unwrap_err();
        assert_eq!(error.code(), "target_not_empty", "nobody clears it either");
    }
}

#[tokio::test]
async fn what_arrived_can_be_removed_again() {
    for (bench, place) in pairs().await {
        Fixture::fill(&bench, 5, &names(50)).await;
        let target = place.open().await.unwrap();
        copy(&bench.store, &target).await.unwrap();
        target.clear().await.unwrap();
        assert!(is_empty(&target.table_rows().await.unwrap()));
        // Also for the search.
        let copied = copy(&bench.store, &target).await.unwrap();
        assert!(copied.iter().any(|rows| rows.after == 50), "{copied:?}");
        target.settle().await.unwrap();
        let filter = latchkey_store::filter::ActivationFilter {
            fragment: Some("strasse".into()),
            ..Default::default()
        };
        let vendor = bench.scope.vendor_id;
        let (there, here) = (
            target.activation_list(vendor, &filter, PAGE).await.unwrap(),
            bench
                .store
                .activation_list(vendor, &filter, PAGE)
                .await
                .unwrap(),
        );
        assert_eq!(there.rows, here.rows);
    }
}

#[tokio::test]
async fn a_table_that_a_migration_adds_is_not_forgotten() {
    for (bench, place) in pairs().await {
        Fixture::fill(&bench, 5, &names(5)).await;
        execute(
            &bench.place,
            "CREATE TABLE newcomer (seq BIGINT PRIMARY KEY)",
        )
        .await;
        let target = place.open().await.unwrap();
        let error = copy(&bench.store, &target).await.unwrap_err();
        assert!(error.to_string().contains("newcomer"), "{error}");
        assert!(is_empty(&target.table_rows().await.unwrap()));
        // The tables of today are all known.
        execute(&bench.place, "DROP TABLE newcomer").await;
        copy(&bench.store, &target).await.unwrap();
    }
}

#[tokio::test]
async fn a_column_that_only_one_store_has_is_not_lost() {
    for (bench, place) in pairs().await {
        Fixture::fill(&bench, 5, &names(5)).await;
        execute(&bench.place, "ALTER TABLE customer ADD COLUMN fax TEXT").await;
        let target = place.open().await.unwrap();
        let error = copy(&bench.store, &target).await.unwrap_err();
        assert!(error.to_string().contains("fax"), "{error}");
        assert!(is_empty(&target.table_rows().await.unwrap()));
    }
}

#[tokio::test]
async fn a_disk_that_gets_full_leaves_the_target_empty_and_the_store_as_it_was() {
    for source in Place::both().await {
        let bench = Bench::open(source).await;
        Fixture::fill(&bench, 20, &names(2_000)).await;
        let before = bench.store.table_rows().await.unwrap();
        let place = Place::sqlite();
        let target = place.open().await.unwrap();
        target.limit_pages(Some(300)).await.unwrap();
        let error = copy(&bench.store, &target).await.unwrap_err();
        assert_eq!(error.code(), "disk_full", "{error}");
        assert!(is_empty(&target.table_rows().await.unwrap()));
        assert_eq!(bench.store.table_rows().await.unwrap(), before);
        target.limit_pages(None).await.unwrap();
        copy(&bench.store, &target).await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_has_the_old_database_open_waits_during_the_move_and_is_refused_afterwards() {
    let place = Place::postgres().await;
    let bench = Bench::open(place).await;
    Fixture::fill(&bench, 5, &names(5)).await;
    let server = bench.place.open().await.unwrap();
    let server = Bench {
        store: server,
        scope: bench.scope.clone(),
        clock: bench.clock.clone(),
        random: bench.random.clone(),
        place: Place {
            url: bench.place.url.clone(),
            folder: None,
        },
    };
    let departure = bench.store.depart().await.unwrap();
    let new = product(&server, 1_000);
    let writing = server.try_write(Vec::new(), move |batch| {
        batch.record(Verb::ProductCreate, new.clone());
    });
    tokio::pin!(writing);
    let waited = tokio::time::timeout(Duration::from_millis(300), &mut writing).await;
    assert!(waited.is_err(), "it waits for the move to end");
    let to = latchkey_store::StoreUrl::parse("postgres://me:secret@there/new?password=x").unwrap();
    departure
        .leave(&to, Timestamp::from_millis(2))
        .await
        .unwrap();
    let error = writing.await.unwrap_err();
    assert_eq!(error.code(), "store_unavailable", "{error}");
    assert!(
        error
            .to_string()
            .contains("it was moved to postgres://there/new"),
        "{error}"
    );
    assert!(!error.to_string().contains("secret"), "{error}");
    assert!(!error.to_string().contains("password"), "{error}");

    // Taken back, it goes on.
    bench.store.settle().await.unwrap();
    let new = product(&server, 1_001);
    server
        .try_write(Vec::new(), move |batch| {
            batch.record(Verb::ProductCreate, new.clone());
        })
        .await
        .unwrap();
}

async fn execute(place: &Place, statement: &'static str) {
    match &place.url {
        latchkey_store::StoreUrl::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
            let mut connection = sqlx::SqliteConnection::connect_with(&options)
                .await
                .unwrap();
            connection.execute(statement).await.unwrap();
            connection.close().await.unwrap();
        }
        latchkey_store::StoreUrl::Postgres(address) => {
            let mut connection = sqlx::PgConnection::connect(address).await.unwrap();
            connection.execute(statement).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}
