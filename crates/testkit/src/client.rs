//! A client that calls the API's router in the same process, and holds every answer against the OpenAPI document.
//!
//! An answer with a status, or a problem with a code, that the operation does not document fails the test that got it:
//! so the document cannot drift from what the program says.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "part of tests: what does not hold must stop the test where it is seen"
)]

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use latchkey_api::{Body, Router};
use serde_json::Value;
use tower::ServiceExt;

/// Calls the router.
#[derive(Clone)]
pub struct TestClient {
    router: Router,
    document: Arc<Value>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct TestAnswer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it is.
    pub bytes: Bytes,
}

impl TestClient {
    /// A client of this router.
    pub fn new(router: Router) -> Self {
        // It takes long to make, and is always the same.
        static DOCUMENT: LazyLock<Arc<Value>> = LazyLock::new(|| {
            let document = serde_json::to_value(latchkey_api::openapi());
            Arc::new(document.expect("the document is JSON"))
        });
        Self {
            router,
            document: Arc::clone(&DOCUMENT),
        }
    }

    /// The OpenAPI document the answers are held against.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Asks for something.
    pub async fn get(&self, path: &str) -> TestAnswer {
        self.send(Method::GET, path, &[], Bytes::new()).await
    }

    /// Sends a JSON command.
    pub async fn post(&self, path: &str, body: &Value) -> TestAnswer {
        self.command(Method::POST, path, &[], body).await
    }

    /// Sends a JSON change.
    pub async fn patch(&self, path: &str, body: &Value) -> TestAnswer {
        self.command(Method::PATCH, path, &[], body).await
    }

    /// Sends a JSON body with further headers.
    pub async fn command(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> TestAnswer {
        let headers = [&[("content-type", "application/json")], headers].concat();
        self.send(method, path, &headers, body.to_string().into())
            .await
    }

    /// Sends a file.
    pub async fn upload(
        &self,
        path: &str,
        media_type: &str,
        bytes: impl Into<Bytes>,
    ) -> TestAnswer {
        self.send(
            Method::POST,
            path,
            &[("content-type", media_type)],
            bytes.into(),
        )
        .await
    }

    /// Sends anything.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> TestAnswer {
        let mut request = Request::builder().method(&method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .body(Body::from(body))
            .expect("the test's request is well formed");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router always answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        let answer = TestAnswer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        };
        self.check(&method, path, &answer);
        answer
    }

    /// The operation that a request is for, with its path's template.
    pub fn operation(&self, method: &Method, path: &str) -> Option<&Value> {
        let path = path.split('?').next().unwrap_or_default();
        let paths = self.document["paths"]
            .as_object()
            .expect("the document has paths");
        let exact = paths
            .get(path)
            .and_then(|item| item.get(method.as_str().to_lowercase()));
        exact.or_else(|| {
            let (_, item) = paths.iter().find(|(template, _)| fits(template, path))?;
            item.get(method.as_str().to_lowercase())
        })
    }

    fn check(&self, method: &Method, path: &str, answer: &TestAnswer) {
        let Some(operation) = self.operation(method, path) else {
            return;
        };
        let id = operation["operationId"].as_str().unwrap_or_default();
        let status = answer.status.as_u16().to_string();
        assert!(
            operation["responses"].get(&status).is_some(),
            "{id} answered {status}, which it does not document: {}",
            answer.text()
        );
        if !answer.status.is_success() {
            let code = answer.problem();
            let documented = operation["x-problems"]
                .as_array()
                .expect("every operation lists its problems");
            assert!(
                documented.iter().any(|known| *known == *code),
                "{id} answered the problem {code}; name it in the operation's x-problems"
            );
        }
    }
}

/// Whether a path is one of a template such as `/v1/licenses/{id}`.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template
            .zip(path)
            .all(|(part, given)| part.starts_with('{') || part == given)
}

impl TestAnswer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body, of an answer that must be a yes.
    pub fn ok(&self) -> Value {
        assert!(
            self.status.is_success(),
            "expected a yes, got {}: {}",
            self.status,
            self.text()
        );
        self.json()
    }

    /// The code, of an answer that must be a problem document that tells a person what to do.
    pub fn problem(&self) -> String {
        assert!(
            !self.status.is_success(),
            "expected a problem, got {}: {}",
            self.status,
            self.text()
        );
        let media_type = self
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        assert_eq!(
            media_type,
            Some("application/problem+json"),
            "{}: {}",
            self.status,
            self.text()
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16(), "{problem}");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(
            detail.ends_with(['.', '!', '?']),
            "the sentence has an end: {problem}"
        );
        problem["code"]
            .as_str()
            .expect("a problem has a code")
            .to_owned()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
