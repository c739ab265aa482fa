//! `latchkey backup`: a copy of an embedded store, also while another program has it open, and of
//! the key without which it is of no use.
//!
//! The copy is opened with that key before it is called a backup.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use latchkey_keys::{KeyPlace, SealingKey, keep_copy, seal_file_of};
use latchkey_store::{Store, StoreUrl};

use crate::arguments::Backup;
use crate::opened;
use crate::place::{Place, passphrase_in, random};
use crate::told::Told;

/// Writes the copy.
pub(crate) async fn run(arguments: &Backup) -> Result<bool> {
    let place = Place::find(&arguments.store)?;
    let store = place.file().ok_or_else(|| {
        Told::new(
            "backup_needs_file",
            "only an embedded store is backed up by this command",
            "Back up a PostgreSQL store with pg_dump or base backups.",
        )
    })?;
    if !place.keys.store_exists {
        let sentence = format!("there is no store at {}", store.display());
        return Err(Told::new("store_missing", sentence, "Check the path.").into());
    }
    for file in [arguments.to.clone(), seal_file_of(&arguments.to)] {
        if file.exists() {
            let sentence = format!("{} exists", file.display());
            let fix = "Choose a new name: a backup never replaces another.";
            return Err(Told::new("backup_exists", sentence, fix).into());
        }
    }
    let key = place.sealing_key().await?;
    match write(arguments, &place, store, key).await {
        Ok(Some(sealed)) => {
            println!(
                "{} and {} written",
                arguments.to.display(),
                sealed.display()
            );
        }
        Ok(None) => {
            println!("{} written", arguments.to.display());
            println!(
                "note: its key is only in this computer's keychain. To use the backup elsewhere, \
                 make one with --key-passphrase-file FILE."
            );
        }
        Err(error) => {
            // Half a backup is worse than none.
            let _ = fs::remove_file(&arguments.to);
            let _ = fs::remove_file(seal_file_of(&arguments.to));
            return Err(error.context("no backup was written"));
        }
    }
    Ok(true)
}

/// Writes store and key. Answers the file with the key, if the key is not in the keychain only.
async fn write(
    arguments: &Backup,
    place: &Place,
    store: &Path,
    key: SealingKey,
) -> Result<Option<PathBuf>> {
    Store::backup_file(store, &arguments.to).await?;
    let beside = seal_file_of(&arguments.to);
    let sealed = match (&arguments.key_passphrase_file, place.keys.place()?) {
        (Some(file), _) => {
            let passphrase = passphrase_in(file)?;
            keep_copy(&beside, &passphrase, &key, &mut |bytes: &mut [u8]| {
                random(bytes);
            })?;
            Some(beside)
        }
        (None, KeyPlace::PassphraseFile { path, .. }) => {
            fs::copy(&path, &beside)
                .and_then(|_| fs::File::open(&beside)?.sync_all())
                .with_context(|| format!("{} cannot be written", beside.display()))?;
            Some(beside)
        }
        (None, KeyPlace::Keychain { .. } | KeyPlace::Memory) => None,
    };
    check(&arguments.to, key).await?;
    Ok(sealed)
}

/// Opens the copy with the store's key.
async fn check(copy: &Path, key: SealingKey) -> Result<()> {
    opened::open_with(&StoreUrl::file(copy), key)
        .await?
        .close()
        .await;
    let mut lock = copy.as_os_str().to_owned();
    lock.push(".lock");
    // It belongs to open stores, not to backups.
    let _ = fs::remove_file(lock);
    Ok(())
}
