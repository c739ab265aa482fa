//! The recommended machine code: made of the system's own id of the machine, and of nothing that the owner of the machine
//! would not want to give away.
//!
//! The collection scripts that a customer's IT rolls out make the same one, so that machines can be admitted before an app
//! has ever run on them. It is the first 32 hexadecimal digits of the SHA-256 of `latchkey-machine-code/1:` and the id in
//! small letters: of `/etc/machine-id` on Linux, of the hardware's UUID on macOS, of `MachineGuid` on Windows.

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::ambient;

/// What stands before the id, so that the hash is nobody else's.
const CONTEXT: &str = "latchkey-machine-code/1:";

/// Bytes of the hash that are used.
const HASH_BYTES: usize = 16;

/// What a system shows that was not set up yet.
const UNINITIALIZED: &str = "uninitialized";

/// Why this machine has no machine code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MachineCodeError {
    /// The system has no id of the machine, or does not tell.
    #[error("the system has no id of this machine")]
    NoId,
}

/// The recommended machine code of the machine that this program runs on.
///
/// # Errors
/// [`MachineCodeError::NoId`], such as in a container without one: then the app has to choose a code of its own.
pub fn machine_code() -> Result<String, MachineCodeError> {
    let id = ambient::machine_id().ok_or(MachineCodeError::NoId)?;
    machine_code_of(&id)
}

/// The recommended machine code of a machine with this id.
///
/// # Errors
/// [`MachineCodeError::NoId`] for none.
pub fn machine_code_of(id: &str) -> Result<String, MachineCodeError> {
    let id = id.trim().to_ascii_lowercase();
    if id.is_empty() || id == UNINITIALIZED {
        return Err(MachineCodeError::NoId);
    }
    let hash = Sha256::new()
        .chain_update(CONTEXT)
        .chain_update(id)
        .finalize();
    Ok(hash
        .iter()
        .take(HASH_BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_code_never_changes() {
        // Computed with coreutils: printf 'latchkey-machine-code/1:%s' ID | sha256sum | cut -c 1-32
        let code = machine_code_of("3d1219c7c4c5404aaa1f6d2a48adfda4\n");
        assert_eq!(code.as_deref(), Ok("93e9ff8464a04a785cb9a4bc325a8d22"));
        let upper = machine_code_of(" 3D1219C7C4C5404AAA1F6D2A48ADFDA4");
        assert_eq!(upper, code, "however the system writes it");
        for none in ["", " \n", "uninitialized\n"] {
            assert_eq!(machine_code_of(none), Err(MachineCodeError::NoId));
        }
    }
}
