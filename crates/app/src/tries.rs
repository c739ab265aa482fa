//! How often somebody may try to sign in: counted by account, by network address, and by both together.
//!
//! Counts are this program's own and are lost with it: they slow guessing down, and the length of passwords makes it
//! hopeless. Only tries that fail are counted, so nobody is kept out by signing in often.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use latchkey_domain::Timestamp;

/// How long a failed try counts.
const WINDOW_MILLIS: i64 = 60_000;
/// Failed tries in that time for one account from one address.
const PER_PAIR_MAX: u32 = 5;
/// For one account from everywhere.
const PER_ACCOUNT_MAX: u32 = 20;
/// From one address for all accounts: behind it may be a whole company.
const PER_ADDRESS_MAX: u32 = 50;
/// Counts kept at most; beyond, those that no longer count are dropped, and then all.
const KEPT_MAX: usize = 50_000;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Who {
    Pair(String, String),
    Account(String),
    Address(String),
    /// Whoever comes with a passkey from an address: counted apart, so that those who guess passwords there keep nobody
    /// from theirs.
    Passkey(String),
}

/// The counts.
#[derive(Default)]
pub(crate) struct Tries {
    failed: Mutex<HashMap<Who, (Timestamp, u32)>>,
}

impl Tries {
    /// Begins a try, if one more is allowed. It counts as failed until it is [forgiven](Self::forgive), so that many at
    /// once are not more than many in a row.
    pub(crate) fn begin(&self, account: &str, address: Option<&str>, now: Timestamp) -> bool {
        self.begin_of(whom(account, address), now)
    }

    /// The same before it is known which account is meant.
    pub(crate) fn begin_from(&self, address: Option<&str>, now: Timestamp) -> bool {
        self.begin_of(from(address), now)
    }

    /// The same for one with a passkey.
    pub(crate) fn begin_passkey(&self, address: Option<&str>, now: Timestamp) -> bool {
        self.begin_of(passkeys_from(address), now)
    }

    fn begin_of(&self, whom: Vec<(Who, u32)>, now: Timestamp) -> bool {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.len() >= KEPT_MAX {
            failed.retain(|_, (since, _)| counts(*since, now));
            if failed.len() >= KEPT_MAX {
                failed.clear();
            }
        }
        let allowed = whom.iter().all(|(who, most)| {
            let count = failed.get(who).filter(|(since, _)| counts(*since, now));
            count.is_none_or(|(_, count)| count < most)
        });
        if allowed {
            for (who, _) in whom {
                let count = failed.entry(who).or_insert((now, 0));
                if !counts(count.0, now) {
                    *count = (now, 0);
                }
                count.1 += 1;
            }
        }
        allowed
    }

    /// Takes a try back that did not fail.
    pub(crate) fn forgive(&self, account: &str, address: Option<&str>) {
        self.forgive_of(whom(account, address));
    }

    /// The same for one that was [begun](Self::begin_from) before the account was known.
    pub(crate) fn forgive_from(&self, address: Option<&str>) {
        self.forgive_of(from(address));
    }

    /// The same for one with a passkey.
    pub(crate) fn forgive_passkey(&self, address: Option<&str>) {
        self.forgive_of(passkeys_from(address));
    }

    fn forgive_of(&self, whom: Vec<(Who, u32)>) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        for (who, _) in whom {
            if let Some((_, count)) = failed.get_mut(&who) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

fn counts(since: Timestamp, now: Timestamp) -> bool {
    now < since.plus_millis(WINDOW_MILLIS)
}

fn from(address: Option<&str>) -> Vec<(Who, u32)> {
    let address = address.map(|address| (Who::Address(address.to_owned()), PER_ADDRESS_MAX));
    address.into_iter().collect()
}

fn passkeys_from(address: Option<&str>) -> Vec<(Who, u32)> {
    let address = address.map(|address| (Who::Passkey(address.to_owned()), PER_ADDRESS_MAX));
    address.into_iter().collect()
}

fn whom(account: &str, address: Option<&str>) -> Vec<(Who, u32)> {
    let account = account.to_lowercase();
    let mut all = vec![(Who::Account(account.clone()), PER_ACCOUNT_MAX)];
    if let Some(address) = address {
        all.push((Who::Pair(account, address.to_owned()), PER_PAIR_MAX));
    }
    all.extend(from(address));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<&str> = Some("192.0.2.1");
    const THERE: Option<&str> = Some("192.0.2.2");

    #[test]
    fn whoever_guesses_waits_and_others_do_not() {
        let (tries, now) = (Tries::default(), Timestamp::from_millis(1_000_000));
        for _ in 0..PER_PAIR_MAX {
            assert!(tries.begin("ada@vendor.example", HERE, now));
        }
        assert!(!tries.begin("ada@vendor.example", HERE, now));
        assert!(!tries.begin("Ada@Vendor.example", HERE, now), "in any case");
        assert!(tries.begin("ada@vendor.example", THERE, now), "she herself");
        assert!(tries.begin("bob@vendor.example", HERE, now));
        let later = now.plus_millis(WINDOW_MILLIS);
        assert!(tries.begin("ada@vendor.example", HERE, later));
    }

    #[test]
    fn whoever_signs_in_is_not_counted() {
        let (tries, now) = (Tries::default(), Timestamp::from_millis(1_000_000));
        for _ in 0..2 * PER_ADDRESS_MAX {
            assert!(tries.begin("ada@vendor.example", HERE, now));
            tries.forgive("ada@vendor.example", HERE);
        }
    }

    #[test]
    fn where_no_account_is_known_the_address_counts() {
        let (tries, now) = (Tries::default(), Timestamp::from_millis(1_000_000));
        for _ in 0..PER_ADDRESS_MAX {
            assert!(tries.begin_from(HERE, now));
        }
        assert!(!tries.begin_from(HERE, now));
        assert!(tries.begin_from(THERE, now));
        tries.forgive_from(HERE);
        assert!(tries.begin("ada@vendor.example", HERE, now));
        assert!(!tries.begin("bob@vendor.example", HERE, now));
    }

    #[test]
    fn who_guesses_passwords_keeps_nobody_from_a_passkey_and_passkeys_have_a_limit_too() {
        let (tries, now) = (Tries::default(), Timestamp::from_millis(1_000_000));
        while tries.begin_from(HERE, now) {}
        for _ in 0..PER_ADDRESS_MAX {
            assert!(tries.begin_passkey(HERE, now));
        }
        assert!(!tries.begin_passkey(HERE, now));
        assert!(tries.begin_passkey(THERE, now));
        tries.forgive_passkey(HERE);
        assert!(tries.begin_passkey(HERE, now));
    }

    #[test]
    fn one_account_and_one_address_have_limits_too() {
        let (tries, now) = (Tries::default(), Timestamp::from_millis(1_000_000));
        for number in 0..PER_ACCOUNT_MAX {
            let address = format!("192.0.2.{number}");
            assert!(tries.begin("ada@vendor.example", Some(&address), now));
        }
        assert!(!tries.begin("ada@vendor.example", Some("198.51.100.1"), now));
        for number in 0..PER_ADDRESS_MAX {
            let account = format!("user{number}@vendor.example");
            assert!(tries.begin(&account, Some("198.51.100.9"), now));
        }
        assert!(!tries.begin("new@vendor.example", Some("198.51.100.9"), now));
    }
}
