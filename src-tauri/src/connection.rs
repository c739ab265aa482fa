//! The connection to a store: a value that takes a request and gives its answer.
//!
//! An embedded store is the router in this very process, and no port is opened. A remote store is
//! the same request sent to a Latchkey server.

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use http::{HeaderMap, Method, Request, StatusCode, Uri};
use latchkey_api::{Body, Router};
use tower::ServiceExt as _;

/// What answers requests.
#[derive(Clone)]
enum Backend {
    Embedded(Router),
    Remote {
        client: reqwest::Client,
        base: reqwest::Url,
    },
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
#[error("{0}")]
pub(crate) struct SendError(String);

impl SendError {
    fn new(error: impl std::error::Error) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(error) = source {
            text = format!("{text}: {error}");
            source = error.source();
        }
        Self(text)
    }
}

impl Connection {
    /// A store in this process.
    pub(crate) fn embedded(router: Router) -> Self {
        Self(Backend::Embedded(router))
    }

    /// A store behind a server. Its address ends in a slash.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "no page offers a remote store until people can sign in"
        )
    )]
    pub(crate) fn remote(base: reqwest::Url) -> Result<Self, SendError> {
        let client = reqwest::Client::builder().build().map_err(SendError::new)?;
        Ok(Self(Backend::Remote { client, base }))
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
            Backend::Remote { client, base } => {
                remote(client, base, method, path, headers, body).await
            }
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
    *request.uri_mut() = path.parse::<Uri>().map_err(SendError::new)?;
    *request.headers_mut() = headers;
    let Ok(response) = router.clone().oneshot(request).await;
    let (head, body) = response.into_parts();
    let body = body
        .into_data_stream()
        .map(|piece| piece.map_err(SendError::new))
        .boxed();
    Ok(Answer {
        status: head.status,
        headers: head.headers,
        body,
    })
}

async fn remote(
    client: &reqwest::Client,
    base: &reqwest::Url,
    method: Method,
    path: &str,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Answer, SendError> {
    // A path such as `//elsewhere` would name another host.
    let url = base
        .join(path.trim_start_matches('/'))
        .map_err(SendError::new)?;
    if url.origin() != base.origin() {
        return Err(SendError(format!("{path} leaves the server {base}")));
    }
    let request = client.request(method, url).headers(headers).body(body);
    let response = request.send().await.map_err(SendError::new)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response
        .bytes_stream()
        .map(|piece| piece.map_err(SendError::new))
        .boxed();
    Ok(Answer {
        status,
        headers,
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo() -> Router {
        Router::new().fallback(|uri: Uri, headers: HeaderMap, body: Bytes| async move {
            let kept = headers.get("idempotency-key").cloned();
            let kept = kept.unwrap_or(http::HeaderValue::from_static("none"));
            (
                StatusCode::CREATED,
                [("x-key", kept)],
                format!("{uri} {}", body.len()),
            )
        })
    }

    async fn answer(connection: &Connection, path: &str) -> (StatusCode, String, String) {
        let mut headers = HeaderMap::new();
        headers.insert("idempotency-key", http::HeaderValue::from_static("k1"));
        let answer = connection
            .send(Method::POST, path, headers, Bytes::from_static(b"four"))
            .await
            .unwrap();
        let key = answer.headers["x-key"].to_str().unwrap().to_owned();
        let pieces: Vec<_> = answer.body.map(Result::unwrap).collect().await;
        (
            answer.status,
            key,
            String::from_utf8(pieces.concat()).unwrap(),
        )
    }

    #[tokio::test]
    async fn an_embedded_and_a_remote_store_answer_alike() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap())
            .parse()
            .unwrap();
        let server = tokio::spawn(async {
            latchkey_api::serve(
                listener,
                latchkey_api::Plain,
                latchkey_api::Limits::default(),
                echo(),
                std::future::pending(),
            )
            .await;
        });
        let expected = (
            StatusCode::CREATED,
            "k1".to_owned(),
            "/v1/echo?q=a%20b 4".to_owned(),
        );

        let embedded = Connection::embedded(echo());
        assert_eq!(answer(&embedded, "/v1/echo?q=a%20b").await, expected);
        let remote = Connection::remote(base).unwrap();
        assert_eq!(answer(&remote, "/v1/echo?q=a%20b").await, expected);
        assert_eq!(answer(&remote, "//v1/echo?q=a%20b").await, expected);
        server.abort();
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_told_with_its_cause() {
        let remote = Connection::remote("http://127.0.0.1:1/".parse().unwrap()).unwrap();
        let sent = remote
            .send(Method::GET, "/v1/me", HeaderMap::new(), Bytes::new())
            .await;
        let Err(error) = sent else {
            panic!("nothing listens on port 1")
        };
        assert!(error.to_string().contains("refused"), "{error}");
    }
}
