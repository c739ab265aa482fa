//! Idle seats: which are to be warned and which are due, and what is noted of activations without being recorded.

use latchkey_domain::activation::ActivationState;
use latchkey_domain::id::TypedId;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{Timestamp, VendorId};
use uuid::Uuid;

use super::super::list::planned;
use super::super::statements::Statements;
use super::super::usage::push_usable;
use super::super::{Database, Query, dialect};
use crate::filter::ReclaimFilter;
use crate::rows::Dirt;
use crate::{Batch, StoreError};

/// Rows in one statement.
const ROWS_PER_STATEMENT: usize = 500;

/// Writes what is not recorded of activations of which nothing else changed.
pub(in super::super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    let touched = batch.activations.dirty(Dirt::Touched);
    for activations in touched.chunks(ROWS_PER_STATEMENT) {
        let activations = activations.to_vec();
        statements.add(move |query| {
            query.push(
                "UPDATE activation SET last_seen_at = seen.column2, name_folded = seen.column3, \
                 warned_at = seen.column4, reclaim_at = seen.column5, offline_until = seen.column6 FROM (",
            );
            dialect::push_rows(query, activations, |values, activation| {
                values
                    .push_bind(activation.id.uuid())
                    .push_bind(activation.last_seen_at.millis())
                    .push_bind(activation.name_folded.clone())
                    .push_bind(activation.warned_at.map(Timestamp::millis))
                    .push_bind(activation.reclaim_at.map(Timestamp::millis))
                    .push_bind(activation.offline_until.map(Timestamp::millis));
            });
            query.push(") AS seen WHERE activation.id = seen.column1");
            Ok(())
        });
    }
}

/// Restricts a list to what reclaim has to do with.
pub(super) fn push_reclaim(query: &mut Query, filter: ReclaimFilter) {
    match filter {
        // What was said before the customer's administrators set other numbers does not count.
        ReclaimFilter::Warned => {
            query.push(
                " AND a.reclaim_at IS NOT NULL AND EXISTS (SELECT 1 FROM customer AS rc \
                 WHERE rc.id = a.customer_id AND rc.reclaim_since <= a.warned_at)",
            );
        }
        ReclaimFilter::Kept => {
            query.push(" AND a.kept IS TRUE");
        }
        ReclaimFilter::Freed => {
            query.push(" AND a.reclaimed_in IS NOT NULL");
        }
    }
}

/// The question for idle seats. CROSS JOIN makes SQLite begin with the few customers that want theirs freed, and not with
/// every active seat; to PostgreSQL it is a join like any other.
fn idle_query(explain: &str, vendor_id: VendorId, now: Timestamp, limit: u32) -> Query {
    let mut query = Query::new(explain);
    query.push(
        "SELECT a.id FROM customer AS c CROSS JOIN activation AS a JOIN license AS l ON l.id = a.license_id \
         WHERE c.reclaim_idle_days IS NOT NULL AND a.customer_id = c.id AND c.vendor_id = ",
    );
    query.push_bind(vendor_id.uuid());
    for column in ["a.last_seen_at", "coalesce(a.offline_until, 0)"] {
        query
            .push(format_args!(" AND {column} <= "))
            .push_bind(now.millis());
        query.push(format_args!(" - c.reclaim_idle_days * {DAY_MILLIS}"));
    }
    query
        .push(" AND a.kept IS NOT TRUE AND a.machine_key IS NULL")
        .push(" AND (a.warned_at IS NULL OR a.warned_at < c.reclaim_since) AND a.state = ")
        .push_bind(ActivationState::Active.as_str());
    push_usable(&mut query, now);
    query.push(" LIMIT ").push_bind(i64::from(limit));
    query
}

impl Database {
    /// Active seats that are idle for as long as their customers say, and are not warned, the longest idle first of each
    /// customer, at most so many. A machine that may go on without a server is not idle.
    pub(crate) async fn activations_idle(
        &self,
        vendor_id: VendorId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        let question = |explain: &str| idle_query(explain, vendor_id, now, limit);
        let mut query = planned(&self.readers, question).await?;
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }

    /// Activations whose seats were to be freed by a moment, the longest due first, at most so many; some of them may not
    /// be any more.
    pub(crate) async fn activations_due(
        &self,
        vendor_id: VendorId,
        by: Timestamp,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut query = Query::new("SELECT a.id FROM activation AS a WHERE a.vendor_id = ");
        query.push_bind(vendor_id.uuid());
        query
            .push(" AND a.reclaim_at IS NOT NULL AND a.reclaim_at <= ")
            .push_bind(by.millis());
        query
            .push(" ORDER BY a.reclaim_at LIMIT ")
            .push_bind(i64::from(limit));
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }
}
