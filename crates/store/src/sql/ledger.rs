//! The ledger's tables: entries, nodes of the Merkle tree, and the head.

mod customer;

use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::merkle::StoredNode;
use latchkey_domain::{ChangeId, EntityKind, VendorId};
use uuid::Uuid;

use super::list::{List, Order, by_seq};
use super::statements::Statements;
use super::table::{Columns, columns_at};
use super::{Connection, Database, Query, dialect};
use crate::filter::{LedgerFilter, Page, PageRequest};
use crate::{Batch, LedgerHead, LedgerRow, StoreError};

/// The columns of an entry, where its table is called `alias`.
pub(super) fn columns_of_entry(alias: &str) -> String {
    const COLUMNS: [&str; 11] = [
        "idx",
        "at",
        "verb",
        "entity",
        "entity_id",
        "version",
        "change_id",
        "undoes_change_id",
        "entry",
        "leaf",
        "body",
    ];
    columns_at(alias, &COLUMNS)
}

/// Rows of entries in one statement; each carries its texts.
const ENTRIES_PER_STATEMENT: usize = 400;

pub(super) fn read(columns: &mut Columns<'_>) -> Result<LedgerRow, StoreError> {
    Ok(LedgerRow {
        index: columns.number()?,
        at: columns.time()?,
        verb: columns.choice(Verb::parse)?,
        entity: columns.choice(EntityKind::parse)?,
        entity_id: columns.value()?,
        version: columns.number()?,
        change: columns.id()?,
        undoes: columns.id_optional()?,
        entry: columns.value()?,
        leaf: columns.hash()?,
        body: columns.value()?,
        undone: false,
    })
}

/// The head of a ledger, held for the length of the transaction. Where there is none yet, founding one is held.
pub(super) async fn lock_head(
    connection: &mut Connection,
    vendor_id: VendorId,
) -> Result<Option<LedgerHead>, StoreError> {
    let head = head(connection, vendor_id, dialect::FOR_UPDATE).await?;
    if let (None, Some(lock)) = (&head, dialect::LOCK_FOUNDING) {
        sqlx::query(lock).execute(&mut *connection).await?;
    }
    Ok(head)
}

/// The head of a ledger; `lock` is what the select ends with.
pub(super) async fn head(
    connection: &mut Connection,
    vendor_id: VendorId,
    lock: &str,
) -> Result<Option<LedgerHead>, StoreError> {
    let mut query =
        Query::new("SELECT size, frontier, root, checkpoint FROM ledger_head WHERE vendor_id = ");
    query.push_bind(vendor_id.uuid()).push(lock);
    let row = query.build().fetch_optional(&mut *connection).await?;
    row.map(|row| read_head(&mut Columns::new(&row, "ledger_head")))
        .transpose()
}

fn read_head(columns: &mut Columns<'_>) -> Result<LedgerHead, StoreError> {
    Ok(LedgerHead {
        size: columns.number()?,
        frontier: columns.value()?,
        root: columns.hash()?,
        checkpoint: columns.value()?,
    })
}

/// Writes the head.
pub(super) fn write_head(query: &mut Query, vendor_id: VendorId, head: LedgerHead) {
    query.push("INSERT INTO ledger_head (vendor_id, size, frontier, root, checkpoint) ");
    dialect::push_rows(query, [head], |values, head| {
        values
            .push_bind(vendor_id.uuid())
            .push_bind(index(head.size))
            .push_bind(head.frontier)
            .push_bind(head.root.to_vec())
            .push_bind(head.checkpoint);
    });
    query.push(
        " ON CONFLICT (vendor_id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier, \
         root = excluded.root, checkpoint = excluded.checkpoint",
    );
}

/// Appends the batch's entries behind `size`.
pub(super) fn append<'b>(statements: &mut Statements<'b>, batch: &'b Batch, size: u64) {
    let at = batch.now().millis();
    let vendor = batch.vendor_id().uuid();
    let mut begin = size;
    for entries in batch.staged.chunks(ENTRIES_PER_STATEMENT) {
        let indexed = (begin..).zip(entries);
        begin += entries.len() as u64;
        statements.add(move |query| {
            query.push(
                "INSERT INTO ledger_entry (vendor_id, idx, at, verb, entity, entity_id, version, change_id, \
                 undoes_change_id, entry, leaf, body, reseller_id) ",
            );
            dialect::push_rows(query, indexed, |values, (next, staged)| {
                values
                    .push_bind(vendor)
                    .push_bind(index(next))
                    .push_bind(at)
                    .push_bind(staged.verb.as_str())
                    .push_bind(staged.entity.as_str())
                    .push_bind(staged.entity_id)
                    .push_bind(i64::from(staged.version))
                    .push_bind(staged.change.uuid())
                    .push_bind(staged.undoes.map(TypedId::uuid))
                    .push_bind(staged.written.entry.clone())
                    .push_bind(staged.written.leaf.to_vec())
                    .push_bind(staged.written.body.clone())
                    .push_bind(staged.reseller.map(TypedId::uuid));
            });
            Ok(())
        });
    }
    customer::append(statements, batch, size);
}

/// Keeps the hashes of subtrees that were completed.
pub(super) fn write_nodes<'b>(
    statements: &mut Statements<'b>,
    vendor_id: VendorId,
    nodes: &'b [StoredNode],
) {
    for nodes in nodes.chunks(ENTRIES_PER_STATEMENT) {
        statements.add(move |query| {
            query.push("INSERT INTO ledger_node (vendor_id, level, idx, hash) ");
            dialect::push_rows(query, nodes, |values, node| {
                values
                    .push_bind(vendor_id.uuid())
                    .push_bind(i64::from(node.level))
                    .push_bind(index(node.index))
                    .push_bind(node.hash.to_vec());
            });
            Ok(())
        });
    }
}

