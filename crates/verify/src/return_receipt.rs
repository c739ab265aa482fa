//! Return receipts: a machine without a network says, signed with its own key, that it no longer
//! uses a license file; the vendor signs that it has come back.
//!
//! A receipt is made in two steps, because nothing is signed here: [`ReturnReceipt::to_sign`] gives
//! the bytes, the machine signs them with the private key that only it has, and
//! [`ReturnReceipt::to_file`] puts both together. The format is described in
//! `docs/license-file.md`.

use std::borrow::Cow;
use std::num::NonZeroUsize;

use thiserror::Error;

use crate::dsse::{DsseError, Envelope, pae};
use crate::json::{self, JsonError, Object};
use crate::scanned::{SCANNED_RETURN_RECEIPT, unpacked};
use crate::{
    Grants, KeyRole, KeyState, MAX_FILE_BYTES, MAX_TIME_SECONDS, PublicKey, RootKey, TrustBundle,
    base64,
};

/// The value of `format` in a return receipt.
pub const RETURN_FORMAT: &str = "latchkey-return-receipt/1";

/// The DSSE payload type of what the machine signs.
pub const RETURN_PAYLOAD_TYPE: &str = "application/vnd.latchkey.return-receipt.v1+json";

/// The DSSE payload type of what the vendor signs in answer.
pub const COUNTERSIGNED_PAYLOAD_TYPE: &str =
    "application/vnd.latchkey.countersigned-receipt.v1+json";

/// What a machine says when it gives a license file back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnReceipt {
    /// Whose license it was, `vnd_...`.
    pub vendor_id: String,
    /// The license, `lic_...`.
    pub license_id: String,
    /// The license file, `fil_...`.
    pub file_id: String,
    /// The machine, by its code.
    pub machine_code: String,
    /// The machine's public key, which the license file names.
    pub machine_key: PublicKey,
    /// When, by the machine's clock, in seconds since 1970.
    pub returned_at: i64,
}

/// Why a return receipt does not count.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReturnReceiptError {
    /// Not a receipt, or cut off.
    #[error("this is not a return receipt: {0}")]
    Unreadable(#[from] JsonError),
    /// Too large, or of another format.
    #[error("this is not a return receipt")]
    OtherFormat,
    /// It was altered, or signed by somebody else.
    #[error("the receipt's signature does not hold: {0}")]
    Forged(DsseError),
    /// The vendor has not signed it.
    #[error("the vendor has not countersigned this receipt")]
    NotCountersigned,
}

impl ReturnReceipt {
    /// The receipt for a license file that a machine with this key was given; nothing if the file
    /// does not name the key.
    #[must_use]
    pub fn of(grants: &Grants, machine_key: PublicKey, returned_at: i64) -> Option<Self> {
        let text = base64::encode(machine_key.as_bytes());
        let machine = grants
            .machines
            .iter()
            .find(|machine| machine.key.as_ref() == Some(&text))?;
        Some(Self {
            vendor_id: grants.vendor.id.clone(),
            license_id: grants.license.id.clone(),
            file_id: grants.file_id.clone(),
            machine_code: machine.code.clone(),
            machine_key,
            returned_at,
        })
    }

