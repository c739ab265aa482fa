//! Bodies: JSON commands and uploaded files, read up to their limit.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::{FromRequest, Request};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use latchkey_app::Idempotency;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::retry;
use crate::decode::{Scalars, decode};
use crate::problem::Problem;

/// The largest JSON body.
pub(crate) const JSON_BYTES_MAX: usize = 1024 * 1024;
/// The largest uploaded file.
pub(crate) const UPLOAD_BYTES_MAX: usize = latchkey_domain::import::IMPORT_BYTES_MAX;

/// Bytes of a body that is too large that are read for the sake of its answer.
const PASSED_OVER_BYTES_MAX: usize = 512 * 1024 * 1024;

/// How slowly a body may arrive.
#[derive(Clone, Copy)]
struct Pace {
    /// Between two pieces.
    pause: Duration,
    /// From its beginning to its end.
    whole: Duration,
}

/// The largest file arrives in time at 28 kB a second.
const PACE: Pace = Pace {
    pause: Duration::from_secs(30),
    whole: Duration::from_secs(600),
};

/// What a browser sends when a file stands in a form.
const FORMS: [&str; 2] = ["multipart/form-data", "application/x-www-form-urlencoded"];

/// A JSON command: its body, and the key that makes a second sending harmless. An empty body counts as `{}`.
pub(crate) struct Command<T> {
    pub(crate) body: T,
    pub(crate) retry: Option<Idempotency>,
}

/// An uploaded file as it is.
pub(crate) struct Upload {
    pub(crate) bytes: Bytes,
    pub(crate) retry: Option<Idempotency>,
}

async fn read(
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
    fix: &str,
    pace: Pace,
) -> Result<Bytes, Problem> {
    timeout(
        pace.whole,
        read_pieces(headers, body, bytes_max, fix, pace.pause),
    )
    .await
    .unwrap_or_else(|_| Err(late()))
}

fn late() -> Problem {
    Problem::new("json_malformed", "The body did not arrive in time.")
        .fix("Send it again, over a faster connection.")
}

async fn read_pieces(
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
    fix: &str,
    pause: Duration,
) -> Result<Bytes, Problem> {
    let too_large = || {
        let megabytes = bytes_max / (1024 * 1024);
        Problem::new(
            "body_too_large",
            format!("The body is larger than {megabytes} MB."),
        )
        .fix(fix)
    };
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let mut stream = body.into_data_stream();
    if announced
        .is_some_and(|length| usize::try_from(length).map_or(true, |length| length > bytes_max))
    {
        pass_over(&mut stream, pause).await;
        return Err(too_large());
    }
    let mut bytes = BytesMut::new();
    while let Some(chunk) = timeout(pause, stream.next()).await.map_err(|_| late())? {
        let chunk = chunk
            .map_err(|_| Problem::new("json_malformed", "The body broke off before its end."))?;
        if bytes.len() + chunk.len() > bytes_max {
            pass_over(&mut stream, pause).await;
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// Reads on without keeping anything: a client that is still sending does not read the answer, and one that is cut off
/// never does.
async fn pass_over(stream: &mut BodyDataStream, pause: Duration) {
    let mut left = PASSED_OVER_BYTES_MAX;
    while let Ok(Some(Ok(chunk))) = timeout(pause, stream.next()).await {
        let Some(less) = left.checked_sub(chunk.len()) else {
            return;
        };
        left = less;
    }
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
    )
}

fn json<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Problem> {
    let value = if bytes.is_empty() {
        Value::Object(Map::new())
    } else {
        if media_type(headers).as_deref() != Some("application/json") {
            return Err(
                Problem::new("content_type_wrong", "This operation takes JSON.")
                    .fix("Send the body with `Content-Type: application/json`."),
            );
        }
        serde_json::from_slice(bytes).map_err(|error| {
            Problem::new("json_malformed", format!("The body is not JSON: {error}."))
        })?
    };
    decode(value, Scalars::Json).map_err(|error| {
        Problem::new("body_invalid", error.detail.clone()).field(
            error.pointer(),
            error.code,
            error.detail.clone(),
        )
    })
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Command<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(
            &parts.headers,
            body,
            JSON_BYTES_MAX,
            "Send several smaller requests.",
            PACE,
        )
        .await?;
        Ok(Self {
            body: json(&parts.headers, &bytes)?,
            retry: retry::idempotency(&parts, &bytes)?,
        })
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if media_type(&parts.headers).is_some_and(|media| FORMS.contains(&media.as_str())) {
            return Err(Problem::new(
                "content_type_wrong",
                "This operation takes a file, not a form.",
            )
            .fix("Send the file's bytes as the body."));
        }
        let fix = "Split the file into smaller ones and send one after the other.";
        let bytes = read(&parts.headers, body, UPLOAD_BYTES_MAX, fix, PACE).await?;
        Ok(Self {
            retry: retry::idempotency(&parts, &bytes)?,
            bytes,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures::stream;

    use super::*;

    const PAUSE: Duration = Duration::from_millis(20);

    /// A body of single bytes with so long between them, and no end.
    fn drop_by_drop(between: Duration) -> Body {
        Body::from_stream(stream::unfold((), move |()| async move {
            tokio::time::sleep(between).await;
            Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
        }))
    }

    #[tokio::test]
    async fn a_body_that_stops_or_drips_is_not_waited_for() {
        let pace = Pace {
            pause: PAUSE,
            whole: PAUSE * 10,
        };
        for between in [PAUSE * 1_000, PAUSE / 10] {
            for bytes_max in [1, 1_000_000] {
                let body = drop_by_drop(between);
                let got = read(&HeaderMap::new(), body, bytes_max, "Split it.", pace).await;
                let problem = got.unwrap_err();
                let status = problem.document().status;
                assert!(status == 400 || status == 413, "{problem:?}");
            }
        }
        let whole = read(&HeaderMap::new(), Body::from("{}"), 2, "Split it.", pace).await;
        assert_eq!(whole.unwrap(), "{}");
    }
}
