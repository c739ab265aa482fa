//! Keeps pages of other sites out.
//!
//! A browser sends requests on behalf of any page it shows, with the cookie of whoever is signed in. So a request that
//! says which page it comes from must come from this program's own.
//!
//! Where nobody signs in, whoever reaches the API acts as the store's owner, and it is reached from this machine alone:
//! then a request must also have been sent to a loopback name (a hostile name server could otherwise make its page "our
//! own").

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderValue};

use crate::ApiState;
use crate::caller::Reached;
use crate::problem::Problem;

/// What is kept from pages of other sites.
#[derive(Clone)]
pub(crate) enum Guarded {
    /// The API. While whoever reaches it acts as the owner, it answers to this machine's own names alone.
    Api(ApiState),
    /// What is for this machine alone.
    Here,
}

impl Guarded {
    /// Which vendor is reached at this host.
    fn reached(&self, host: Option<&str>) -> Option<Reached> {
        match self {
            Self::Api(api) => api.vendors.at(host).map(Reached),
            Self::Here => None,
        }
    }

    /// Whether it answers to loopback names alone. While the store cannot say who has an account, it does.
    async fn here_only(&self, reached: Option<&Reached>) -> bool {
        match (self, reached) {
            (Self::Api(api), Some(Reached(app))) => !matches!(api.everybody(app).await, Ok(None)),
            // Nobody's, and nothing is done.
            (Self::Api(_), None) => false,
            (Self::Here, _) => true,
        }
    }
}

/// Lets a request through unless a page of another site sent it.
pub(crate) async fn own_pages_only(
    State(guarded): State<Guarded>,
    mut request: Request,
    next: Next,
) -> Response {
    let authority = request.uri().authority();
    let authority = authority.map(|authority| authority.as_str());
    let reached = guarded.reached(host(request.headers(), authority));
    let here_only = guarded.here_only(reached.as_ref()).await;
    if let Err(problem) = check(here_only, request.headers(), authority) {
        return problem.into_response();
    }
    if let Some(reached) = reached {
        request.extensions_mut().insert(reached);
    }
    next.run(request).await
}

/// The host that a request was sent to; HTTP/2 says it in the target (RFC 9113 §8.3.1).
fn host<'a>(headers: &'a HeaderMap, authority: Option<&'a str>) -> Option<&'a str> {
    let text = |value: &'a HeaderValue| value.to_str().unwrap_or("?");
    headers.get(HOST).map(text).or(authority)
}

fn check(here_only: bool, headers: &HeaderMap, authority: Option<&str>) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = host(headers, authority);
    if let Some(host) = host.filter(|host| here_only && !is_loopback(host)) {
        let detail = format!(
            "The request was sent to \"{host}\", and this store answers on this machine only."
        );
        return Err(Problem::new("cross_site_request", detail).fix("Use the address 127.0.0.1."));
    }
    let foreign = match (text(ORIGIN.as_str()), text("sec-fetch-site")) {
        (Some(origin), _) => origin.split_once("://").map(|(_, rest)| rest) != host,
        (None, Some(site)) => !matches!(site, "same-origin" | "none"),
        (None, None) => false,
    };
    if foreign {
        let detail = "A page of another site sent this request.";
        return Err(Problem::new("cross_site_request", detail)
            .fix("Open Latchkey's own page and do it there."));
    }
    Ok(())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        check(true, &headers.collect(), None).is_ok()
    }

    #[test]
    fn where_people_sign_in_any_name_will_do_and_no_other_page() {
        let passes = |origin: &str| {
            let headers = [("host", "licenses.vendor.example"), ("origin", origin)];
            let headers = headers
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            check(false, &headers.collect(), None).is_ok()
        };
        assert!(passes("https://licenses.vendor.example"));
        assert!(!passes("https://evil.example"));
        assert!(!passes("https://vendor.example"));
        assert!(!passes("null"));
    }

    #[test]
    fn scripts_and_our_own_pages_pass() {
        assert!(passes(&[]));
        assert!(passes(&[("host", "127.0.0.1:7878")]));
        assert!(passes(&[("host", "[::1]:7878")]));
        assert!(passes(&[
            ("host", "localhost:7878"),
            ("origin", "http://localhost:7878")
        ]));
        assert!(passes(&[
            ("host", "localhost:7878"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(passes(&[
            ("host", "localhost:7878"),
            ("sec-fetch-site", "none")
        ]));
    }

    #[test]
    fn pages_of_other_sites_do_not() {
        let host = ("host", "127.0.0.1:7878");
        assert!(!passes(&[host, ("origin", "https://evil.example")]));
        assert!(!passes(&[host, ("origin", "http://127.0.0.1:8000")]));
        assert!(!passes(&[host, ("origin", "null")]));
        assert!(!passes(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!passes(&[host, ("sec-fetch-site", "same-site")]));
    }

    #[test]
    fn a_name_that_only_resolves_to_this_machine_does_not() {
        assert!(!passes(&[
            ("host", "evil.example:7878"),
            ("origin", "http://evil.example:7878")
        ]));
        assert!(!passes(&[("host", "127.0.0.1.evil.example")]));
    }
}
