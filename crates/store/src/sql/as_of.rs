//! What things were at a moment of the past, from the ledger.

use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::{CustomerId, LicenseId, Timestamp, VendorId};
use uuid::Uuid;

use super::ledger::{columns_of_entry, read};
use super::list::planned;
use super::table::Columns;
use super::{Database, Query, dialect};
use crate::{LedgerRow, StoreError};

/// Entities asked for in one statement.
const IDS_PER_STATEMENT: usize = 500;

impl Database {
    /// Of each of some entities the last entry at or before a moment, if it was there. They are not marked as undone.
    pub(crate) async fn ledger_as_of(
        &self,
        vendor_id: VendorId,
        entity_ids: &[Uuid],
        at: Timestamp,
    ) -> Result<Vec<LedgerRow>, StoreError> {
        let mut found = Vec::with_capacity(entity_ids.len());
        for ids in entity_ids.chunks(IDS_PER_STATEMENT) {
            // SQLite would take those few for more than all entries of the vendor.
            let question = |explain: &str| {
                let mut query = Query::new(format!(
                    "{explain}SELECT {} FROM ledger_entry AS a WHERE {}a.vendor_id = ",
                    columns_of_entry("a"),
                    dialect::NO_INDEX
                ));
                query.push_bind(vendor_id.uuid());
                query.push(" AND a.seq IN (SELECT max(b.seq) FROM ledger_entry AS b WHERE ");
                dialect::push_one_of(&mut query, "b.entity_id", ids);
                query.push(" AND b.at <= ").push_bind(at.millis());
                query.push(" GROUP BY b.entity_id)");
                query
            };
            let mut query = planned(&self.readers, question).await?;
            for row in &query.build().fetch_all(&self.readers).await? {
                found.push(read(&mut Columns::new(row, "ledger_entry"))?);
            }
        }
        Ok(found)
    }

    /// The licenses that were transferred after a moment, at most so many.
    pub(crate) async fn licenses_transferred_after(
        &self,
        vendor_id: VendorId,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut query =
            Query::new("SELECT DISTINCT entity_id FROM ledger_entry WHERE vendor_id = ");
        query.push_bind(vendor_id.uuid());
        query
            .push(" AND verb = ")
            .push_bind(Verb::LicenseTransfer.as_str());
        query.push(" AND at > ").push_bind(at.millis());
        query.push(" LIMIT ").push_bind(i64::from(limit));
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }

    /// The licenses of a customer, oldest first, at most so many.
    pub(crate) async fn license_ids_of(
        &self,
        vendor_id: VendorId,
        customer_id: CustomerId,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        self.ids_of(
            vendor_id,
            ("license", "customer_id"),
            customer_id.uuid(),
            limit,
        )
        .await
    }

    /// The activations there ever were on a license, oldest first, at most so many.
    pub(crate) async fn activation_ids_of(
        &self,
        vendor_id: VendorId,
        license_id: LicenseId,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        self.ids_of(
            vendor_id,
            ("activation", "license_id"),
            license_id.uuid(),
            limit,
        )
        .await
    }

    async fn ids_of(
        &self,
        vendor_id: VendorId,
        (table, column): (&str, &str),
        id: Uuid,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut query = Query::new(format!("SELECT id FROM {table} WHERE {column} = "));
        query.push_bind(id);
        query.push(" AND vendor_id = ").push_bind(vendor_id.uuid());
        query
            .push(" ORDER BY seq LIMIT ")
            .push_bind(i64::from(limit));
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }
}
