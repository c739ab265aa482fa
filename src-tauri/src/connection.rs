//! The connection to a store: a value that takes a request and gives its answer.
//!
//! An embedded store is the router in this very process, and no port is opened. A remote store is
//! the same request sent to a Latchkey server.

use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use http::{HeaderMap, Method, Request, StatusCode, Uri};
use latchkey_api::{Body, Router};
use tower::ServiceExt as _;

use crate::place::ServerAddress;
use crate::refusal::Refusal;
use crate::remote::Remote;

/// What answers requests.
#[derive(Clone)]
enum Backend {
    Embedded(Router),
    Remote(Arc<Remote>),
}

/// A store that answers requests.
#[derive(Clone)]
pub(crate) struct Connection(Backend);

/// An answer whose body may still be on its way.
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body, piece by piece.
    pub(crate) body: BoxStream<'static, Result<Bytes, SendError>>,
}

impl Answer {
    /// One whose body has come.
    pub(crate) fn whole(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body: futures::stream::once(async { Ok(body) }).boxed(),
        }
    }

    /// The body, when all of it has come.
    pub(crate) async fn content(&mut self) -> Result<Vec<u8>, SendError> {
        let mut content = Vec::new();
        while let Some(piece) = self.body.next().await {
            content.extend(piece?);
        }
        Ok(content)
    }
}

/// Why a request got no answer, or only the beginning of one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    /// A mistake of ours.
    #[error("{0}")]
    Broken(String),
    /// The server is away, or the way to it.
    #[error("{0}")]
    Unreachable(String),
    /// The server cannot be worked with.
    #[error(transparent)]
    Refused(Refusal),
}

impl SendError {
    /// A mistake of ours.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "so that it stands in `map_err`"
    )]
    pub(crate) fn broken(error: impl ToString) -> Self {
        Self::Broken(error.to_string())
    }

    /// The server is away, or the way to it.
    pub(crate) fn unreachable(error: reqwest::Error) -> Self {
        Self::Unreachable(told(&error.without_url()))
    }
}

/// An error with its causes.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

impl Connection {
    /// A store in this process.
    pub(crate) fn embedded(router: Router) -> Self {
        Self(Backend::Embedded(router))
    }

    /// A store behind a server.
    pub(crate) fn remote(remote: Remote) -> Self {
        Self(Backend::Remote(Arc::new(remote)))
    }

    /// The server that it is behind; none for a store in this process.
    pub(crate) fn server(&self) -> Option<&ServerAddress> {
        match &self.0 {
            Backend::Embedded(_) => None,
            Backend::Remote(remote) => Some(remote.address()),
        }
    }

    /// Sends one request. `path` begins with a slash and may carry a query.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Answer, SendError> {
        match &self.0 {
            Backend::Embedded(router) => embedded(router, method, path, headers, body).await,
            Backend::Remote(remote) => remote.send(method, path, headers, body).await,
        }
    }
}

