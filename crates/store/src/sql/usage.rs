//! Seats in use by day: what was counted from the ledger, how far that is, and its sums.

mod report;

use std::collections::BTreeMap;

use latchkey_domain::id::TypedId;
use latchkey_domain::license::LicenseStanding;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{LicenseId, Timestamp, VendorId};
use uuid::Uuid;

use super::table::Columns;
use super::{Database, Query, dialect};
use crate::StoreError;
use crate::view::{DeniedCount, ReportBy, SeatSum, UsageDay, UsageFilter, UsageStep};

/// Rows, or ids, in one statement.
const TOGETHER: usize = 500;

fn number(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// Conditions on the license `l`; whose it is stands in the column.
fn push_filter(query: &mut Query, filter: &UsageFilter, customer: &str) {
    if filter.nothing {
        query.push(" AND 1 = 0");
    }
    if let Some(id) = filter.license_id {
        query.push(" AND l.id = ").push_bind(id.uuid());
    }
    if let Some(id) = filter.product_id {
        query.push(" AND l.product_id = ").push_bind(id.uuid());
    }
    if let Some(id) = filter.reseller_id {
        query.push(" AND l.reseller_id = ").push_bind(id.uuid());
    }
    if let Some(id) = filter.customer_id {
        query
            .push(format_args!(" AND {customer} = "))
            .push_bind(id.uuid());
    }
}

/// What reports are by: the column of a license, and the table that has the names.
fn grouped(by: ReportBy) -> (&'static str, &'static str) {
    match by {
        ReportBy::Customer => ("customer_id", "customer"),
        ReportBy::Reseller => ("reseller_id", "reseller"),
        ReportBy::Product => ("product_id", "product"),
    }
}

/// The same of what happened to a license `l`, where rows say themselves whose it was at the time.
fn usage_group(by: ReportBy, rows: &str) -> String {
    match by {
        ReportBy::Customer => format!("{rows}.customer_id"),
        ReportBy::Reseller | ReportBy::Product => format!("l.{}", grouped(by).0),
    }
}

/// The steps of days, of rows `u` and their licenses `l`.
const STEPS: &str = "u.day, u.seats_used, u.peak, lag(u.seats_used, 1, 0) OVER (PARTITION BY u.license_id, u.customer_id \
                     ORDER BY u.day) AS before FROM usage_day AS u JOIN license AS l ON l.id = u.license_id \
                     WHERE u.vendor_id = ";

const SUMS: &str =
    "CAST(sum(s.seats_used - s.before) AS BIGINT), CAST(sum(s.peak - s.before) AS BIGINT)";

impl Database {
    /// The index of the first entry that is not counted yet.
    pub(crate) async fn usage_index(&self, vendor_id: VendorId) -> Result<u64, StoreError> {
        let mut query = Query::new("SELECT next_index FROM usage_head WHERE vendor_id = ");
        query.push_bind(vendor_id.uuid());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map_or(Ok(0), |row| Columns::new(&row, "usage_head").number())
    }

    /// The last day of each of these licenses, and of each customer who had it.
    pub(crate) async fn usage_last(
        &self,
        vendor_id: VendorId,
        licenses: &[LicenseId],
    ) -> Result<Vec<UsageDay>, StoreError> {
        let mut found = Vec::new();
        let licenses: Vec<Uuid> = licenses.iter().map(|id| id.uuid()).collect();
        for ids in licenses.chunks(TOGETHER) {
            let mut query = Query::new(
                "SELECT u.license_id, u.customer_id, u.day, u.seats_used, u.peak FROM usage_day AS u WHERE u.vendor_id = ",
            );
            query.push_bind(vendor_id.uuid());
            query.push(" AND ");
            dialect::push_one_of(&mut query, "u.license_id", ids);
            query.push(
                " AND u.day = (SELECT max(x.day) FROM usage_day AS x WHERE x.license_id = u.license_id \
                 AND x.customer_id = u.customer_id)",
            );
            for row in &query.build().fetch_all(&self.readers).await? {
                let mut columns = Columns::new(row, "usage_day");
                found.push(UsageDay {
                    license_id: columns.id()?,
                    customer_id: columns.id()?,
                    day: columns.value()?,
                    seats_used: columns.value()?,
                    peak: columns.value()?,
                });
            }
        }
        Ok(found)
    }

    /// Keeps what was counted of the entries from an index on, up to another. Answers whether nobody else had counted them
    /// meanwhile; otherwise nothing is kept.
    pub(crate) async fn usage_note(
        &self,
        vendor_id: VendorId,
        from: u64,
        to: u64,
        days: &[UsageDay],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.noters.begin_with(dialect::BEGIN).await?;
        let mut query = Query::new("INSERT INTO usage_head (vendor_id, next_index) VALUES (");
        query.push_bind(vendor_id.uuid());
        query.push(", 0) ON CONFLICT (vendor_id) DO NOTHING");
        query.build().execute(&mut *transaction).await?;
        let mut query = Query::new("UPDATE usage_head SET next_index = ");
        query.push_bind(number(to));
        query
            .push(" WHERE vendor_id = ")
            .push_bind(vendor_id.uuid());
        query.push(" AND next_index = ").push_bind(number(from));
        let done = query.build().execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for days in days.chunks(TOGETHER) {
            let mut query = Query::new(
                "INSERT INTO usage_day (vendor_id, license_id, customer_id, day, seats_used, peak) ",
            );
            dialect::push_rows(&mut query, days, |values, day| {
                values
                    .push_bind(vendor_id.uuid())
                    .push_bind(day.license_id.uuid())
                    .push_bind(day.customer_id.uuid())
                    .push_bind(day.day)
                    .push_bind(day.seats_used)
                    .push_bind(day.peak);
            });
            query.push(
                " ON CONFLICT (license_id, customer_id, day) DO UPDATE SET seats_used = excluded.seats_used, \
                 peak = excluded.peak",
            );
            query.build().execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// How the seats in use of some licenses changed, by day, the first day first.
    pub(crate) async fn usage_steps(
        &self,
        vendor_id: VendorId,
        filter: &UsageFilter,
    ) -> Result<Vec<UsageStep>, StoreError> {
        let mut query = Query::new(format!("SELECT s.day, {SUMS} FROM (SELECT {STEPS}"));
        query.push_bind(vendor_id.uuid());
        push_filter(&mut query, filter, "u.customer_id");
        query.push(") AS s GROUP BY s.day ORDER BY s.day");
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| read_step(&mut Columns::new(row, "usage_day")))
            .collect()
    }

    /// The same for each customer, reseller or product by itself.
    pub(crate) async fn usage_steps_by(
        &self,
        vendor_id: VendorId,
        by: ReportBy,
    ) -> Result<BTreeMap<Uuid, Vec<UsageStep>>, StoreError> {
        let group = usage_group(by, "u");
        let mut query = Query::new(format!(
            "SELECT s.id, s.day, {SUMS} FROM (SELECT {group} AS id, {STEPS}"
        ));
        query.push_bind(vendor_id.uuid());
        query.push(format_args!(
            " AND {group} IS NOT NULL) AS s GROUP BY s.id, s.day ORDER BY s.id, s.day"
        ));
        let mut found: BTreeMap<Uuid, Vec<UsageStep>> = BTreeMap::new();
        for row in &query.build().fetch_all(&self.readers).await? {
            let mut columns = Columns::new(row, "usage_day");
            let id = columns.value()?;
            found.entry(id).or_default().push(read_step(&mut columns)?);
        }
        Ok(found)
    }

    /// How often machines were told no from a moment on, by day and reason.
    pub(crate) async fn usage_denied(
        &self,
        vendor_id: VendorId,
        filter: &UsageFilter,
        from: Timestamp,
    ) -> Result<Vec<DeniedCount>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT v.at / {DAY_MILLIS}, v.refusal, count(*) FROM validation AS v JOIN license AS l ON l.id = v.license_id \
             WHERE v.vendor_id = "
        ));
        query.push_bind(vendor_id.uuid());
        query
            .push(" AND v.refusal IS NOT NULL AND v.at >= ")
            .push_bind(from.millis());
        push_filter(&mut query, filter, "v.customer_id");
        query.push(" GROUP BY 1, 2 ORDER BY 1, 2");
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mut columns = Columns::new(row, "validation");
                Ok(DeniedCount {
                    day: columns.value()?,
                    refusal: columns.value()?,
                    count: columns.number()?,
                })
            })
            .collect()
    }

    /// How often machines were told no from a moment on, for each customer, reseller or product.
    pub(crate) async fn usage_denied_by(
        &self,
        vendor_id: VendorId,
        by: ReportBy,
        from: Timestamp,
    ) -> Result<BTreeMap<Uuid, u64>, StoreError> {
        let group = usage_group(by, "v");
        let mut query = Query::new(format!(
            "SELECT {group}, count(*) FROM validation AS v JOIN license AS l ON l.id = v.license_id \
             WHERE v.vendor_id = "
        ));
        query.push_bind(vendor_id.uuid());
        query
            .push(" AND v.refusal IS NOT NULL AND v.at >= ")
            .push_bind(from.millis());
        query.push(format_args!(" AND {group} IS NOT NULL GROUP BY {group}"));
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mut columns = Columns::new(row, "validation");
                Ok((columns.value()?, columns.number()?))
            })
            .collect()
    }

    /// Licenses that can be used now, of some, and their seats.
    pub(crate) async fn usage_seats(
        &self,
        vendor_id: VendorId,
        filter: &UsageFilter,
        now: Timestamp,
    ) -> Result<SeatSum, StoreError> {
        let mut query = Query::new(
            "SELECT count(*), CAST(coalesce(sum(l.seats_max), 0) AS BIGINT) FROM license AS l WHERE l.vendor_id = ",
        );
        query.push_bind(vendor_id.uuid());
        push_usable(&mut query, now);
        push_filter(&mut query, filter, "l.customer_id");
        let row = query.build().fetch_one(&self.readers).await?;
        read_sum(&mut Columns::new(&row, "license"))
    }
}

/// The conditions of a license `l` that can be used now.
pub(super) fn push_usable(query: &mut Query, now: Timestamp) {
    query
        .push(" AND l.standing = ")
        .push_bind(LicenseStanding::Active.as_str());
    query
        .push(" AND (l.expires_at IS NULL OR l.expires_at > ")
        .push_bind(now.millis());
    query.push(")");
}

fn read_sum(columns: &mut Columns<'_>) -> Result<SeatSum, StoreError> {
    Ok(SeatSum {
        licenses: columns.number()?,
        seats_max: columns.number()?,
    })
}

fn read_step(columns: &mut Columns<'_>) -> Result<UsageStep, StoreError> {
    Ok(UsageStep {
        day: columns.value()?,
        used: columns.value()?,
        peak: columns.value()?,
    })
}
