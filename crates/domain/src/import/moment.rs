//! Dates in files: ISO 8601, and nothing that two readers would read differently.

use chrono::{Datelike, NaiveDate};

use super::row::{RowProblem, excerpt};
use crate::Timestamp;
use crate::time::DAY_MILLIS;

/// When something expires: a moment in RFC 3339, or a day, which means its last moment in UTC. A day is written
/// `2027-01-31`, or `31.1.2027`: with dots the day comes first wherever dates are written so (Unicode CLDR). With
/// slashes the order differs from country to country, so that is refused, with the date that is probably meant.
pub(super) fn expiry(text: &str) -> Result<Timestamp, RowProblem> {
    let text = text.trim();
    let malformed = |date: Option<NaiveDate>| RowProblem::DateMalformed {
        text: excerpt(text),
        suggestion: date.map(|date| date.to_string()),
    };
    if text.contains(':') {
        return Timestamp::parse(text).ok_or_else(|| malformed(None));
    }
    let parts: Vec<_> = text
        .split(['-', '.', '/', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let &[first, second, third] = parts.as_slice() else {
        return Err(malformed(None));
    };
    if text == format!("{first}-{second}-{third}") && first.len() == 4 {
        return date(first, second, third)
            .and_then(last_moment)
            .ok_or_else(|| malformed(None));
    }
    if text == format!("{first}.{second}.{third}") {
        return date(third, second, first)
            .and_then(last_moment)
            .ok_or_else(|| malformed(None));
    }
    match (
        date(first, second, third),
        date(third, second, first),
        date(third, first, second),
    ) {
        (Some(year_first), _, _) => Err(malformed(Some(year_first))),
        (_, Some(day_first), Some(month_first)) if day_first != month_first => {
            Err(RowProblem::DateAmbiguous {
                text: excerpt(text),
                day_first: day_first.to_string(),
                month_first: month_first.to_string(),
            })
        }
        (_, day_first, month_first) => Err(malformed(day_first.or(month_first))),
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |digits: &str, most: usize| {
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= most;
        are_digits.then(|| digits.parse::<u32>().ok()).flatten()
    };
    let year = number(year, 4)
        .filter(|_| year.len() == 4)
        .and_then(|year| i32::try_from(year).ok())?;
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
        .filter(|date| date.year() >= 1970)
}

fn last_moment(date: NaiveDate) -> Option<Timestamp> {
    let first = date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis();
    Some(Timestamp::from_millis(first + DAY_MILLIS - 1))
}
