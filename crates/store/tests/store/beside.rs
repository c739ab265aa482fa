//! What goes on beside the batches: notes that do not wait for them, and the indexes of names.

use std::time::Duration;

use latchkey_domain::ledger::Verb;
use latchkey_store::StoreUrl;
use sqlx::{Connection as _, Executor as _};

use crate::fixture::{Fixture, product};
use crate::names::names;
use crate::support::{Bench, Place};

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_taken_while_a_batch_waits_for_another_server() {
    let bench = Bench::open(Place::postgres().await).await;
    Fixture::fill(&bench, 1, &names(1)).await;
    let StoreUrl::Postgres(address) = &bench.place.url else {
        panic!("it is on PostgreSQL");
    };
    // As another server that is writing.
    let mut other = sqlx::PgConnection::connect(address).await.unwrap();
    let held = "BEGIN; SELECT size FROM ledger_head FOR UPDATE";
    other.execute(held).await.unwrap();
    let made = product(&bench, 100);
    let write = bench.try_write(Vec::new(), move |batch| {
        batch.record(Verb::ProductCreate, made.clone());
    });
    let noted = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = bench.tick();
        let forgot = bench
            .store
            .webhook_prune(bench.scope.vendor_id, now, 10)
            .await;
        other.execute("ROLLBACK").await.unwrap();
        forgot
    };
    let (written, forgot) = tokio::join!(write, noted);
    written.unwrap();
    assert_eq!(forgot.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_do_not_wait_in_the_lists_of_their_indexes() {
    let bench = Bench::open(Place::postgres().await).await;
    let StoreUrl::Postgres(address) = &bench.place.url else {
        panic!("it is on PostgreSQL");
    };
    let mut other = sqlx::PgConnection::connect(address).await.unwrap();
    let lists = "CREATE EXTENSION pgstattuple; CREATE VIEW waiting AS \
        SELECT sum((pgstatginindex(index)).pending_tuples)::BIGINT AS names FROM \
        unnest(ARRAY['activation_name_trigram', 'activation_name_short']::REGCLASS[]) AS index";
    other.execute(lists).await.unwrap();
    Fixture::fill(&bench, 1, &names(20)).await;
    let empty = async {
        let waiting = "SELECT names FROM waiting";
        while sqlx::query_scalar::<_, i64>(waiting)
            .fetch_one(&mut other)
            .await
            .unwrap()
            > 0
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // The database itself would look after it within a minute at best.
    tokio::time::timeout(Duration::from_secs(20), empty)
        .await
        .unwrap();
}
