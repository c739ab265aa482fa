//! Signed notes after <https://c2sp.org/signed-note>, with Ed25519 signatures (type 0x01).

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::{PublicKey, base64};

/// How many signatures a note may have.
pub const MAX_NOTE_SIGNATURES: usize = 16;

const ED25519: u8 = 1;
const SIGNATURE_PREFIX: &str = "\u{2014} ";

/// Why a text is not a note, or not one signed by a known key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// Not the form of a signed note.
    #[error("it does not have the form of a signed note")]
    Malformed,
    /// More than [`MAX_NOTE_SIGNATURES`].
    #[error("it has more than {MAX_NOTE_SIGNATURES} signatures")]
    TooManySignatures,
    /// No signature is of a known key.
    #[error("no key that may sign it has signed it")]
    UnknownKey,
    /// A signature that names a known key is not that key's.
    #[error("its signature is wrong")]
    WrongSignature,
    /// A verifier key that does not have the form `name+id+key`, or whose id does not fit.
    #[error("this is not a verifier key")]
    VerifierKey,
}

/// A note whose signatures have not been checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote<'a> {
    text: &'a str,
    signatures: Vec<NoteSignature<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct NoteSignature<'a> {
    name: &'a str,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

/// A public key with the name it signs notes under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    key: PublicKey,
    id: [u8; 4],
}

impl<'a> SignedNote<'a> {
    /// Splits a note into text and signatures.
    pub fn parse(note: &'a str) -> Result<Self, NoteError> {
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Malformed);
        }
        let split = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
        let (text, rest) = note
            .split_at_checked(split + 1)
            .ok_or(NoteError::Malformed)?;
        let lines = rest
            .strip_prefix('\n')
            .and_then(|lines| lines.strip_suffix('\n'));
        let mut signatures = Vec::new();
        for line in lines.ok_or(NoteError::Malformed)?.split('\n') {
            if signatures.len() >= MAX_NOTE_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            signatures.push(NoteSignature::parse(line).ok_or(NoteError::Malformed)?);
        }
        Ok(Self { text, signatures })
    }

    /// Gives the text, and the place in `keys` of each key that has signed it, at least one.
    /// Signatures of unknown keys are passed over; a wrong signature of a known key refuses
    /// the whole note.
    pub fn verify(&self, keys: &[NoteKey]) -> Result<(&'a str, Vec<usize>), NoteError> {
        let mut verified = Vec::new();
        for signature in &self.signatures {
            for (index, key) in keys.iter().enumerate() {
                if key.name != signature.name || key.id != signature.key_id {
                    continue;
                }
                let bytes: [u8; 64] = signature
                    .signature
                    .as_slice()
                    .try_into()
                    .map_err(|_| NoteError::WrongSignature)?;
                if !key.key.verifies(self.text.as_bytes(), &bytes) {
                    return Err(NoteError::WrongSignature);
                }
                verified.push(index);
            }
        }
        if verified.is_empty() {
            Err(NoteError::UnknownKey)
        } else {
            Ok((self.text, verified))
        }
    }
}

impl<'a> NoteSignature<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix(SIGNATURE_PREFIX)?.split_once(' ')?;
        if !is_key_name(name) {
            return None;
        }
        let mut bytes = base64::decode(encoded)?;
        let (id, rest) = bytes.split_first_chunk::<4>()?;
        if rest.is_empty() {
            return None;
        }
        let key_id = *id;
        bytes.drain(..4);
        Some(Self {
            name,
            key_id,
            signature: bytes,
        })
    }
}

impl NoteKey {
    /// Names a key. The name is not empty and has neither spaces nor a plus sign.
    pub fn new(name: &str, key: PublicKey) -> Result<Self, NoteError> {
        if !is_key_name(name) {
            return Err(NoteError::VerifierKey);
        }
        let hash: [u8; 32] = Sha256::new()
            .chain_update(name)
            .chain_update([b'\n', ED25519])
            .chain_update(key.as_bytes())
            .finalize()
            .into();
        let [a, b, c, d, ..] = hash;
        Ok(Self {
            name: name.to_owned(),
            key,
            id: [a, b, c, d],
        })
    }

    /// Reads the text form, `name+id+key`.
    pub fn from_vkey(vkey: &str) -> Result<Self, NoteError> {
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::VerifierKey);
        };
        let [kind, bytes @ ..] = base64::decode_array::<33>(key).ok_or(NoteError::VerifierKey)?;
        let key = Self::new(name, PublicKey::from_bytes(bytes))?;
        if kind == ED25519 && id == base64::hex(&key.id) {
            Ok(key)
        } else {
            Err(NoteError::VerifierKey)
        }
    }

    /// The text form, which is what a witness or monitor is configured with.
    pub fn to_vkey(&self) -> String {
        let bytes = [[ED25519].as_slice(), self.key.as_bytes()].concat();
        format!(
            "{}+{}+{}",
            self.name,
            base64::hex(&self.id),
            base64::encode(&bytes)
        )
    }

    /// The name it signs under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256(name || 0x0A || 0x01 || key).
    pub fn id(&self) -> [u8; 4] {
        self.id
    }
}

fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c == '+')
}
