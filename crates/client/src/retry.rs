//! How long to wait before trying again, and when to stop: full jitter over an exponential backoff,
//! so that a thousand apps that lost the same server do not come back in the same second.

use std::time::Duration;

/// The longest a wait grows to by itself.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// The longest a server may ask us to wait. If it asks for more, this call is not tried again:
/// coming back earlier would be against its word, and an app does not stand still for a minute.
pub(crate) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// The most tries a caller can ask for.
pub(crate) const MOST_TRIES: u32 = 10;

/// How often, and after how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Retry {
    /// Tries in all, the first included.
    pub(crate) tries: u32,
    /// What the wait before the second try is at most.
    pub(crate) first_wait: Duration,
}

impl Retry {
    /// The wait before the next try, after this many have failed; nothing when that was the last.
    /// `share` is random, from 0 to below 1; `asked` is the server's `Retry-After`.
    pub(crate) fn wait(
        &self,
        failed: u32,
        share: f64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        if failed >= self.tries.min(MOST_TRIES) {
            return None;
        }
        let asked = asked.unwrap_or_default();
        if asked > LONGEST_RETRY_AFTER {
            return None;
        }
        let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
        let most = self.first_wait.saturating_mul(doubled).min(LONGEST_WAIT);
        Some(asked.saturating_add(most.mul_f64(share.clamp(0.0, 1.0))))
    }
}

/// Reads `Retry-After` in seconds. Its other form, a date, is passed over: this machine's clock may
/// be wrong.
pub(crate) fn retry_after(text: &str) -> Option<Duration> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than fit are a very long time.
    digits.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RETRY: Retry = Retry {
        tries: 10,
        first_wait: Duration::from_millis(500),
    };

    #[test]
    fn waits_double_up_to_a_limit_and_are_random_from_zero() {
        let most = |failed| RETRY.wait(failed, 1.0, None).unwrap().as_millis();
        assert_eq!([1, 2, 3, 4].map(most), [500, 1_000, 2_000, 4_000]);
        assert_eq!([5, 6, 9].map(most), [8_000; 3]);
        assert_eq!(RETRY.wait(5, 0.0, None), Some(Duration::ZERO));
        assert_eq!(RETRY.wait(2, 0.25, None), Some(Duration::from_millis(250)));
    }

    #[test]
    fn there_are_as_many_tries_as_asked_for_and_never_more_than_ten() {
        let waits = |tries| {
            let retry = Retry { tries, ..RETRY };
            (1..100)
                .map_while(|failed| retry.wait(failed, 0.5, None))
                .count()
        };
        assert_eq!([0, 1, 4, 10, 11, 1_000].map(waits), [0, 0, 3, 9, 9, 9]);
    }

    #[test]
    fn the_server_s_wish_is_kept_or_the_call_ends() {
        let wait = |seconds| RETRY.wait(1, 0.5, Some(Duration::from_secs(seconds)));
        assert_eq!(wait(30), Some(Duration::from_millis(30_250)));
        assert_eq!(wait(31), None);
    }

    #[test]
    fn retry_after_is_read_in_seconds_only() {
        assert_eq!(retry_after("120"), Some(Duration::from_secs(120)));
        assert_eq!(
            retry_after("99999999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        for text in ["", "-1", "1.5", "+3", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            assert_eq!(retry_after(text), None, "{text}");
        }
    }
}
