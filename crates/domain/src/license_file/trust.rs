//! The trust bundle as it is signed by the root key. Fields stand in alphabetical order.

use ed25519_dalek::SigningKey;
use latchkey_verify::{MAX_TRUST_KEYS, TRUST_PAYLOAD_TYPE};
use serde::Serialize;

use super::payload::{VendorPart, Version1};
use crate::dsse::{DsseError, SignedEnvelope};

/// What the root key says about the vendor's other keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrustBundlePayload {
    /// Names of fields that a reader must understand or else refuse the bundle.
    pub critical: Vec<String>,
    /// When the bundle was made, in seconds since 1970.
    pub issued_at: i64,
    /// The keys, at most [`MAX_TRUST_KEYS`].
    pub keys: Vec<TrustKeyPart>,
    /// The origin of the vendor's ledger: [`crate::checkpoint::ledger_origin`].
    pub ledger_origin: String,
    /// Whose keys these are.
    pub vendor: VendorPart,
    /// Always [`Version1`].
    pub version: Version1,
}

/// A key in a trust bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrustKeyPart {
    /// The key's id, `key_...`.
    pub id: String,
    /// The one product it may sign for; none means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_id: Option<String>,
    /// The 32 bytes in Base64.
    pub public_key: String,
    /// `root`, `issuer` or `ledger`.
    pub role: &'static str,
    /// `active`, `retired` or `compromised`.
    pub state: &'static str,
    /// The first ledger index for which it no longer counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_from_index: Option<u64>,
}

impl TrustKeyPart {
    /// The part for one of our keys.
    #[must_use]
    pub fn of(key: &crate::signing_key::SigningKey) -> Self {
        Self {
            id: key.id.to_string(),
            product_id: key.product_id.map(|id| id.to_string()),
            public_key: key.public_key.clone(),
            role: key.role.as_str(),
            state: key.state.as_str(),
            void_from_index: key.void_from_index,
        }
    }
}

impl TrustBundlePayload {
    /// Writes and signs.
    ///
    /// # Errors
    /// [`DsseError::TrustKeyCount`] beyond [`MAX_TRUST_KEYS`] keys, else as [`SignedEnvelope::sign`].
    pub fn sign(&self, root: &SigningKey) -> Result<SignedEnvelope, DsseError> {
        if self.keys.len() > MAX_TRUST_KEYS {
            return Err(DsseError::TrustKeyCount {
                found: self.keys.len(),
            });
        }
        let payload = serde_json::to_vec(self).map_err(|_| DsseError::Damaged)?;
        SignedEnvelope::sign(TRUST_PAYLOAD_TYPE, &payload, &[root])
    }
}
