//! The place a sealing key is kept, and the one way to get it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::KeyError;
use crate::passphrase::Passphrase;
use crate::seal::SealingKey;
use crate::{Random, keychain, seal_file};

/// Where a store's sealing key is kept.
#[derive(Debug, Clone)]
pub enum KeyPlace {
    /// The operating system's keychain, under the store's name.
    Keychain {
        /// The store's canonical path or URL.
        account: String,
        /// How long to wait for it: it may be asking a person to unlock it.
        wait: Duration,
    },
    /// A file that a passphrase opens.
    PassphraseFile {
        /// The sealed file; see [`seal_file_of`].
        path: PathBuf,
        /// What opens it.
        passphrase: Passphrase,
    },
    /// Nowhere: a new key each time, gone with the process. For stores in memory.
    Memory,
}

impl std::fmt::Display for KeyPlace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keychain { account, .. } => {
                write!(
                    formatter,
                    "this computer's keychain, as latchkey, {account}"
                )
            }
            Self::PassphraseFile { path, .. } => path.display().fmt(formatter),
            Self::Memory => formatter.write_str("memory only"),
        }
    }
}

/// The sealed file that belongs to an embedded store: the same name with `.seal` after it.
#[must_use]
pub fn seal_file_of(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".seal");
    PathBuf::from(name)
}

/// The sealing key kept at `place`; `None` when none was made there yet.
///
/// Blocks while the keychain answers or the passphrase is stretched.
///
/// # Errors
/// When the place cannot be read, or holds something else; see [`KeyError`].
pub fn find(place: &KeyPlace) -> Result<Option<SealingKey>, KeyError> {
    match place {
        KeyPlace::Keychain { account, wait } => keychain::find(account, *wait),
        KeyPlace::PassphraseFile { path, passphrase } => seal_file::find(path, passphrase),
        KeyPlace::Memory => Ok(None),
    }
}

/// The sealing key kept at `place`, made now if there is none.
///
/// Of two programs that make one at the same time, both get the same.
///
/// # Errors
/// When the place cannot be read or written; see [`KeyError`].
pub fn sealing_key(place: &KeyPlace, random: Random<'_>) -> Result<SealingKey, KeyError> {
    if let Some(key) = find(place)? {
        return Ok(key);
    }
    let key = SealingKey::generate(random);
    match place {
        KeyPlace::Keychain { account, wait } => keychain::keep(account, key, *wait),
        KeyPlace::PassphraseFile { path, passphrase } => {
            seal_file::keep(path, passphrase, key, random)
        }
        KeyPlace::Memory => Ok(key),
    }
}

/// Keeps a copy of a key that is kept elsewhere in a new sealed file, to go with a backup.
///
/// # Errors
/// When the file is there already with another key or passphrase, or cannot be written.
pub fn keep_copy(
    path: &Path,
    passphrase: &Passphrase,
    key: &SealingKey,
    random: Random<'_>,
) -> Result<(), KeyError> {
    let kept = seal_file::keep(path, passphrase, key.clone(), random)?;
    if kept.expose() == key.expose() {
        return Ok(());
    }
    let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
    Err(KeyError::SealFileNotWritten {
        path: path.to_owned(),
        source,
    })
}

/// Keeps a key at one more place, for a store that moves there. Answers whether it was not there yet.
///
/// # Errors
/// When another key is there, or the place cannot be read or written. What is there is never replaced.
pub fn keep_also(place: &KeyPlace, key: &SealingKey, random: Random<'_>) -> Result<bool, KeyError> {
    let taken = |found: &SealingKey| found.expose() != key.expose();
    if let Some(found) = find(place)? {
        return if taken(&found) {
            Err(KeyError::PlaceTaken {
                place: place.to_string(),
            })
        } else {
            Ok(false)
        };
    }
    match place {
        KeyPlace::Keychain { account, wait } => {
            keychain::keep(account, key.clone(), *wait)?;
        }
        KeyPlace::PassphraseFile { path, passphrase } => keep_copy(path, passphrase, key, random)?,
        KeyPlace::Memory => {}
    }
    Ok(true)
}

/// Takes back what [`keep_also`] has just kept in a sealed file: it opens nothing. What a keychain keeps stays there.
pub fn drop_copy(place: &KeyPlace) {
    if let KeyPlace::PassphraseFile { path, .. } = place {
        // A file that stays does no harm.
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sealed_file_stands_beside_the_store() {
        assert_eq!(
            seal_file_of(Path::new("/data/latchkey.db")),
            Path::new("/data/latchkey.db.seal")
        );
    }

    #[test]
    fn a_copy_opens_to_the_same_key_and_never_replaces_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.db.seal");
        let passphrase = Passphrase::new("four words for it").unwrap();
        let mut random = |buffer: &mut [u8]| buffer.fill(3);
        let key = SealingKey::take(&mut [7; 32]);
        keep_copy(&path, &passphrase, &key, &mut random).unwrap();
        let place = KeyPlace::PassphraseFile {
            path: path.clone(),
            passphrase: passphrase.clone(),
        };
        assert_eq!(find(&place).unwrap().unwrap().expose(), key.expose());
        let other = SealingKey::take(&mut [8; 32]);
        let error = keep_copy(&path, &passphrase, &other, &mut random).unwrap_err();
        assert_eq!(error.code(), "seal_file_not_written");
    }

    #[test]
    fn a_key_is_kept_at_one_more_place_and_never_in_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::PassphraseFile {
            path: folder.path().join("there.seal"),
            passphrase: Passphrase::new("four words for it").unwrap(),
        };
        let mut random = |buffer: &mut [u8]| buffer.fill(3);
        let key = SealingKey::take(&mut [7; 32]);
        assert!(keep_also(&place, &key, &mut random).unwrap());
        assert!(
            !keep_also(&place, &key, &mut random).unwrap(),
            "it is there"
        );
        let other = SealingKey::take(&mut [8; 32]);
        let error = keep_also(&place, &other, &mut random).unwrap_err();
        assert_eq!(error.code(), "sealing_key_taken");
        assert_eq!(find(&place).unwrap().unwrap().expose(), key.expose());
        drop_copy(&place);
        assert!(find(&place).unwrap().is_none());
    }

    #[test]
    fn memory_keeps_nothing() {
        let mut random = |buffer: &mut [u8]| buffer.fill(3);
        let key = sealing_key(&KeyPlace::Memory, &mut random).unwrap();
        assert_eq!(key.expose(), &[3; 32]);
        assert!(find(&KeyPlace::Memory).unwrap().is_none());
    }
}
