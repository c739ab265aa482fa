//! DSSE 1.0.2 envelopes: the signed bytes, their type and the signatures over both.
//!
//! The bytes come out only through [`Envelope::verify`]. A key id narrows the search for the
//! key and decides nothing; thresholds count distinct public keys.

use std::num::NonZeroUsize;

use thiserror::Error;

use crate::json::{JsonError, Object};
use crate::{PublicKey, base64, json};

/// How many signatures an envelope may have.
pub const MAX_SIGNATURES: usize = 8;

/// Why an envelope is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DsseError {
    /// Not an envelope.
    #[error("it is not a signed envelope: {0}")]
    Malformed(#[from] JsonError),
    /// A payload or signature that is not Base64 of the right length; also an empty signature.
    #[error("its \"{0}\" is not Base64 of the right length")]
    Encoding(&'static str),
    /// Signed as a document of another kind.
    #[error("it is a document of another kind")]
    OtherType,
    /// No signature at all.
    #[error("it is not signed")]
    Unsigned,
    /// More than [`MAX_SIGNATURES`].
    #[error("it has more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// No signature is of a known key.
    #[error("no key that may sign it has signed it")]
    UnknownKey,
    /// A signature that names a known key is not that key's signature of these bytes.
    #[error("its signature is wrong: it was altered or made by somebody else")]
    WrongSignature,
    /// Fewer distinct keys than needed.
    #[error("it is signed by {found} of the {needed} keys it needs")]
    TooFewKeys {
        /// Distinct known keys whose signatures are right.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
}

/// An envelope whose signatures have not been checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    payload_type: String,
    payload: Vec<u8>,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct EnvelopeSignature {
    key_id: Option<String>,
    signature: [u8; 64],
}

/// The bytes that are signed: `"DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload`.
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    )
    .into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

impl Envelope {
    /// Reads an envelope in its JSON form.
    pub fn parse(bytes: &[u8]) -> Result<Self, DsseError> {
        Self::from_object(&json::parse_object(bytes)?)
    }

    pub(crate) fn from_object(object: &Object<'_>) -> Result<Self, DsseError> {
        let payload_type = object.text("payloadType")?.to_owned();
        let payload =
            base64::decode_either(object.text("payload")?).ok_or(DsseError::Encoding("payload"))?;
        let Some(_) = object.get("signatures") else {
            return Err(DsseError::Unsigned);
        };
        let list = object.list("signatures")?;
        if list.len() > MAX_SIGNATURES {
            return Err(DsseError::TooManySignatures);
        }
        let mut signatures = Vec::with_capacity(list.len());
        for item in list {
            let item = item.as_object().ok_or(JsonError::Invalid("signatures"))?;
            let key_id = item
                .optional_text("keyid")?
                .filter(|id| !id.is_empty())
                .map(str::to_owned);
            let signature = base64::decode_either(item.text("sig")?)
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or(DsseError::Encoding("sig"))?;
            signatures.push(EnvelopeSignature { key_id, signature });
        }
        Ok(Self {
            payload_type,
            payload,
            signatures,
        })
    }

    /// Gives the payload if at least `threshold` distinct public keys of `keys` have signed it
    /// as a document of `expected_type`, and the place in `keys` of each that has.
    pub fn verify(
        &self,
        expected_type: &str,
        keys: &[PublicKey],
        threshold: NonZeroUsize,
    ) -> Result<(&[u8], Vec<usize>), DsseError> {
        if self.payload_type != expected_type {
            return Err(DsseError::OtherType);
        }
        if self.signatures.is_empty() {
            return Err(DsseError::Unsigned);
        }
        let message = pae(expected_type, &self.payload);
        let mut signers: Vec<usize> = Vec::new();
        for signature in &self.signatures {
            let Some(index) = signature.signer(&message, keys)? else {
                continue;
            };
            let counted = signers.iter().filter_map(|signer| keys.get(*signer));
            if !counted.into_iter().any(|key| Some(key) == keys.get(index)) {
                signers.push(index);
            }
        }
        match signers.len() {
            0 => Err(DsseError::UnknownKey),
            found if found < threshold.get() => Err(DsseError::TooFewKeys {
                found,
                needed: threshold.get(),
            }),
            _ => Ok((&self.payload, signers)),
        }
    }
}

impl EnvelopeSignature {
    /// The place of the key that made this signature; nothing if that key is unknown.
    fn signer(&self, message: &[u8], keys: &[PublicKey]) -> Result<Option<usize>, DsseError> {
        let mut named = false;
        for (index, key) in keys.iter().enumerate() {
            if let Some(id) = &self.key_id {
                if key.key_id() != *id {
                    continue;
                }
                named = true;
            }
            if key.verifies(message, &self.signature) {
                return Ok(Some(index));
            }
        }
        if named {
            Err(DsseError::WrongSignature)
        } else {
            Ok(None)
        }
    }
}