    fn payload(&self) -> String {
        // As serde_json writes texts; the members stand in alphabetical order.
        let text = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            r#"{{"file_id":{},"license_id":{},"machine_code":{},"returned_at":{},"vendor_id":{},"version":1}}"#,
            text(&self.file_id),
            text(&self.license_id),
            text(&self.machine_code),
            self.returned_at,
            text(&self.vendor_id),
        )
    }

    /// The bytes to be signed with the machine's private key (Ed25519).
    #[must_use]
    pub fn to_sign(&self) -> Vec<u8> {
        pae(RETURN_PAYLOAD_TYPE, self.payload().as_bytes())
    }

    /// The receipt as a text, with the signature of [`Self::to_sign`].
    #[must_use]
    pub fn to_file(&self, signature: &[u8; 64]) -> String {
        format!(
            "{{\n  \"format\": \"{RETURN_FORMAT}\",\n  \"machine_key\": \"{key}\",\n  \"receipt\": {{\n    \
             \"payloadType\": \"{RETURN_PAYLOAD_TYPE}\",\n    \"payload\": \"{payload}\",\n    \
             \"signatures\": [\n      {{\"keyid\":\"{id}\",\"sig\":\"{signature}\"}}\n    ]\n  }}\n}}\n",
            key = base64::encode(self.machine_key.as_bytes()),
            payload = base64::encode(self.payload().as_bytes()),
            id = self.machine_key.key_id(),
            signature = base64::encode(signature),
        )
    }

    /// Reads a receipt and checks that the key it names has signed it. Whether that key is the one
    /// of the machine it speaks of is the vendor's to know. The text of a QR code with a receipt
    /// counts as the receipt.
    pub fn read(file: &[u8]) -> Result<Self, ReturnReceiptError> {
        Self::parse(&sections(&unscanned_return_receipt(file)?)?)
    }

    /// Reads a receipt that the vendor has countersigned, with nothing but the vendor's root key.
    /// Also says when the vendor received it, in seconds since 1970.
    pub fn read_countersigned(
        file: &[u8],
        root: &RootKey,
    ) -> Result<(Self, i64), ReturnReceiptError> {
        let file = unscanned_return_receipt(file)?;
        let sections = sections(&file)?;
        let receipt = Self::parse(&sections)?;
        if sections.get("countersignature").is_none() {
            return Err(ReturnReceiptError::NotCountersigned);
        }
        let trust = envelope(&sections, "trust")?;
        let trust = TrustBundle::verify(&trust, root).map_err(ReturnReceiptError::Forged)?;
        let keys: Vec<PublicKey> = trust
            .keys_of(KeyRole::Issuer)
            .filter(|key| key.state != KeyState::Compromised)
            .map(|key| key.public_key.clone())
            .collect();
        let signed = envelope(&sections, "countersignature")?;
        let (payload, _) = signed
            .verify(COUNTERSIGNED_PAYLOAD_TYPE, &keys, NonZeroUsize::MIN)
            .map_err(ReturnReceiptError::Forged)?;
        let payload = json::parse_object(payload)?;
        let is_of_this = payload.text("file_id")? == receipt.file_id
            && payload.text("license_id")? == receipt.license_id
            && payload.text("machine_code")? == receipt.machine_code
            && payload.text("machine_key")? == base64::encode(receipt.machine_key.as_bytes())
            && payload.natural("returned_at", MAX_TIME_SECONDS)? == receipt.returned_at;
        if !is_of_this {
            return Err(ReturnReceiptError::NotCountersigned);
        }
        let received_at = payload.natural("received_at", MAX_TIME_SECONDS)?;
        Ok((receipt, received_at))
    }

    fn parse(sections: &Object<'_>) -> Result<Self, ReturnReceiptError> {
        let key = base64::decode_array(sections.text("machine_key")?)
            .ok_or(JsonError::Invalid("machine_key"))?;
        let key = PublicKey::from_bytes(key);
        let signed = envelope(sections, "receipt")?;
        let (payload, _) = signed
            .verify(
                RETURN_PAYLOAD_TYPE,
                std::slice::from_ref(&key),
                NonZeroUsize::MIN,
            )
            .map_err(ReturnReceiptError::Forged)?;
        let payload = json::parse_object(payload)?;
        if payload.natural("version", i64::MAX)? != 1 {
            return Err(JsonError::Invalid("version").into());
        }
        Ok(Self {
            vendor_id: payload.filled_text("vendor_id")?.to_owned(),
            license_id: payload.filled_text("license_id")?.to_owned(),
            file_id: payload.filled_text("file_id")?.to_owned(),
            machine_code: payload.filled_text("machine_code")?.to_owned(),
            machine_key: key,
            returned_at: payload.natural("returned_at", MAX_TIME_SECONDS)?,
        })
    }
}

/// The receipt in what was read: unpacked if it is the text of a QR code, else as it is.
///
/// # Errors
/// [`ReturnReceiptError::OtherFormat`] for a text that was cut off or altered.
pub fn unscanned_return_receipt(read: &[u8]) -> Result<Cow<'_, [u8]>, ReturnReceiptError> {
    if read.len() > MAX_FILE_BYTES {
        return Err(ReturnReceiptError::OtherFormat);
    }
    unpacked(read, SCANNED_RETURN_RECEIPT).ok_or(ReturnReceiptError::OtherFormat)
}

fn sections(file: &[u8]) -> Result<Object<'_>, ReturnReceiptError> {
    let sections = json::parse_object(file)?;
    if sections.text("format")? != RETURN_FORMAT {
        return Err(ReturnReceiptError::OtherFormat);
    }
    Ok(sections)
}

fn envelope(sections: &Object<'_>, name: &'static str) -> Result<Envelope, ReturnReceiptError> {
    Envelope::from_object(sections.object(name)?).map_err(|error| match error {
        DsseError::Malformed(error) => ReturnReceiptError::Unreadable(error),
        other => ReturnReceiptError::Forged(other),
    })
}
