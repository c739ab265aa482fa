//! Query strings: a list's page and filter, or an operation's parameters.

use axum::extract::FromRequestParts;
use http::request::Parts;
use latchkey_app::filter::PageRequest;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::csv::CsvQuery;
use crate::decode::{DecodeError, Scalars, decode};
use crate::page::{NoFilter, PageQuery};
use crate::problem::Problem;

/// The query string as a `T`.
pub(crate) struct Query<T>(pub(crate) T);

/// The query string of a list: which page, the filter `F`, and how it is sorted.
pub(crate) struct List<F, S = NoFilter> {
    pub(crate) page: PageRequest,
    pub(crate) filter: F,
    pub(crate) sort: S,
}

/// The query string of a list that is wanted as a table: how it is written, the filter `F`, and how it is sorted.
pub(crate) struct Table<F, S> {
    pub(crate) query: CsvQuery,
    pub(crate) filter: F,
    pub(crate) sort: S,
}

fn parameters(parts: &Parts) -> Result<Map<String, Value>, Problem> {
    let mut map = Map::new();
    let query = parts.uri.query().unwrap_or_default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let twice = map
            .insert(name.clone().into_owned(), Value::String(value.into_owned()))
            .is_some();
        if twice {
            let detail = format!("The parameter \"{name}\" stands twice in the query.");
            return Err(refused(format!("/{name}"), "field_invalid", detail));
        }
    }
    Ok(map)
}

fn refused(pointer: String, code: &'static str, detail: String) -> Problem {
    Problem::new("query_invalid", detail.clone()).field(pointer, code, detail)
}

fn misfit(error: DecodeError) -> Problem {
    refused(error.pointer(), error.code, error.detail)
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        read(parameters(parts)?).map(Self)
    }
}

impl<T: Send + Sync, F: DeserializeOwned, S: DeserializeOwned> FromRequestParts<T> for List<F, S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &T) -> Result<Self, Problem> {
        let (page, sort, filter) = apart::<PageQuery, _, _>(parts, &["limit", "after"])?;
        let page = page.request()?;
        Ok(Self { page, filter, sort })
    }
}

impl<T: Send + Sync, F: DeserializeOwned, S: DeserializeOwned> FromRequestParts<T> for Table<F, S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &T) -> Result<Self, Problem> {
        let (query, sort, filter) = apart(parts, &["bom"])?;
        Ok(Self {
            query,
            filter,
            sort,
        })
    }
}

/// The parameters of these names, how a list is sorted, and all others as its filter.
fn apart<Q: DeserializeOwned, S: DeserializeOwned, F: DeserializeOwned>(
    parts: &Parts,
    names: &[&str],
) -> Result<(Q, S, F), Problem> {
    let mut filter = parameters(parts)?;
    let mut take = |names: &[&str]| -> Map<String, Value> {
        names
            .iter()
            .filter_map(|name| filter.remove_entry(*name))
            .collect()
    };
    let (query, sort) = (take(names), take(&["sort"]));
    Ok((read(query)?, read(sort)?, read(filter)?))
}

fn read<T: DeserializeOwned>(map: Map<String, Value>) -> Result<T, Problem> {
    decode(Value::Object(map), Scalars::Text).map_err(misfit)
}
