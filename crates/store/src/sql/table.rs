//! How an entity lies in its table: written and read column by column, set by set.

use latchkey_domain::id::TypedId;
use latchkey_domain::{Salt, Timestamp, VendorId};
use sqlx::{Decode, Row as _, Type};
use uuid::Uuid;

use super::list::planned;
use super::statements::Statements;
use super::{Connection, Db, Query, Row, dialect};
use crate::rows::Dirt;
use crate::{Batch, StoreError, Stored};

/// Rows in one statement: more gain nothing.
const ROWS_PER_STATEMENT: usize = 512;

use dialect::Value;
pub(super) use dialect::Values;

/// An entity's place in the database.
pub(super) trait Table: Stored {
    /// The table.
    const NAME: &'static str;
    /// Its columns, in the order of [`Table::read`].
    const COLUMNS: &'static [&'static str];
    /// Columns that are written, derived from the others, and never read.
    const DERIVED: &'static [&'static str] = &[];
    /// Whether rows belong to a vendor; all do but the vendor itself.
    const SCOPED: bool = true;
    /// Columns by which rows are found with an index that begins with the vendor.
    const BY_VENDOR: &'static [&'static str] = &[];

    /// Writes all columns and the derived ones.
    fn write(&self, values: &mut Values<'_>);
    /// Reads all columns.
    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError>;
}

/// Reads the columns of a row one after the other.
pub(super) struct Columns<'r> {
    row: &'r Row,
    next: usize,
    table: &'static str,
}

impl<'r> Columns<'r> {
    pub(super) fn new(row: &'r Row, table: &'static str) -> Self {
        Self {
            row,
            next: 0,
            table,
        }
    }

    pub(super) fn value<T: Decode<'r, Db> + Type<Db>>(&mut self) -> Result<T, StoreError> {
        let value = self.row.try_get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    /// A value that the domain parses.
    pub(super) fn parsed<T, E: std::fmt::Display>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, StoreError> {
        let text: &str = self.row.try_get(self.next)?;
        let parsed = parse(text).map_err(|error| self.damaged(error))?;
        self.next += 1;
        Ok(parsed)
    }

    /// A value that the domain parses, or none.
    pub(super) fn parsed_optional<T, E: std::fmt::Display>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<&str> = self.row.try_get(self.next)?;
        let parsed = text
            .map(parse)
            .transpose()
            .map_err(|error| self.damaged(error))?;
        self.next += 1;
        Ok(parsed)
    }

    /// One of the texts of a closed enum.
    pub(super) fn choice<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        self.parsed(|text| parse(text).ok_or("a value that is not known"))
    }

    pub(super) fn id<I: TypedId>(&mut self) -> Result<I, StoreError> {
        Ok(I::from_uuid(self.value::<Uuid>()?))
    }

    pub(super) fn id_optional<I: TypedId>(&mut self) -> Result<Option<I>, StoreError> {
        Ok(self.value::<Option<Uuid>>()?.map(I::from_uuid))
    }

    pub(super) fn time(&mut self) -> Result<Timestamp, StoreError> {
        Ok(Timestamp::from_millis(self.value()?))
    }

    pub(super) fn time_optional(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.value::<Option<i64>>()?.map(Timestamp::from_millis))
    }

    pub(super) fn number<T: TryFrom<i64>>(&mut self) -> Result<T, StoreError> {
        let number: i64 = self.row.try_get(self.next)?;
        let number = T::try_from(number).map_err(|_| self.damaged("a number out of bounds"))?;
        self.next += 1;
        Ok(number)
    }

    pub(super) fn number_optional<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, StoreError> {
        let number: Option<i64> = self.row.try_get(self.next)?;
        let number = number
            .map(T::try_from)
            .transpose()
            .map_err(|_| self.damaged("a number out of bounds"))?;
        self.next += 1;
        Ok(number)
    }

    pub(super) fn hash(&mut self) -> Result<[u8; 32], StoreError> {
        let bytes: &[u8] = self.row.try_get(self.next)?;
        let hash = bytes
            .try_into()
            .map_err(|_| self.damaged("a hash of the wrong length"))?;
        self.next += 1;
        Ok(hash)
    }

    pub(super) fn salt(&mut self) -> Result<Salt, StoreError> {
        let bytes: &[u8] = self.row.try_get(self.next)?;
        let salt = bytes
            .try_into()
            .map(Salt)
            .map_err(|_| self.damaged("a salt of the wrong length"))?;
        self.next += 1;
        Ok(salt)
    }

    pub(super) fn damaged(&self, reason: impl std::fmt::Display) -> StoreError {
        StoreError::Damaged {
            what: format!("table {}, column {}", self.table, self.next),
            reason: reason.to_string(),
        }
    }
}

