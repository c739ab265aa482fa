//! Time as a value: [`Timestamp`] in milliseconds, and [`Clock`], which only programs implement with a real one.

use std::fmt;

use chrono::{DateTime, Months, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where "now" comes from.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A moment in UTC, in whole milliseconds since 1970. In text RFC 3339 with three decimals and `Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Milliseconds in a day.
pub const DAY_MILLIS: i64 = 86_400_000;

/// The last moment that can be written: the end of the year 9999.
const MILLIS_MAX: i64 = 253_402_300_799_999;

impl Timestamp {
    /// From milliseconds since 1970; held within the years 1970 to 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, MILLIS_MAX))
    }

    /// From whole seconds since 1970.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self::from_millis(seconds.saturating_mul(1000))
    }

    /// From RFC 3339, or from a date alone, which means its first moment in UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let millis = if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            moment.timestamp_millis()
        } else {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis()
        };
        (0..=MILLIS_MAX).contains(&millis).then_some(Self(millis))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment and some days (of 24 hours) later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        self.plus_millis(i64::from(days).saturating_mul(DAY_MILLIS))
    }

    /// This moment and some milliseconds later (or earlier).
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The same day and time some calendar months later; the 31st becomes the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let later = self.to_chrono().checked_add_months(Months::new(months));
        later.map_or(Self(MILLIS_MAX), |moment| {
            Self::from_millis(moment.timestamp_millis())
        })
    }

    /// As chrono's type.
    #[must_use]
    pub fn to_chrono(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            &self
                .to_chrono()
                .to_rfc3339_opts(SecondsFormat::Millis, true),
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(
                "a time is written like 2027-01-31T12:00:00Z, a date like 2027-01-31",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_back_what_it_wrote() {
        let time = Timestamp::parse("2026-11-22T18:43:30.125Z").unwrap();
        assert_eq!(time.to_string(), "2026-11-22T18:43:30.125Z");
        assert_eq!(
            Timestamp::parse("2026-11-22").unwrap().to_string(),
            "2026-11-22T00:00:00.000Z"
        );
        assert_eq!(
            Timestamp::parse("2026-11-22T20:43:30+02:00")
                .unwrap()
                .to_string(),
            "2026-11-22T18:43:30.000Z"
        );
        assert_eq!(Timestamp::parse("22.11.2026"), None);
    }

    #[test]
    fn a_month_after_the_31st_is_the_last_day() {
        let time = Timestamp::parse("2027-01-31").unwrap();
        assert_eq!(time.plus_months(1).to_string(), "2027-02-28T00:00:00.000Z");
        assert_eq!(time.plus_days(1).to_string(), "2027-02-01T00:00:00.000Z");
        assert_eq!(
            time.plus_months(u32::MAX).to_string(),
            "9999-12-31T23:59:59.999Z"
        );
    }
}
