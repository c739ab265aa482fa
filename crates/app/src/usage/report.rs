//! The vendor's reports: seats sold and used, their peak, and what machines were told no for, by customer, reseller or
//! product; and what ends in which month.

use std::collections::BTreeMap;

use latchkey_domain::Timestamp;
use latchkey_domain::actor::Actor;
use latchkey_domain::price::Currency;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_store::{EndingSum, ReportBy, ReportSum};

use super::{USAGE_DAYS_MAX, every_day};
use crate::{App, AppError, Operation};

/// So many lines a report has at most, those with most seats.
pub const REPORT_LINES_MAX: u32 = 1_000;

/// So many months are told of, the present one among them.
pub const ENDING_MONTHS: u32 = 12;

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Whose it is, and what they have now.
    pub sum: ReportSum,
    /// Seats in use at the same time, at most, in the days of the report.
    pub peak: u64,
    /// How often machines were told no in these days.
    pub denied: u64,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Those with most seats first.
    pub lines: Vec<ReportLine>,
    /// How many entries of the ledger are still to be counted.
    pub behind: u64,
}

/// The licenses that end in one month of UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The month's beginning.
    pub month: Timestamp,
    /// Licenses that can be used until then.
    pub licenses: u64,
    /// Their seats.
    pub seats_max: u64,
    /// What another term of them would cost by their policies, in the smallest unit of each currency; those without a
    /// price are left out.
    pub revenue: BTreeMap<Currency, u64>,
}

impl Ending {
    fn of(month: Timestamp, sums: &[EndingSum]) -> Self {
        let mut ending = Self {
            month,
            licenses: 0,
            seats_max: 0,
            revenue: BTreeMap::new(),
        };
        for EndingSum { sum, price } in sums {
            ending.licenses += sum.licenses;
            ending.seats_max += sum.seats_max;
            if let Some(price) = price {
                let revenue = ending.revenue.entry(price.currency).or_default();
                *revenue = revenue.saturating_add(price.of(sum.licenses, sum.seats_max));
            }
        }
        ending
    }
}

/// Reports: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// What each customer, reseller or product has, and how it was used in the last days; [`REPORT_LINES_MAX`] lines at
    /// most.
    pub async fn report(&self, actor: &Actor, by: ReportBy, days: u32) -> Result<Report, AppError> {
        self.permit(actor, Operation::GetReport)?;
        self.reported(by, days).await
    }

    /// The same, to be taken away.
    pub async fn report_export(
        &self,
        actor: &Actor,
        by: ReportBy,
        days: u32,
    ) -> Result<Report, AppError> {
        self.permit(actor, Operation::ExportReportCsv)?;
        self.reported(by, days).await
    }

    async fn reported(&self, by: ReportBy, days: u32) -> Result<Report, AppError> {
        let behind = self.usage_count_some().await?;
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let today = now.millis().div_euclid(DAY_MILLIS);
        let first = today + 1 - i64::from(days.clamp(1, USAGE_DAYS_MAX));
        let from = Timestamp::from_millis(first * DAY_MILLIS);
        let (sums, steps, denied) = tokio::try_join!(
            self.store.report_sums(vendor_id, by, now, REPORT_LINES_MAX),
            self.store.usage_steps_by(vendor_id, by),
            self.store.usage_denied_by(vendor_id, by, from),
        )?;
        let lines = sums.into_iter().map(|sum| {
            let steps = steps.get(&sum.id).map_or(&[][..], Vec::as_slice);
            let days = every_day(first..=today, steps, &[]);
            ReportLine {
                peak: days.iter().map(|day| day.peak).max().unwrap_or(0),
                denied: denied.get(&sum.id).copied().unwrap_or(0),
                sum,
            }
        });
        Ok(Report {
            lines: lines.collect(),
            behind,
        })
    }

    /// The licenses that end in this month, from now on, and in each of those after it.
    pub async fn endings(&self, actor: &Actor) -> Result<Vec<Ending>, AppError> {
        self.permit(actor, Operation::ListEndings)?;
        let now = self.now();
        let months = months_from(now);
        let mut moments = months.clone();
        if let Some(first) = moments.first_mut() {
            *first = now;
        }
        let sums = self
            .store
            .report_ending(self.scope.vendor_id, &moments)
            .await?;
        let endings = months.into_iter().zip(sums);
        Ok(endings
            .map(|(month, sums)| Ending::of(month, &sums))
            .collect())
    }
}

/// The beginnings of this month and of those after it, and of the first one that is not told of.
fn months_from(now: Timestamp) -> Vec<Timestamp> {
    let first = now.to_chrono().format("%Y-%m-01").to_string();
    let first = Timestamp::parse(&first).unwrap_or(now);
    (0..=ENDING_MONTHS)
        .map(|months| first.plus_months(months))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_on_their_first_day_across_a_year() {
        let now = Timestamp::from_millis(1_795_737_600_000);
        let months = months_from(now);
        let said: Vec<String> = months
            .iter()
            .map(|month| month.to_chrono().format("%Y-%m-%d %H:%M").to_string())
            .collect();
        assert_eq!(said.len(), 13);
        assert_eq!(said[0], "2026-11-01 00:00");
        assert_eq!(said[2], "2027-01-01 00:00");
        assert_eq!(said[12], "2027-11-01 00:00");
    }
}
