//! A clock that moves only when a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{Clock, Timestamp};

/// A clock that moves only when a test moves it.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Stands at this moment.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.millis()))
    }

    /// Moves to this moment.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.millis(), Ordering::SeqCst);
    }

    /// Moves on by days of 24 hours.
    pub fn advance_days(&self, days: u32) {
        self.advance_millis(i64::from(days) * DAY_MILLIS);
    }

    /// Moves on by milliseconds.
    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}
