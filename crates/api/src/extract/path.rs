//! The id in a path.

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;

use crate::id::{WireId, not_an_id};
use crate::problem::Problem;

/// The path's one parameter; text that is no UTF-8 cannot be an id and counts as empty.
async fn raw<S: Send + Sync>(parts: &mut Parts, state: &S) -> String {
    let params = RawPathParams::from_request_parts(parts, state).await.ok();
    params
        .and_then(|params| params.iter().next().map(|(_, value)| value.to_owned()))
        .unwrap_or_default()
}

/// The one id in the path, known to be of kind `I`.
pub(crate) struct PathId<I>(pub(crate) I);

impl<S: Send + Sync, I: WireId> FromRequestParts<S> for PathId<I> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let malformed = |text: &str| Problem::new("id_malformed", not_an_id::<I>(text));
        let text = raw(parts, state).await;
        text.parse().map(Self).map_err(|_| malformed(&text))
    }
}

/// The place in the ledger that stands in the path.
pub(crate) struct PathIndex(pub(crate) u64);

impl<S: Send + Sync> FromRequestParts<S> for PathIndex {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = raw(parts, state).await;
        let index = text.parse().ok();
        index.map(Self).ok_or_else(|| {
            Problem::new(
                "id_malformed",
                "A place in the ledger is a number from 0 on.",
            )
        })
    }
}
