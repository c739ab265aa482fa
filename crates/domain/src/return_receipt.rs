//! Return receipts: the proof that a machine without a network no longer uses its license, taken in and countersigned.

use ed25519_dalek::SigningKey;
use latchkey_verify::{COUNTERSIGNED_PAYLOAD_TYPE, RETURN_FORMAT, ReturnReceiptError};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Role};
use crate::dsse::{DsseError, SignedEnvelope};
use crate::entity::entity;
use crate::license_file::Version1;
use crate::machine_key::MachineKey;
use crate::refusal::{Refusal, RefusalKind};
use crate::return_limit::Giving;
use crate::scanned::TooLargeForQr;
use crate::{
    ActivationId, CustomerId, LicenseFileId, LicenseId, MachineId, ReturnReceiptId, Salt, Timestamp,
};

/// A receipt that was brought back; never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReturnReceipt {
    /// Names it.
    pub id: ReturnReceiptId,
    /// The activation whose seat came back.
    pub activation_id: ActivationId,
    /// The license.
    pub license_id: LicenseId,
    /// The license file that was given back.
    pub license_file_id: LicenseFileId,
    /// The machine.
    pub machine_id: MachineId,
    /// The license's customer at the time.
    pub customer_id: CustomerId,
    /// The machine's key, which has signed it. It is used up.
    pub machine_key: MachineKey,
    /// When the machine gave the file back, by its own clock.
    pub returned_at: Timestamp,
    /// When the receipt was brought.
    pub received_at: Timestamp,
    /// SHA-256 of the countersigned payload, in hex.
    pub document: String,
    /// How often it was recorded: once.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// What the machine signed: DSSE in JSON.
    #[serde(skip)]
    pub receipt: String,
    /// What the vendor signed: DSSE in JSON.
    #[serde(skip)]
    pub countersignature: String,
}

entity!(ReturnReceipt, ReturnReceiptId, label: |receipt| receipt.id.to_string(), carry: [receipt, countersignature]);

/// What the vendor signs when a receipt is taken. Fields stand in alphabetical order; times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountersignedPayload {
    /// The activation whose seat came back.
    pub activation_id: String,
    /// The license file that was given back.
    pub file_id: String,
    /// The license.
    pub license_id: String,
    /// The machine, by its code.
    pub machine_code: String,
    /// The machine's key.
    pub machine_key: MachineKey,
    /// The vendor's id of the receipt.
    pub receipt_id: String,
    /// When it was brought.
    pub received_at: i64,
    /// When the machine gave the file back, by its own clock.
    pub returned_at: i64,
    /// The vendor.
    pub vendor_id: String,
    /// Always [`Version1`].
    pub version: Version1,
}

impl CountersignedPayload {
    /// Writes and signs. Also gives the bytes that were signed.
    ///
    /// # Errors
    /// As [`SignedEnvelope::sign`].
    pub fn sign(&self, issuer: &SigningKey) -> Result<(SignedEnvelope, Vec<u8>), DsseError> {
        let payload = serde_json::to_vec(self).map_err(|_| DsseError::Damaged)?;
        let envelope = SignedEnvelope::sign(COUNTERSIGNED_PAYLOAD_TYPE, &payload, &[issuer])?;
        Ok((envelope, payload))
    }
}

/// The envelope that a machine has signed, out of a receipt that was read before.
///
/// # Errors
/// [`DsseError::Damaged`].
pub fn signed_by_machine(file: &[u8]) -> Result<SignedEnvelope, DsseError> {
    #[derive(Deserialize)]
    struct File {
        receipt: SignedEnvelope,
    }
    let file: File = serde_json::from_slice(file).map_err(|_| DsseError::Damaged)?;
    Some(file.receipt)
        .filter(SignedEnvelope::is_plain)
        .ok_or(DsseError::Damaged)
}

/// The countersigned receipt as both sides keep it, with the vendor's trust bundle, so that it can be checked by itself.
#[must_use]
pub fn countersigned_file(
    machine_key: &MachineKey,
    receipt: &SignedEnvelope,
    countersignature: &SignedEnvelope,
    trust: &SignedEnvelope,
) -> String {
    format!(
        "{{\n  \"format\": \"{RETURN_FORMAT}\",\n  \"machine_key\": \"{machine_key}\",\n{},\n{},\n{}\n}}\n",
        receipt.to_section("receipt"),
        countersignature.to_section("countersignature"),
        trust.to_section("trust"),
    )
}

