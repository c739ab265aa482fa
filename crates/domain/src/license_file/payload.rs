//! The license as it is signed. Fields stand in alphabetical order, which is the order written.

use ed25519_dalek::SigningKey;
use latchkey_verify::LICENSE_PAYLOAD_TYPE;
use serde::{Serialize, Serializer};

use crate::dsse::{DsseError, SignedEnvelope};
use crate::machine_key::MachineKey;

/// What a license file grants. Times are whole seconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicenseFilePayload {
    /// Names of fields that a reader must understand or else refuse the file.
    pub critical: Vec<String>,
    /// Who holds the license.
    pub customer: CustomerPart,
    /// Until when the license counts; none means for ever.
    pub expires_at: Option<i64>,
    /// The features it opens.
    pub features: Vec<FeaturePart>,
    /// Until when the file counts.
    pub file_expires_at: i64,
    /// The file's id, `fil_...`.
    pub file_id: String,
    /// When the file was made.
    pub issued_at: i64,
    /// The license.
    pub license: LicensePart,
    /// The machines the file is for; empty means any.
    pub machines: Vec<MachinePart>,
    /// Whether only listed machines may use it. True with no machines grants nothing to anybody.
    pub node_locked: bool,
    /// The rules the license was issued under.
    pub policy: PolicyPart,
    /// What is licensed.
    pub product: ProductPart,
    /// Seats of the license, over all files.
    pub seats_max: u32,
    /// From when the license counts.
    pub starts_at: i64,
    /// Who grants.
    pub vendor: VendorPart,
    /// Always [`Version1`].
    pub version: Version1,
}

/// The customer in a license file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerPart {
    /// The name.
    pub name: String,
}

/// A feature in a license file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeaturePart {
    /// The feature's code.
    pub code: String,
    /// How much of it; none means unlimited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The license in a license file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicensePart {
    /// The license's id.
    pub id: String,
    /// The last group of the license key. The key itself is not in the file.
    pub key_hint: String,
}

/// A machine in a license file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MachinePart {
    /// The machine code.
    pub code: String,
    /// What people call it.
    pub friendly_name: String,
    /// Its public key, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<MachineKey>,
}

/// The policy in a license file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyPart {
    /// The revision that the license keeps.
    pub revision: u32,
}

/// The product in a license file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductPart {
    /// The product's code.
    pub code: String,
    /// The product's id.
    pub id: String,
    /// The product's name.
    pub name: String,
}

/// The vendor in a license file and in a trust bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VendorPart {
    /// The vendor's id.
    pub id: String,
    /// The vendor's name.
    pub name: String,
}

/// Version 1 of a signed document, written as the integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version1;

impl Serialize for Version1 {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_u32(1)
    }
}

impl LicenseFilePayload {
    /// The bytes that are signed. Their SHA-256 is the `document` of the ledger entry.
    ///
    /// # Errors
    /// None that these types can cause; serde's signature demands the result.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Writes and signs. Also gives the bytes that were signed.
    ///
    /// # Errors
    /// As [`SignedEnvelope::sign`].
    pub fn sign(&self, issuer: &SigningKey) -> Result<(SignedEnvelope, Vec<u8>), DsseError> {
        let payload = self.to_bytes().map_err(|_| DsseError::Damaged)?;
        Ok((
            SignedEnvelope::sign(LICENSE_PAYLOAD_TYPE, &payload, &[issuer])?,
            payload,
        ))
    }
}