async fn embedded(
    router: &Router,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, SendError> {
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = method;
    *request.uri_mut() = path
        .parse::<Uri>()
        .map_err(|error| SendError::broken(told(&error)))?;
    *request.headers_mut() = headers;
    let Ok(response) = router.clone().oneshot(request).await;
    let (head, body) = response.into_parts();
    let body = body
        .into_data_stream()
        .map(|piece| piece.map_err(|error| SendError::broken(told(&error))))
        .boxed();
    Ok(Answer {
        status: head.status,
        headers: head.headers,
        body,
    })
}

#[cfg(test)]
mod tests {
    use http::header::AUTHORIZATION;
    use latchkey_api::{Limits, Plain, VERSION, VERSION_HEADER};

    use super::*;

    /// Says what came, and signs in whoever asks.
    fn echo() -> Router {
        let echo = |uri: Uri, headers: HeaderMap, body: Bytes| async move {
            let text = |name: &str| headers.get(name).map_or("none", |it| it.to_str().unwrap());
            let said = format!(
                "{uri} {} {} {}",
                text("idempotency-key"),
                text(AUTHORIZATION.as_str()),
                body.len()
            );
            let signed_in = r#"{"token":"lks_1","name":"Ada"}"#;
            let not_signed_in = r#"{"code":"not_signed_in"}"#;
            let json = ("content-type", "application/json".to_owned());
            match uri.path() {
                "/v1/sign-in" => (StatusCode::OK, [json], signed_in.to_owned()),
                "/v1/gone" => (StatusCode::UNAUTHORIZED, [json], not_signed_in.to_owned()),
                _ => (
                    StatusCode::CREATED,
                    [("content-type", "text/plain".to_owned())],
                    said,
                ),
            }
        };
        Router::new().fallback(echo)
    }

    /// A server of a version.
    async fn server(version: &'static str) -> ServerAddress {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let router = echo().layer(tower_http::set_header::SetResponseHeaderLayer::overriding(
            VERSION_HEADER,
            http::HeaderValue::from_static(version),
        ));
        tokio::spawn(async {
            let ever = std::future::pending();
            latchkey_api::serve(listener, Plain, Limits::default(), router, ever).await;
        });
        ServerAddress::parse(&address).unwrap()
    }

    async fn answer(connection: &Connection, path: &str) -> (StatusCode, String) {
        let mut headers = HeaderMap::new();
        headers.insert("idempotency-key", http::HeaderValue::from_static("k1"));
        headers.insert(AUTHORIZATION, http::HeaderValue::from_static("of the page"));
        let mut answer = connection
            .send(Method::POST, path, headers, Bytes::from_static(b"four"))
            .await
            .unwrap();
        let content = answer.content().await.unwrap();
        (answer.status, String::from_utf8(content).unwrap())
    }

    async fn opened(address: &ServerAddress) -> Connection {
        Connection::remote(Remote::open(address, None).await.unwrap())
    }

    #[tokio::test]
    async fn an_embedded_and_a_remote_store_answer_alike() {
        let embedded = Connection::embedded(echo());
        let (status, said) = answer(&embedded, "/v1/echo?q=a%20b").await;
        assert_eq!(status, StatusCode::CREATED);
        assert_eq!(said, "/v1/echo?q=a%20b k1 of the page 4");
        let remote = opened(&server(VERSION).await).await;
        for path in ["/v1/echo?q=a%20b", "//v1/echo?q=a%20b"] {
            let (status, said) = answer(&remote, path).await;
            assert_eq!(status, StatusCode::CREATED);
            assert_eq!(
                said, "/v1/echo?q=a%20b k1 none 4",
                "nothing of the page's opens a session"
            );
        }
    }

    #[tokio::test]
    async fn a_sessions_token_goes_along_and_never_to_the_page() {
        let remote = opened(&server(VERSION).await).await;
        let (_, said) = answer(&remote, "/v1/sign-in").await;
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said, serde_json::json!({ "name": "Ada", "token": null }));
        let (_, said) = answer(&remote, "/v1/echo").await;
        assert_eq!(said, "/v1/echo k1 Bearer lks_1 4");
        let (status, said) = answer(&remote, "/v1/gone").await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(said.contains("not_signed_in"), "{said}");
        let (_, said) = answer(&remote, "/v1/echo").await;
        assert_eq!(said, "/v1/echo k1 none 4", "it is forgotten");
    }

    #[tokio::test]
    async fn a_server_of_another_version_is_told_with_the_side_to_update() {
        for (version, code) in [("0.0.1", "server_older"), ("99.0.0", "server_newer")] {
            let refused = Remote::open(&server(version).await, None)
                .await
                .err()
                .unwrap();
            assert_eq!(refused.code(), code);
        }
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_told_with_its_cause() {
        let nowhere = ServerAddress::parse("http://127.0.0.1:1/").unwrap();
        let refused = Remote::open(&nowhere, None).await.err().unwrap();
        assert_eq!(refused.code(), "server_unreachable");
        assert!(refused.to_string().contains("refused"), "{refused}");
    }
}
