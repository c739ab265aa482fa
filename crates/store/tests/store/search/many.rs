//! Lists of more rows than are counted.

use latchkey_domain::Timestamp;
use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::limits::COUNT_EXACT_MAX;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_store::filter::{ActivationFilter, ActivationSort, PageRequest};

use super::{fits, more_than_are_counted, walk};
use crate::fixture::Fixture;
use crate::support::Bench;

#[tokio::test]
async fn a_common_fragment_is_sorted_without_sorting_all_that_have_it() {
    let names = more_than_are_counted();
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 3, &names).await;
        for (fragment, state) in [
            ("office", None),
            ("of", None),
            ("office", Some(ActivationState::Deactivated)),
        ] {
            let filter = ActivationFilter {
                fragment: Some(fragment.into()),
                state,
                sort: ActivationSort::LastSeen,
                ..Default::default()
            };
            let mut expected: Vec<_> = fixture
                .activations
                .iter()
                .filter(|activation| state.is_none_or(|state| activation.state == state))
                .collect();
            expected.sort_by_key(|activation| activation.last_seen_at);
            let expected: Vec<_> = expected.iter().map(|activation| activation.id).collect();
            assert_eq!(
                walk(&bench, &filter, 200).await,
                expected,
                "{fragment} {state:?} in {:?}",
                bench.place.url
            );
        }
    }
}

/// What is asked for beside a fragment: each alone and all together.
fn narrowed(fixture: &Fixture, days_ago: &impl Fn(i64) -> Timestamp) -> Vec<ActivationFilter> {
    let product_id = Some(fixture.activations[0].product_id);
    let mut filters = Vec::new();
    for not_seen_since in [None, Some(days_ago(-1)), Some(days_ago(7))] {
        for product_id in [None, product_id] {
            for state in [None, Some(ActivationState::Deactivated)] {
                filters.push(ActivationFilter {
                    product_id,
                    state,
                    not_seen_since,
                    ..Default::default()
                });
            }
        }
    }
    filters
}

/// The activations that a filter selects, in the order of its list.
fn meant<'f>(
    fixture: &'f Fixture,
    filter: &ActivationFilter,
    fragment: &str,
) -> Vec<&'f Activation> {
    let all = fixture.activations.iter().zip(&fixture.machines);
    let mut meant: Vec<_> = all
        .filter(|(activation, machine)| {
            let name = machine.friendly_name.as_str().to_lowercase();
            name.contains(fragment) && fits(filter, activation)
        })
        .map(|(activation, _)| activation)
        .collect();
    match filter.not_seen_since {
        None => meant.reverse(),
        Some(_) => meant.sort_by_key(|activation| activation.last_seen_at),
    }
    meant
}

#[tokio::test]
async fn a_list_has_the_same_rows_and_count_however_they_are_found() {
    let names = more_than_are_counted();
    // All of them are of one product, or of three that have few each.
    for licenses in [1, 3] {
        for bench in Bench::both().await {
            let fixture = Fixture::fill(&bench, licenses, &names).await;
            let newest = fixture.activations.iter().map(|a| a.last_seen_at).max();
            let days_ago = |days: i64| newest.unwrap().plus_millis(-days * DAY_MILLIS);
            for narrowed in narrowed(&fixture, &days_ago) {
                for fragment in ["", "office", "of", "fice 10"] {
                    let filter = ActivationFilter {
                        fragment: (!fragment.is_empty()).then(|| fragment.to_owned()),
                        ..narrowed.clone()
                    };
                    let meant = meant(&fixture, &filter, fragment);
                    let page = bench
                        .store
                        .activation_list(
                            bench.scope.vendor_id,
                            &filter,
                            PageRequest::counted(200, None),
                        )
                        .await
                        .unwrap();
                    let found: Vec<_> = page.rows.iter().map(|row| row.activation.id).collect();
                    let first: Vec<_> = meant.iter().take(200).map(|a| a.id).collect();
                    assert_eq!(found, first, "{filter:?} in {:?}", bench.place.url);
                    let all = u32::try_from(meant.len()).unwrap();
                    assert_eq!(page.count, all.min(COUNT_EXACT_MAX + 1), "{filter:?}");
                }
            }
        }
    }
}
