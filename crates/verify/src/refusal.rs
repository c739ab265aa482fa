//! Why a license file is refused: a stable code, a sentence, and the smallest way out.

use std::fmt;

use thiserror::Error;

use crate::MAX_FILE_BYTES;
use crate::checkpoint::CheckpointError;
use crate::dsse::DsseError;
use crate::json::JsonError;
use crate::note::NoteError;

/// The part of a license file that a refusal speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The file as a whole.
    File,
    /// The license.
    License,
    /// The list of keys that the root key has signed.
    TrustBundle,
    /// The entry of the ledger.
    LedgerEntry,
    /// The signed head of the ledger.
    Checkpoint,
}

/// Why a license file is refused. Times are seconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Larger than any license file.
    #[error("The file is larger than {MAX_FILE_BYTES} bytes, so it is not a license file")]
    TooLarge,
    /// The text of a QR code that is damaged or not complete.
    #[error("The text of the QR code is damaged or not complete")]
    Scanned,
    /// A part that cannot be read.
    #[error("{document} cannot be read: {error}")]
    Malformed {
        /// Which part.
        document: Document,
        /// What is wrong with it.
        error: JsonError,
    },
    /// A license file of another version, or another kind of file.
    #[error("The file's format is \"{found}\", which this version does not read")]
    OtherFormat {
        /// What it says.
        found: String,
    },
    /// The trust bundle is of another root key.
    #[error("The trust bundle in the file was not signed by this root key")]
    OtherRoot,
    /// The root key itself says that it can no longer be trusted.
    #[error("The root key declares itself compromised")]
    RootCompromised,
    /// A signature is missing, unknown or wrong.
    #[error("{document} is refused: {error}")]
    Envelope {
        /// Which part.
        document: Document,
        /// What is wrong with its signatures.
        error: DsseError,
    },
    /// The checkpoint is not one of this ledger.
    #[error("The checkpoint is refused: {0}")]
    Checkpoint(CheckpointError),
    /// The entry does not stand in the ledger where the file says.
    #[error("The proof does not show that the file is recorded in the vendor's ledger")]
    LedgerProof,
    /// The entry is of another file.
    #[error("The ledger entry in the file records another file")]
    LedgerOtherDocument,
    /// Signed by a key that was declared compromised.
    #[error(
        "{document} was signed by the key {key}, which counts only before ledger index {from_index}"
    )]
    KeyVoid {
        /// What it signed.
        document: Document,
        /// The vendor's name for the key.
        key: String,
        /// The first index at which it does not count.
        from_index: u64,
    },
    /// Signed by a key for another product.
    #[error("The license was signed by the key {key}, which may only sign for another product")]
    OtherProduct {
        /// The vendor's name for the key.
        key: String,
    },
    /// The license is of one vendor and the trust bundle of another.
    #[error("The license names another vendor than the trust bundle")]
    OtherVendor,
    /// The file was made later than now.
    #[error("The file was made at {issued_at}, which this machine's clock has not reached", issued_at = Utc(*issued_at))]
    ClockBehind {
        /// When it was made.
        issued_at: i64,
    },
    /// The license begins later.
    #[error("The license starts at {starts_at}", starts_at = Utc(*starts_at))]
    NotStarted {
        /// When it begins.
        starts_at: i64,
    },
    /// The license has ended.
    #[error("The license expired at {expires_at}", expires_at = Utc(*expires_at))]
    LicenseExpired {
        /// When it ended.
        expires_at: i64,
    },
    /// This file has ended; the license may go on.
    #[error("The file expired at {expires_at}; the license itself may still be good", expires_at = Utc(*expires_at))]
    FileExpired {
        /// When it ended.
        expires_at: i64,
    },
    /// Made for other machines.
    #[error("The file is not made for this machine")]
    OtherMachine,
    /// Made for this machine with another key than it has: the license was given back there, or the
    /// file was copied.
    #[error("The file is made for a machine key that this machine does not have")]
    OtherMachineKey,
}

impl Refusal {
    pub(crate) fn envelope(document: Document, error: DsseError) -> Self {
        match (document, error) {
            (Document::TrustBundle, DsseError::UnknownKey) => Self::OtherRoot,
            (document, DsseError::Malformed(error)) => Self::Malformed { document, error },
            (document, error) => Self::Envelope { document, error },
        }
    }

