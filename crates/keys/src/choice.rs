//! Which place it is for a store: the rule the programs share.
//!
//! A passphrase that was given is used. A sealed file that is there needs its passphrase.
//! Otherwise the keychain, if one answers. A store that already holds sealed keys never gets a new
//! sealing key: it could not open them.

use std::path::PathBuf;
use std::time::Duration;

use crate::error::KeyError;
use crate::passphrase::Passphrase;
use crate::place::{KeyPlace, find, sealing_key};
use crate::seal::SealingKey;
use crate::{Random, keychain};

/// A store, and what its user gave to open its keys.
#[derive(Debug, Clone)]
pub struct KeyChoice {
    /// The store's canonical path, or its URL without credentials: its name in the keychain.
    pub account: String,
    /// The sealed file that belongs to the store, there or not; see [`crate::seal_file_of`].
    pub seal_file: PathBuf,
    /// The passphrase, if one was given.
    pub passphrase: Option<Passphrase>,
    /// Whether the store was opened before, and so holds keys sealed with its sealing key.
    pub store_exists: bool,
    /// How long to wait for the keychain.
    pub wait: Duration,
}

impl KeyChoice {
    /// The place that holds, or will hold, the store's sealing key.
    ///
    /// # Errors
    /// When a passphrase is needed, or neither a passphrase nor a keychain is to be had.
    pub fn place(&self) -> Result<KeyPlace, KeyError> {
        if let Some(passphrase) = &self.passphrase {
            let passphrase = passphrase.clone();
            return Ok(KeyPlace::PassphraseFile {
                path: self.seal_file.clone(),
                passphrase,
            });
        }
        if self.seal_file.exists() {
            return Err(KeyError::PassphraseNeeded {
                path: self.seal_file.clone(),
            });
        }
        keychain::reach(self.wait)?;
        Ok(KeyPlace::Keychain {
            account: self.account.clone(),
            wait: self.wait,
        })
    }

    /// The store's sealing key, made now for a store that is new.
    ///
    /// # Errors
    /// As [`KeyChoice::place`]; when the place cannot be read or written; and when the store
    /// exists and its key is not there.
    pub fn sealing_key(&self, random: Random<'_>) -> Result<SealingKey, KeyError> {
        let place = self.place()?;
        if !self.store_exists {
            return sealing_key(&place, random);
        }
        find(&place)?.ok_or_else(|| {
            let place = match &place {
                KeyPlace::PassphraseFile { path, .. } => path.display().to_string(),
                KeyPlace::Keychain { .. } | KeyPlace::Memory => "this keychain".to_owned(),
            };
            KeyError::SealingKeyMissing { place }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(folder: &std::path::Path, passphrase: Option<&str>) -> KeyChoice {
        KeyChoice {
            account: "/data/latchkey.db".to_owned(),
            seal_file: folder.join("latchkey.db.seal"),
            passphrase: passphrase.map(|text| Passphrase::new(text).unwrap()),
            store_exists: false,
            wait: Duration::from_secs(5),
        }
    }

    #[test]
    fn a_sealed_file_asks_for_its_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let mut random = |buffer: &mut [u8]| buffer.fill(3);
        let made = choice(folder.path(), Some("correct horse"))
            .sealing_key(&mut random)
            .unwrap();
        let error = choice(folder.path(), None)
            .sealing_key(&mut random)
            .unwrap_err();
        assert_eq!(error.code(), "passphrase_needed");
        let again = KeyChoice {
            store_exists: true,
            ..choice(folder.path(), Some("correct horse"))
        };
        assert_eq!(
            again.sealing_key(&mut random).unwrap().expose(),
            made.expose()
        );
    }

    #[test]
    fn a_store_that_exists_never_gets_a_new_key() {
        let folder = tempfile::tempdir().unwrap();
        let choice = KeyChoice {
            store_exists: true,
            ..choice(folder.path(), Some("correct horse"))
        };
        let error = choice
            .sealing_key(&mut |_: &mut [u8]| panic!("nothing new"))
            .unwrap_err();
        assert_eq!(error.code(), "sealing_key_missing");
        assert!(!choice.seal_file.exists());
    }
}
