//! Which language whoever asks reads.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use latchkey_domain::letter::Language;

/// The language that a browser names first (RFC 9110 §12.5.4), as far as it is one of ours.
pub(crate) struct Spoken(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let named = parts.headers.get(ACCEPT_LANGUAGE);
        let first = named.and_then(|named| named.to_str().ok());
        Ok(Self(spoken(first.unwrap_or_default())))
    }
}

fn spoken(named: &str) -> Language {
    let first = named.split([',', ';']).next().unwrap_or_default().trim();
    match first.split('-').next() {
        Some(tag) if tag.eq_ignore_ascii_case("de") => Language::German,
        _ => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_counts() {
        for (named, language) in [
            ("de", Language::German),
            ("de-AT,de;q=0.9,en;q=0.8", Language::German),
            ("DE;q=0.5", Language::German),
            ("en-US,de;q=0.9", Language::English),
            ("den", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(spoken(named), language, "{named}");
        }
    }
}
