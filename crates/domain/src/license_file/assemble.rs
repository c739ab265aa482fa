//! The file: signed license, trust bundle and ledger proof in one ASCII text, one member per
//! line, so that a person with `sed`, `base64` and OpenSSL can take it apart.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchkey_verify::merkle::Hash;
use latchkey_verify::{FILE_FORMAT, MAX_FILE_BYTES};
use thiserror::Error;

use crate::dsse::SignedEnvelope;

/// Proof that a license file is recorded in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerSection<'a> {
    /// The index of the entry.
    pub index: u64,
    /// The exact bytes of the entry.
    pub entry: &'a [u8],
    /// The inclusion proof, leaf side first.
    pub hashes: &'a [Hash],
    /// The signed note under whose root the proof ends.
    pub checkpoint: &'a str,
}

/// Why the parts do not make a file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AssembleError {
    /// Larger than any reader takes.
    #[error("the license file would have {bytes} bytes, and {MAX_FILE_BYTES} is the limit")]
    TooLarge {
        /// How many it would have.
        bytes: usize,
    },
    /// A stored part has characters that no part of a license file has.
    #[error("a stored part of the license file is damaged")]
    Damaged,
}

/// Puts a license file together. Signs and checks nothing.
///
/// # Errors
/// [`AssembleError::TooLarge`]: fewer machines, features or keys are needed.
/// [`AssembleError::Damaged`]: an envelope or the checkpoint was not made by this crate.
pub fn assemble(
    license: &SignedEnvelope,
    trust: &SignedEnvelope,
    ledger: &LedgerSection<'_>,
) -> Result<String, AssembleError> {
    if !license.is_plain() || !trust.is_plain() {
        return Err(AssembleError::Damaged);
    }
    let hashes: Vec<String> = ledger
        .hashes
        .iter()
        .map(|hash| format!("\n      \"{}\"", STANDARD.encode(hash)))
        .collect();
    let hashes = if hashes.is_empty() {
        "[]".to_owned()
    } else {
        format!("[{}\n    ]", hashes.join(","))
    };
    let file = format!(
        "{{\n  \"format\": \"{FILE_FORMAT}\",\n{license},\n{trust},\n  \"ledger\": {{\n    \"index\": {index},\n    \
         \"entry\": \"{entry}\",\n    \"hashes\": {hashes},\n    \"checkpoint\": \"{checkpoint}\"\n  }}\n}}\n",
        license = license.to_section("license"),
        trust = trust.to_section("trust"),
        index = ledger.index,
        entry = STANDARD.encode(ledger.entry),
        checkpoint = escaped(ledger.checkpoint)?,
    );
    if file.len() > MAX_FILE_BYTES {
        Err(AssembleError::TooLarge { bytes: file.len() })
    } else {
        Ok(file)
    }
}

/// A note as the inside of a JSON text of ASCII: line ends and the dash before a signature are
/// all that needs an escape.
fn escaped(note: &str) -> Result<String, AssembleError> {
    let text = note.replace('\n', "\\n").replace('\u{2014}', "\\u2014");
    let plain = text
        .bytes()
        .all(|b| (b' '..=b'~').contains(&b) && b != b'"');
    let backslashes = text.matches('\\').count();
    let written = note.matches(['\n', '\u{2014}']).count();
    if plain && backslashes == written {
        Ok(text)
    } else {
        Err(AssembleError::Damaged)
    }
}
