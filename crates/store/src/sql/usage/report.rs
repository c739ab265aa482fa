//! The vendor's reports: who has how many seats, and which of them end when.

use latchkey_domain::id::TypedId;
use latchkey_domain::license::LicenseStanding;
use latchkey_domain::policy::PolicyRules;
use latchkey_domain::text::Name;
use latchkey_domain::{Timestamp, VendorId};

use super::super::table::Columns;
use super::super::{Database, Query};
use super::{grouped, push_usable, read_sum};
use crate::StoreError;
use crate::view::{EndingSum, ReportBy, ReportSum};

impl Database {
    /// The customers, resellers or products with most seats, at most so many.
    pub(crate) async fn report_sums(
        &self,
        vendor_id: VendorId,
        by: ReportBy,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<ReportSum>, StoreError> {
        let (column, table) = grouped(by);
        let mut query = Query::new(format!(
            "SELECT s.id, n.name, s.licenses, s.seats_max, s.seats_used FROM (SELECT l.{column} AS id, \
             count(*) AS licenses, CAST(sum(l.seats_max) AS BIGINT) AS seats_max, \
             CAST(sum(l.seats_used) AS BIGINT) AS seats_used FROM license AS l WHERE l.vendor_id = "
        ));
        query.push_bind(vendor_id.uuid());
        push_usable(&mut query, now);
        query.push(format_args!(
            " AND l.{column} IS NOT NULL GROUP BY l.{column}) AS s JOIN {table} AS n ON n.id = s.id \
             ORDER BY s.seats_max DESC, n.name LIMIT "
        ));
        query.push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mut columns = Columns::new(row, "license");
                Ok(ReportSum {
                    id: columns.value()?,
                    name: columns.parsed(Name::parse)?,
                    licenses: columns.number()?,
                    seats_max: columns.number()?,
                    seats_used: columns.number()?,
                })
            })
            .collect()
    }

    /// The licenses that end between two of some moments, one after the other; of each price a sum.
    pub(crate) async fn report_ending(
        &self,
        vendor_id: VendorId,
        moments: &[Timestamp],
    ) -> Result<Vec<Vec<EndingSum>>, StoreError> {
        let mut sums = Vec::new();
        for (from, until) in moments.iter().zip(moments.iter().skip(1)) {
            let mut query = Query::new(
                "SELECT count(*), CAST(sum(l.seats_max) AS BIGINT), r.rules FROM license AS l \
                 JOIN policy_revision AS r ON r.id = l.policy_revision_id WHERE l.vendor_id = ",
            );
            query.push_bind(vendor_id.uuid());
            query
                .push(" AND l.standing = ")
                .push_bind(LicenseStanding::Active.as_str());
            query.push(" AND l.expires_at >= ").push_bind(from.millis());
            query.push(" AND l.expires_at < ").push_bind(until.millis());
            query.push(" GROUP BY r.id, r.rules");
            let rows = query.build().fetch_all(&self.readers).await?;
            let read = rows
                .iter()
                .map(|row| read_ending(&mut Columns::new(row, "license")));
            sums.push(read.collect::<Result<_, _>>()?);
        }
        Ok(sums)
    }
}

fn read_ending(columns: &mut Columns<'_>) -> Result<EndingSum, StoreError> {
    let sum = read_sum(columns)?;
    let rules: PolicyRules = columns.parsed(|text| serde_json::from_str(text))?;
    Ok(EndingSum {
        sum,
        price: rules.price,
    })
}
