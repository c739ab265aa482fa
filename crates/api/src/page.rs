//! The envelope of every list: a keyset page, the cursor to the next, and a bounded count.

use latchkey_app::filter;
use latchkey_domain::limits::{COUNT_EXACT_MAX, PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::cursor;
use crate::problem::Problem;

/// Which page of a list is wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many items at most.
    #[param(minimum = 1, maximum = 200, default = 50, required = false)]
    pub limit: Option<u32>,
    /// The `next` of the page before.
    #[param(required = false)]
    pub after: Option<String>,
}

impl PageQuery {
    /// The page to ask a use case for.
    pub(crate) fn request(&self) -> Result<filter::PageRequest, Problem> {
        let limit = self.limit.unwrap_or(PAGE_ROWS_DEFAULT);
        if !(1..=PAGE_ROWS_MAX).contains(&limit) {
            let detail = format!("A page has 1 to {PAGE_ROWS_MAX} items, not {limit}.");
            return Err(Problem::new("query_invalid", detail.clone())
                .field("/limit".into(), "field_invalid", detail)
                .fix(format!(
                    "Ask for at most {PAGE_ROWS_MAX}, and pass `next` as `after` for the rest."
                )));
        }
        let after = self.after.as_deref().map(|text| {
            let detail = "This is not a cursor that a list gave.";
            cursor::read(text).ok_or_else(|| {
                Problem::new("cursor_invalid", detail)
                    .field("/after".into(), "cursor_invalid", detail.into())
                    .fix("Pass the `next` of the page before, or leave `after` out to begin anew.")
            })
        });
        Ok(filter::PageRequest::counted(limit, after.transpose()?))
    }
}

/// How many items the whole list has.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Count {
    /// The number of items, at most 10,000.
    #[schema(example = 123)]
    pub value: u64,
    /// False when there are more than `value`.
    pub exact: bool,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Pass it as `after` to get the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
    /// How many items match on all pages together.
    pub count: Count,
}

impl<T> Page<T> {
    /// The page a use case answered, each row written by `item`.
    pub(crate) fn of<R>(page: filter::Page<R>, item: impl FnMut(R) -> T) -> Self {
        Self {
            items: page.rows.into_iter().map(item).collect(),
            next: page.next.map(cursor::write),
            count: Count {
                value: page.count.min(COUNT_EXACT_MAX).into(),
                exact: page.count <= COUNT_EXACT_MAX,
            },
        }
    }
}

/// The filter of a list that has none.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoFilter {}
