//! The router: all operations, what surrounds them, and what answers when nothing else does.

use axum::extract::Request;
use axum::routing::get;
use axum::{Router, middleware};
use http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderName, HeaderValue, Method, Uri};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::guard::{self, Guarded};
use crate::problem::Problem;
use crate::{ApiState, health, openapi, reference};

/// Says in every answer which version gave it: a window of another version then knows which side is to be updated.
pub const VERSION_HEADER: HeaderName = HeaderName::from_static("latchkey-version");

/// The version of this API, as it stands in that header: `MAJOR.MINOR.PATCH` (Semantic Versioning 2.0.0).
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// All routes. A caller may nest or merge it and add its own; what is not found under `/v1` is answered here.
pub fn router(state: ApiState) -> Router {
    let (operations, _) = openapi::routes().split_for_parts();
    let guarded = Guarded::Api(state.clone());
    operations
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/reference", get(reference::page))
        .route("/reference/style.css", get(reference::style))
        .route("/v1", axum::routing::any(nothing_here))
        .route("/v1/", axum::routing::any(nothing_here))
        .route("/v1/{*path}", axum::routing::any(nothing_here))
        .method_not_allowed_fallback(other_method)
        // Together they are one layer, which is cheaper to go through; the first is the outermost.
        .layer((
            SetResponseHeaderLayer::overriding(VERSION_HEADER, HeaderValue::from_static(VERSION)),
            SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            // An answer speaks of one moment and one actor.
            SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-store")),
            middleware::from_fn_with_state(guarded, guard::own_pages_only),
        ))
        .with_state(state)
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::new(
        "route_not_found",
        format!("There is nothing at {}.", uri.path()),
    )
    .fix("See /v1/openapi.json for all operations.")
}

async fn other_method(method: Method, request: Request) -> Problem {
    Problem::new(
        "method_not_allowed",
        format!("{} does not take {method}.", request.uri().path()),
    )
    .fix("See /v1/openapi.json for all operations.")
}
