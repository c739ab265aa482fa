//! The `Idempotency-Key`: the same request sent twice is carried out once.

use http::HeaderMap;
use http::request::Parts;
use latchkey_app::Idempotency;
use latchkey_domain::limits::IDEMPOTENCY_KEY_CHARS_MAX as KEY_LENGTH_MAX;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// The key, where the caller gave one.
fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
    if value.is_empty() || value.len() > KEY_LENGTH_MAX || !visible {
        let detail =
            format!("An Idempotency-Key is 1 to {KEY_LENGTH_MAX} visible ASCII characters.");
        return Err(Problem::new("idempotency_key_invalid", detail)
            .fix("Send a UUID, or leave the header out."));
    }
    Ok(value.to_str().ok().map(str::to_owned))
}

/// The key with the hash of what is asked: method, path, query and body. None where the caller gave no key.
pub(super) fn idempotency(parts: &Parts, body: &[u8]) -> Result<Option<Idempotency>, Problem> {
    let Some(key) = key(&parts.headers)? else {
        return Ok(None);
    };
    let asked = format!(
        "{} {}\n",
        parts.method,
        parts
            .uri
            .path_and_query()
            .map_or("", |asked| asked.as_str())
    );
    let request = Sha256::new()
        .chain_update(asked)
        .chain_update(body)
        .finalize()
        .into();
    Ok(Some(Idempotency { key, request }))
}
