//! A full disk: the request is refused whole, nothing is half done, and work goes on once there is space.

use latchkey_domain::ledger::Verb;
use latchkey_domain::refusal::Refusal as _;
use latchkey_store::filter::{PageRequest, ProductFilter};

use crate::fixture::{Fixture, product};
use crate::names::names;
use crate::support::{Bench, Place};

#[tokio::test]
async fn a_full_disk_refuses_the_request_whole_and_work_goes_on_when_there_is_space() {
    let bench = Bench::open(Place::sqlite()).await;
    Fixture::fill(&bench, 5, &names(5)).await;
    let vendor = bench.scope.vendor_id;
    let page = PageRequest::counted(1, None);
    let products = async || {
        bench
            .store
            .product_list(vendor, &ProductFilter::default(), page)
            .await
            .unwrap()
            .count
    };
    let size = async || bench.store.ledger_head(vendor).await.unwrap().unwrap().size;
    let (products_before, size_before) = (products().await, size().await);

    // SQLite itself says when the disk is full: here after a few pages more.
    bench.store.limit_pages(Some(60)).await.unwrap();
    let many: Vec<_> = (10..2_000).map(|at| product(&bench, at)).collect();
    let error = bench
        .try_write(Vec::new(), move |batch| {
            for product in &many {
                batch.record(Verb::ProductCreate, product.clone());
            }
        })
        .await
        .expect_err("they do not fit");
    assert_eq!(error.code(), "disk_full", "{error}");
    assert!(
        error
            .to_string()
            .contains("nothing of this request was saved"),
        "{error}"
    );
    assert_eq!(
        products().await,
        products_before,
        "not one product was half saved"
    );
    assert_eq!(size().await, size_before, "and no ledger entry");

    bench.store.limit_pages(None).await.unwrap();
    let one = product(&bench, 10);
    bench
        .try_write(Vec::new(), move |batch| {
            batch.record(Verb::ProductCreate, one.clone());
        })
        .await
        .unwrap();
    assert_eq!(products().await, products_before + 1);
    assert_eq!(size().await, size_before + 1);
}
