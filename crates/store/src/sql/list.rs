//! Lists: keyset pages and counts, the same way for all of them.

use latchkey_domain::VendorId;
use latchkey_domain::id::TypedId;
use latchkey_domain::limits::COUNT_EXACT_MAX;
use uuid::Uuid;

use super::table::{Columns, Table, columns_of};
use super::{Database, Db, Query, dialect};
use crate::StoreError;
use crate::filter::{Cursor, Page, PageRequest};

/// How a list is sorted. Ties are broken by the order of creation.
pub(super) enum Order {
    /// By creation, newest first.
    Seq {
        /// The column.
        seq: &'static str,
    },
    /// By creation, oldest first.
    SeqUp {
        /// The column.
        seq: &'static str,
    },
    /// By the place in the ledger, newest first. It is what a cursor holds.
    Entry,
    /// By a number, smallest first; ties oldest first.
    Key {
        /// The column.
        key: &'static str,
    },
    /// By a text, ties oldest first. A cursor holds no text: it is read from the row that the page before ended with.
    Text {
        /// The column.
        column: &'static str,
        /// The table.
        table: &'static str,
    },
}

pub(super) fn by_seq(seq: &'static str) -> Order {
    Order::Seq { seq }
}

/// What a list reads. The rows of the page are found first, as `a`; then `joins` adds what they show.
pub(super) struct List {
    /// The tables that the page is found in; one of them is called `a`.
    pub(super) from: &'static str,
    /// Joins behind `FROM (…) AS a`.
    pub(super) joins: &'static str,
    /// The columns that are read, in order.
    pub(super) columns: String,
    /// The sorting.
    pub(super) order: Order,
}

impl List {
    fn push_after(&self, query: &mut Query, after: Option<Cursor>) {
        let Some(cursor) = after else { return };
        match self.order {
            Order::Seq { seq } => {
                query
                    .push(format_args!(" AND {seq} < "))
                    .push_bind(cursor.seq);
            }
            Order::SeqUp { seq } => {
                query
                    .push(format_args!(" AND {seq} > "))
                    .push_bind(cursor.seq);
            }
            Order::Entry => {
                query.push(" AND a.idx < ").push_bind(cursor.seq);
            }
            Order::Key { key } => {
                query
                    .push(format_args!(" AND ({key}, a.seq) > ("))
                    .push_bind(cursor.key);
                query.push(", ").push_bind(cursor.seq).push(")");
            }
            Order::Text { column, table } => {
                query
                    .push(format_args!(
                        " AND (a.{column}, a.seq) > ((SELECT {column} FROM {table} WHERE seq = "
                    ))
                    .push_bind(cursor.seq);
                query.push("), ").push_bind(cursor.seq).push(")");
            }
        }
    }

    fn inner_order(&self) -> String {
        match self.order {
            Order::Seq { seq } => format!("{seq} DESC"),
            Order::SeqUp { seq } => seq.to_owned(),
            Order::Entry => "a.idx DESC".to_owned(),
            Order::Key { key } => format!("{key}, a.seq"),
            Order::Text { column, .. } => format!("a.{column}, a.seq"),
        }
    }

    fn outer_order(&self) -> String {
        match self.order {
            Order::Seq { .. } => "a.seq DESC".to_owned(),
            Order::SeqUp { .. } => "a.seq".to_owned(),
            Order::Entry | Order::Key { .. } | Order::Text { .. } => self.inner_order(),
        }
    }

    fn place(&self) -> &'static str {
        match self.order {
            Order::Entry => "a.idx",
            _ => "a.seq",
        }
    }

    fn key(&self) -> &'static str {
        match self.order {
            Order::Key { key } => key,
            _ => self.place(),
        }
    }
}

