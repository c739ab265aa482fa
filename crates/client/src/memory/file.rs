//! The state file: read with a limit, written so that it is either the old or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::State;
use crate::ambient;
use crate::error::MemoryError;

/// The value of `format` in a state file.
const FORMAT: &str = "latchkey-client-state/1";

/// The longest file that is read: an answer and a bundle of 64 KiB each, as JSON within JSON.
const MAX_STATE_BYTES: u64 = 512 * 1024;

#[derive(Deserialize)]
struct Read {
    format: String,
    state: State,
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    state: &'a State,
}

/// The state in the file; nothing if there is no file, or one that cannot be read.
pub(super) fn read(path: &Path) -> Option<State> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(MAX_STATE_BYTES + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    if u64::try_from(bytes.len()).ok()? > MAX_STATE_BYTES {
        return None;
    }
    let read: Read = serde_json::from_slice(&bytes).ok()?;
    (read.format == FORMAT).then_some(read.state)
}

/// Writes a temporary file beside it and puts that in its place.
pub(super) fn write(path: &Path, state: &State) -> Result<(), MemoryError> {
    try_write(path, state).map_err(|error| MemoryError {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

/// Deletes the file; one that is not there is as good as deleted.
pub(super) fn delete(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn try_write(path: &Path, state: &State) -> io::Result<()> {
    let bytes = serde_json::to_vec(&Written {
        format: FORMAT,
        state,
    })?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Two processes may write at once: each has a name of its own, and the later one wins.
    let mut temporary = name.to_owned();
    let token = ambient::token().ok_or_else(|| io::Error::other("no random numbers"))?;
    temporary.push(format!(".{token}.tmp"));
    let temporary = path.with_file_name(temporary);
    let written = put(&temporary, &bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
