//! Search by a fragment of the friendly name finds what looking at every name finds.

mod many;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::limits::COUNT_EXACT_MAX;
use latchkey_domain::text::fold;
use latchkey_domain::{ActivationId, LicenseId};
use latchkey_store::filter::{ActivationFilter, ActivationSort, PageRequest};
use proptest::prelude::*;

use crate::fixture::Fixture;
use crate::names::{names, runner, text};
use crate::support::Bench;

/// All that a filter selects, page by page.
pub(crate) async fn walk(
    bench: &Bench,
    filter: &ActivationFilter,
    limit: u32,
) -> Vec<ActivationId> {
    walk_by(bench, filter, PageRequest::counted(limit, None)).await
}

async fn walk_by(
    bench: &Bench,
    filter: &ActivationFilter,
    first: PageRequest,
) -> Vec<ActivationId> {
    let (mut found, mut asked) = (Vec::new(), first);
    loop {
        let page = bench
            .store
            .activation_list(bench.scope.vendor_id, filter, asked)
            .await
            .unwrap();
        assert!(
            page.rows.len() <= asked.limit as usize,
            "a page has at most the rows asked for"
        );
        found.extend(page.rows.iter().map(|row| row.activation.id));
        match page.next {
            Some(_) => asked.after = page.next,
            None => return found,
        }
    }
}

/// Whether an activation has all that a filter asks for, beside its machine's name and code.
pub(crate) fn fits(filter: &ActivationFilter, activation: &Activation) -> bool {
    filter
        .license_id
        .is_none_or(|id| activation.license_id == id)
        && filter
            .customer_id
            .is_none_or(|id| activation.customer_id == id)
        && filter
            .product_id
            .is_none_or(|id| activation.product_id == id)
        && filter.state.is_none_or(|state| activation.state == state)
        && filter
            .not_seen_since
            .is_none_or(|since| activation.last_seen_at < since)
}

/// What a search for a fragment must find: newest first.
fn naive(fixture: &Fixture, fragment: &str, keep: impl Fn(usize) -> bool) -> Vec<ActivationId> {
    let fragment = fold(fragment);
    fixture
        .activations
        .iter()
        .enumerate()
        .rev()
        .filter(|(at, _)| {
            keep(*at) && fold(fixture.machines[*at].friendly_name.as_str()).contains(&fragment)
        })
        .map(|(_, activation)| activation.id)
        .collect()
}

/// A fragment to look for: some letters, or a part of a name, perhaps shouted.
fn fragment(names: Vec<String>) -> impl Strategy<Value = String> {
    let part = (
        proptest::sample::select(names),
        0_usize..12,
        1_usize..8,
        any::<bool>(),
    )
        .prop_map(|(name, from, length, upper)| {
            let letters: Vec<char> = name.chars().collect();
            let from = from % letters.len();
            let part: String = letters.iter().skip(from).take(length).collect();
            if upper { part.to_uppercase() } else { part }
        });
    prop_oneof![3 => part, 1 => text(1..4)]
}

