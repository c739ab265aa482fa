//! The passphrase that seals a store's keys where there is no keychain.

use crate::{paths, random};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

/// What the programs read the file's path from, if no argument names one.
const VARIABLE: &str = "LATCHKEY_PASSPHRASE_FILE";

/// Beside the embedded store in the user's data folder.
const FILE: &str = "latchkey.passphrase";

/// Lets a program find the passphrase, which a new store without a display gets now. A store
/// that was first opened so opens in the window too.
pub(crate) fn enter(command: &mut Command) -> Result<()> {
    if std::env::var_os(VARIABLE).is_some() {
        return Ok(());
    }
    let folder = paths::user_data()?;
    if !has_display() {
        make(&folder)?;
    }
    let file = folder.join(FILE);
    if file.exists() {
        command.env(VARIABLE, file);
    }
    Ok(())
}

/// Whether a window can be shown here, and so a keychain is likely.
pub(crate) fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Makes the passphrase of a new store. A store that exists keeps the keychain or the passphrase
/// it has.
fn make(folder: &Path) -> Result<()> {
    let file = folder.join(FILE);
    if file.exists() || folder.join("latchkey.db").exists() {
        return Ok(());
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let passphrase = random::hex(32)?;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&file)
        .and_then(|mut file| writeln!(file, "{passphrase}"))
        .with_context(|| format!("writing {}", file.display()))?;
    println!(
        "The new store's keys are sealed with the passphrase in {}.",
        file.display()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_new_store_gets_a_passphrase_only_its_owner_reads() {
        let folder = std::env::temp_dir().join(format!("latchkey-new-{}", std::process::id()));
        make(&folder).unwrap();
        let file = folder.join(FILE);
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(text.trim().len(), 64);
        make(&folder).unwrap();
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            text,
            "the second start changes nothing"
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_store_sealed_otherwise_gets_none() {
        let folder = std::env::temp_dir().join(format!("latchkey-sealed-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("latchkey.db"), "").unwrap();
        make(&folder).unwrap();
        assert!(!folder.join(FILE).exists());
        fs::remove_dir_all(folder).unwrap();
    }
}
