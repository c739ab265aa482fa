//! What PostgreSQL says in its own way. Its twin is `sqlite_dialect.rs`.

use latchkey_domain::VendorId;
use latchkey_domain::id::TypedId as _;
use sqlx::QueryBuilder;

use crate::moving::Kind;
use crate::postgres::Db;
pub(crate) use crate::postgres_values::{Value, Values, padded, push_one_of, push_rows};

/// Begins a transaction that will write.
pub(crate) const BEGIN: &str = "BEGIN";

/// Whether there is one connection that writes. Here others have their own.
pub(crate) const ONE_WRITES: bool = false;

/// Statements that are done as one, at most: those of a batch of a few kinds of rows. Each saves a journey to the server.
pub(crate) const TOGETHER_MAX: usize = 16;

/// The server has memory for pages, and shares it among its connections.
pub(crate) const LITTLE_ROOM: Option<&str> = None;

/// See [`LITTLE_ROOM`].
pub(crate) const MUCH_ROOM: Option<&str> = None;

/// Begins a transaction that sees the store as it is once it has [`LOCK_STILL`].
pub(crate) const BEGIN_STILL: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";

/// Keeps everybody from changing the store: who changes something holds a row of this table. What is seen is decided by
/// the first statement behind it.
pub(crate) const LOCK_STILL: Option<&str> =
    Some("SET LOCAL lock_timeout = '10s'; LOCK TABLE ledger_head IN EXCLUSIVE MODE");

/// Behind a select: takes the row for the length of the transaction.
pub(crate) const FOR_UPDATE: &str = " FOR UPDATE";

/// Keeps others from founding a vendor at the same time, until the transaction ends. The number means nothing; it
/// only must not be used for anything else.
pub(crate) const LOCK_FOUNDING: Option<&str> =
    Some("SELECT pg_advisory_xact_lock(5495317382694718)");

/// The first condition of a list: the rows `a` of a vendor. The indexes of lists begin with it.
pub(crate) fn push_list_vendor(query: &mut QueryBuilder<Db>, vendor_id: VendorId) {
    query.push("a.vendor_id = ").push_bind(vendor_id.uuid());
}

/// Before a column by which no index is to be chosen. PostgreSQL knows how often a value occurs.
pub(crate) const NO_INDEX: &str = "";

/// The order of creation, where few rows are found by another index and then sorted. PostgreSQL chooses by itself.
pub(crate) const SORTED_SEQ: &str = "a.seq";

/// The most values that one statement binds: a 16-bit number in the protocol.
pub(crate) const BINDS_MAX: usize = 65_535;

/// Not used: the planner chooses between order and index by itself.
pub(crate) const SHORT_FRAGMENT_WINDOW_ROWS: i64 = 0;

/// Characters of a term of the index of names.
pub(crate) const TRIGRAM_CHARS: usize = 3;

/// Whether the way to search for a fragment is chosen here. The planner chooses between order and index by itself, and
/// fragments of one or two characters have an index of their own.
pub(crate) const SEARCH_IS_CHOSEN: bool = false;

/// A condition: the column contains the fragment.
pub(crate) fn push_contains(query: &mut QueryBuilder<Db>, column: &str, fragment: &str) {
    query
        .push(format_args!("{column} LIKE "))
        .push_bind(like_pattern(fragment));
}

/// Where activations with a fragment in the name are found: behind `FROM`.
pub(crate) const ACTIVATIONS_BY_NAME: &str = "activation AS a";

/// A condition on [`ACTIVATIONS_BY_NAME`]; PostgreSQL is only ever asked for one fragment.
pub(crate) fn push_name_matches(query: &mut QueryBuilder<Db>, fragments: &[String]) {
    let fragment = fragments.first().map(String::as_str).unwrap_or_default();
    if fragment.chars().count() < TRIGRAM_CHARS {
        query
            .push("latchkey_pairs(a.name_folded) @@ ")
            .push_bind(pairs_query(fragment))
            .push("::tsquery");
    } else {
        push_contains(query, "a.name_folded", fragment);
    }
}

/// The column by which [`ACTIVATIONS_BY_NAME`] is read in order.
pub(crate) const NAME_SEQ: &str = "a.seq";

/// Before a select: asks how it would be done.
pub(crate) const EXPLAIN: &str = "EXPLAIN ";

/// The column of the answer to [`EXPLAIN`] that holds the text.
pub(crate) const PLAN_COLUMN: usize = 0;

/// All columns of all tables: table, column, type.
pub(crate) const CATALOGUE: &str = "SELECT c.table_name::text, c.column_name::text, c.data_type::text \
    FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name) \
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' \
    ORDER BY c.table_name, c.ordinal_position";

/// What a column of this type holds.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    match name {
        "bigint" => Some(Kind::Number),
        "text" => Some(Kind::Text),
        "bytea" => Some(Kind::Bytes),
        "uuid" => Some(Kind::Id),
        "boolean" => Some(Kind::Truth),
        _ => None,
    }
}

/// Behind a text in an order: byte by byte.
pub(crate) const BYTE_ORDER: &str = " COLLATE \"C\"";

/// Stops programs that have a marked store open.
pub(crate) const GUARD_ON: Option<&str> =
    Some("ALTER TABLE ledger_head ENABLE TRIGGER ledger_head_moved");

/// Lets them go on.
pub(crate) const GUARD_OFF: Option<&str> =
    Some("ALTER TABLE ledger_head DISABLE TRIGGER ledger_head_moved");

/// The `tsquery` that finds one or two characters among the pairs.
fn pairs_query(fragment: &str) -> String {
    let quoted = fragment.replace('\\', "\\\\").replace('\'', "''");
    if fragment.chars().count() < 2 {
        format!("'{quoted}':*")
    } else {
        format!("'{quoted}'")
    }
}

/// A `LIKE` pattern that finds the text anywhere, with the pattern's own signs taken literally.
fn like_pattern(fragment: &str) -> String {
    let mut pattern = String::with_capacity(fragment.len() + 2);
    pattern.push('%');
    for character in fragment.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
