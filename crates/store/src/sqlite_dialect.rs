//! What SQLite says in its own way. Its twin is `postgres_dialect.rs`.

use latchkey_domain::VendorId;
use latchkey_domain::id::TypedId as _;
use sqlx::query_builder::Separated;
use sqlx::{Encode, QueryBuilder, Type};

use crate::moving::Kind;
use crate::sqlite::Db;

/// Begins a transaction that will write.
pub(crate) const BEGIN: &str = "BEGIN IMMEDIATE";

/// Whether there is one connection that writes, and whoever has written gives it back for others.
pub(crate) const ONE_WRITES: bool = true;

/// Statements that are done as one: here none is saved anything by that.
pub(crate) const TOGETHER_MAX: usize = 0;

/// How much memory the connection that writes keeps pages in: little, for each commit walks through all that is kept.
pub(crate) const LITTLE_ROOM: Option<&str> = Some("PRAGMA cache_size = -8192");

/// The same while a large batch is written: the pages that it changes stay until they are committed, and none is written
/// to the log twice. It is taken when needed.
pub(crate) const MUCH_ROOM: Option<&str> = Some("PRAGMA cache_size = -262144");

/// Begins a transaction in which the store stands still: there is one writer, and this is it.
pub(crate) const BEGIN_STILL: &str = BEGIN;

/// What else keeps the store still.
pub(crate) const LOCK_STILL: Option<&str> = None;

/// Behind a select: takes the row for the length of the transaction. There is one writer: nothing to take.
pub(crate) const FOR_UPDATE: &str = "";

/// Keeps others from founding a vendor at the same time. There is one writer: nobody to keep out.
pub(crate) const LOCK_FOUNDING: Option<&str> = None;

/// The first condition of a list: the rows `a` of a vendor. An embedded store has one vendor, so an index by it would be
/// read as a whole, and then sorted. Where there is nobody else, no row is read to see whose it is: a million are counted
/// in an index alone. That is asked once in the same statement, so it is true of all that the statement sees. (Of an OR
/// SQLite would look at the row first, since the other side is a query.)
pub(crate) fn push_list_vendor(query: &mut QueryBuilder<Db>, vendor_id: VendorId) {
    query
        .push("CASE WHEN EXISTS (SELECT 1 FROM vendor AS other WHERE other.id <> ")
        .push_bind(vendor_id.uuid())
        .push(") THEN a.vendor_id = ")
        .push_bind(vendor_id.uuid())
        .push(" ELSE TRUE END");
}

/// What a column can hold.
pub(crate) trait Value: for<'q> Encode<'q, Db> + Type<Db> {}

impl<T: for<'q> Encode<'q, Db> + Type<Db>> Value for T {}

/// The values of one row, being written.
pub(crate) type Values<'q> = Separated<'q, Db, &'static str>;

