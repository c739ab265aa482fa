//! A backup is taken while the store is written, and is a whole store of one moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use latchkey_domain::ledger::Verb;
use latchkey_domain::refusal::Refusal as _;
use latchkey_store::StoreUrl;
use latchkey_store::filter::{PageRequest, ProductFilter};

use crate::fixture::{Fixture, product};
use crate::names::names;
use crate::support::{Bench, Place};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_writing_is_a_whole_store_of_one_moment() {
    let bench = Arc::new(Bench::open(Place::sqlite()).await);
    Fixture::fill(&bench, 20, &names(100)).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (bench, stop) = (bench.clone(), stop.clone());
        async move {
            let mut written = 0;
            while !stop.load(Ordering::SeqCst) {
                let one = product(&bench, 1_000 + written);
                bench
                    .write(move |batch| batch.record(Verb::ProductCreate, one.clone()))
                    .await;
                written += 1;
            }
            written
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let vendor = bench.scope.vendor_id;
    for round in 0..3 {
        let path = folder.path().join(format!("backup-{round}.db"));
        bench.store.backup(&path).await.unwrap();
        let copy = Place {
            url: StoreUrl::file(&path),
            folder: None,
        }
        .open()
        .await
        .unwrap();
        let head = copy.ledger_head(vendor).await.unwrap().unwrap();
        let entries = copy.ledger_range(vendor, head.size - 1, 10).await.unwrap();
        assert_eq!(
            entries.len(),
            1,
            "the last entry is the one that the head counts"
        );
        let leaves = copy.ledger_leaves(vendor, 0, u32::MAX).await.unwrap();
        assert_eq!(leaves.len() as u64, head.size);
        assert_eq!(copy.seats_miscounted(vendor).await.unwrap(), None);
        copy.close().await;

        let again = bench.store.backup(&path).await.unwrap_err();
        assert_eq!(
            again.code(),
            "store_not_writable",
            "an older backup is never written over: {again}"
        );
    }
    stop.store(true, Ordering::SeqCst);
    let written = writer.await.unwrap();
    assert!(written > 0, "the writer was at work meanwhile");
    let page = PageRequest::counted(1, None);
    let products = bench
        .store
        .product_list(vendor, &ProductFilter::default(), page)
        .await
        .unwrap()
        .count;
    assert_eq!(products as usize, 3 + written, "the writer lost nothing");
}

#[tokio::test]
async fn a_backup_into_a_folder_that_is_not_there_is_refused() {
    let bench = Bench::open(Place::sqlite()).await;
    let error = bench
        .store
        .backup(std::path::Path::new("/proc/latchkey/copy.db"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store_not_writable", "{error}");
}
