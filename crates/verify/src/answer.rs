//! Signed answers: what a server says to an app that calls home, and which key has said it.
//!
//! The signature stands in a header beside the body and is over the exact bytes of the body. What
//! the body says is read afterwards, by whoever asked; `docs/apps.md` describes both.

use thiserror::Error;

use crate::dsse::pae;
use crate::{KeyRole, KeyState, TrustBundle, TrustedKey, base64};

/// The DSSE payload type of an answer.
pub const ANSWER_PAYLOAD_TYPE: &str = "application/vnd.latchkey.answer.v1+json";

/// The header that an answer's signature stands in.
pub const ANSWER_SIGNATURE_HEADER: &str = "latchkey-signature";

/// The longest text of that header that is read.
pub const MAX_SIGNATURE_HEADER_BYTES: usize = 256;

/// Hexadecimal digits of a key id.
const KEY_ID_DIGITS: usize = 16;

/// Why an answer is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// The header is not `keyid="<16 hexadecimal digits>", sig="<Base64 of 64 bytes>"`.
    #[error("its signature header does not have the form keyid=\"...\", sig=\"...\"")]
    Header,
    /// The bundle has no such key. It may be older than the key: fetch a newer one.
    #[error("it is signed by the key {key_id}, which the trust bundle does not list")]
    UnknownKey {
        /// The key id that the header names.
        key_id: String,
    },
    /// Not that key's signature of these bytes as an answer.
    #[error("its signature is wrong: it was altered or made by somebody else")]
    WrongSignature,
    /// Signed by a key that signs something else.
    #[error("it is signed by the key {key}, which may not sign answers")]
    NotIssuer {
        /// The vendor's name for the key.
        key: String,
    },
    /// Signed by a key that has been declared compromised.
    #[error("it is signed by the key {key}, which was declared compromised")]
    Compromised {
        /// The vendor's name for the key.
        key: String,
    },
    /// Signed by a key that signs no more.
    #[error("it is signed by the key {key}, which is retired")]
    Retired {
        /// The vendor's name for the key.
        key: String,
    },
}

/// Says which key of the bundle has signed these bytes as an answer: an issuer key, and an active
/// one. `signature` is the text of the header `latchkey-signature`.
///
/// A key may be limited to one product. The body says which product it is about, so who reads it
/// asks [`TrustedKey::signs_for`].
pub fn verify_answer<'a>(
    body: &[u8],
    signature: &str,
    trust: &'a TrustBundle,
) -> Result<&'a TrustedKey, AnswerError> {
    let AnswerSignature { key_id, signature } =
        AnswerSignature::parse(signature).ok_or(AnswerError::Header)?;
    let named = |key: &&TrustedKey| key.public_key.key_id() == key_id;
    let mut named = trust.keys.iter().filter(named).peekable();
    if named.peek().is_none() {
        let key_id = key_id.to_owned();
        return Err(AnswerError::UnknownKey { key_id });
    }
    let message = pae(ANSWER_PAYLOAD_TYPE, body);
    // Whoever holds the secret half is one signer, under however many names the bundle lists it.
    let signers: Vec<&TrustedKey> = named
        .filter(|key| key.public_key.verifies(&message, &signature))
        .collect();
    if let Some(void) = signers.iter().find(|key| key.void_from().is_some()) {
        let key = void.id.clone();
        return Err(AnswerError::Compromised { key });
    }
    let issuers = || signers.iter().filter(|key| key.role == KeyRole::Issuer);
    if let Some(retired) = issuers().find(|key| key.state != KeyState::Active) {
        let key = retired.id.clone();
        return Err(AnswerError::Retired { key });
    }
    match (issuers().next(), signers.first()) {
        (Some(key), _) => Ok(key),
        (None, Some(key)) => Err(AnswerError::NotIssuer {
            key: key.id.clone(),
        }),
        (None, None) => Err(AnswerError::WrongSignature),
    }
}

