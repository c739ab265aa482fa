//! The smaller lists, the ledger's, and what another vendor sees of all of them: nothing.

use latchkey_domain::policy::PolicyState;
use latchkey_domain::product::Archival;
use latchkey_domain::text::fold;
use latchkey_domain::{Timestamp, VendorId};
use latchkey_store::filter::{
    ActivationFilter, CustomerFilter, CustomerSort, LedgerFilter, LicenseFilter, PageRequest,
    PolicyFilter, ProductFilter,
};

use super::all;
use crate::fixture::Fixture;
use crate::names::names;
use crate::support::Bench;

#[tokio::test]
async fn products_policies_and_customers_are_listed_by_state_and_fragment() {
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 1, &["one".to_owned()]).await;
        let vendor = bench.scope.vendor_id;
        for fragment in ["", "NR. 1", "%", "product-2", "'", "_", "\\"] {
            for state in [None, Some(Archival::Active), Some(Archival::Archived)] {
                let fragment = Some(fold(fragment)).filter(|fragment| !fragment.is_empty());
                let has = |text: &str| {
                    fragment
                        .as_ref()
                        .is_none_or(|fragment| fold(text).contains(fragment))
                };
                let expected = fixture
                    .products
                    .iter()
                    .rev()
                    .filter(|product| state.is_none_or(|state| product.state == state))
                    .filter(|product| has(product.name.as_str()) || has(product.code.as_str()));
                let filter = ProductFilter {
                    state,
                    fragment: fragment.clone(),
                };
                let found = all(2, async |page| {
                    bench.store.product_list(vendor, &filter, page).await
                })
                .await;
                assert_eq!(
                    found,
                    expected.cloned().collect::<Vec<_>>(),
                    "{filter:?} in {:?}",
                    bench.place.url
                );
            }
        }
        for fragment in ["", "ü", "SÖHNE", "STRASSE", "οδος", "%", "'", "软"] {
            for state in [None, Some(Archival::Active), Some(Archival::Archived)] {
                let fragment = Some(fold(fragment)).filter(|fragment| !fragment.is_empty());
                let expected = fixture
                    .customers
                    .iter()
                    .rev()
                    .filter(|customer| state.is_none_or(|state| customer.state == state))
                    .filter(|customer| {
                        fragment
                            .as_ref()
                            .is_none_or(|fragment| fold(customer.name.as_str()).contains(fragment))
                    });
                let filter = CustomerFilter {
                    ids: None,
                    reseller_id: None,
                    state,
                    fragment: fragment.clone(),
                    sort: CustomerSort::Newest,
                };
                let found = all(3, async |page| {
                    bench.store.customer_list(vendor, &filter, page).await
                })
                .await;
                assert_eq!(
                    found,
                    expected.cloned().collect::<Vec<_>>(),
                    "{filter:?} in {:?}",
                    bench.place.url
                );
            }
        }
        for (product, state) in [
            (None, None),
            (Some(1), None),
            (None, Some(PolicyState::Retired)),
            (Some(0), Some(PolicyState::Active)),
        ] {
            let filter = PolicyFilter {
                product_id: product.map(|at: usize| fixture.products[at].id),
                state,
                fragment: Some("_".into()),
            };
            let expected = fixture
                .policies
                .iter()
                .rev()
                .filter(|policy| filter.product_id.is_none_or(|id| policy.product_id == id))
                .filter(|policy| state.is_none_or(|state| policy.state == state));
            let found = all(1, async |page| {
                bench.store.policy_list(vendor, &filter, page).await
            })
            .await;
            let found: Vec<_> = found.into_iter().map(|view| view.policy).collect();
            assert_eq!(
                found,
                expected.cloned().collect::<Vec<_>>(),
                "{filter:?} in {:?}",
                bench.place.url
            );
        }
    }
}

