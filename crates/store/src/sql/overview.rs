//! The overview: the licenses added up by product, the activations by last seen and by day.

use latchkey_domain::activation::ActivationState;
use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::LicenseStanding;
use latchkey_domain::text::Name;
use latchkey_domain::{Timestamp, VendorId};

use super::table::Columns;
use super::{Database, Query, dialect};
use crate::{DayCount, OverviewAsk, ProductSum, StoreError, TermSums};

const DAY_MILLIS: i64 = 86_400_000;

impl Database {
    /// The licenses added up, by product.
    pub(crate) async fn overview_products(
        &self,
        vendor_id: VendorId,
        ask: &OverviewAsk,
    ) -> Result<Vec<ProductSum>, StoreError> {
        let now = ask.now.millis();
        let standing = |query: &mut Query, standing: LicenseStanding| {
            query
                .push(", count(*) FILTER (WHERE a.standing = ")
                .push_bind(standing.as_str());
        };
        let mut query = Query::new("SELECT a.product_id, max(p.name), count(*)");
        standing(&mut query, LicenseStanding::Suspended);
        query.push(")");
        standing(&mut query, LicenseStanding::Revoked);
        query.push(")");
        standing(&mut query, LicenseStanding::Active);
        query.push(" AND a.expires_at <= ").push_bind(now).push(")");
        for day in &ask.expiring {
            standing(&mut query, LicenseStanding::Active);
            query.push(" AND a.expires_at > ").push_bind(now);
            query
                .push(" AND a.expires_at < ")
                .push_bind(day.millis())
                .push(")");
        }
        query.push(
            ", count(*) FILTER (WHERE a.seats_used = a.seats_max), \
             count(*) FILTER (WHERE a.seats_used = 0 AND NOT EXISTS \
             (SELECT 1 FROM activation AS x WHERE x.license_id = a.id)), \
             CAST(sum(a.seats_used) AS BIGINT), CAST(sum(a.seats_max) AS BIGINT) \
             FROM license AS a JOIN product AS p ON p.id = a.product_id WHERE a.vendor_id = ",
        );
        query.push_bind(vendor_id.uuid());
        query.push(" GROUP BY a.product_id");
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mut columns = Columns::new(row, "license");
                Ok(ProductSum {
                    product_id: columns.id()?,
                    product_name: columns.parsed(Name::parse)?,
                    terms: TermSums {
                        licenses: columns.number()?,
                        suspended: columns.number()?,
                        revoked: columns.number()?,
                        expired: columns.number()?,
                        expiring: ask
                            .expiring
                            .iter()
                            .map(|_| columns.number())
                            .collect::<Result<_, _>>()?,
                        full: columns.number()?,
                        never_activated: columns.number()?,
                        seats_used: columns.number()?,
                        seats_max: columns.number()?,
                    },
                })
            })
            .collect()
    }

    /// How many active activations were not seen since each of some moments.
    pub(crate) async fn overview_unseen(
        &self,
        vendor_id: VendorId,
        since: &[Timestamp],
    ) -> Result<Vec<u64>, StoreError> {
        let Some(newest) = since.iter().max() else {
            return Ok(Vec::new());
        };
        let mut query = Query::new("SELECT ");
        for (at, since) in since.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            query
                .push(format_args!(
                    "{comma}count(*) FILTER (WHERE a.last_seen_at < "
                ))
                .push_bind(since.millis())
                .push(")");
        }
        query.push(" FROM activation AS a WHERE ");
        dialect::push_list_vendor(&mut query, vendor_id);
        query
            .push(" AND a.state = ")
            .push_bind(ActivationState::Active.as_str());
        query
            .push(" AND a.last_seen_at < ")
            .push_bind(newest.millis());
        let row = query.build().fetch_one(&self.readers).await?;
        let mut columns = Columns::new(&row, "activation");
        since.iter().map(|_| columns.number()).collect()
    }

    /// How many machines were activated and deactivated on each of some days, counted since 1970 in UTC. Each is counted in
    /// an index by itself: to group and sort all that happened takes three times as long.
    pub(crate) async fn overview_days(
        &self,
        vendor_id: VendorId,
        days: &[i64],
    ) -> Result<Vec<DayCount>, StoreError> {
        let mut query = Query::new("WITH d (day) AS (");
        dialect::push_rows(&mut query, days, |values, day| {
            values.push_bind(*day);
        });
        query.push(") SELECT d.day");
        for verb in [Verb::ActivationActivate, Verb::ActivationDeactivate] {
            query.push(", (SELECT count(*) FROM ledger_entry AS a WHERE ");
            dialect::push_list_vendor(&mut query, vendor_id);
            query.push(" AND a.verb = ").push_bind(verb.as_str());
            query.push(format_args!(
                " AND a.at >= d.day * {DAY_MILLIS} AND a.at < (d.day + 1) * {DAY_MILLIS})"
            ));
        }
        query.push(" FROM d ORDER BY d.day");
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mut columns = Columns::new(row, "ledger_entry");
                let day: i64 = columns.value()?;
                Ok(DayCount {
                    day: Timestamp::from_millis(day * DAY_MILLIS),
                    activated: columns.number()?,
                    deactivated: columns.number()?,
                })
            })
            .collect()
    }
}
