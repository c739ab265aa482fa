//! `latchkey machine-key`: a key pair for a machine without a network. The private key stays in its file, the public key
//! is printed, and goes to whoever looks after the license.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use latchkey_domain::machine_key::{MachineKey, MachineKeyPair};

use crate::ambient::SystemRandom;
use crate::told::Told;

/// Where the key pair is.
#[derive(Debug, clap::Args)]
pub(crate) struct MachineKeyArguments {
    /// The file for the private key. If it is there already, its public key is printed.
    pub(crate) file: PathBuf,
}

/// Makes the pair, if it is not there, and prints the public key.
pub(crate) fn run(arguments: &MachineKeyArguments) -> Result<bool> {
    let file = &arguments.file;
    let pair = if file.exists() {
        read(file)?
    } else {
        let pair = MachineKeyPair::generate(&SystemRandom);
        write_new(file, &pair.to_pem(), Readers::OwnerAlone)?;
        pair
    };
    println!("{}", MachineKey::of(&pair.public()));
    Ok(true)
}

/// The key pair in a file.
pub(crate) fn read(file: &Path) -> Result<MachineKeyPair, Told> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Told::new(
            "file_unreadable",
            format!("{} cannot be read: {error}", file.display()),
            "Check the path, and that you may read the file.",
        )
    })?;
    MachineKeyPair::from_pem(&text).ok_or_else(|| {
        Told::new(
            "machine_key_unreadable",
            format!("{} is no private key of a machine", file.display()),
            "Make one with `latchkey machine-key FILE`.",
        )
    })
}

/// Who may read a file.
#[derive(Clone, Copy)]
pub(crate) enum Readers {
    OwnerAlone,
    Everybody,
}

/// Writes a file that is not there yet, down to the disk.
pub(crate) fn write_new(path: &Path, text: &str, readers: Readers) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if let Readers::OwnerAlone = readers {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.with_context(|| format!("{} was not written", path.display()))
}
