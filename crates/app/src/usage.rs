//! How many seats were in use, by day; what machines were told no for; and the vendor's reports of both.
//!
//! Seats in use are counted from the ledger, a little behind it (`count.rs`), so that whoever activates a machine does not
//! wait for that, and what was before this version is counted as well.

mod count;
mod report;

use std::collections::BTreeMap;

use latchkey_domain::Timestamp;
use latchkey_domain::actor::Actor;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_store::{DeniedCount, SeatSum, UsageFilter, UsageStep};

use crate::permission::narrowed;
use crate::{App, AppError, Operation};

pub use report::{ENDING_MONTHS, Ending, REPORT_LINES_MAX, Report, ReportLine};

/// So many days are told at most.
pub const USAGE_DAYS_MAX: u32 = 366;

/// One day, of UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageDay {
    /// Its beginning.
    pub day: Timestamp,
    /// Seats in use at its end, or now.
    pub used: u64,
    /// Seats in use at the same time, at most. Of several licenses the peaks are added up, which may be more than there
    /// were at any one moment.
    pub peak: u64,
    /// How often machines were told no.
    pub denied: u64,
}

/// How licenses were used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Licenses that can be used now, and their seats.
    pub now: SeatSum,
    /// The days that were asked for, the first one first, none left out.
    pub days: Vec<UsageDay>,
    /// What machines were told no for in these days, the most frequent first; as far as it is remembered.
    pub denied: Vec<(String, u64)>,
    /// How many entries of the ledger are still to be counted.
    pub behind: u64,
}

/// Usage: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// How licenses were used in the last days, today among them; [`USAGE_DAYS_MAX`] at most. A customer's people are told
    /// of their customer's licenses, a reseller's of those that it issued.
    pub async fn usage(
        &self,
        actor: &Actor,
        filter: &UsageFilter,
        days: u32,
    ) -> Result<Usage, AppError> {
        self.permit(actor, Operation::GetUsage)?;
        self.used(actor, filter, days).await
    }

    /// The same, to be taken away.
    pub async fn usage_export(
        &self,
        actor: &Actor,
        filter: &UsageFilter,
        days: u32,
    ) -> Result<Usage, AppError> {
        self.permit(actor, Operation::ExportUsageCsv)?;
        self.used(actor, filter, days).await
    }

    async fn used(
        &self,
        actor: &Actor,
        filter: &UsageFilter,
        days: u32,
    ) -> Result<Usage, AppError> {
        let behind = self.usage_count_some().await?;
        let filter = narrowed(actor, filter);
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let today = now.millis().div_euclid(DAY_MILLIS);
        let first = today + 1 - i64::from(days.clamp(1, USAGE_DAYS_MAX));
        let from = Timestamp::from_millis(first * DAY_MILLIS);
        let (steps, denied, seats) = tokio::try_join!(
            self.store.usage_steps(vendor_id, &filter),
            self.store.usage_denied(vendor_id, &filter, from),
            self.store.usage_seats(vendor_id, &filter, now),
        )?;
        Ok(Usage {
            now: seats,
            days: every_day(first..=today, &steps, &denied),
            denied: reasons(&denied),
            behind,
        })
    }
}

/// The sums of each of these days.
fn every_day(
    days: std::ops::RangeInclusive<i64>,
    steps: &[UsageStep],
    denied: &[DeniedCount],
) -> Vec<UsageDay> {
    let mut denials: BTreeMap<i64, u64> = BTreeMap::new();
    for count in denied {
        *denials.entry(count.day).or_default() += count.count;
    }
    let seats = |number: i64| u64::try_from(number).unwrap_or(0);
    let mut steps = steps.iter().peekable();
    let mut used = 0;
    days.map(|day| {
        while let Some(before) = steps.next_if(|step| step.day < day) {
            used += before.used;
        }
        let (mut now, mut peak) = (used, used);
        if let Some(step) = steps.next_if(|step| step.day == day) {
            (now, peak) = (used + step.used, used + step.peak);
        }
        used = now;
        UsageDay {
            day: Timestamp::from_millis(day * DAY_MILLIS),
            used: seats(now),
            peak: seats(peak),
            denied: denials.get(&day).copied().unwrap_or(0),
        }
    })
    .collect()
}

/// What was said no for, added up over all days.
fn reasons(denied: &[DeniedCount]) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for count in denied {
        *sums.entry(&count.refusal).or_default() += count.count;
    }
    let mut sums: Vec<_> = sums
        .into_iter()
        .map(|(refusal, count)| (refusal.to_owned(), count))
        .collect();
    sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_on_where_nothing_happened() {
        let step = |day, used, peak| UsageStep { day, used, peak };
        let steps = [step(3, 5, 5), step(10, -2, 1), step(12, 0, 4)];
        let denied = [DeniedCount {
            day: 11,
            refusal: "seats_exhausted".into(),
            count: 7,
        }];
        let days = every_day(9..=13, &steps, &denied);
        let told: Vec<_> = days
            .iter()
            .map(|day| (day.used, day.peak, day.denied))
            .collect();
        // Five seats from before; then three, and six at once for a while.
        assert_eq!(
            told,
            [(5, 5, 0), (3, 6, 0), (3, 3, 7), (3, 7, 0), (3, 3, 0)]
        );
    }
}
