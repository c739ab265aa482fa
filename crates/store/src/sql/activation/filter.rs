//! What activations are selected by, and by which index.

use latchkey_domain::activation::ActivationState;
use latchkey_domain::id::TypedId;

use super::super::list::push_ids;
use super::super::{Query, dialect};
use super::reclaim::push_reclaim;
use super::search::Search;
use crate::filter::{ActivationFilter, ActivationSort, ReclaimFilter};

/// Which columns of a filter no index is to be chosen by, where several are filtered: what a license or a customer has
/// are few rows, those given back are fewer than those in use, and a list by last seen is read in that order.
struct Unhelpful {
    customer: &'static str,
    product: &'static str,
    state: &'static str,
    last_seen: &'static str,
}

/// Whether a list is sorted by last seen.
pub(super) fn by_last_seen(filter: &ActivationFilter) -> bool {
    match filter.sort {
        // Seats nobody uses are asked for to give them back: the longest unused come first.
        ActivationSort::Natural => filter.not_seen_since.is_some() && !by_reclaim(filter),
        ActivationSort::LastSeen => true,
        ActivationSort::Newest | ActivationSort::Oldest => false,
    }
}

/// Whether a list is sorted by when seats will be freed.
pub(super) fn by_reclaim(filter: &ActivationFilter) -> bool {
    filter.sort == ActivationSort::Natural && filter.reclaim == Some(ReclaimFilter::Warned)
}

impl Unhelpful {
    fn of(filter: &ActivationFilter, search: &Search) -> Self {
        let when = |unhelpful: bool| if unhelpful { dialect::NO_INDEX } else { "" };
        let newest = matches!(search, Search::Newest { .. });
        let by_product = matches!(search, Search::Product);
        let few = filter.ids.is_some() || filter.license_id.is_some();
        let narrow = newest
            || few
            || filter.customer_id.is_some()
            || filter.reseller_id.is_some()
            || filter.machine_code_prefix.is_some();
        let deactivated = filter.state == Some(ActivationState::Deactivated);
        let unseen = filter.not_seen_since.is_some() || by_last_seen(filter);
        Self {
            customer: when(newest || few),
            product: when(narrow || (!by_product && (unseen || deactivated))),
            state: when(
                narrow || by_product || (filter.product_id.is_some() && !unseen && !deactivated),
            ),
            // What one customer has may be many rows, and has an index by last seen of its own.
            last_seen: when(
                newest
                    || by_product
                    || few
                    || filter.reseller_id.is_some()
                    || filter.machine_code_prefix.is_some(),
            ),
        }
    }
}

pub(super) fn push_filter(query: &mut Query, filter: &ActivationFilter, search: &Search) {
    let unhelpful = Unhelpful::of(filter, search);
    if let Some(ids) = &filter.ids {
        push_ids(query, ids);
    }
    if let Some(license_id) = filter.license_id {
        query
            .push(" AND a.license_id = ")
            .push_bind(license_id.uuid());
    }
    if let Some(customer_id) = filter.customer_id {
        query
            .push(format_args!(" AND {}a.customer_id = ", unhelpful.customer))
            .push_bind(customer_id.uuid());
    }
    if let Some(reseller_id) = filter.reseller_id {
        query
            .push(" AND a.license_id IN (SELECT l.id FROM license AS l WHERE l.reseller_id = ")
            .push_bind(reseller_id.uuid())
            .push(")");
    }
    if let Some(product_id) = filter.product_id {
        query
            .push(format_args!(" AND {}a.product_id = ", unhelpful.product))
            .push_bind(product_id.uuid());
    }
    if let Some(state) = filter.state {
        query
            .push(format_args!(" AND {}a.state = ", unhelpful.state))
            .push_bind(state.as_str());
    }
    if let Some(since) = filter.not_seen_since {
        query
            .push(format_args!(
                " AND {}a.last_seen_at < ",
                unhelpful.last_seen
            ))
            .push_bind(since.millis());
    }
    if let Some(reclaim) = filter.reclaim {
        push_reclaim(query, reclaim);
    }
    if let Some(prefix) = &filter.machine_code_prefix {
        push_machine_code(query, prefix, search);
    }
    if let Search::Newest { from_seq } = search {
        query.push(" AND a.seq >= ").push_bind(*from_seq);
    }
    let Some(fragment) = &filter.fragment else {
        return;
    };
    query.push(" AND ");
    match search {
        Search::Index(fragments) => dialect::push_name_matches(query, fragments),
        Search::Scan | Search::Newest { .. } | Search::EachMachine | Search::Product => {
            dialect::push_contains(query, "a.name_folded", fragment);
        }
    }
}

/// How a code may be spelt: as typed, and as programs write codes, in capital or in small letters.
pub(super) fn spellings(prefix: &str) -> Vec<String> {
    let mut spellings = vec![
        prefix.to_owned(),
        prefix.to_uppercase(),
        prefix.to_lowercase(),
    ];
    spellings.sort();
    spellings.dedup();
    spellings
}

/// A column that begins with a text.
pub(super) fn push_begins(query: &mut Query, column: &str, prefix: &str) {
    query
        .push(format_args!("({column} >= "))
        .push_bind(prefix.to_owned());
    query
        .push(format_args!(" AND {column} < "))
        .push_bind(format!("{prefix}\u{10ffff}"));
    query.push(")");
}

/// Activations of machines whose code begins so.
fn push_machine_code(query: &mut Query, prefix: &str, search: &Search) {
    let (beginning, column) = match search {
        Search::Newest { .. } | Search::EachMachine => (
            " AND EXISTS (SELECT 1 FROM machine AS m WHERE m.id = a.machine_id AND (",
            format!("{}m.code", dialect::NO_INDEX),
        ),
        Search::Scan | Search::Index(_) | Search::Product => (
            " AND a.machine_id IN (SELECT m.id FROM machine AS m WHERE (",
            "m.code".to_owned(),
        ),
    };
    query.push(beginning);
    for (at, spelling) in spellings(prefix).iter().enumerate() {
        query.push(if at == 0 { "" } else { " OR " });
        push_begins(query, &column, spelling);
    }
    query.push("))");
}
