//! The search for activations by a fragment of the friendly name.

use latchkey_domain::VendorId;
use latchkey_domain::activation::ActivationState;
use latchkey_domain::limits::COUNT_EXACT_MAX;

use super::super::{Database, Query, dialect};
use super::filter::{by_last_seen, push_begins, push_filter, spellings};
use super::sorted::{of_product, sorted};
use crate::StoreError;
use crate::filter::{ActivationFilter, ActivationSort, PageRequest};

/// So many rows are looked through one by one before the index of names is used.
pub(super) const LOOKED_THROUGH_MAX: u32 = 5_000;

/// How the rows of a list are looked for, most of all those with a fragment of the friendly name or the beginning of a
/// machine's code.
pub(super) enum Search {
    /// By the indexes of what else is asked for: there is neither, or few rows are left to look through.
    Scan,
    /// By the index, for any of these texts.
    Index(Vec<String>),
    /// Among the newest rows only: enough of them have it.
    Newest {
        /// The oldest row looked at.
        from_seq: i64,
    },
    /// Among the rows of one license or customer, of a reseller's licenses or of a selection. Each is asked for its machine:
    /// so many machines have the code that going through them takes longer.
    EachMachine,
    /// Among the rows of the product.
    Product,
}

/// Machines with a code up to which the activations of each are looked up.
const MACHINES_MAX: u32 = 500;

/// Whether the newest rows come first.
pub(super) fn newest_first(filter: &ActivationFilter) -> bool {
    !by_last_seen(filter) && filter.sort != ActivationSort::Oldest
}

/// Whether the beginning of the machine's code is all that a filter selects by, newest first.
fn is_code_alone(filter: &ActivationFilter) -> bool {
    let alone = ActivationFilter {
        machine_code_prefix: filter.machine_code_prefix.clone(),
        sort: filter.sort,
        ..ActivationFilter::default()
    };
    *filter == alone && newest_first(filter)
}

/// How many machines have a code that begins so; more than are counted are some more.
async fn machines_with(
    database: &Database,
    vendor_id: VendorId,
    prefix: &str,
) -> Result<u32, StoreError> {
    let mut machines = 0;
    for spelling in spellings(prefix) {
        let begins_so = |query: &mut Query| {
            query.push(" AND ");
            push_begins(query, "a.code", &spelling);
        };
        machines += database
            .count(vendor_id, "machine AS a", &begins_so)
            .await?;
    }
    Ok(machines)
}

/// Whether those given back are few enough to look through them rather than through all that have the fragment.
async fn deactivated_are_few(database: &Database, vendor_id: VendorId) -> Result<bool, StoreError> {
    let deactivated = |query: &mut Query| {
        query
            .push(" AND a.state = ")
            .push_bind(ActivationState::Deactivated.as_str());
    };
    let count = database
        .count(vendor_id, "activation AS a", &deactivated)
        .await?;
    Ok(count <= LOOKED_THROUGH_MAX)
}

/// How the rows of a page are looked for, and how many there are if that is known already.
pub(super) struct Searched {
    pub(super) search: Search,
    pub(super) count: Option<u32>,
}

impl Searched {
    pub(super) fn by(search: Search) -> Self {
        Self {
            search,
            count: None,
        }
    }
}

/// Chooses the search.
pub(super) async fn search(
    database: &Database,
    vendor_id: VendorId,
    filter: &ActivationFilter,
    page: PageRequest,
) -> Result<Searched, StoreError> {
    let is_somebodys = filter.ids.is_some()
        || filter.license_id.is_some()
        || filter.customer_id.is_some()
        || filter.reseller_id.is_some();
    if let Some(prefix) = &filter.machine_code_prefix
        && dialect::SEARCH_IS_CHOSEN
    {
        if is_somebodys && machines_with(database, vendor_id, prefix).await? > MACHINES_MAX {
            return Ok(Searched::by(Search::EachMachine));
        }
        if is_code_alone(filter) {
            return by_code(database, vendor_id, filter, prefix, page).await;
        }
    }
    // What reclaim has to do with is few of all, and has an index of its own.
    if is_somebodys || filter.machine_code_prefix.is_some() || filter.reclaim.is_some() {
        return Ok(Searched::by(Search::Scan));
    }
    if let Some(product_id) = filter.product_id
        && dialect::SEARCH_IS_CHOSEN
        && let Some(searched) = of_product(database, vendor_id, filter, product_id, page).await?
    {
        return Ok(searched);
    }
    let Some(fragment) = &filter.fragment else {
        return Ok(Searched::by(Search::Scan));
    };
    let deactivated = filter.state == Some(ActivationState::Deactivated);
    if deactivated && deactivated_are_few(database, vendor_id).await? {
        return Ok(Searched::by(Search::Scan));
    }
    if !dialect::SEARCH_IS_CHOSEN {
        return Ok(Searched::by(Search::Index(vec![fragment.clone()])));
    }
    if newest_first(filter) {
        newest_with(database, filter, fragment, page).await
    } else {
        let terms = terms_of(database, fragment).await?;
        let index = Search::Index(terms.texts);
        if terms.names <= COUNT_EXACT_MAX {
            return Ok(Searched::by(index));
        }
        sorted(database, vendor_id, filter, index, terms.names, page).await
    }
}

