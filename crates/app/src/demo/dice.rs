//! Repeatable chance.

use latchkey_domain::Timestamp;
use latchkey_domain::random::{Random, SeededRandom};
use latchkey_domain::time::DAY_MILLIS;

/// Throws that come out the same for the same seed.
pub(super) struct Dice(SeededRandom);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(SeededRandom::new(seed))
    }

    /// A number from 0 to one less than `count`; 0 for a count of 0.
    pub(super) fn below(&self, count: u32) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_be_bytes(bytes).checked_rem(count).unwrap_or(0)
    }

    /// One of several; none of none.
    pub(super) fn pick<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(all.len()).ok()?;
        all.get(usize::try_from(self.below(count)).ok()?)
    }

    /// One of several words.
    pub(super) fn word(&self, words: &[&'static str]) -> &'static str {
        self.pick(words).copied().unwrap_or_default()
    }

    /// Some moment within an hour.
    pub(super) fn millis_of_hour(&self) -> i64 {
        i64::from(self.below(3_600_000))
    }
}

/// So many days before a moment.
pub(super) fn days_before(moment: Timestamp, days: u32) -> Timestamp {
    moment.plus_millis(-i64::from(days) * DAY_MILLIS)
}

/// Whole days from one moment to a later one.
pub(super) fn days_between(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from((to.millis() - from.millis()) / DAY_MILLIS).unwrap_or(0)
}