#[test]
fn a_fragment_of_any_length_in_any_script_finds_what_a_scan_finds() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let names = names(400);
    let benches = runtime.block_on(Bench::both());
    for bench in &benches {
        let fixture = runtime.block_on(Fixture::fill(bench, 9, &names));
        let limits = 1_u32..60;
        runner(48)
            .run(
                &(
                    fragment(names.clone()),
                    limits,
                    0_u8..4,
                    proptest::sample::select(vec![
                        ActivationSort::Natural,
                        ActivationSort::Oldest,
                        ActivationSort::LastSeen,
                    ]),
                ),
                |(fragment, limit, narrow, sort)| {
                    let folded = fold(&fragment);
                    prop_assume!(!folded.is_empty());
                    let license: LicenseId = fixture.licenses[3].id;
                    let filter = ActivationFilter {
                        fragment: Some(folded),
                        state: (narrow == 1).then_some(ActivationState::Active),
                        license_id: (narrow == 2).then_some(license),
                        product_id: (narrow == 3).then_some(fixture.products[1].id),
                        sort,
                        ..Default::default()
                    };
                    let mut expected = naive(&fixture, &fragment, |at| {
                        fits(&filter, &fixture.activations[at])
                    });
                    if sort != ActivationSort::Natural {
                        expected.reverse();
                    }
                    if sort == ActivationSort::LastSeen {
                        let seen = |id: &ActivationId| {
                            let of_id = |activation: &&Activation| activation.id == *id;
                            let found = fixture.activations.iter().find(of_id);
                            found.unwrap().last_seen_at
                        };
                        expected.sort_by_key(seen);
                    }
                    let found = runtime.block_on(walk(bench, &filter, limit));
                    prop_assert_eq!(
                        found,
                        expected,
                        "looking for {:?} in {:?}",
                        fragment,
                        bench.place.url
                    );
                    Ok(())
                },
            )
            .unwrap();
    }
}

/// Names of more machines than are counted.
fn more_than_are_counted() -> Vec<String> {
    let many = COUNT_EXACT_MAX as usize + 60;
    (0..many).map(|at| format!("Office {at}")).collect()
}

#[tokio::test]
async fn the_beginning_of_a_code_finds_the_same_however_many_machines_have_it() {
    let names = more_than_are_counted();
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 3, &names).await;
        let customer = fixture.activations[0].customer_id;
        let whose = [None, Some(customer)];
        for (prefix, customer_id) in ["m-", "M-1", "m-99", "m-100", "x"]
            .into_iter()
            .flat_map(|prefix| whose.map(|customer_id| (prefix, customer_id)))
        {
            let filter = ActivationFilter {
                machine_code_prefix: Some(prefix.into()),
                customer_id,
                ..Default::default()
            };
            let is_meant = |at: &usize| {
                let code = fixture.machines[*at].code.as_str();
                code.starts_with(&prefix.to_uppercase())
                    && customer_id.is_none_or(|id| fixture.activations[*at].customer_id == id)
            };
            let found = (0..names.len()).rev().filter(is_meant);
            let expected: Vec<_> = found.map(|at| fixture.activations[at].id).collect();
            for first in [
                PageRequest::counted(200, None),
                PageRequest::uncounted(199, None),
            ] {
                assert_eq!(
                    walk_by(&bench, &filter, first).await,
                    expected,
                    "{prefix} {first:?} in {:?}",
                    bench.place.url
                );
                let vendor_id = bench.scope.vendor_id;
                let page = bench.store.activation_list(vendor_id, &filter, first).await;
                let page = page.unwrap();
                let all = u32::try_from(expected.len()).unwrap();
                let counted = if first.is_counted {
                    all.min(COUNT_EXACT_MAX + 1)
                } else {
                    all.min(first.limit)
                };
                assert_eq!(page.count, counted, "{prefix} {first:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_machine_that_was_renamed_is_found_by_its_new_name_only() {
    for bench in Bench::both().await {
        let fixture = Fixture::fill(&bench, 1, &["Old name".to_owned(), "Other".to_owned()]).await;
        let id = fixture.activations[0].id;
        let renamed = Activation {
            name_folded: "bürö\u{3}\u{3}".into(),
            ..fixture.activations[0].clone()
        };
        let needs = vec![latchkey_store::Need::Activation(id)];
        bench
            .try_write(needs, move |batch| batch.touch(renamed.clone()))
            .await
            .unwrap();
        let of = |fragment: &str| ActivationFilter {
            fragment: Some(fragment.into()),
            ..Default::default()
        };
        for fragment in ["b", "ürö", "ö"] {
            assert_eq!(walk(&bench, &of(fragment), 50).await, [id], "{fragment}");
        }
        for fragment in ["old", "ld", "m"] {
            assert!(
                walk(&bench, &of(fragment), 50).await.is_empty(),
                "{fragment}"
            );
        }
    }
}
