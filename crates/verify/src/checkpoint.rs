//! Checkpoints after <https://c2sp.org/tlog-checkpoint>: the signed head of a ledger.

use thiserror::Error;

use crate::base64;
use crate::merkle::Hash;
use crate::note::{NoteError, NoteKey, SignedNote};

/// The largest tree size that is read.
pub const MAX_TREE_SIZE: u64 = 1 << 62;

/// Why a checkpoint is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The signed text is not a checkpoint.
    #[error("its text is not that of a checkpoint")]
    Malformed,
    /// The head of another ledger.
    #[error("it is the head of another ledger, {found}")]
    OtherOrigin {
        /// The origin it names.
        found: String,
    },
}

/// The head of a ledger at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of the tree of these entries.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            base64::encode(&self.root)
        )
    }

    /// Reads the text of a note. Extension lines are passed over.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::Malformed)?;
        if body.split('\n').any(str::is_empty) {
            return Err(CheckpointError::Malformed);
        }
        let mut lines = body.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Malformed);
        };
        Ok(Self {
            origin: origin.to_owned(),
            size: parse_size(size).ok_or(CheckpointError::Malformed)?,
            root: base64::decode_array(root).ok_or(CheckpointError::Malformed)?,
        })
    }

    /// Checks the signatures, then reads the text, then compares the origin. Also gives the
    /// place in `keys` of each key that has signed, at least one.
    pub fn verify(
        note: &str,
        origin: &str,
        keys: &[NoteKey],
    ) -> Result<(Self, Vec<usize>), CheckpointError> {
        let note = SignedNote::parse(note)?;
        let (text, signers) = note.verify(keys)?;
        let checkpoint = Self::parse(text)?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::OtherOrigin {
                found: checkpoint.origin,
            });
        }
        Ok((checkpoint, signers))
    }
}

fn parse_size(text: &str) -> Option<u64> {
    let canonical =
        text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse()
        .ok()
        .filter(|size| canonical && *size <= MAX_TREE_SIZE)
}
