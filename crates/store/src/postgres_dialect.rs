//! What PostgreSQL says in its own way. Its twin is `sqlite_dialect.rs`.

use sqlx::QueryBuilder;

use crate::postgres::Db;

/// Begins a transaction that will write.
pub(crate) const BEGIN: &str = "BEGIN";

/// Behind a select: takes the row for the length of the transaction.
pub(crate) const FOR_UPDATE: &str = " FOR UPDATE";

/// Keeps others from founding a vendor at the same time, until the transaction ends. The number means nothing; it
/// only must not be used for anything else.
pub(crate) const LOCK_FOUNDING: Option<&str> =
    Some("SELECT pg_advisory_xact_lock(5495317382694718)");

/// The vendor's column in a list.
pub(crate) const LIST_VENDOR: &str = "a.vendor_id";

/// Before a column by which no index is to be chosen. PostgreSQL knows how often a value occurs.
pub(crate) const NO_INDEX: &str = "";

/// The order of creation, where few rows are found by another index and then sorted. PostgreSQL chooses by itself.
pub(crate) const SORTED_SEQ: &str = "a.seq";

/// The most values that one statement binds: a 16-bit number in the protocol.
pub(crate) const BINDS_MAX: usize = 65_535;

/// Not used: the planner chooses between order and index by itself.
pub(crate) const SHORT_FRAGMENT_WINDOW_ROWS: i64 = 0;

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
    if fragment.chars().count() < 3 {
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
