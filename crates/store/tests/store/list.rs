//! Lists: every row once, in order, on pages of any length, with any filter.

mod catalogue;

use latchkey_domain::VendorId;
use latchkey_domain::activation::ActivationState;
use latchkey_domain::license::LicenseState;
use latchkey_store::StoreError;
use latchkey_store::filter::{
    ActivationFilter, ActivationSort, LicenseFilter, LicenseSort, Page, PageRequest, SeatUse,
};
use proptest::option;
use proptest::prelude::*;

use crate::fixture::Fixture;
use crate::names::{names, runner};
use crate::search::{fits, walk};
use crate::support::Bench;

const SEAT_USES: [SeatUse; 4] = [SeatUse::Never, SeatUse::None, SeatUse::Free, SeatUse::Full];
const LICENSE_SORTS: [LicenseSort; 4] = [
    LicenseSort::Natural,
    LicenseSort::Newest,
    LicenseSort::Oldest,
    LicenseSort::Expires,
];
const ACTIVATION_SORTS: [ActivationSort; 4] = [
    ActivationSort::Natural,
    ActivationSort::Newest,
    ActivationSort::Oldest,
    ActivationSort::LastSeen,
];

/// All rows of a list, page by page; checks that the count says how many there are.
async fn all<T>(
    limit: u32,
    list: impl AsyncFn(PageRequest) -> Result<Page<T>, StoreError>,
) -> Vec<T> {
    let (mut found, mut after, mut count) = (Vec::new(), None, None);
    loop {
        let page = list(PageRequest::counted(limit, after)).await.unwrap();
        assert!(
            page.rows.len() <= limit as usize,
            "a page has at most the rows asked for"
        );
        assert_eq!(
            *count.get_or_insert(page.count),
            page.count,
            "every page says the same count"
        );
        found.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(
        count.unwrap() as usize,
        found.len(),
        "the count is the number of rows"
    );
    found
}

fn filled() -> (tokio::runtime::Runtime, Vec<(Bench, Fixture)>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let filled = runtime.block_on(async {
        let mut filled = Vec::new();
        for bench in Bench::both().await {
            let fixture = Fixture::fill(&bench, 200, &names(150)).await;
            filled.push((bench, fixture));
        }
        filled
    });
    (runtime, filled)
}

#[test]
fn licenses_are_listed_once_each_with_any_filter_and_the_soonest_to_end_first() {
    let (runtime, filled) = filled();
    for (bench, fixture) in &filled {
        let now = bench.clock_now();
        let vendor: VendorId = bench.scope.vendor_id;
        let strategy = (
            1_u32..100,
            option::weighted(0.3, 0_usize..3),
            option::weighted(0.3, 0_usize..5),
            option::weighted(0.3, 0_usize..7),
            option::weighted(0.5, proptest::sample::select(LicenseState::ALL)),
            option::weighted(0.3, -6_i64..6),
            option::weighted(0.3, (0_usize..90, 1_usize..6)),
            (
                option::weighted(0.3, -6_i64..6),
                option::weighted(0.4, proptest::sample::select(SEAT_USES.to_vec())),
                proptest::sample::select(LICENSE_SORTS.to_vec()),
            ),
        );
        runner(40)
            .run(
                &strategy,
                |(limit, product, policy, customer, state, days, key, (later, seats, sort))| {
                    let filter = LicenseFilter {
                        ids: None,
                        product_id: product.map(|at| fixture.products[at].id),
                        policy_id: policy.map(|at| fixture.policies[at].id),
                        customer_id: customer.map(|at| fixture.customers[at].id),
                        reseller_id: None,
                        state,
                        expires_before: days.map(|days| now.plus_millis(days * 86_400_000)),
                        expires_after: later.map(|days| now.plus_millis(days * 86_400_000)),
                        seats,
                        sort,
                        key_prefix: key.map(|(at, length)| {
                            fixture.licenses[at].key.as_str()[..length].to_owned()
                        }),
                    };
                    let mut expected: Vec<_> = fixture
                        .licenses
                        .iter()
                        .filter(|license| {
                            filter.product_id.is_none_or(|id| license.product_id == id)
                                && filter.policy_id.is_none_or(|id| license.policy_id == id)
                                && filter
                                    .customer_id
                                    .is_none_or(|id| license.customer_id == id)
                                && filter.state.is_none_or(|state| license.state(now) == state)
                                && filter.expires_before.is_none_or(|before| {
                                    license.expires_at.is_some_and(|end| end < before)
                                })
                                && filter.expires_after.is_none_or(|after| {
                                    license.expires_at.is_some_and(|end| end >= after)
                                })
                                && filter
                                    .seats
                                    .is_none_or(|seats| fixture.uses(license, seats))
                                && filter
                                    .key_prefix
                                    .as_ref()
                                    .is_none_or(|prefix| license.key.as_str().starts_with(prefix))
                        })
                        .cloned()
                        .collect();
                    match filter.sort {
                        LicenseSort::Natural if filter.expires_before.is_none() => {
                            expected.reverse();
                        }
                        LicenseSort::Newest => expected.reverse(),
                        LicenseSort::Oldest => {}
                        LicenseSort::Natural | LicenseSort::Expires => {
                            expected.sort_by_key(|license| {
                                (license.expires_at.is_none(), license.expires_at)
                            });
                        }
                    }
                    let found = runtime.block_on(all(limit, async |page| {
                        bench.store.license_list(vendor, &filter, now, page).await
                    }));
                    let found: Vec<_> = found.into_iter().map(|view| view.license).collect();
                    prop_assert_eq!(found, expected, "{:?} in {:?}", filter, bench.place.url);
                    Ok(())
                },
            )
            .unwrap();
    }
}

#[test]
fn activations_are_listed_once_each_with_any_filter_and_the_longest_unseen_first() {
    let (runtime, filled) = filled();
    for (bench, fixture) in &filled {
        let now = bench.clock_now();
        let strategy = (
            1_u32..100,
            option::weighted(0.3, 0_usize..90),
            option::weighted(0.3, 0_usize..7),
            option::weighted(0.3, 0_usize..3),
            option::weighted(0.5, proptest::sample::select(ActivationState::ALL)),
            option::weighted(0.5, -11_i64..2),
            option::weighted(0.2, 1_usize..4),
            proptest::sample::select(ACTIVATION_SORTS.to_vec()),
        );
        runner(40)
            .run(
                &strategy,
                |(limit, license, customer, product, state, days, code, sort)| {
                    let filter = ActivationFilter {
                        ids: None,
                        license_id: license.map(|at| fixture.licenses[at].id),
                        customer_id: customer.map(|at| fixture.customers[at].id),
                        reseller_id: None,
                        product_id: product.map(|at| fixture.products[at].id),
                        state,
                        fragment: None,
                        machine_code_prefix: code.map(|length| {
                            fixture.machines[3].code.as_str()[..length].to_lowercase()
                        }),
                        not_seen_since: days.map(|days| now.plus_millis(days * 86_400_000)),
                        sort,
                        reclaim: None,
                    };
                    let mut expected: Vec<_> = fixture
                        .activations
                        .iter()
                        .filter(|activation| {
                            fits(&filter, activation)
                                && filter.machine_code_prefix.as_ref().is_none_or(|prefix| {
                                    fixture.machines.iter().any(|machine| {
                                        machine.id == activation.machine_id
                                            && [prefix.clone(), prefix.to_uppercase()].iter().any(
                                                |prefix| machine.code.as_str().starts_with(prefix),
                                            )
                                    })
                                })
                        })
                        .collect();
                    match filter.sort {
                        ActivationSort::Natural if filter.not_seen_since.is_none() => {
                            expected.reverse();
                        }
                        ActivationSort::Newest => expected.reverse(),
                        ActivationSort::Oldest => {}
                        ActivationSort::Natural | ActivationSort::LastSeen => {
                            expected.sort_by_key(|activation| activation.last_seen_at);
                        }
                    }
                    let expected: Vec<_> =
                        expected.iter().map(|activation| activation.id).collect();
                    let found = runtime.block_on(walk(bench, &filter, limit));
                    prop_assert_eq!(found, expected, "{:?} in {:?}", filter, bench.place.url);
                    Ok(())
                },
            )
            .unwrap();
    }
}
