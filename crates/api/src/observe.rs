//! What is seen of each request from outside: one line in the log, and numbers for those who watch.
//!
//! Both name the route by its template, never the path or the query: ids and license keys stand there. Bodies and
//! headers are not looked at.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use latchkey_domain::random::{Random, bytes_16};
use tracing::Instrument as _;

/// Names a request, in the answer and in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over from a proxy.
const REQUEST_ID_MAX: usize = 128;

/// How many requests were answered.
const REQUESTS: &str = "latchkey_http_requests_total";
/// How long until the answer began.
pub const DURATIONS: &str = "latchkey_http_request_duration_seconds";
/// How many are being answered.
const IN_FLIGHT: &str = "latchkey_http_requests_in_flight";

/// Where the page and its files are counted: everything that is no operation.
const PAGE: &str = "page";

/// What the observing needs from outside.
#[derive(Clone)]
pub struct Observer {
    /// A clock that never goes back, from any beginning.
    pub clock: fn() -> Duration,
    /// Where ids of requests come from.
    pub random: Arc<dyn Random>,
    /// Whether an `x-request-id` that comes in was given by a proxy of ours, and is kept.
    pub behind_proxy: bool,
}

/// The router with every request observed, whatever answers it.
pub fn observed(router: Router, observer: Observer) -> Router {
    metrics::describe_counter!(
        REQUESTS,
        "Requests by route, method and class of status; \"left\" if the client did not wait."
    );
    metrics::describe_histogram!(
        DURATIONS,
        metrics::Unit::Seconds,
        "Time until the answer began."
    );
    metrics::describe_gauge!(IN_FLIGHT, "Requests that are being answered.");
    router.layer(middleware::from_fn_with_state(observer, observe))
}

async fn observe(State(observer): State<Observer>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let mut seen = Seen {
        method: method(request.method()),
        route: route.map_or_else(|| PAGE.to_owned(), |route| route.as_str().to_owned()),
        id: request_id(&observer, request.headers()),
        clock: observer.clock,
        begun: (observer.clock)(),
        status: None,
    };
    metrics::gauge!(IN_FLIGHT).increment(1.0);
    // What is logged on the way has the id as well, whatever the level.
    let span = tracing::error_span!("request", request_id = seen.id);
    let mut response = next.run(request).instrument(span).await;
    seen.status = Some(response.status());
    if let Ok(id) = HeaderValue::from_str(&seen.id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A request that is being answered. Dropped, it is told, also when the client has left before.
struct Seen {
    method: &'static str,
    route: String,
    id: String,
    clock: fn() -> Duration,
    begun: Duration,
    status: Option<StatusCode>,
}

impl Drop for Seen {
    fn drop(&mut self) {
        let took = (self.clock)().saturating_sub(self.begun);
        let (method, route) = (self.method, std::mem::take(&mut self.route));
        tracing::info!(
            method,
            route,
            status = self.status.map(|status| status.as_u16()),
            duration_ms = took.as_secs_f64() * 1_000.0,
            request_id = self.id,
            "{}",
            if self.status.is_some() {
                "answered"
            } else {
                "the client did not wait"
            },
        );
        metrics::gauge!(IN_FLIGHT).decrement(1.0);
        let status = class(self.status);
        metrics::counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status)
            .increment(1);
        metrics::histogram!(DURATIONS, "method" => method, "route" => route)
            .record(took.as_secs_f64());
    }
}

fn class(status: Option<StatusCode>) -> &'static str {
    match status.map(|status| status.as_u16()) {
        None => "left",
        Some(..200) => "1xx",
        Some(..300) => "2xx",
        Some(..400) => "3xx",
        Some(..500) => "4xx",
        Some(_) => "5xx",
    }
}

/// A client may make methods up; a label may not be without end.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn request_id(observer: &Observer, headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let plain = |id: &&str| {
        (1..=REQUEST_ID_MAX).contains(&id.len())
            && id
                .bytes()
                .all(|sign| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign))
    };
    if let Some(given) = given.filter(|_| observer.behind_proxy).filter(plain) {
        return given.to_owned();
    }
    bytes_16(&*observer.random)
        .iter()
        .fold(String::with_capacity(32), |mut id, byte| {
            // Writing to a string does not fail.
            let _ = write!(id, "{byte:02x}");
            id
        })
}

/// A page at `/metrics` with what was counted.
pub fn metrics_page<F>(render: F) -> Router
where
    F: Fn() -> String + Clone + Send + Sync + 'static,
{
    /// The text format of Prometheus.
    const KIND: (HeaderName, &str) = (
        http::header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    );
    let page = axum::routing::get(move || async move { ([KIND], render()) });
    Router::new()
        .route("/metrics", page)
        .layer(middleware::from_fn_with_state(
            crate::guard::Guarded::Here,
            crate::guard::own_pages_only,
        ))
}

#[cfg(test)]
mod tests {
    use latchkey_domain::random::SeededRandom;

    use super::*;

    fn id(behind_proxy: bool, given: &str) -> String {
        let observer = Observer {
            clock: Duration::default,
            random: Arc::new(SeededRandom::new(1)),
            behind_proxy,
        };
        let mut headers = HeaderMap::new();
        headers.insert(REQUEST_ID, HeaderValue::from_str(given).unwrap());
        request_id(&observer, &headers)
    }

    #[test]
    fn an_id_is_taken_from_a_proxy_of_ours_alone_and_only_if_it_is_one() {
        assert_eq!(id(true, "3f-a.B_9"), "3f-a.B_9");
        assert_eq!(id(true, &"a".repeat(128)), "a".repeat(128));
        let own = id(false, "3f-a.B_9");
        assert_eq!(own.len(), 32);
        for odd in ["", "a b", "a\"b", "{}", &"a".repeat(129)] {
            assert_eq!(id(true, odd), own, "{odd}");
        }
    }

    #[test]
    fn made_up_methods_and_all_statuses_have_a_label_each() {
        assert_eq!(method(&Method::PATCH), "PATCH");
        assert_eq!(method(&Method::from_bytes(b"BREW").unwrap()), "other");
        for (status, label) in [
            (100, "1xx"),
            (200, "2xx"),
            (304, "3xx"),
            (499, "4xx"),
            (503, "5xx"),
        ] {
            assert_eq!(class(StatusCode::from_u16(status).ok()), label);
        }
        assert_eq!(class(None), "left");
    }
}
