//! The licenses that are about to end, and of which that was not said.

use latchkey_domain::id::TypedId;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{Timestamp, VendorId};
use uuid::Uuid;

use super::super::list::planned;
use super::super::{Database, Query, dialect};
use super::filter::END;
use crate::StoreError;

impl Database {
    /// Licenses that end within so many days, of which that was not said, those that end first at most so many.
    pub(crate) async fn licenses_expiring(
        &self,
        vendor_id: VendorId,
        days: u32,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        let millis = i64::from(days) * DAY_MILLIS;
        let question = |explain: &str| {
            let mut query = Query::new(explain);
            query
                .push("SELECT a.id FROM license AS a WHERE a.vendor_id = ")
                .push_bind(vendor_id.uuid());
            // Few of the many active ones end soon: they are found by their end.
            query
                .push(format_args!(
                    " AND {}a.standing = 'active' AND {END} > ",
                    dialect::NO_INDEX
                ))
                .push_bind(now.millis());
            query
                .push(format_args!(" AND {END} <= "))
                .push_bind(now.millis() + millis);
            query
                .push(" AND a.issued_at <= a.expires_at - ")
                .push_bind(millis);
            query
            .push(
                " AND (a.noticed_end IS NULL OR a.noticed_end <> a.expires_at OR a.noticed_days > ",
            )
            .push_bind(i64::from(days));
            query
                .push(format_args!(") ORDER BY {END} LIMIT "))
                .push_bind(i64::from(limit));
            query
        };
        let mut query = planned(&self.readers, question).await?;
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }
}
