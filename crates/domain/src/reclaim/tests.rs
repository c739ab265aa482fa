//! Which seats are warned and freed, to the millisecond.

use super::*;
use crate::activation::search_name;
use crate::random::SeededRandom;
use crate::{ActivationId, CustomerId, LicenseId, MachineId, ProductId, Salt};

fn at(day: &str) -> Timestamp {
    Timestamp::parse(day).unwrap()
}

/// A machine that was last seen on the first of March.
fn seat() -> Activation {
    let (now, random) = (at("2027-03-01"), SeededRandom::new(1));
    Activation {
        id: ActivationId::generate(now, &random),
        license_id: LicenseId::generate(now, &random),
        machine_id: MachineId::generate(now, &random),
        customer_id: CustomerId::generate(now, &random),
        product_id: ProductId::generate(now, &random),
        state: ActivationState::Active,
        activated_at: now,
        deactivated_at: None,
        return_counts: false,
        machine_key: None,
        return_receipt_id: None,
        kept: false,
        reclaimed_in: None,
        version: 1,
        salt: Salt::default(),
        last_seen_at: now,
        name_folded: search_name(&"Office".parse().unwrap()),
        warned_at: None,
        reclaim_at: None,
        offline_until: None,
    }
}

fn reclaim() -> Reclaim {
    Reclaim::new(10, 3, at("2027-03-02")).unwrap()
}

#[test]
fn a_seat_is_warned_when_it_is_idle_for_so_many_days_and_once() {
    let mut seat = seat();
    let idle = at("2027-03-11");
    assert!(!seat.warn(&reclaim(), idle.plus_millis(-1)));
    assert!(seat.warn(&reclaim(), idle));
    assert!(!seat.warn(&reclaim(), idle.plus_millis(1)), "said already");
    let due = at("2027-03-14");
    assert_eq!(seat.freed_unless_seen(Some(&reclaim())), Some(due));
    let last = due.plus_millis(RECLAIM_PATIENCE_MILLIS);
    assert!(!seat.is_due(Some(&reclaim()), last.plus_millis(-1)));
    assert!(seat.is_due(Some(&reclaim()), last));
    assert!(!seat.is_due(None, last), "not once it is switched off");
    assert_eq!(seat.idle_days(last), 13);
}

#[test]
fn whoever_is_seen_is_neither_warned_nor_freed() {
    let mut seat = seat();
    assert!(seat.warn(&reclaim(), at("2027-03-11")));
    seat.seen(at("2027-03-13"));
    assert_eq!(seat.freed_unless_seen(Some(&reclaim())), None);
    assert!(!seat.is_due(Some(&reclaim()), at("2027-03-20")));
    assert!(!seat.warn(&reclaim(), at("2027-03-22")));
    assert!(seat.warn(&reclaim(), at("2027-03-23")));
}

#[test]
fn what_was_said_under_other_numbers_does_not_count() {
    let mut seat = seat();
    assert!(seat.warn(&reclaim(), at("2027-03-11")));
    let other = Reclaim::new(5, 7, at("2027-03-12")).unwrap();
    assert!(!seat.is_due(Some(&other), at("2027-04-01")));
    assert!(seat.warn(&other, at("2027-04-01")));
    assert_eq!(seat.freed_unless_seen(Some(&other)), Some(at("2027-04-08")));
}

#[test]
fn seats_that_are_kept_and_machines_without_a_network_are_left_alone() {
    let day = at("2027-06-01");
    let mut kept = seat();
    kept.warn(&reclaim(), day);
    kept.keep().unwrap();
    assert_eq!(kept.keep(), Err(ReclaimRefusal::Kept));
    assert!(!kept.warn(&reclaim(), day) && !kept.is_due(Some(&reclaim()), day.plus_days(9)));
    kept.unkeep().unwrap();
    assert_eq!(kept.unkeep(), Err(ReclaimRefusal::NotKept));
    assert!(kept.warn(&reclaim(), day));

    let mut filed = seat();
    filed.has_file(at("2027-05-25"));
    filed.has_file(at("2027-04-01"));
    assert!(!filed.warn(&reclaim(), at("2027-06-04").plus_millis(-1)));
    assert!(filed.warn(&reclaim(), at("2027-06-04")));

    let mut bound = seat();
    let key = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    bound.machine_key = Some(key.parse().unwrap());
    assert!(!bound.warn(&reclaim(), day));

    let mut gone = seat();
    gone.state = ActivationState::Deactivated;
    assert!(!gone.warn(&reclaim(), day));
    assert_eq!(gone.keep(), Err(ReclaimRefusal::NotActive));
}

#[test]
fn days_have_bounds() {
    let new = |idle, warning| Reclaim::new(idle, warning, at("2027-03-01"));
    assert!(new(RECLAIM_IDLE_DAYS_MAX, RECLAIM_WARNING_DAYS_MAX).is_ok());
    for idle in [0, RECLAIM_IDLE_DAYS_MAX + 1] {
        assert_eq!(new(idle, 14), Err(ReclaimRefusal::IdleDays));
    }
    for warning in [0, RECLAIM_WARNING_DAYS_MAX + 1] {
        assert_eq!(new(90, warning), Err(ReclaimRefusal::WarningDays));
    }
}