    /// A name for programs, which never changes its meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "file_too_large",
            Self::Scanned => "document_malformed",
            Self::Malformed {
                error: JsonError::UnknownCritical(_),
                ..
            } => "critical_field_unknown",
            Self::Malformed {
                error: JsonError::DuplicateMember,
                ..
            } => "member_duplicated",
            Self::Malformed {
                error: JsonError::Number,
                ..
            } => "number_not_integer",
            Self::Malformed {
                error: JsonError::TooDeep | JsonError::TooManyMembers,
                ..
            } => "document_too_complex",
            Self::Malformed { .. } => "document_malformed",
            Self::OtherFormat { .. } => "format_unknown",
            Self::OtherRoot => "root_key_differs",
            Self::RootCompromised => "root_key_compromised",
            Self::Envelope {
                error: DsseError::Malformed(_) | DsseError::Encoding(_),
                ..
            } => "document_malformed",
            Self::Envelope {
                error: DsseError::OtherType,
                ..
            } => "document_type_differs",
            Self::Envelope {
                error: DsseError::Unsigned,
                ..
            } => "signature_missing",
            Self::Envelope {
                error: DsseError::TooManySignatures,
                ..
            } => "document_too_complex",
            Self::Envelope {
                error: DsseError::UnknownKey | DsseError::TooFewKeys { .. },
                ..
            } => "signer_unknown",
            Self::Envelope {
                error: DsseError::WrongSignature,
                ..
            } => "signature_wrong",
            Self::Checkpoint(CheckpointError::Note(NoteError::UnknownKey)) => {
                "checkpoint_signer_unknown"
            }
            Self::Checkpoint(CheckpointError::Note(NoteError::WrongSignature)) => {
                "checkpoint_signature_wrong"
            }
            Self::Checkpoint(CheckpointError::OtherOrigin { .. }) => "checkpoint_of_other_ledger",
            Self::Checkpoint(_) => "checkpoint_malformed",
            Self::LedgerProof => "ledger_proof_wrong",
            Self::LedgerOtherDocument => "ledger_entry_differs",
            Self::KeyVoid { .. } => "signing_key_void",
            Self::OtherProduct { .. } => "signing_key_of_other_product",
            Self::OtherVendor => "vendor_differs",
            Self::ClockBehind { .. } => "clock_behind",
            Self::NotStarted { .. } => "license_not_started",
            Self::LicenseExpired { .. } => "license_expired",
            Self::FileExpired { .. } => "file_expired",
            Self::OtherMachine => "machine_not_listed",
            Self::OtherMachineKey => "machine_key_differs",
        }
    }

    /// The smallest change that would turn the refusal into acceptance.
    pub fn fix(&self) -> &'static str {
        match self {
            Self::OtherRoot => {
                "Use the root key of the vendor that made this file; if it is that vendor's, ask for the file again"
            }
            Self::OtherFormat { .. }
            | Self::Malformed {
                error: JsonError::UnknownCritical(_),
                ..
            } => "Update the application to a version that reads this file",
            Self::RootCompromised => {
                "Update the application to a version with the vendor's new root key"
            }
            Self::KeyVoid { .. } | Self::OtherProduct { .. } => {
                "Ask the vendor to export the license file again"
            }
            Self::ClockBehind { .. } => "Set this machine's date and time right",
            Self::NotStarted { .. } => {
                "Wait until then, or ask the vendor for a license that starts earlier"
            }
            Self::LicenseExpired { .. } => {
                "Ask the vendor to renew the license, and for a new license file"
            }
            Self::FileExpired { .. } => "Ask the vendor to export the license file again",
            Self::OtherMachine => {
                "Ask the vendor for a license file that lists this machine's code"
            }
            Self::OtherMachineKey => {
                "Make a machine key on this machine, and ask for a license file that is bound to it"
            }
            _ => {
                "Copy the file again from where you got it, byte for byte; if that does not help, ask the vendor for it again"
            }
        }
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "The file",
            Self::License => "The license",
            Self::TrustBundle => "The trust bundle",
            Self::LedgerEntry => "The ledger entry",
            Self::Checkpoint => "The checkpoint",
        })
    }
}

/// Seconds since 1970 as RFC 3339 in UTC.
struct Utc(i64);

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        // Days to civil date after Howard Hinnant, with years that begin on the first of March.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_as_dates() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_790_000_000, "2026-09-21T14:13:20Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Utc(seconds).to_string(), text);
        }
    }
}
