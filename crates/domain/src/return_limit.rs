//! How often seats of a license may be given back: at most so many returns in a period of so many days.
//!
//! A seat that can be moved at will is shared by more machines than were paid for, one after the other. So a policy may
//! limit how often the customer's people and their apps give seats back. Whoever acts for the vendor is not limited:
//! what they do is the way out for a customer who has used all returns up. A return counts from its own moment until the
//! period is over, so returns come free again one by one and not all on one day of the year. One that is undone never
//! happened, and does not count.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::actor::{Actor, Role, Scope};

/// At most so many returns in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnLimit {
    /// How many.
    pub max: u32,
    /// How long each of them counts, in days of 24 hours.
    pub days: u32,
}

/// Whether a return counts against the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giving {
    /// It does: by the customer's people, an app, or whoever serves the customer.
    Counted,
    /// It does not: by the vendor.
    Free,
}

/// How much of a limit is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnUse {
    /// Returns that count at present.
    pub used: u32,
    /// Returns that may still be made.
    pub left: u32,
    /// When the next one comes free again; none while none is used.
    pub next_free_at: Option<Timestamp>,
}

impl ReturnLimit {
    /// Returns that count at `now`, of those that were made.
    #[must_use]
    pub fn counted(self, returned_at: &[Timestamp], now: Timestamp) -> Vec<Timestamp> {
        let counts = |at: &Timestamp| at.plus_days(self.days) > now;
        let mut counted: Vec<_> = returned_at.iter().copied().filter(counts).collect();
        counted.sort_unstable();
        counted
    }

    /// How much of it is used at `now`.
    #[must_use]
    pub fn used(self, returned_at: &[Timestamp], now: Timestamp) -> ReturnUse {
        let counted = self.counted(returned_at, now);
        let used = u32::try_from(counted.len()).unwrap_or(u32::MAX);
        // After a change of the rules more may be used than there are: then some have to come free first.
        let over = counted.len().saturating_sub(self.max as usize);
        let next = counted.get(over).map(|at| at.plus_days(self.days));
        ReturnUse {
            used,
            left: self.max.saturating_sub(used),
            next_free_at: next,
        }
    }

    /// Whether it allows less than another one, or than none.
    #[must_use]
    pub fn is_stricter_than(self, other: Option<Self>) -> bool {
        other.is_none_or(|other| self.max < other.max || self.days > other.days)
    }
}

impl Actor {
    /// Whether a seat that they give back counts. A script with the rights of the vendor's people is one of them; an app's
    /// token or a license key is the customer's, wherever the app came from.
    #[must_use]
    pub fn giving(&self) -> Giving {
        let for_vendor = match self.role {
            Role::Token => [Scope::Support, Scope::Manage]
                .iter()
                .any(|scope| self.reach.scopes.contains(scope)),
            role => role.is_of_vendor(),
        };
        if for_vendor {
            Giving::Free
        } else {
            Giving::Counted
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> Timestamp {
        Timestamp::parse(day).unwrap()
    }

    #[test]
    fn a_return_counts_until_its_own_period_is_over() {
        let limit = ReturnLimit { max: 2, days: 30 };
        let made = [at("2027-03-10"), at("2027-03-01")];
        let used = limit.used(&made, at("2027-03-20"));
        assert_eq!((used.used, used.left), (2, 0));
        assert_eq!(used.next_free_at, Some(at("2027-03-31")));
        let last = at("2027-03-31").plus_millis(-1);
        assert_eq!(limit.used(&made, last).used, 2);
        assert_eq!(limit.used(&made, at("2027-03-31")).used, 1);
        assert_eq!(limit.used(&made, at("2027-04-09")).next_free_at, None);
    }

    #[test]
    fn what_a_stricter_limit_finds_used_has_to_come_free_first() {
        let limit = ReturnLimit { max: 1, days: 30 };
        let made = [at("2027-03-01"), at("2027-03-05"), at("2027-03-10")];
        let used = limit.used(&made, at("2027-03-20"));
        assert_eq!((used.used, used.left), (3, 0));
        assert_eq!(used.next_free_at, Some(at("2027-04-09")));
    }

    #[test]
    fn less_often_and_longer_are_stricter() {
        let limit = ReturnLimit { max: 2, days: 30 };
        assert!(limit.is_stricter_than(None));
        assert!(limit.is_stricter_than(Some(ReturnLimit { max: 3, days: 30 })));
        assert!(limit.is_stricter_than(Some(ReturnLimit { max: 2, days: 29 })));
        assert!(!limit.is_stricter_than(Some(limit)));
    }
}