/// Inserts rows. Those that are there are updated if they may be.
fn insert<T: Table>(
    query: &mut Query,
    vendor_id: VendorId,
    columns: &[&str],
    rows: &[&T],
    may_be_there: bool,
) {
    query.push(format_args!(
        "INSERT INTO {} ({}) ",
        T::NAME,
        columns.join(", ")
    ));
    dialect::push_rows(query, rows, |values, row| {
        row.write(values);
        if T::SCOPED {
            values.push_bind(vendor_id.uuid());
        }
    });
    if may_be_there {
        let updated: Vec<String> = columns
            .iter()
            .filter(|column| !matches!(**column, "id" | "vendor_id"))
            .map(|column| format!("{column} = excluded.{column}"))
            .collect();
        query
            .push(" ON CONFLICT (id) DO UPDATE SET ")
            .push(updated.join(", "));
    }
}

/// The columns of a table, with an alias before each.
pub(super) fn columns_of<T: Table>(alias: &str) -> String {
    columns_at(alias, T::COLUMNS)
}

/// The columns of what is called `alias`, as they stand behind `SELECT`.
pub(super) fn columns_at(alias: &str, columns: &[&str]) -> String {
    columns
        .iter()
        .map(|column| format!("{alias}.{column}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Loads the rows in which a column has one of the values.
pub(super) async fn load<T, K>(
    connection: &mut Connection,
    vendor_id: VendorId,
    column: &str,
    keys: &[K],
    mut take: impl FnMut(T),
) -> Result<(), StoreError>
where
    T: Table,
    K: Clone,
    Option<K>: Value,
{
    for keys in keys.chunks(ROWS_PER_STATEMENT) {
        let question = |explain: &str| load_query::<T, K>(explain, vendor_id, column, keys);
        let mut query = planned(&mut *connection, question).await?;
        for row in query.build().fetch_all(&mut *connection).await? {
            take(T::read(&mut Columns::new(&row, T::NAME))?);
        }
    }
    Ok(())
}

/// The question for rows by a column. Where the index of that column does not begin with the vendor, SQLite would take many
/// keys for more rows than a vendor has, and go through all of those.
fn load_query<T, K>(explain: &str, vendor_id: VendorId, column: &str, keys: &[K]) -> Query
where
    T: Table,
    K: Clone,
    Option<K>: Value,
{
    let mut query = Query::new(format!(
        "{explain}SELECT {} FROM {} AS t WHERE ",
        columns_of::<T>("t"),
        T::NAME
    ));
    if T::SCOPED {
        let by_vendor = T::BY_VENDOR.contains(&column);
        let no_index = if by_vendor { "" } else { dialect::NO_INDEX };
        query
            .push(format_args!("{no_index}t.vendor_id = "))
            .push_bind(vendor_id.uuid())
            .push(" AND ");
    }
    dialect::push_one_of(&mut query, &format!("t.{column}"), keys);
    query.push(" ORDER BY t.seq");
    query
}

/// Loads the rows in which two columns have one of the pairs of values.
pub(super) async fn load_pairs<T, A, B>(
    connection: &mut Connection,
    vendor_id: VendorId,
    columns: (&str, &str),
    keys: &[(A, B)],
    mut take: impl FnMut(T),
) -> Result<(), StoreError>
where
    T: Table,
    A: Clone,
    B: Clone,
    Option<A>: Value,
    Option<B>: Value,
{
    for keys in keys.chunks(ROWS_PER_STATEMENT) {
        let mut query = Query::new("WITH wanted (a, b) AS (");
        dialect::push_rows(&mut query, dialect::padded(keys), |values, pair| {
            let (a, b) = pair.cloned().unzip();
            values.push_bind::<Option<A>>(a).push_bind::<Option<B>>(b);
        });
        // CROSS JOIN makes SQLite begin with the few wanted pairs; to PostgreSQL it is a join like any other.
        query.push(format_args!(
            ") SELECT {} FROM wanted CROSS JOIN {} AS t WHERE t.{} = wanted.a AND t.{} = wanted.b AND t.vendor_id = ",
            columns_of::<T>("t"),
            T::NAME,
            columns.0,
            columns.1,
        ));
        query.push_bind(vendor_id.uuid());
        for row in query.build().fetch_all(&mut *connection).await? {
            take(T::read(&mut Columns::new(&row, T::NAME))?);
        }
    }
    Ok(())
}

/// Writes the rows of one kind that were changed or made.
pub(super) fn write_recorded<'b, T: Table>(statements: &mut Statements<'b>, batch: &'b Batch) {
    let vendor_id = batch.vendor_id();
    let mut columns: Vec<&str> = T::COLUMNS.iter().chain(T::DERIVED).copied().collect();
    if T::SCOPED {
        columns.push("vendor_id");
    }
    let per_statement = ROWS_PER_STATEMENT.min(dialect::BINDS_MAX / columns.len());
    let changed = T::rows(batch).dirty(Dirt::Recorded);
    // Looking for what cannot be there takes time.
    let may_be_there = !changed.is_empty();
    // A made row may take over what a changed one has given up.
    let rows = [changed, T::rows(batch).dirty(Dirt::Made)].concat();
    for rows in rows.chunks(per_statement) {
        let (rows, columns) = (rows.to_vec(), columns.clone());
        statements.add(move |query| {
            insert(query, vendor_id, &columns, &rows, may_be_there);
            Ok(())
        });
    }
}
