//! The real clock and the real randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use latchkey_domain::random::Random;
use latchkey_domain::time::{Clock, Timestamp};

/// The system's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The system's source of random bytes.
pub(crate) struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            eprintln!("the system gives no random bytes: {error}");
            std::process::abort();
        }
    }
}
