//! Earlier changes, as an undo needs them.

use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::{ChangeId, EntityKind, VendorId};

use uuid::Uuid;

use super::list::planned;
use super::table::Columns;
use super::{Connection, Database, Query, dialect};
use crate::{ChangeEntry, StoreError};

/// All entries of a change, oldest first.
pub(super) async fn entries(
    connection: &mut Connection,
    vendor_id: VendorId,
    change: ChangeId,
) -> Result<Vec<ChangeEntry>, StoreError> {
    let mut query = Query::new("SELECT count(*) FROM ledger_entry WHERE undoes_change_id = ");
    query
        .push_bind(change.uuid())
        .push(" AND vendor_id = ")
        .push_bind(vendor_id.uuid());
    let undoings: i64 = query
        .build_query_scalar()
        .fetch_one(&mut *connection)
        .await?;

    // What is to come in its order, SQLite would look for in the whole ledger in that order.
    let question = |explain: &str| {
        let mut query = Query::new(format!(
            "{explain}SELECT idx, at, verb, entity, entity_id, version, body FROM ledger_entry WHERE change_id = "
        ));
        query
            .push_bind(change.uuid())
            .push(format_args!(" AND {}vendor_id = ", dialect::NO_INDEX))
            .push_bind(vendor_id.uuid())
            .push(" ORDER BY idx");
        query
    };
    let mut query = planned(&mut *connection, question).await?;
    let rows = query.build().fetch_all(&mut *connection).await?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::new(row, "ledger_entry");
            Ok(ChangeEntry {
                index: columns.number()?,
                at: columns.time()?,
                verb: columns.choice(Verb::parse)?,
                entity: columns.choice(EntityKind::parse)?,
                entity_id: columns.value()?,
                version: columns.number()?,
                body: columns.value()?,
                undone: undoings > 0,
            })
        })
        .collect()
}

impl Database {
    /// The change that took a change back.
    pub(crate) async fn change_undone_by(
        &self,
        vendor_id: VendorId,
        change: ChangeId,
    ) -> Result<Option<ChangeId>, StoreError> {
        let mut query = Query::new("SELECT change_id FROM ledger_entry WHERE undoes_change_id = ");
        query
            .push_bind(change.uuid())
            .push(" AND vendor_id = ")
            .push_bind(vendor_id.uuid())
            .push(" LIMIT 1");
        let found: Option<Uuid> = query
            .build_query_scalar()
            .fetch_optional(&self.readers)
            .await?;
        Ok(found.map(ChangeId::from_uuid))
    }
}