fn index(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

impl Database {
    /// The head of a ledger.
    pub(crate) async fn ledger_head(
        &self,
        vendor_id: VendorId,
    ) -> Result<Option<LedgerHead>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        head(&mut connection, vendor_id, "").await
    }

    /// Entries.
    pub(crate) async fn ledger_list(
        &self,
        vendor_id: VendorId,
        filter: &LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerRow>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(entity_id) = filter.entity_id {
                query.push(" AND a.entity_id = ").push_bind(entity_id);
            }
            if let Some(reseller_id) = filter.reseller_id {
                query
                    .push(" AND a.reseller_id = ")
                    .push_bind(reseller_id.uuid());
            }
            if let Some(change_id) = filter.change_id {
                query
                    .push(" AND a.change_id = ")
                    .push_bind(change_id.uuid());
            }
        };
        let list = List {
            from: "ledger_entry AS a",
            joins: "",
            columns: columns_of_entry("a"),
            order: if filter.oldest_first {
                Order::SeqUp { seq: "a.seq" }
            } else {
                by_seq("a.seq")
            },
        };
        let mut page = self.page(vendor_id, &list, conditions, page, read).await?;
        self.mark_undone(&mut page.rows).await?;
        Ok(page)
    }

    /// One entry.
    pub(crate) async fn ledger_get(
        &self,
        vendor_id: VendorId,
        at: u64,
    ) -> Result<Option<LedgerRow>, StoreError> {
        let mut rows = self.ledger_range(vendor_id, at, 1).await?;
        rows.retain(|row| row.index == at);
        self.mark_undone(&mut rows).await?;
        Ok(rows.pop())
    }

    /// Entries from an index on, oldest first. They are not marked as undone.
    pub(crate) async fn ledger_range(
        &self,
        vendor_id: VendorId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<LedgerRow>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {} FROM ledger_entry AS a WHERE a.vendor_id = ",
            columns_of_entry("a")
        ));
        query
            .push_bind(vendor_id.uuid())
            .push(" AND a.idx >= ")
            .push_bind(index(from));
        query
            .push(" ORDER BY a.idx LIMIT ")
            .push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| read(&mut Columns::new(row, "ledger_entry")))
            .collect()
    }

    async fn mark_undone(&self, rows: &mut [LedgerRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let changes: Vec<Uuid> = rows.iter().map(|row| row.change.uuid()).collect();
        let mut query = Query::new("SELECT DISTINCT undoes_change_id FROM ledger_entry WHERE ");
        dialect::push_one_of(&mut query, "undoes_change_id", &changes);
        let undone: Vec<Uuid> = query.build_query_scalar().fetch_all(&self.readers).await?;
        for row in rows {
            row.undone = undone.contains(&row.change.uuid());
        }
        Ok(())
    }

    /// The first and the last ledger index of a change; its entries lie together.
    pub(crate) async fn change_span(
        &self,
        vendor_id: VendorId,
        change: ChangeId,
    ) -> Result<Option<(u64, u64)>, StoreError> {
        let mut query =
            Query::new("SELECT min(idx), max(idx) FROM ledger_entry WHERE change_id = ");
        query
            .push_bind(change.uuid())
            .push(" AND vendor_id = ")
            .push_bind(vendor_id.uuid());
        let row = query.build().fetch_one(&self.readers).await?;
        let mut columns = Columns::new(&row, "ledger_entry");
        let (first, last): (Option<u64>, Option<u64>) =
            (columns.number_optional()?, columns.number_optional()?);
        Ok(first.zip(last))
    }

    /// What the tree commits to, from an index on.
    pub(crate) async fn ledger_entries(
        &self,
        vendor_id: VendorId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let mut query = Query::new("SELECT entry FROM ledger_entry WHERE vendor_id = ");
        query.push_bind(vendor_id.uuid());
        query.push(" AND idx >= ").push_bind(index(from));
        query
            .push(" ORDER BY idx LIMIT ")
            .push_bind(i64::from(limit));
        Ok(query.build_query_scalar().fetch_all(&self.readers).await?)
    }

    /// Leaf hashes from an index on.
    pub(crate) async fn ledger_leaves(
        &self,
        vendor_id: VendorId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut query = Query::new("SELECT leaf FROM ledger_entry WHERE vendor_id = ");
        query
            .push_bind(vendor_id.uuid())
            .push(" AND idx >= ")
            .push_bind(index(from));
        query
            .push(" ORDER BY idx LIMIT ")
            .push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| Columns::new(row, "ledger_entry").hash())
            .collect()
    }

    /// Hashes of complete subtrees from an index on.
    pub(crate) async fn ledger_nodes(
        &self,
        vendor_id: VendorId,
        level: u32,
        from: u64,
        limit: u32,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        let mut query = Query::new("SELECT hash FROM ledger_node WHERE vendor_id = ");
        query
            .push_bind(vendor_id.uuid())
            .push(" AND level = ")
            .push_bind(i64::from(level));
        query.push(" AND idx >= ").push_bind(index(from));
        query
            .push(" ORDER BY idx LIMIT ")
            .push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| Columns::new(row, "ledger_node").hash())
            .collect()
    }
}