#[tokio::test]
async fn customers_are_sorted_by_name_and_by_age_and_found_by_mail_and_reference() {
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 20, &names(30)).await;
        let vendor = bench.scope.vendor_id;
        let listed = async |filter: CustomerFilter| {
            all(2, async |page| {
                bench.store.customer_list(vendor, &filter, page).await
            })
            .await
        };
        let sorted = async |sort| {
            listed(CustomerFilter {
                sort,
                ..CustomerFilter::default()
            })
            .await
        };
        assert_eq!(sorted(CustomerSort::Oldest).await, fixture.customers);
        let mut by_name = fixture.customers.clone();
        by_name.sort_by_key(|customer| fold(customer.name.as_str()));
        assert_eq!(
            sorted(CustomerSort::Name).await,
            by_name,
            "in {:?}",
            bench.place.url
        );

        let with_mail = fixture
            .customers
            .iter()
            .find(|customer| customer.email.is_some() && customer.reference.is_some())
            .expect("a customer of the fixture has both");
        for text in [
            with_mail.email.as_ref().unwrap().as_str(),
            with_mail.reference.as_ref().unwrap().as_str(),
        ] {
            let found = listed(CustomerFilter {
                fragment: Some(fold(text)),
                ..CustomerFilter::default()
            })
            .await;
            assert!(found.contains(with_mail), "{text} in {:?}", bench.place.url);
        }
    }
}

#[tokio::test]
async fn ledger_entries_are_listed_newest_first_without_a_gap() {
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 20, &names(30)).await;
        let vendor = bench.scope.vendor_id;
        let filter = LedgerFilter::default();
        let entries = all(7, async |page| {
            bench.store.ledger_list(vendor, &filter, page).await
        })
        .await;
        let oldest_first = LedgerFilter {
            oldest_first: true,
            ..LedgerFilter::default()
        };
        let mut turned = all(7, async |page| {
            bench.store.ledger_list(vendor, &oldest_first, page).await
        })
        .await;
        turned.reverse();
        assert_eq!(turned, entries);
        let head = bench.store.ledger_head(vendor).await.unwrap().unwrap();
        assert_eq!(entries.len() as u64, head.size);
        for (place, entry) in entries.iter().rev().enumerate() {
            assert_eq!(entry.index, place as u64, "the ledger has no gap");
        }
        let id = latchkey_domain::id::TypedId::uuid(fixture.licenses[4].id);
        let filter = LedgerFilter {
            entity_id: Some(id),
            ..LedgerFilter::default()
        };
        let of_one = all(7, async |page| {
            bench.store.ledger_list(vendor, &filter, page).await
        })
        .await;
        assert_eq!(of_one.len(), 1);
        assert_eq!(of_one[0].entity_id, id);
    }
}

#[tokio::test]
async fn another_vendor_sees_nothing() {
    for bench in Bench::both().await {
        Fixture::fill(&bench, 5, &names(5)).await;
        let other = VendorId::generate(Timestamp::from_millis(1), bench.random());
        let page = PageRequest::counted(200, None);
        let store = &bench.store;
        assert_eq!(
            store
                .product_list(other, &ProductFilter::default(), page)
                .await
                .unwrap()
                .count,
            0
        );
        assert_eq!(
            store
                .policy_list(other, &PolicyFilter::default(), page)
                .await
                .unwrap()
                .count,
            0
        );
        assert_eq!(
            store
                .customer_list(other, &CustomerFilter::default(), page)
                .await
                .unwrap()
                .count,
            0
        );
        assert_eq!(
            store
                .activation_list(other, &ActivationFilter::default(), page)
                .await
                .unwrap()
                .count,
            0
        );
        assert_eq!(
            store
                .ledger_list(other, &LedgerFilter::default(), page)
                .await
                .unwrap()
                .count,
            0
        );
        let by_name = ActivationFilter {
            fragment: Some("a".into()),
            ..Default::default()
        };
        assert_eq!(
            store
                .activation_list(other, &by_name, page)
                .await
                .unwrap()
                .rows,
            []
        );
        let licenses = store
            .license_list(other, &LicenseFilter::default(), bench.clock_now(), page)
            .await
            .unwrap();
        assert_eq!(licenses.count, 0);
    }
}
