//! Signing the head of the ledger as a C2SP checkpoint. Reading one is `latchkey_verify::checkpoint`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_verify::PublicKey;
pub use latchkey_verify::checkpoint::Checkpoint;
use latchkey_verify::note::NoteKey;
use thiserror::Error;

use crate::VendorId;

/// Why a checkpoint cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// An origin that no key can be named after.
    #[error("\"{origin}\" cannot name a ledger: it is empty or has a space or a plus sign")]
    Origin {
        /// The origin.
        origin: String,
    },
    /// The signature just made does not verify.
    #[error("the signature just made does not verify; the key or the machine is faulty")]
    Faulty,
}

/// The name of a vendor's ledger in its checkpoints.
#[must_use]
pub fn ledger_origin(vendor: VendorId) -> String {
    format!("latchkey/{vendor}/ledger")
}

/// The ledger key with the name it signs under, as witnesses and monitors are given it.
///
/// # Errors
/// [`CheckpointError::Origin`].
pub fn ledger_key(origin: &str, key: PublicKey) -> Result<NoteKey, CheckpointError> {
    NoteKey::new(origin, key).map_err(|_| CheckpointError::Origin {
        origin: origin.to_owned(),
    })
}

/// Signs a checkpoint and checks the signed note. The key's name is the origin.
///
/// # Errors
/// [`CheckpointError::Origin`], [`CheckpointError::Faulty`].
pub fn sign(checkpoint: &Checkpoint, key: &SigningKey) -> Result<String, CheckpointError> {
    let named = ledger_key(&checkpoint.origin, PublicKey::from(&key.verifying_key()))?;
    let text = checkpoint.to_text();
    let signature = [named.id().as_slice(), &key.sign(text.as_bytes()).to_bytes()].concat();
    let note = format!(
        "{text}\n\u{2014} {} {}\n",
        named.name(),
        STANDARD.encode(signature)
    );
    match Checkpoint::verify(&note, &checkpoint.origin, &[named]) {
        Ok((read, _)) if read == *checkpoint => Ok(note),
        _ => Err(CheckpointError::Faulty),
    }
}
