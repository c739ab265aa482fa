//! One batch is decided while the one before it is written: it knows what that one changes, and counts for nothing if
//! that one fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use latchkey_domain::Entity as _;
use latchkey_domain::ledger::Verb;
use latchkey_domain::product::Product;
use latchkey_domain::refusal::Refusal as _;
use latchkey_store::Need;

use crate::fixture::{Fixture, product};
use crate::names::names;
use crate::support::{Bench, Place};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_while_a_batch_is_written_sees_what_it_changed() {
    const CHANGES: u32 = 300;
    for bench in Bench::both().await {
        Fixture::fill(&bench, 1, &names(1)).await;
        let head = async || {
            let head = bench.store.ledger_head(bench.scope.vendor_id).await;
            head.unwrap().unwrap().size
        };
        let before = head().await;
        let made = product(&bench, 100);
        let id = made.id;
        bench
            .write(move |batch| batch.record(Verb::ProductCreate, made.clone()))
            .await;
        let changes = (0..CHANGES).map(|_| {
            bench.try_write(vec![Need::Product(id)], move |batch| {
                let product = batch.get::<Product>(id).unwrap().clone();
                batch.record(Verb::ProductRename, product);
            })
        });
        for done in futures::future::join_all(changes).await {
            done.unwrap();
        }
        let product = bench
            .store
            .product_get(bench.scope.vendor_id, id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(product.version(), CHANGES + 1, "{}", bench.store.url());
        assert_eq!(head().await, before + u64::from(CHANGES) + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_on_a_batch_that_failed_is_decided_again() {
    let bench = Bench::open(Place::sqlite()).await;
    Fixture::fill(&bench, 5, &names(5)).await;
    bench.store.limit_pages(Some(60)).await.unwrap();
    // Too many for the disk, and few enough for others to be decided on.
    let many: Vec<_> = (10..2_000).map(|at| product(&bench, at)).collect();
    let id = many[0].id;
    let (seen, unseen) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let large = bench.try_write(Vec::new(), move |batch| {
        for product in &many {
            batch.record(Verb::ProductCreate, product.clone());
        }
    });
    let asking = (0..20).map(|_| {
        let (seen, unseen) = (Arc::clone(&seen), Arc::clone(&unseen));
        bench.try_write(vec![Need::Product(id)], move |batch| {
            let counter = match batch.get::<Product>(id) {
                Some(_) => &seen,
                None => &unseen,
            };
            counter.fetch_add(1, Ordering::SeqCst);
        })
    });
    let (refused, asked) = futures::join!(large, futures::future::join_all(asking));
    let error = refused.expect_err("they do not fit");
    assert_eq!(error.code(), "disk_full", "{error}");
    // Those in the same batch share its fate; whoever came after is told the truth.
    let done = asked.iter().filter(|done| done.is_ok()).count();
    assert!(done > 0, "those who came later are served");
    assert!(
        unseen.load(Ordering::SeqCst) >= u32::try_from(done).unwrap(),
        "whoever was answered has not seen what was never saved"
    );
}
