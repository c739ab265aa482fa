//! What a page sends along with a command: raw bytes, and headers that are percent-encoded.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tauri::ipc::{InvokeBody, Request};

use crate::connection::Answer;
use crate::desk::Desk;
use crate::percent;
use crate::refusal::Refusal;

/// A request for the API, as the page sent it.
pub(crate) struct PageRequest {
    /// The method.
    method: Method,
    /// Path and query, beginning with a slash.
    path: String,
    /// The headers that concern the API.
    headers: HeaderMap,
    /// The body.
    body: Bytes,
}

/// Headers that concern only the way between a browser and a server.
const OF_THE_WAY: &[&str] = &[
    "connection",
    "content-length",
    "cookie",
    "host",
    "origin",
    "referer",
    "transfer-encoding",
];

impl PageRequest {
    /// Reads it from a command's body and headers.
    pub(crate) fn read(request: &Request<'_>) -> Result<Self, Refusal> {
        let headers = request.headers();
        let path = text(headers, "latchkey-path")?;
        if !path.starts_with('/') {
            return Err(Refusal::bridge("the path does not begin with a slash"));
        }
        let method = text(headers, "latchkey-method")?;
        let listed: Vec<(String, String)> =
            serde_json::from_str(&text(headers, "latchkey-headers")?).map_err(Refusal::bridge)?;
        Ok(Self {
            method: method.parse().map_err(Refusal::bridge)?,
            path,
            headers: for_the_api(listed)?,
            body: body(request)?,
        })
    }

    /// Asks the API.
    pub(crate) async fn send(self, desk: &Desk) -> Result<Answer, Refusal> {
        let connection = desk
            .connection()
            .await
            .ok_or_else(|| Refusal::bridge("the program is closing"))?;
        Ok(connection
            .send(self.method, &self.path, self.headers, self.body)
            .await?)
    }
}

/// The raw bytes of a command.
pub(crate) fn body(request: &Request<'_>) -> Result<Bytes, Refusal> {
    match request.body() {
        InvokeBody::Raw(bytes) => Ok(Bytes::copy_from_slice(bytes)),
        InvokeBody::Json(_) => Err(Refusal::bridge("the body is not raw bytes")),
    }
}

/// A header's text, decoded.
pub(crate) fn text(headers: &HeaderMap, name: &str) -> Result<String, Refusal> {
    let value = headers
        .get(name)
        .ok_or_else(|| Refusal::bridge(format!("{name} is missing")))?;
    let bytes = percent::decoded(value.as_bytes())
        .ok_or_else(|| Refusal::bridge(format!("{name} is not percent-encoded")))?;
    String::from_utf8(bytes).map_err(Refusal::bridge)
}

fn for_the_api(listed: Vec<(String, String)>) -> Result<HeaderMap, Refusal> {
    let mut headers = HeaderMap::new();
    for (name, value) in listed {
        if OF_THE_WAY.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let name: HeaderName = name.parse().map_err(Refusal::bridge)?;
        headers.append(
            name,
            HeaderValue::from_str(&value).map_err(Refusal::bridge)?,
        );
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_way_do_not_reach_the_api() {
        let listed = [
            ("Host", "evil"),
            ("Idempotency-Key", "k"),
            ("Origin", "tauri://localhost"),
        ];
        let listed = listed.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let headers = for_the_api(listed.into()).unwrap();
        assert_eq!(headers.len(), 1);
        assert_eq!(headers["idempotency-key"], "k");
    }
}
