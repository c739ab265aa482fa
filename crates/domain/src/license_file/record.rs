//! The record of an exported license file.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
use crate::limits::{LICENSE_FILE_DAYS_MAX, MACHINES_PER_LICENSE_FILE_MAX};
use crate::refusal::{Refusal, RefusalKind};
use crate::scanned::TooLargeForQr;
use crate::{
    CustomerId, LicenseFileId, LicenseId, MachineId, ProductId, Salt, SigningKeyId, Timestamp,
};

/// What is kept of an exported license file: enough to hand it out again and to prove what it said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LicenseFile {
    /// Names it.
    pub id: LicenseFileId,
    /// The license it carries.
    pub license_id: LicenseId,
    /// The license's product.
    pub product_id: ProductId,
    /// The license's customer.
    pub customer_id: CustomerId,
    /// The key that signed it.
    pub signing_key_id: SigningKeyId,
    /// The machines it is bound to; none means any.
    pub machine_ids: Vec<MachineId>,
    /// When it was exported.
    pub issued_at: Timestamp,
    /// When the file ends, apart from the license's own end.
    pub expires_at: Timestamp,
    /// SHA-256 of the signed payload, in hex.
    pub document: String,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// Index of its ledger entry.
    #[serde(skip)]
    pub ledger_index: u64,
    /// The signed envelope: DSSE in JSON.
    #[serde(skip)]
    pub envelope: String,
}

entity!(LicenseFile, LicenseFileId, label: |file| file.id.to_string(), carry: [ledger_index, envelope]);

/// Why a license file cannot be exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LicenseFileRefusal {
    /// No such file.
    #[error("this license file does not exist")]
    NotFound,
    /// Days out of bounds.
    #[error("{days} days: a license file is valid for 1 to {LICENSE_FILE_DAYS_MAX} days")]
    Days {
        /// What was given.
        days: u32,
    },
    /// More days than the license allows whoever asks.
    #[error("{days} days: a license file of this license is valid for at most {max} days")]
    LongerThanLicense {
        /// What was given.
        days: u32,
        /// What its policy says.
        max: u32,
    },
    /// Node-locked, and no machine was named.
    #[error("the license is node-locked, and the file names no machine")]
    NeedsMachine,
    /// Too many machines.
    #[error("{count} machines: a license file is bound to at most {MACHINES_PER_LICENSE_FILE_MAX}")]
    TooManyMachines {
        /// What was given.
        count: usize,
    },
    /// A machine that is not active on the license.
    #[error("a machine is not active on this license")]
    MachineNotActive,
    /// The license changed while files were being signed.
    #[error("the license was changed in the meantime")]
    Changed,
    /// Too many files.
    #[error("{count} licenses: one export makes at most {max} license files")]
    TooMany {
        /// How many the filter selects.
        count: usize,
        /// The most there may be.
        max: usize,
    },
    /// No QR code is large enough.
    #[error(transparent)]
    TooLargeForQr(#[from] TooLargeForQr),
    /// The filter selects no license.
    #[error("no license matches")]
    Nothing,
}

impl Refusal for LicenseFileRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "license_file_not_found",
            Self::Days { .. } | Self::LongerThanLicense { .. } => "license_file_days_out_of_bounds",
            Self::NeedsMachine => "license_file_needs_machine",
            Self::TooManyMachines { .. } => "license_file_too_many_machines",
            Self::MachineNotActive => "license_file_machine_not_active",
            Self::Changed => "license_changed",
            Self::TooMany { .. } => "license_file_limit",
            Self::TooLargeForQr(_) => "license_file_too_large_for_qr",
            Self::Nothing => "license_file_nothing",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::Days { .. } | Self::LongerThanLicense { .. } | Self::TooManyMachines { .. } => {
                RefusalKind::Invalid
            }
            Self::TooMany { .. } => RefusalKind::TooLarge,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look it up in the list of license files.",
            Self::Days { .. } => "Give a number of days within the bounds.",
            Self::LongerThanLicense { .. } => "Give fewer days, or ask the vendor for the file.",
            Self::NeedsMachine => "Choose at least one active machine of the license.",
            Self::TooManyMachines { .. } => "Export several files, each for some of the machines.",
            Self::MachineNotActive => "Activate the machine first, or choose another.",
            Self::Changed => "Try again.",
            Self::TooLargeForQr(_) => {
                "Hand the file over as a file, or export one for fewer machines."
            }
            Self::TooMany { .. } | Self::Nothing => "Change the filter.",
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Days { .. } | Self::LongerThanLicense { .. } => Some("/valid_days"),
            Self::NeedsMachine | Self::TooManyMachines { .. } | Self::MachineNotActive => {
                Some("/machine_ids")
            }
            _ => None,
        }
    }
}
