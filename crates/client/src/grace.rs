//! How long a remembered answer holds. Pure arithmetic in milliseconds since 1970.
//!
//! The clock of a machine belongs to whoever sits in front of it. So the newest time ever seen is
//! kept beside the answer, and a clock that has gone back counts no more than that.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// How far a clock may go back before it is taken to be set back: clocks are corrected all the time.
const CLOCK_TOLERANCE_MILLIS: i64 = 5 * 60 * 1_000;

/// How far this machine's clock may be ahead of the server's without costing any of the grace.
///
/// When the answer came is this machine's own word, kept in a file that its user can write; when it
/// was given is signed. The later of the two decides nothing beyond this.
const AHEAD_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// What counts as now.
pub(crate) fn effective_now(clock: i64, newest_seen: i64) -> i64 {
    if clock.saturating_add(CLOCK_TOLERANCE_MILLIS) < newest_seen {
        newest_seen
    } else {
        clock
    }
}

/// When a remembered answer stops to hold: the grace after it came, and not beyond the license.
pub(crate) fn holds_until(
    received_at: i64,
    answered_at: i64,
    expires_at: Option<i64>,
    grace: Duration,
) -> i64 {
    let grace = i64::try_from(grace.as_millis()).unwrap_or(i64::MAX);
    let by_this_clock = received_at.saturating_add(grace);
    let by_the_server = answered_at
        .saturating_add(AHEAD_MILLIS)
        .saturating_add(grace);
    by_this_clock
        .min(by_the_server)
        .min(expires_at.unwrap_or(i64::MAX))
}

/// Milliseconds since 1970 for people; what is out of range becomes the end of the range.
pub(crate) fn date(millis: i64) -> DateTime<Utc> {
    let end = if millis < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    };
    DateTime::from_timestamp_millis(millis).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;
    const NOW: i64 = 1_790_000_000_000;
    const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

    #[test]
    fn a_clock_set_back_by_more_than_five_minutes_does_not_count() {
        assert_eq!(effective_now(NOW, NOW - DAY), NOW);
        assert_eq!(effective_now(NOW - 5 * MINUTE, NOW), NOW - 5 * MINUTE);
        assert_eq!(effective_now(NOW - 5 * MINUTE - 1, NOW), NOW);
        assert_eq!(effective_now(NOW - 365 * DAY, NOW), NOW);
        assert_eq!(effective_now(i64::MAX, 0), i64::MAX);
    }

    #[test]
    fn the_grace_is_counted_from_when_the_answer_came() {
        assert_eq!(holds_until(NOW, NOW, None, WEEK), NOW + 7 * DAY);
        let behind = holds_until(NOW - 400 * DAY, NOW, None, WEEK);
        assert_eq!(
            behind,
            NOW - 393 * DAY,
            "this clock is the one that will be read"
        );
    }

    #[test]
    fn a_time_of_arrival_that_was_moved_ahead_gains_a_day_at_most() {
        assert_eq!(holds_until(NOW + DAY, NOW, None, WEEK), NOW + 8 * DAY);
        assert_eq!(holds_until(NOW + DAY + 1, NOW, None, WEEK), NOW + 8 * DAY);
        assert_eq!(holds_until(i64::MAX, NOW, None, WEEK), NOW + 8 * DAY);
    }

    #[test]
    fn the_grace_never_outlives_the_license() {
        let end = NOW + 3 * DAY;
        assert_eq!(holds_until(NOW, NOW, Some(end), WEEK), end);
        assert_eq!(holds_until(NOW, NOW, Some(end), Duration::MAX), end);
        assert_eq!(holds_until(NOW, NOW, None, Duration::MAX), i64::MAX);
        assert_eq!(holds_until(NOW, NOW, None, Duration::ZERO), NOW);
    }

    #[test]
    fn dates_out_of_range_are_shown_as_the_end_of_the_range() {
        assert_eq!(date(0), DateTime::UNIX_EPOCH);
        assert_eq!(date(i64::MAX), DateTime::<Utc>::MAX_UTC);
        assert_eq!(date(i64::MIN), DateTime::<Utc>::MIN_UTC);
    }
}
