//! Writing DSSE 1.0.2 envelopes. Reading and checking them is `latchkey_verify::dsse`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_verify::dsse::{MAX_SIGNATURES, pae};
use latchkey_verify::{MAX_TRUST_KEYS, PublicKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an envelope cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DsseError {
    /// No key, or more than an envelope can carry.
    #[error("an envelope needs 1 to {MAX_SIGNATURES} keys, and {found} were given")]
    KeyCount {
        /// How many were given.
        found: usize,
    },
    /// More keys than a trust bundle can list.
    #[error("a trust bundle lists at most {MAX_TRUST_KEYS} keys, and {found} were given")]
    TrustKeyCount {
        /// How many were given.
        found: usize,
    },
    /// The signature just made does not verify: the machine or the key is faulty.
    #[error("the signature just made does not verify; the key or the machine is faulty")]
    Faulty,
    /// A stored envelope that is not one.
    #[error("the stored envelope is damaged")]
    Damaged,
}

/// A signed envelope, ready to be written. Its payload stays the exact text that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedEnvelope {
    payload_type: String,
    payload: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct EnvelopeSignature {
    keyid: String,
    sig: String,
}

impl SignedEnvelope {
    /// Signs the bytes as a document of this type, with each key, and checks each signature.
    ///
    /// # Errors
    /// [`DsseError::KeyCount`], [`DsseError::Faulty`].
    pub fn sign(
        payload_type: &str,
        payload: &[u8],
        keys: &[&SigningKey],
    ) -> Result<Self, DsseError> {
        if keys.is_empty() || keys.len() > MAX_SIGNATURES {
            return Err(DsseError::KeyCount { found: keys.len() });
        }
        let message = pae(payload_type, payload);
        let signatures = keys.iter().map(|key| {
            let signature = key.sign(&message);
            key.verify_strict(&message, &signature)
                .map_err(|_| DsseError::Faulty)?;
            Ok(EnvelopeSignature {
                keyid: PublicKey::from(&key.verifying_key()).key_id(),
                sig: STANDARD.encode(signature.to_bytes()),
            })
        });
        Ok(Self {
            payload_type: payload_type.to_owned(),
            signatures: signatures.collect::<Result<_, _>>()?,
            payload: STANDARD.encode(payload),
        })
    }

    /// Reads what [`Self::to_json`] wrote. Checks no signature.
    ///
    /// # Errors
    /// [`DsseError::Damaged`].
    pub fn from_json(json: &str) -> Result<Self, DsseError> {
        serde_json::from_str(json).map_err(|_| DsseError::Damaged)
    }

    /// The envelope on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Base64, media types and hexadecimal need no escapes.
        let Self {
            payload_type,
            payload,
            ..
        } = self;
        let signatures = self.signature_lines(",");
        format!(
            r#"{{"payloadType":"{payload_type}","payload":"{payload}","signatures":[{signatures}]}}"#
        )
    }

    /// The envelope as a section of a license file, one member per line.
    pub(crate) fn to_section(&self, name: &str) -> String {
        let Self {
            payload_type,
            payload,
            ..
        } = self;
        let signatures = self.signature_lines(",\n      ");
        format!(
            "  \"{name}\": {{\n    \"payloadType\": \"{payload_type}\",\n    \"payload\": \"{payload}\",\n    \
             \"signatures\": [\n      {signatures}\n    ]\n  }}"
        )
    }

    fn signature_lines(&self, separator: &str) -> String {
        let line = |EnvelopeSignature { keyid, sig }: &_| {
            format!(r#"{{"keyid":"{keyid}","sig":"{sig}"}}"#)
        };
        self.signatures
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join(separator)
    }

    /// Whether every text is free of what JSON would have to escape, so that it can be written as it is.
    pub(crate) fn is_plain(&self) -> bool {
        let plain = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
        };
        plain(&self.payload_type)
            && plain(&self.payload)
            && self
                .signatures
                .iter()
                .all(|signature| plain(&signature.keyid) && plain(&signature.sig))
    }
}