impl Database {
    /// One row by its id.
    pub(super) async fn one<T: Table>(
        &self,
        vendor_id: VendorId,
        id: Uuid,
    ) -> Result<Option<T>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {} FROM {} AS t WHERE t.id = ",
            columns_of::<T>("t"),
            T::NAME
        ));
        query
            .push_bind(id)
            .push(" AND t.vendor_id = ")
            .push_bind(vendor_id.uuid());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| T::read(&mut Columns::new(&row, T::NAME)))
            .transpose()
    }

    /// The row that is opened by a token of this digest.
    pub(super) async fn by_digest<T: Table>(
        &self,
        vendor_id: VendorId,
        digest: &str,
    ) -> Result<Option<T>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {} FROM {} AS t WHERE t.vendor_id = ",
            columns_of::<T>("t"),
            T::NAME
        ));
        query
            .push_bind(vendor_id.uuid())
            .push(" AND t.token_digest = ")
            .push_bind(digest.to_owned());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| T::read(&mut Columns::new(&row, T::NAME)))
            .transpose()
    }

    /// One page of a list, and the list's count if it is wanted.
    pub(super) async fn page<T>(
        &self,
        vendor_id: VendorId,
        list: &List,
        conditions: impl Fn(&mut Query),
        page: PageRequest,
        read: impl Fn(&mut Columns<'_>) -> Result<T, StoreError>,
    ) -> Result<Page<T>, StoreError> {
        let rows = self
            .page_rows(vendor_id, list, &conditions, page, &read)
            .await?;
        let count = match page.is_counted {
            true => Some(self.count(vendor_id, list.from, &conditions).await?),
            false => None,
        };
        Ok(into_page(rows, page.limit, count))
    }

    /// The rows of one page and one more, each with its place.
    pub(super) async fn page_rows<T>(
        &self,
        vendor_id: VendorId,
        list: &List,
        conditions: &impl Fn(&mut Query),
        page: PageRequest,
        read: &impl Fn(&mut Columns<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<(Cursor, T)>, StoreError> {
        let question = |explain: &str| page_query(explain, vendor_id, list, conditions, page);
        let mut query = planned(&self.readers, question).await?;
        let found = query.build().fetch_all(&self.readers).await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            let mut columns = Columns::new(row, "list");
            let value = read(&mut columns)?;
            let seq = columns.value()?;
            let key = columns.value()?;
            rows.push((Cursor { key, seq }, value));
        }
        Ok(rows)
    }

    /// Counts, but no further than needed to say "more than".
    pub(super) async fn count(
        &self,
        vendor_id: VendorId,
        from: &str,
        conditions: &impl Fn(&mut Query),
    ) -> Result<u32, StoreError> {
        self.count_to(COUNT_EXACT_MAX, vendor_id, from, conditions)
            .await
    }

    /// Counts; more than `most` are one more.
    pub(super) async fn count_to(
        &self,
        most: u32,
        vendor_id: VendorId,
        from: &str,
        conditions: &impl Fn(&mut Query),
    ) -> Result<u32, StoreError> {
        let mut query = Query::new(format!(
            "SELECT count(*) FROM (SELECT 1 AS one FROM {from} WHERE "
        ));
        dialect::push_list_vendor(&mut query, vendor_id);
        conditions(&mut query);
        query.push(format_args!(" LIMIT {}) AS counted", u64::from(most) + 1));
        let count: i64 = query.build_query_scalar().fetch_one(&self.readers).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// The query for the rows of one page and one more.
fn page_query(
    prefix: &str,
    vendor_id: VendorId,
    list: &List,
    conditions: &impl Fn(&mut Query),
    page: PageRequest,
) -> Query {
    let mut query = Query::new(format!(
        "{prefix}SELECT {}, {}, {} FROM (SELECT a.* FROM {} WHERE ",
        list.columns,
        list.place(),
        list.key(),
        list.from
    ));
    dialect::push_list_vendor(&mut query, vendor_id);
    conditions(&mut query);
    list.push_after(&mut query, page.after);
    // The limit is not bound: SQLite plans by its value, and would prepare the statement anew each time.
    query.push(format_args!(
        " ORDER BY {} LIMIT {}) AS a {} ORDER BY {}",
        list.inner_order(),
        u64::from(page.limit) + 1,
        list.joins,
        list.outer_order()
    ));
    query
}

/// A question that begins as it is told. How the database would answer it is noted before, if somebody wants to know.
pub(super) async fn planned<'c>(
    executor: impl sqlx::Executor<'c, Database = Db>,
    question: impl Fn(&str) -> Query,
) -> Result<Query, StoreError> {
    if crate::plan::wanted() {
        let mut explain = question(dialect::EXPLAIN);
        for row in &explain.build().fetch_all(executor).await? {
            crate::plan::note(sqlx::Row::try_get(row, dialect::PLAN_COLUMN)?);
        }
    }
    Ok(question(""))
}

/// Restricts a list to some rows; no ids select none.
pub(super) fn push_ids<T: TypedId>(query: &mut Query, ids: &[T]) {
    if ids.is_empty() {
        query.push(" AND 1 = 0");
        return;
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    query.push(" AND ");
    dialect::push_one_of(query, "a.id", &ids);
}

/// Cuts off the one row that only says that there are more.
pub(super) fn into_page<T>(mut rows: Vec<(Cursor, T)>, limit: u32, count: Option<u32>) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more {
        rows.last().map(|(cursor, _)| *cursor)
    } else {
        None
    };
    let rows: Vec<T> = rows.into_iter().map(|(_, row)| row).collect();
    let here = || u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Page {
        count: count.unwrap_or_else(here),
        rows,
        next,
    }
}
