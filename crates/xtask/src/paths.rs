//! Where things are: in the clone, and in the user's data folder.

use crate::process;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The root of the clone this program was built from.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().and_then(Path::parent).unwrap_or(own)
}

/// Cargo's target folder, wherever the person keeps it: this program was built into it.
pub(crate) fn target() -> Result<PathBuf> {
    let program = std::env::current_exe().context("asking where this program lies")?;
    program
        .ancestors()
        .nth(2)
        .map(Path::to_owned)
        .context("this program does not lie in a target folder")
}

/// A program of the workspace, as the dev profile builds it.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    Ok(target()?.join("debug").join(name))
}

/// Where the embedded store lies if nobody says otherwise: the same place the programs choose.
pub(crate) fn user_data() -> Result<PathBuf> {
    let base = match std::env::var_os("XDG_DATA_HOME").filter(|value| !value.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(
            std::env::var_os("HOME").context("neither XDG_DATA_HOME nor HOME is set")?,
        )
        .join(".local/share"),
    };
    Ok(base.join("latchkey"))
}

/// Room that the tests' stores take, with much to spare, in KiB.
const STORES_KIB: u64 = 4 << 20;

/// A folder in memory for the tests' stores, if there is one with room: what they hold need not outlive the tests, which
/// spend a third of their time waiting where each commit waits for a disk.
pub(crate) fn memory() -> Option<&'static str> {
    const SHARED_MEMORY: &str = "/dev/shm";
    let mut room = process::command("df");
    room.args(["--output=avail", "--block-size=1K", SHARED_MEMORY]);
    let room = process::output(&mut room).ok()?;
    let room: u64 = room.lines().nth(1)?.trim().parse().ok()?;
    (room >= STORES_KIB).then_some(SHARED_MEMORY)
}
