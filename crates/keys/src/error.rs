//! Why a sealing key is not to be had, and what a person can do about it.

use std::path::PathBuf;

/// Why the sealing key cannot be found or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// No keychain answers on this machine or in this session.
    #[error("this session has no keychain that answers")]
    KeychainAbsent(#[source] keyring_core::Error),
    /// The keychain is there and stays locked.
    #[error("the keychain is locked")]
    KeychainLocked(#[source] keyring_core::Error),
    /// The keychain did not answer in time; it may be waiting for a person.
    #[error("the keychain did not answer within {seconds} seconds")]
    KeychainSilent {
        /// How long was waited.
        seconds: u64,
    },
    /// The keychain's entry is there and is no sealing key.
    #[error("the keychain's entry for {account} is not a sealing key")]
    KeychainDamaged {
        /// The entry's account.
        account: String,
    },
    /// The store's key is sealed with a passphrase, and none was given.
    #[error("the store's key is sealed with a passphrase, in {path}")]
    PassphraseNeeded {
        /// The sealed file.
        path: PathBuf,
    },
    /// The store holds sealed keys, and what opens them is not where it was looked for.
    #[error("the store's sealing key is not in {place}")]
    SealingKeyMissing {
        /// Where it was looked for.
        place: String,
    },
    /// The key of another store is kept there.
    #[error("{place} holds the sealing key of another store")]
    PlaceTaken {
        /// Where.
        place: String,
    },
    /// The passphrase does not open the file.
    #[error("the passphrase does not open {path}")]
    PassphraseWrong {
        /// The sealed file.
        path: PathBuf,
    },
    /// The passphrase is shorter than a new one may be.
    #[error("a passphrase needs at least {min_chars} characters")]
    PassphraseTooShort {
        /// The fewest characters.
        min_chars: usize,
    },
    /// The passphrase is longer than any may be.
    #[error("a passphrase has at most {max_bytes} bytes")]
    PassphraseTooLong {
        /// The most bytes.
        max_bytes: usize,
    },
    /// The sealed file is not what was written.
    #[error("{path} is damaged: {what}")]
    SealFileDamaged {
        /// The sealed file.
        path: PathBuf,
        /// The first thing that does not fit.
        what: String,
    },
    /// The sealed file cannot be read.
    #[error("{path} cannot be read")]
    SealFileUnreadable {
        /// The sealed file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The sealed file cannot be written.
    #[error("{path} cannot be written")]
    SealFileNotWritten {
        /// The sealed file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl KeyError {
    /// The stable name of this refusal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeychainAbsent(_) => "keychain_absent",
            Self::KeychainLocked(_) => "keychain_locked",
            Self::KeychainSilent { .. } => "keychain_silent",
            Self::KeychainDamaged { .. } => "keychain_damaged",
            Self::PassphraseNeeded { .. } => "passphrase_needed",
            Self::SealingKeyMissing { .. } => "sealing_key_missing",
            Self::PlaceTaken { .. } => "sealing_key_taken",
            Self::PassphraseWrong { .. } => "passphrase_wrong",
            Self::PassphraseTooShort { .. } => "passphrase_too_short",
            Self::PassphraseTooLong { .. } => "passphrase_too_long",
            Self::SealFileDamaged { .. } => "seal_file_damaged",
            Self::SealFileUnreadable { .. } => "seal_file_unreadable",
            Self::SealFileNotWritten { .. } => "seal_file_not_written",
        }
    }

    /// What a person can do about it.
    #[must_use]
    pub fn fix(&self) -> &'static str {
        match self {
            Self::KeychainAbsent(_) => {
                "Start the desktop's keychain (for example gnome-keyring), or use a passphrase \
                 instead."
            }
            Self::KeychainLocked(_) | Self::KeychainSilent { .. } => {
                "Unlock the keychain in the desktop session and try again, or use a passphrase \
                 instead."
            }
            Self::KeychainDamaged { .. } => {
                "Restore the keychain from its backup, or restore a backup of the store together \
                 with its passphrase-sealed key."
            }
            Self::PassphraseNeeded { .. } => "Give the passphrase it was sealed with.",
            Self::SealingKeyMissing { .. } => {
                "Open the store as the user, and with the keychain or passphrase, that it was \
                 made with, or put back the sealed file from your backup."
            }
            Self::PlaceTaken { .. } => {
                "Find out which store it belongs to. If that is gone, move the key away, then try \
                 again."
            }
            Self::PassphraseWrong { .. } => {
                "Type the passphrase again; mind the keyboard layout and Caps Lock."
            }
            Self::PassphraseTooShort { .. } => "Choose a longer one; four words are a good length.",
            Self::PassphraseTooLong { .. } => "Choose a shorter one.",
            Self::SealFileDamaged { .. } => "Put back the copy of this file from your backup.",
            Self::SealFileUnreadable { .. } => {
                "Check that you own the file and that its disk is there."
            }
            Self::SealFileNotWritten { .. } => {
                "Check that you may write to its folder and that the disk has room."
            }
        }
    }
}

/// A sealed value that the key does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealing key does not open this value: it was sealed with another key, or altered")]
pub struct OpenSealedError;
