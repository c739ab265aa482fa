//! Requests: one at a time, each tried a few times, every answer bounded. Knows neither what is asked
//! nor whether an answer is to be trusted.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use reqwest::{Method, Response, StatusCode, Url};

use crate::ambient;
use crate::error::{Cause, Problem};
use crate::retry::{Retry, retry_after};
use crate::settings::{Settings, SettingsError, is_loopback};

/// The longest answer, and the longest trust bundle, that is read.
pub(crate) const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// The longest problem document that is read.
pub(crate) const MAX_PROBLEM_BYTES: usize = 16 * 1024;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM_JSON: &str = "application/problem+json";
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Asks one server.
pub(crate) struct Http {
    client: reqwest::Client,
    server: Url,
    authorization: HeaderValue,
    timeout: Duration,
    retry: Retry,
}

/// What is asked.
pub(crate) struct Call<'a> {
    /// The path below the server's address, part by part.
    pub(crate) path: &'a [&'a str],
    /// A JSON document to send; without one it is a GET.
    pub(crate) body: Option<Vec<u8>>,
    /// The same for every try, so that a server that has done it does not do it again.
    pub(crate) idempotency_key: Option<String>,
}

/// A successful answer.
pub(crate) struct Reply {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Why there is none.
#[derive(Debug, PartialEq)]
pub(crate) enum Fault {
    /// The server has refused, with a problem document.
    Refused(Problem),
    /// Nothing that counts came from the server.
    Away(Cause),
}

/// How one try failed.
enum Failed {
    /// It is of no use to try again.
    ForGood(Fault),
    /// It may pass; the server may have said when.
    ForNow(Fault, Option<Duration>),
}

impl Http {
    pub(crate) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let mut builder = reqwest::Client::builder()
            .user_agent(&settings.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false);
        if is_loopback(&settings.server) {
            // What is meant for this machine goes through nobody else.
            builder = builder.no_proxy();
        }
        builder = if settings.server.scheme() == "https" {
            match settings.authority.clone() {
                Some(authority) => builder.https_only(true).tls_certs_only([authority]),
                None => builder.https_only(true),
            }
        } else {
            // Without TLS nobody's certificate is asked for, so the system need not have any.
            builder.tls_certs_only([])
        };
        let client = builder
            .build()
            .map_err(|error| SettingsError::Tls(innermost(&error)))?;
        Ok(Self {
            client,
            server: settings.server.clone(),
            authorization: settings.authorization()?,
            timeout: settings.timeout,
            retry: settings.retry,
        })
    }

    /// Asks until there is an answer, or it is of no use to ask again.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Reply, Fault> {
        let url = self.url(call.path);
        let mut failed = 0;
        loop {
            let (fault, asked) = match self.once(url.clone(), &call).await {
                Ok(reply) => return Ok(reply),
                Err(Failed::ForGood(fault)) => return Err(fault),
                Err(Failed::ForNow(fault, asked)) => (fault, asked),
            };
            failed += 1;
            let Some(wait) = self.retry.wait(failed, ambient::share(), asked) else {
                return Err(fault);
            };
            tokio::time::sleep(wait).await;
        }
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.server.clone();
        // An http address always has parts; each is escaped as it is put there.
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().extend(path);
        }
        url
    }

    async fn once(&self, url: Url, call: &Call<'_>) -> Result<Reply, Failed> {
        let method = if call.body.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let mut request = self
            .client
            .request(method, url)
            .timeout(self.timeout)
            .header(ACCEPT, JSON)
            .header(AUTHORIZATION, &self.authorization);
        if let Some(key) = &call.idempotency_key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, JSON).body(body.clone());
        }
        let response = request.send().await.map_err(|error| self.broken(&error))?;
        if response.status() != StatusCode::OK {
            return Err(self.no(response).await);
        }
        let headers = response.headers().clone();
        let body = self.read(response, MAX_ANSWER_BYTES).await?;
        Ok(Reply { headers, body })
    }

    /// What an answer means that is not a success.
    async fn no(&self, response: Response) -> Failed {
        let status = response.status();
        let asked = header(response.headers(), &RETRY_AFTER).and_then(retry_after);
        let problem = self.problem(response).await;
        match problem {
            Some(problem)
                if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS =>
            {
                Failed::ForGood(Fault::Refused(problem))
            }
            problem => {
                let fault = Fault::Away(Cause::Status {
                    status: status.as_u16(),
                    detail: problem.map(|problem| problem.detail),
                });
                if passes(status) {
                    Failed::ForNow(fault, asked)
                } else {
                    Failed::ForGood(fault)
                }
            }
        }
    }

    /// The problem document, if the answer is one that speaks of its own status.
    async fn problem(&self, response: Response) -> Option<Problem> {
        let status = response.status().as_u16();
        let media_type = header(response.headers(), &CONTENT_TYPE)?;
        if media_type.split(';').next()?.trim() != PROBLEM_JSON {
            return None;
        }
        let body = self.read(response, MAX_PROBLEM_BYTES).await.ok()?;
        let problem: Problem = serde_json::from_slice(&body).ok()?;
        (problem.status == status && !problem.code.is_empty()).then_some(problem)
    }

    async fn read(&self, mut response: Response, limit: usize) -> Result<Vec<u8>, Failed> {
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.broken(&error))?
        {
            if chunk.len() > limit - body.len() {
                let fault = Fault::Away(Cause::TooLarge { limit });
                return Err(Failed::ForGood(fault));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn broken(&self, error: &reqwest::Error) -> Failed {
        let cause = if error.is_timeout() {
            Cause::Timeout(self.timeout)
        } else {
            Cause::Connection(innermost(error))
        };
        Failed::ForNow(Fault::Away(cause), None)
    }
}

/// Failures that pass by themselves.
fn passes(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

/// A header that is there once, as text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// What is at the bottom of an error: the sentence that says what happened, without any address.
fn innermost(error: &reqwest::Error) -> String {
    let mut deepest = None;
    let mut below = error.source();
    while let Some(source) = below {
        deepest = Some(source.to_string());
        below = source.source();
    }
    deepest.unwrap_or_else(|| "the request failed".to_owned())
}
