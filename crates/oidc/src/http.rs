//! How the sign-in service is asked: over HTTPS, without following anybody elsewhere, and not for long.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use url::{Host, Url};

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// What it was to be sent to can be read by others on the way.
    #[error("an address of the sign-in service is not HTTPS")]
    Plain,
    /// It was not sent, or not answered.
    #[error("the sign-in service did not answer")]
    Away(#[source] reqwest::Error),
    /// The answer is longer than any that counts.
    #[error("the sign-in service's answer is too long")]
    TooLong,
    /// The answer is none.
    #[error("the sign-in service's answer cannot be read")]
    Unreadable(#[source] http::Error),
}

/// Asks over HTTPS.
pub(crate) struct Http(reqwest::Client);

impl Http {
    pub(crate) fn new() -> Result<Self, HttpError> {
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            // What is posted there has the client's secret with it.
            .redirect(Policy::none())
            .build();
        client.map(Self).map_err(HttpError::Away)
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(HttpError::Away)?;
        if !is_private(request.url()) {
            return Err(HttpError::Plain);
        }
        let mut response = self.0.execute(request).await.map_err(HttpError::Away)?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(HttpError::Away)? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        answer.body(body).map_err(HttpError::Unreadable)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Whether nobody reads along on the way there: by HTTPS, or on this machine.
pub(crate) fn is_private(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Domain(name))) => name == "localhost",
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_by_https_or_stay_on_this_machine() {
        for address in [
            "https://id.example/realm",
            "http://127.0.0.1:9000",
            "http://localhost:9000/x",
            "http://[::1]:9000",
        ] {
            assert!(is_private(&address.parse().unwrap()), "{address}");
        }
        for address in [
            "http://id.example",
            "http://127.0.0.1.id.example",
            "ftp://id.example",
            "file:///etc/passwd",
        ] {
            assert!(!is_private(&address.parse().unwrap()), "{address}");
        }
    }
}
