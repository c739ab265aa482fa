//! Ed25519 public keys: reading, writing, key ids.

use std::sync::OnceLock;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::base64;

/// The bytes before the 32 of the key in a SubjectPublicKeyInfo of Ed25519 (RFC 8410).
const SPKI_PREFIX: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
const PEM_BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const PEM_END: &str = "-----END PUBLIC KEY-----";

/// Why a text is not a public key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not PEM, or PEM of something else.
    #[error("this is not a PEM file with one Ed25519 public key")]
    Pem,
    /// Neither PEM nor 32 bytes in Base64 or hexadecimal.
    #[error("this is not an Ed25519 public key: neither PEM nor 32 bytes in Base64 or hexadecimal")]
    Text,
    /// 32 bytes that are no usable point of the curve.
    #[error("these 32 bytes are no usable Ed25519 public key")]
    Point,
}

/// An Ed25519 public key. Its point is decoded at the first check and then kept.
#[derive(Debug, Clone)]
pub struct PublicKey {
    bytes: [u8; 32],
    point: OnceLock<Option<VerifyingKey>>,
}

impl PublicKey {
    /// Takes the 32 bytes as they are; bytes that are no point of the curve verify nothing.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self {
            bytes,
            point: OnceLock::new(),
        }
    }

    /// The 32 bytes of RFC 8032.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the 32 bytes. It narrows the search
    /// for a key and is shown to people; nothing is ever decided by it.
    pub fn key_id(&self) -> String {
        base64::hex(Sha256::digest(self.bytes).get(..8).unwrap_or_default())
    }

    /// The key as a PEM file, as OpenSSL writes it.
    pub fn to_pem(&self) -> String {
        let der = [SPKI_PREFIX.as_slice(), &self.bytes].concat();
        format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", base64::encode(&der))
    }

    /// Reads a PEM file with one Ed25519 public key.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let body = pem
            .trim()
            .strip_prefix(PEM_BEGIN)
            .and_then(|rest| rest.strip_suffix(PEM_END));
        let text: String = body
            .ok_or(KeyError::Pem)?
            .split_ascii_whitespace()
            .collect();
        let der: [u8; 44] = base64::decode_array(&text).ok_or(KeyError::Pem)?;
        let (prefix, key) = der.split_at(SPKI_PREFIX.len());
        match <[u8; 32]>::try_from(key) {
            Ok(bytes) if prefix == SPKI_PREFIX => Ok(Self::from_bytes(bytes)),
            _ => Err(KeyError::Pem),
        }
    }

    /// Strict verification: refuses small-order keys and signatures with more than one form.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.point().is_some_and(|key| {
            key.verify_strict(message, &Signature::from_bytes(signature))
                .is_ok()
        })
    }

    fn point(&self) -> Option<&VerifyingKey> {
        self.point
            .get_or_init(|| {
                VerifyingKey::from_bytes(&self.bytes)
                    .ok()
                    .filter(|key| !key.is_weak())
            })
            .as_ref()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for PublicKey {}

impl From<&VerifyingKey> for PublicKey {
    fn from(key: &VerifyingKey) -> Self {
        Self {
            bytes: key.to_bytes(),
            point: OnceLock::from(Some(*key).filter(|key| !key.is_weak())),
        }
    }
}

/// A vendor's root key: the one thing an application must hold to trust that vendor's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootKey(PublicKey);

impl RootKey {
    /// Checks the 32 bytes and decodes the point once for all later checks.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, KeyError> {
        Self::checked(PublicKey::from_bytes(bytes))
    }

    /// Reads the PEM file that the vendor hands out.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        Self::checked(PublicKey::from_pem(pem)?)
    }

    /// Reads PEM, Base64 or hexadecimal, whichever it is.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.starts_with("-----") {
            return Self::from_pem(text);
        }
        let bytes = from_hex(text)
            .or_else(|| base64::decode_array(text))
            .ok_or(KeyError::Text)?;
        Self::from_bytes(bytes)
    }

    /// The public key itself.
    pub fn public_key(&self) -> &PublicKey {
        &self.0
    }

    /// The key id: see [`PublicKey::key_id`].
    pub fn key_id(&self) -> String {
        self.0.key_id()
    }

    fn checked(key: PublicKey) -> Result<Self, KeyError> {
        if key.point().is_some() {
            Ok(Self(key))
        } else {
            Err(KeyError::Point)
        }
    }
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let pair = str::from_utf8(pair)
            .ok()
            .filter(|pair| pair.chars().all(|c| c.is_ascii_hexdigit()))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 8410, section 10.1.
    const RFC_PEM: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";

    #[test]
    fn the_key_of_rfc_8410_is_read_and_written_back() {
        let key = PublicKey::from_pem(RFC_PEM).unwrap();
        assert_eq!(key.to_pem(), RFC_PEM);
        assert_eq!(
            PublicKey::from_pem(&RFC_PEM.replace('\n', "\r\n")).unwrap(),
            key
        );
        let root = RootKey::from_pem(RFC_PEM).unwrap();
        assert_eq!(RootKey::parse(&base64::hex(key.as_bytes())).unwrap(), root);
        assert_eq!(
            RootKey::parse(&base64::encode(key.as_bytes())).unwrap(),
            root
        );
        assert_eq!(root.key_id().len(), 16);
    }

    #[test]
    fn other_keys_and_unusable_points_are_refused() {
        for text in [
            "",
            "abc",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
        ] {
            assert!(RootKey::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            RootKey::from_pem(&RFC_PEM.replace("MCowBQYDK2Vw", "MCowBQYDK2Vv")),
            Err(KeyError::Pem)
        );
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(RootKey::from_bytes(identity), Err(KeyError::Point));
    }
}
