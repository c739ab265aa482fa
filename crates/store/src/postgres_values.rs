//! Rows as PostgreSQL is given them: column by column, each as one array. A statement has the same text whatever the
//! number of its rows, so it is parsed once and planned a few times, and there are as many of them as there are tables. Its
//! twin is in `sqlite_dialect.rs`.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo};
use sqlx::{Encode, QueryBuilder, Type};

use crate::postgres::Db;

/// In the place of a length: there is no value.
const NULL: i32 = -1;

/// What a column can hold.
pub(crate) trait Value: for<'q> Encode<'q, Db> + Type<Db> + PgHasArrayType {}

impl<T: for<'q> Encode<'q, Db> + Type<Db> + PgHasArrayType> Value for T {}

/// The values of one row, being written.
pub(crate) struct Values<'c> {
    columns: &'c mut Vec<Column>,
    next: usize,
}

impl Values<'_> {
    /// Writes the next value of the row. In every row it is of the same type, or none.
    pub(crate) fn push_bind<T: Value>(&mut self, value: T) -> &mut Self {
        if self.next == self.columns.len() {
            self.columns.push(Column::of::<T>());
        }
        if let Some(column) = self.columns.get_mut(self.next) {
            column.push(value);
        }
        self.next += 1;
        self
    }
}

/// Writes rows behind `INSERT INTO t (…)`, or as a table behind `FROM` or `AS`, whose columns are called `column1` and so
/// on.
pub(crate) fn push_rows<R>(
    query: &mut QueryBuilder<Db>,
    rows: impl IntoIterator<Item = R>,
    mut write: impl FnMut(&mut Values<'_>, R),
) {
    let mut columns = Vec::new();
    for row in rows {
        let mut values = Values {
            columns: &mut columns,
            next: 0,
        };
        write(&mut values, row);
    }
    let names: Vec<String> = (1..=columns.len())
        .map(|number| format!("column{number}"))
        .collect();
    query.push("SELECT * FROM unnest(");
    let mut arrays = query.separated(", ");
    for column in columns {
        arrays.push_bind(column);
    }
    query.push(format_args!(") AS given ({})", names.join(", ")));
}

/// The keys, as they are: see [`push_rows`].
pub(crate) fn padded<K>(keys: &[K]) -> impl Iterator<Item = Option<&K>> {
    keys.iter().map(Some)
}

/// A condition: the column holds one of the keys.
pub(crate) fn push_one_of<K>(query: &mut QueryBuilder<Db>, column: &str, keys: &[K])
where
    K: Clone,
    Option<K>: Value,
{
    let mut array = Column::of::<Option<K>>();
    for key in padded(keys) {
        array.push(key.cloned());
    }
    query
        .push(format_args!("{column} = ANY ("))
        .push_bind(array)
        .push(")");
}

/// The values of one column as PostgreSQL sends and receives an array of one dimension: the header, and each value behind its
/// length (`array_recv` in its source, `src/backend/utils/adt/arrayfuncs.c`).
struct Column {
    array: PgTypeInfo,
    element: Option<Oid>,
    length: i32,
    values: PgArgumentBuffer,
    failure: Option<String>,
}

impl Column {
    fn of<T: Value>() -> Self {
        Self {
            array: T::array_type_info(),
            element: T::type_info().oid(),
            length: 0,
            values: PgArgumentBuffer::default(),
            failure: None,
        }
    }

    fn push(&mut self, value: impl Value) {
        if let Err(failure) = self.try_push(value) {
            self.failure = Some(failure.to_string());
        }
    }

    fn try_push(&mut self, value: impl Value) -> Result<(), BoxDynError> {
        let begin = self.values.len();
        self.values.extend(NULL.to_be_bytes());
        let inside = self.values.len();
        if let IsNull::No = value.encode(&mut self.values)? {
            let length = i32::try_from(self.values.len() - inside)?;
            if let Some(place) = self.values.get_mut(begin..inside) {
                place.copy_from_slice(&length.to_be_bytes());
            }
        }
        self.length = self.length.checked_add(1).ok_or("too many rows")?;
        Ok(())
    }
}

impl Type<Db> for Column {
    fn type_info() -> PgTypeInfo {
        // Each says of itself which array it is.
        PgTypeInfo::with_name("anyarray")
    }
}

impl Encode<'_, Db> for Column {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone().into());
        }
        let element = self.element.ok_or("a type that not every server knows")?;
        const DIMENSIONS: i32 = 1;
        const FLAGS: i32 = 0;
        const FIRST: i32 = 1;
        buffer.extend(DIMENSIONS.to_be_bytes());
        buffer.extend(FLAGS.to_be_bytes());
        buffer.extend(element.0.to_be_bytes());
        buffer.extend(self.length.to_be_bytes());
        buffer.extend(FIRST.to_be_bytes());
        buffer.extend_from_slice(&self.values);
        Ok(IsNull::No)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(self.array.clone())
    }
}
