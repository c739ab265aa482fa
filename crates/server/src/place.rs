//! Which store is meant, and where its sealing key is.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use latchkey_keys::{KeyChoice, Passphrase, SealingKey, seal_file_of};
use latchkey_store::StoreUrl;

use crate::ambient::{SystemRandom, data_folder};
use crate::arguments::StoreArguments;
use crate::told::Told;

/// How long the keychain has to answer: long enough for a person to unlock it.
const KEYCHAIN_WAIT: Duration = Duration::from_secs(60);

/// A store and what belongs to it.
pub(crate) struct Place {
    /// Its address; of a file, the one canonical path.
    pub(crate) store: StoreUrl,
    /// How its sealing key is found.
    pub(crate) keys: KeyChoice,
}

impl Place {
    /// The place that was meant. Makes the folder of an embedded store.
    pub(crate) fn find(arguments: &StoreArguments) -> Result<Self> {
        let store = match &arguments.store {
            Some(url) => StoreUrl::parse(url)?,
            None => StoreUrl::file(&data_folder()?.join("latchkey.db")),
        };
        let store = match store {
            StoreUrl::Sqlite(path) => StoreUrl::file(&canonical(&path)?),
            other => other,
        };
        let passphrase = arguments
            .passphrase_file
            .as_deref()
            .map(passphrase_in)
            .transpose()?;
        let (account, seal_file) = match &store {
            StoreUrl::Sqlite(path) => (path.display().to_string(), seal_file_of(path)),
            StoreUrl::Postgres(_) => {
                let account = store.to_string();
                let folder = data_folder()?;
                make_folder(&folder).map_err(|error| unusable(&folder, &error))?;
                let seal_file = seal_file_of(&folder.join(file_name(&account)));
                (account, seal_file)
            }
        };
        let store_exists = holds_something(&store);
        let keys = KeyChoice {
            account,
            seal_file,
            passphrase,
            store_exists,
            wait: KEYCHAIN_WAIT,
        };
        Ok(Self { store, keys })
    }

    /// The path of an embedded store.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.store {
            StoreUrl::Sqlite(path) => Some(path),
            StoreUrl::Postgres(_) => None,
        }
    }

    /// The store's sealing key, made now for a new store.
    pub(crate) async fn sealing_key(&self) -> Result<SealingKey> {
        let keys = self.keys.clone();
        let key = tokio::task::spawn_blocking(move || {
            keys.sealing_key(&mut |bytes: &mut [u8]| random(bytes))
        });
        Ok(key
            .await
            .context("the search for the store's key was cut short")??)
    }
}

/// Fills a buffer from the system's randomness.
pub(crate) fn random(bytes: &mut [u8]) {
    latchkey_domain::random::Random::fill(&SystemRandom, bytes);
}

/// The passphrase in the first line of a file.
pub(crate) fn passphrase_in(path: &Path) -> Result<Passphrase> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Told::new(
            "passphrase_file",
            format!(
                "the passphrase file {} cannot be read: {error}",
                path.display()
            ),
            "Check the path, and that you may read the file.",
        )
    })?;
    Ok(Passphrase::new(text.lines().next().unwrap_or_default())?)
}

fn holds_something(store: &StoreUrl) -> bool {
    match store {
        StoreUrl::Sqlite(path) => std::fs::metadata(path).is_ok_and(|about| about.len() > 0),
        StoreUrl::Postgres(_) => false,
    }
}

fn canonical(path: &Path) -> Result<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    make_folder(folder).map_err(|error| unusable(folder, &error))?;
    let folder = folder
        .canonicalize()
        .map_err(|error| unusable(folder, &error))?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}

/// Makes a folder that only its owner may enter; one that is there stays as it is.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn unusable(folder: &Path, error: &std::io::Error) -> Told {
    Told::new(
        "store_not_writable",
        format!("the folder {} cannot be used: {error}", folder.display()),
        "Choose a folder that you may write to, with --store sqlite:PATH.",
    )
}

/// A file name for a database's address, which has no password in it.
fn file_name(address: &str) -> String {
    address
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() {
                sign
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_has_one_name_whatever_path_leads_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let direct = folder
            .path()
            .canonicalize()
            .unwrap()
            .join("new/latchkey.db");
        let around = folder.path().join("new/../new/./latchkey.db");
        assert_eq!(
            canonical(&folder.path().join("new/latchkey.db")).unwrap(),
            direct
        );
        assert_eq!(canonical(&around).unwrap(), direct);
    }

    #[test]
    fn an_address_becomes_a_file_name() {
        assert_eq!(
            file_name("postgres://db.example:5432/keys"),
            "postgres___db_example_5432_keys"
        );
    }
}