/// Writes rows behind `INSERT INTO t (…)`, or as a table behind `FROM` or `AS`, whose columns are called `column1` and so
/// on.
pub(crate) fn push_rows<R>(
    query: &mut QueryBuilder<Db>,
    rows: impl IntoIterator<Item = R>,
    mut write: impl FnMut(&mut Values<'_>, R),
) {
    query.push_values(rows, |mut values, row| write(&mut values, row));
}

/// As many keys as there are, and none up to the next power of two: nothing equals that. So the statements of batches of
/// any size have few texts, and each of them is prepared once.
pub(crate) fn padded<K>(keys: &[K]) -> impl Iterator<Item = Option<&K>> {
    let length = keys.len().next_power_of_two();
    let none = std::iter::repeat_n(None, length - keys.len());
    keys.iter().map(Some).chain(none)
}

/// A condition: the column holds one of the keys.
pub(crate) fn push_one_of<K>(query: &mut QueryBuilder<Db>, column: &str, keys: &[K])
where
    K: Clone,
    Option<K>: Value,
{
    query.push(format_args!("{column} IN ("));
    let mut list = query.separated(", ");
    for key in padded(keys) {
        list.push_bind(key.cloned());
    }
    query.push(")");
}

/// Before a column by which no index is to be chosen. SQLite knows nothing of how often a value occurs, and would take
/// the million active rows to find the ten of a customer among them.
pub(crate) const NO_INDEX: &str = "+";

/// The order of creation, where few rows are found by another index and then sorted: the sign keeps SQLite from going
/// through the whole table in that order instead.
pub(crate) const SORTED_SEQ: &str = "+a.seq";

/// The most values that one statement binds: `SQLITE_MAX_VARIABLE_NUMBER`.
pub(crate) const BINDS_MAX: usize = 32_766;

/// Rows of the newest activations that are looked through for one or two letters before the index is asked.
pub(crate) const SHORT_FRAGMENT_WINDOW_ROWS: i64 = 20_000;

/// Whether the way to search for a fragment is chosen here, by how common it is. SQLite does what it is told.
pub(crate) const SEARCH_IS_CHOSEN: bool = true;

/// A condition: the column contains the fragment.
pub(crate) fn push_contains(query: &mut QueryBuilder<Db>, column: &str, fragment: &str) {
    query
        .push(format_args!("instr({column}, "))
        .push_bind(fragment.to_owned())
        .push(") > 0");
}

/// Where activations with a fragment of three characters and more are found, newest first: behind `FROM`.
pub(crate) const ACTIVATIONS_BY_NAME: &str =
    "activation_name AS f CROSS JOIN activation AS a ON a.seq = f.rowid";

/// Characters of a term of the index of names, which knows texts of this length and longer.
pub(crate) const TRIGRAM_CHARS: usize = 3;

/// A condition on [`ACTIVATIONS_BY_NAME`]. Of a longer fragment only terms that do not overlap are looked up, and the names
/// that have them all are looked at: half of the lists to go through, and no places in names to compare.
pub(crate) fn push_name_matches(query: &mut QueryBuilder<Db>, fragments: &[String]) {
    let longer = match fragments {
        [fragment] if fragment.chars().count() > TRIGRAM_CHARS => Some(fragment),
        _ => None,
    };
    let (terms, between) = match longer {
        Some(fragment) => (terms_in(fragment), " AND "),
        None => (fragments.to_vec(), " OR "),
    };
    let quoted = terms
        .iter()
        .map(|term| format!("\"{}\"", term.replace('"', "\"\"")));
    query
        .push("f.activation_name MATCH ")
        .push_bind(quoted.collect::<Vec<_>>().join(between));
    if let Some(fragment) = longer {
        query.push(" AND ");
        push_contains(query, "a.name_folded", fragment);
    }
}

/// Terms that a text is made of, without gaps; the last may overlap the one before.
fn terms_in(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let last = letters.len().saturating_sub(TRIGRAM_CHARS);
    let starts = (0..last).step_by(TRIGRAM_CHARS).chain([last]);
    starts
        .map(|from| letters.iter().skip(from).take(TRIGRAM_CHARS).collect())
        .collect()
}

/// The column by which [`ACTIVATIONS_BY_NAME`] is read in order.
pub(crate) const NAME_SEQ: &str = "f.rowid";

/// Before a select: asks how it would be done.
pub(crate) const EXPLAIN: &str = "EXPLAIN QUERY PLAN ";

/// The column of the answer to [`EXPLAIN`] that holds the text.
pub(crate) const PLAN_COLUMN: usize = 3;

/// All columns of all tables: table, column, type.
pub(crate) const CATALOGUE: &str = "SELECT l.name, c.name, c.type FROM pragma_table_list AS l, \
    pragma_table_xinfo (l.name) AS c WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\\_%' \
    ESCAPE '\\' AND c.hidden = 0 ORDER BY l.name, c.cid";

/// What a column of this type holds.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    match name {
        "INTEGER" => Some(Kind::Number),
        "TEXT" => Some(Kind::Text),
        "BLOB" => Some(Kind::Bytes),
        _ => None,
    }
}

/// Behind a text in an order: byte by byte.
pub(crate) const BYTE_ORDER: &str = "";

/// Stops programs that have a marked store open. The lock beside the file has kept them out.
pub(crate) const GUARD_ON: Option<&str> = None;

/// Lets them go on.
pub(crate) const GUARD_OFF: Option<&str> = None;