impl Actor {
    /// Whether it is an app, which speaks for the machine it runs on and for nobody who could look after it.
    #[must_use]
    pub fn is_app(&self) -> bool {
        matches!(self.role, Role::KeyHolder | Role::Token) && self.giving() == Giving::Counted
    }
}

/// Why a receipt is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReturnReceiptRefusal {
    /// No such receipt.
    #[error("this return receipt does not exist")]
    NotFound,
    /// Not a receipt at all.
    #[error("{reason}")]
    Unreadable {
        /// Why.
        reason: String,
    },
    /// Its signature does not hold.
    #[error("{reason}")]
    Forged {
        /// Why.
        reason: String,
    },
    /// It, or another one of the same key, was brought before.
    #[error("this license was given back with this machine's key already, on {}", at.to_chrono().format("%-d %B %Y"))]
    Taken {
        /// When.
        at: Timestamp,
    },
    /// It is not signed by the key of the machine that it names.
    #[error("the receipt is not signed by the key of “{machine_code}”")]
    OtherMachine {
        /// The machine that it names.
        machine_code: String,
    },
    /// The license file is not of this license and machine.
    #[error("the license file in the receipt is not one of this license for this machine")]
    OtherFile,
    /// A return code with a typing error, or something else.
    #[error("this return code has a typing error, or is none")]
    CodeMistyped,
    /// No machine's key was made from this return code.
    #[error("no machine has the key that this return code stands for")]
    CodeUnknown,
    /// There is nothing that could be given back.
    #[error("no license file was exported for the machine of this return code")]
    NoFile,
    /// No QR code holds it.
    #[error(transparent)]
    TooLargeForQr(#[from] TooLargeForQr),
}

impl From<ReturnReceiptError> for ReturnReceiptRefusal {
    fn from(error: ReturnReceiptError) -> Self {
        let reason = error.to_string();
        match error {
            ReturnReceiptError::Forged(_) | ReturnReceiptError::NotCountersigned => {
                Self::Forged { reason }
            }
            ReturnReceiptError::Unreadable(_) | ReturnReceiptError::OtherFormat => {
                Self::Unreadable { reason }
            }
        }
    }
}

impl Refusal for ReturnReceiptRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "return_receipt_not_found",
            Self::Unreadable { .. } => "return_receipt_unreadable",
            Self::Forged { .. } => "return_receipt_forged",
            Self::Taken { .. } => "return_receipt_taken",
            Self::OtherMachine { .. } => "return_receipt_other_machine",
            Self::OtherFile => "return_receipt_other_file",
            Self::CodeMistyped => "return_code_mistyped",
            Self::CodeUnknown => "return_code_unknown",
            Self::NoFile => "return_code_no_file",
            Self::TooLargeForQr(_) => "return_receipt_too_large_for_qr",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound | Self::CodeUnknown => RefusalKind::NotFound,
            Self::Unreadable { .. } | Self::Forged { .. } | Self::CodeMistyped => {
                RefusalKind::Invalid
            }
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(
            match self {
                Self::NotFound => "Look it up on the activation's page.",
                Self::Unreadable { .. } => {
                    "Take the whole file that the machine wrote when it gave the license back."
                }
                Self::Forged { .. } => {
                    "Copy the receipt from the machine again, byte for byte; do not change it."
                }
                Self::Taken { .. } => {
                    "Nothing is left to do: the seat came back then, and its countersigned receipt is on the activation's \
                     page."
                }
                Self::OtherMachine { .. } => {
                    "Bring the receipt that this very machine wrote, or ask the vendor to deactivate the machine."
                }
                Self::OtherFile => {
                    "Give back the license file that was exported for this machine and license."
                }
                Self::CodeMistyped => {
                    "Compare it group by group with what the machine shows: five groups of five letters and digits."
                }
                Self::CodeUnknown => {
                    "Ask whether it was brought before, or the machine was given another key since; or bring the receipt."
                }
                Self::NoFile => {
                    "Deactivate the machine: it was given no license file that would have to be returned."
                }
                Self::TooLargeForQr(_) => "Hand the receipt over as a file.",
            }
            .into(),
        )
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Unreadable { .. }
            | Self::Forged { .. }
            | Self::CodeMistyped
            | Self::CodeUnknown => Some("/receipt"),
            _ => None,
        }
    }
}
