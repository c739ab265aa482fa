//! Lists in another order than that of creation: their rows are looked through in that order, or found in another way and
//! sorted, whichever reads fewer; and counted that way too, since the order does not matter then.

use latchkey_domain::limits::COUNT_EXACT_MAX;
use latchkey_domain::{ProductId, VendorId};

use super::super::{Database, Query};
use super::filter::push_filter;
use super::looked_for_in;
use super::search::{LOOKED_THROUGH_MAX, Search, Searched, newest_first, newest_seq};
use crate::StoreError;
use crate::filter::{ActivationFilter, PageRequest};

/// Rows of a product are counted up to this, to find out whether they are fewer than those in the order wanted.
const COMPARED_MAX: u32 = 100_000;

/// How many rows are read in the order of creation, where neighbours lie in one page, while one is read in another order.
const NEIGHBOURS: u32 = 4;

/// Among the rows of a product, if these are few or a list in another order is shorter that way.
pub(super) async fn of_product(
    database: &Database,
    vendor_id: VendorId,
    filter: &ActivationFilter,
    product_id: ProductId,
    page: PageRequest,
) -> Result<Option<Searched>, StoreError> {
    let alone = ActivationFilter {
        product_id: Some(product_id),
        ..ActivationFilter::default()
    };
    let count = async |most: u32| {
        let of_product = |query: &mut Query| push_filter(query, &alone, &Search::Product);
        database
            .count_to(most, vendor_id, "activation AS a", &of_product)
            .await
    };
    if count(LOOKED_THROUGH_MAX).await? <= LOOKED_THROUGH_MAX {
        return Ok(Some(Searched::by(Search::Product)));
    }
    if filter.fragment.is_some() || newest_first(filter) {
        return Ok(None);
    }
    let rows = count(COMPARED_MAX).await?;
    let searched = sorted(database, vendor_id, filter, Search::Product, rows, page).await?;
    Ok(Some(searched))
}

/// In another order than that of creation, where there is another way to the rows. It goes through about so many, of which
/// some are what is asked for.
pub(super) async fn sorted(
    database: &Database,
    vendor_id: VendorId,
    filter: &ActivationFilter,
    other: Search,
    rows: u32,
    page: PageRequest,
) -> Result<Searched, StoreError> {
    let in_order = ActivationFilter {
        state: filter.state,
        not_seen_since: filter.not_seen_since,
        sort: filter.sort,
        ..ActivationFilter::default()
    };
    let in_order = |query: &mut Query| push_filter(query, &in_order, &Search::Scan);
    let fewer = rows / NEIGHBOURS;
    // Powers of two, so that there are few such statements. What is counted here stands in the indexes themselves.
    let many = fewer.next_power_of_two();
    let walked = database
        .count_to(many, vendor_id, "activation AS a", &in_order)
        .await?;
    if walked <= fewer {
        return Ok(Searched::by(Search::Scan));
    }
    let walked = match walked > many {
        true => newest_seq(database).await?,
        false => walked.into(),
    };
    // With more than so many, the page is full before that many rows are read in the order wanted.
    let enough = i64::from(page.limit + 1) * walked / i64::from(fewer.max(1));
    let (from, _) = looked_for_in(filter, &other);
    let meant = |query: &mut Query| push_filter(query, filter, &other);
    let count = database.count(vendor_id, from, &meant).await?;
    Ok(Searched {
        search: if i64::from(count) > enough.min(COUNT_EXACT_MAX.into()) {
            Search::Scan
        } else {
            other
        },
        count: Some(count),
    })
}
