//! The licenses that are about to end, and of which that was not said.

use latchkey_domain::id::TypedId;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{Timestamp, VendorId};
use uuid::Uuid;

use super::super::{Database, Query};
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
        let mut query = Query::new("SELECT a.id FROM license AS a WHERE a.vendor_id = ");
        query.push_bind(vendor_id.uuid());
        query
            .push(" AND a.standing = 'active' AND a.expires_at > ")
            .push_bind(now.millis());
        query
            .push(" AND a.expires_at <= ")
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
            .push(") ORDER BY a.expires_at LIMIT ")
            .push_bind(i64::from(limit));
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }
}