/// By the beginning of the machine's code. It is looked for among the newest rows where so many machines have it that
/// going through them takes longer: whoever types a code begins with one letter, which all machines of a maker may have.
async fn by_code(
    database: &Database,
    vendor_id: VendorId,
    filter: &ActivationFilter,
    prefix: &str,
    page: PageRequest,
) -> Result<Searched, StoreError> {
    let machines = machines_with(database, vendor_id, prefix).await?;
    // A list that is counted goes through them anyway, unless they are more than are counted.
    let gone_through_max = if page.is_counted {
        COUNT_EXACT_MAX
    } else {
        MACHINES_MAX
    };
    let newest = if machines > gone_through_max {
        among_newest(database, filter, page).await?
    } else {
        None
    };
    Ok(Searched {
        search: newest.unwrap_or(Search::Scan),
        // No machine is without an activation.
        count: (machines > COUNT_EXACT_MAX).then_some(COUNT_EXACT_MAX + 1),
    })
}

/// Newest first. The index of names is read in that order. Fragments of one or two characters have no trigram of their
/// own: they are looked for among the newest rows first; where those have too few of them they are rare, and the few
/// trigrams that begin with them are looked up.
async fn newest_with(
    database: &Database,
    filter: &ActivationFilter,
    fragment: &str,
    page: PageRequest,
) -> Result<Searched, StoreError> {
    if fragment.chars().count() >= dialect::TRIGRAM_CHARS {
        return Ok(Searched::by(Search::Index(vec![fragment.to_owned()])));
    }
    if let Some(search) = among_newest(database, filter, page).await? {
        // Among the newest rows alone there are more than a page; the rest is not counted.
        return Ok(Searched {
            search,
            count: Some(COUNT_EXACT_MAX + 1),
        });
    }
    let terms = terms_of(database, fragment).await?;
    Ok(Searched::by(Search::Index(terms.texts)))
}

/// The place of the newest activation; there are no more than that.
pub(super) async fn newest_seq(database: &Database) -> Result<i64, StoreError> {
    let newest: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM activation")
        .fetch_one(&database.readers)
        .await?;
    Ok(newest.unwrap_or(0))
}

/// The search among the newest rows, if these have more than a page of what is looked for.
async fn among_newest(
    database: &Database,
    filter: &ActivationFilter,
    page: PageRequest,
) -> Result<Option<Search>, StoreError> {
    let newest = match page.after {
        Some(cursor) => cursor.seq,
        None => newest_seq(database).await? + 1,
    };
    let search = Search::Newest {
        from_seq: newest - dialect::SHORT_FRAGMENT_WINDOW_ROWS,
    };
    let mut query =
        Query::new("SELECT count(*) FROM (SELECT 1 AS one FROM activation AS a WHERE a.seq < ");
    query.push_bind(newest);
    push_filter(&mut query, filter, &search);
    query.push(format_args!(
        " LIMIT {}) AS counted",
        u64::from(page.limit) + 1
    ));
    let enough: i64 = query
        .build_query_scalar()
        .fetch_one(&database.readers)
        .await?;
    Ok((enough > i64::from(page.limit)).then_some(search))
}

/// What the index of names is asked for, to find a fragment.
struct Terms {
    /// The fragment itself, or the trigrams that begin with it.
    texts: Vec<String>,
    /// At most so many names have it, all vendors' together. It is told by the first letters, and a name with several of the
    /// terms is counted with each.
    names: u32,
}

async fn terms_of(database: &Database, fragment: &str) -> Result<Terms, StoreError> {
    let is_short = fragment.chars().count() < dialect::TRIGRAM_CHARS;
    let first: String = fragment.chars().take(dialect::TRIGRAM_CHARS).collect();
    let beyond = if is_short { "\u{10ffff}" } else { "" };
    let mut query = Query::new("SELECT term, doc FROM activation_name_term WHERE term >= ");
    query
        .push_bind(first.clone())
        .push(" AND term <= ")
        .push_bind(first + beyond);
    let found: Vec<(String, i64)> = query.build_query_as().fetch_all(&database.readers).await?;
    let names: i64 = found.iter().map(|(_, names)| names).sum();
    let texts = match (is_short, found.is_empty()) {
        (false, _) => vec![fragment.to_owned()],
        // A search for nothing is an error to FTS5; this finds nothing.
        (true, true) => vec!["\u{3}\u{3}\u{3}\u{3}".to_owned()],
        (true, false) => found.into_iter().map(|(term, _)| term).collect(),
    };
    Ok(Terms {
        texts,
        names: u32::try_from(names).unwrap_or(u32::MAX),
    })
}
