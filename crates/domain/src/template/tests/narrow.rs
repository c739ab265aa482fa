//! That what is granted on is never wider, however often and whatever is asked for.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::FeatureId;
use crate::license::IssueTerms;

fn features() -> Vec<FeatureId> {
    let random = SeededRandom::new(5);
    (0..5)
        .map(|_| FeatureId::generate(now(), &random))
        .collect()
}

fn ruled(seats_max: u32, term: Term) -> PolicyRules {
    PolicyRules {
        term,
        feature_ids: features(),
        ..rules(seats_max)
    }
}

fn any_term() -> impl Strategy<Value = Term> {
    prop_oneof![
        Just(Term::Perpetual),
        (1_u32..800).prop_map(|days| Term::Days { days }),
        (1_u32..30).prop_map(|months| Term::Months { months }),
    ]
}

fn any_narrowing() -> impl Strategy<Value = Narrowing> {
    (
        proptest::option::of(0_u32..40),
        proptest::option::of(0_u32..800),
        proptest::option::of(proptest::sample::subsequence(features(), 0..=5)),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(seats_max, days_max, feature_ids, seats_fixed, end_fixed)| Narrowing {
                seats_max,
                days_max,
                feature_ids,
                seats_fixed,
                end_fixed,
            },
        )
}

/// Whether nothing that the one allows goes beyond what the other does.
fn is_within(one: &Bounds, other: &Bounds, rules: &PolicyRules) -> bool {
    let days = |bounds: &Bounds| bounds.days_max().unwrap_or(u32::MAX);
    let had: BTreeSet<_> = other.features(rules).collect();
    one.seats_max() <= other.seats_max()
        && days(one) <= days(other)
        && one.features(rules).all(|id| had.contains(&id))
        && (one.seats_fixed() || !other.seats_fixed())
        && (one.end_fixed() || !other.end_fixed())
}

proptest! {
    #[test]
    fn no_chain_of_grants_gets_wider_and_no_license_goes_beyond_any_template_above(
        offered in 1_u32..40,
        usual in 1_u32..40,
        term in any_term(),
        chain in proptest::collection::vec(any_narrowing(), 1..5),
        seats_max in proptest::option::of(0_u32..45),
        days in proptest::option::of(1_u32..900),
    ) {
        let rules = ruled(usual, term);
        let mut above = vec![Bounds::offered(offered).unwrap()];
        for narrowing in &chain {
            if let Ok(narrowed) = above.last().unwrap().narrowed(narrowing, &rules) {
                above.push(narrowed);
            }
        }
        let last = above.last().unwrap();
        for bounds in &above {
            prop_assert!(is_within(last, bounds, &rules), "{last:?} in {bounds:?}");
        }
        let terms = IssueTerms { seats_max, expires_at: days.map(|days| now().plus_days(days)) };
        let Ok(given) = last.terms(terms, &rules, now()) else { return Ok(()) };
        // Without an end of its own it has the policy's.
        let ends = given.expires_at.or_else(|| rules.term.end(now()));
        for bounds in &above {
            prop_assert!(given.seats_max.is_some_and(|seats| seats <= bounds.seats_max()));
            let latest = bounds.end(rules.term, now());
            prop_assert!(latest.is_none_or(|latest| ends.is_some_and(|ends| ends <= latest)));
        }
    }
}

#[test]
fn what_would_be_wider_is_refused_with_the_most_there_may_be() {
    let all = features();
    let rules = ruled(3, Term::Months { months: 12 });
    let bounds = Bounds::offered(10).unwrap();
    let narrow = Narrowing {
        seats_max: Some(5),
        days_max: Some(90),
        feature_ids: Some(all[..2].to_vec()),
        seats_fixed: true,
        end_fixed: false,
    };
    let narrow = bounds.narrowed(&narrow, &rules).unwrap();
    let code = |to: Narrowing| {
        narrow
            .narrowed(&to, &rules)
            .map_err(|refusal| refusal.code())
    };
    let same = Narrowing::default();
    assert_eq!(code(same.clone()), Ok(narrow.clone()), "it stays fixed");
    for (to, expected) in [
        (
            Narrowing {
                seats_max: Some(6),
                ..same.clone()
            },
            "template_seats_exceeded",
        ),
        (
            Narrowing {
                seats_max: Some(0),
                ..same.clone()
            },
            "template_seats_exceeded",
        ),
        (
            Narrowing {
                days_max: Some(91),
                ..same.clone()
            },
            "template_days_exceeded",
        ),
        (
            Narrowing {
                days_max: Some(0),
                ..same.clone()
            },
            "template_days_exceeded",
        ),
        (
            Narrowing {
                feature_ids: Some(vec![all[2]]),
                ..same.clone()
            },
            "template_features_exceeded",
        ),
    ] {
        assert_eq!(code(to), Err(expected));
    }
    let terms = |seats_max, expires_at| {
        let terms = IssueTerms {
            seats_max,
            expires_at,
        };
        narrow
            .terms(terms, &rules, now())
            .map_err(|refusal| refusal.code())
    };
    let end = now().plus_days(90);
    let usual = terms(None, None).unwrap();
    assert_eq!((usual.seats_max, usual.expires_at), (Some(3), Some(end)));
    assert_eq!(terms(Some(2), None), Err("template_fixed"));
    assert!(terms(Some(3), Some(now().plus_days(9))).is_ok());
    assert_eq!(
        terms(None, Some(end.plus_millis(1))),
        Err("template_term_exceeded")
    );
}

#[test]
fn what_goes_below_and_comes_back_adds_up() {
    let mut template = template(3);
    template.grant(50).unwrap();
    template.delegate(10).unwrap();
    let refused = template.delegate(41).unwrap_err();
    assert_eq!(refused.code(), "quota_not_enough");
    assert!(refused.fix().unwrap().contains("at most 40"), "{refused}");
    template.recall(4);
    assert_eq!((template.balance.reseller, template.balance.below), (44, 6));
    template.withdraw().unwrap();
    template.recall(6);
    assert_eq!((template.balance.returned, template.balance.below), (50, 0));
    assert_eq!(template.balance.sum(), 0);
}