/// What the header says.
struct AnswerSignature<'a> {
    key_id: &'a str,
    signature: [u8; 64],
}

impl<'a> AnswerSignature<'a> {
    /// Two parameters, each once, in either order; spaces only around the comma between them.
    fn parse(header: &'a str) -> Option<Self> {
        if header.len() > MAX_SIGNATURE_HEADER_BYTES {
            return None;
        }
        let (mut key_id, mut signature) = (None, None);
        for parameter in header.split(',') {
            let (name, value) = parameter.trim_matches(' ').split_once('=')?;
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            let before = match name {
                "keyid" => key_id.replace(value),
                "sig" => signature.replace(value),
                _ => return None,
            };
            if before.is_some() {
                return None;
            }
        }
        Some(Self {
            key_id: key_id.filter(|id| is_key_id(id))?,
            signature: base64::decode_array(signature?)?,
        })
    }
}

fn is_key_id(text: &str) -> bool {
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == KEY_ID_DIGITS && text.bytes().all(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef";

    fn sig() -> String {
        base64::encode(&[7; 64])
    }

    #[test]
    fn the_header_is_read_in_either_order() {
        let sig = sig();
        for header in [
            format!("keyid=\"{ID}\", sig=\"{sig}\""),
            format!("keyid=\"{ID}\",sig=\"{sig}\""),
            format!("sig=\"{sig}\" , keyid=\"{ID}\""),
        ] {
            let read = AnswerSignature::parse(&header).unwrap();
            assert_eq!((read.key_id, read.signature), (ID, [7; 64]), "{header}");
        }
    }

    #[test]
    fn any_other_header_is_refused() {
        let sig = sig();
        let short = base64::encode(&[7; 63]);
        let long = base64::encode(&[7; 65]);
        for header in [
            String::new(),
            ",".to_owned(),
            format!("keyid=\"{ID}\""),
            format!("sig=\"{sig}\""),
            format!("keyid={ID}, sig={sig}"),
            format!("keyid=\"{ID}\"; sig=\"{sig}\""),
            format!("keyid=\"{ID}\", sig=\"{sig}\","),
            format!("keyid=\"{ID}\", keyid=\"{ID}\", sig=\"{sig}\""),
            format!("keyid=\"{ID}\", sig=\"{sig}\", sig=\"{sig}\""),
            format!("keyid=\"{ID}\", sig=\"{sig}\", alg=\"none\""),
            format!("KeyId=\"{ID}\", sig=\"{sig}\""),
            format!("keyid =\"{ID}\", sig=\"{sig}\""),
            format!("keyid=\"\", sig=\"{sig}\""),
            format!("keyid=\"{}\", sig=\"{sig}\"", ID.to_uppercase()),
            format!("keyid=\"{ID}0\", sig=\"{sig}\""),
            format!("keyid=\"{ID}\", sig=\"\""),
            format!("keyid=\"{ID}\", sig=\"{short}\""),
            format!("keyid=\"{ID}\", sig=\"{long}\""),
            format!("keyid=\"{ID}\", sig=\"{}\"", sig.trim_end_matches('=')),
            format!("keyid=\"{ID}\", sig=\"{} \"", sig),
            format!("keyid=\"{ID}\", sig=\"{sig}\n\""),
        ] {
            assert!(AnswerSignature::parse(&header).is_none(), "{header}");
        }
    }

    #[test]
    fn the_header_is_bounded_at_its_limit() {
        let header = format!("keyid=\"{ID}\", sig=\"{}\"", sig());
        let filled = |length: usize| {
            let spaces = " ".repeat(length - header.len());
            header.replacen(", ", &format!(", {spaces}"), 1)
        };
        assert!(AnswerSignature::parse(&filled(MAX_SIGNATURE_HEADER_BYTES)).is_some());
        assert!(AnswerSignature::parse(&filled(MAX_SIGNATURE_HEADER_BYTES + 1)).is_none());
    }
}
