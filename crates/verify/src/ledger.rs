//! The ledger part of a license file: proof that making the file was recorded, and where.

use sha2::{Digest as _, Sha256};

use crate::checkpoint::Checkpoint;
use crate::json::{self, Json, JsonError, Object};
use crate::merkle::{self, Hash};
use crate::note::NoteKey;
use crate::{Document, KeyRole, Refusal, TrustBundle, base64};

/// More hashes than this prove nothing: a tree has at most 2^62 leaves.
const MAX_PROOF_HASHES: usize = 62;

const KNOWN_ENTRY_MEMBERS: [&str; 11] = [
    "actor", "at", "change", "content", "document", "entity", "subject", "undoes", "v", "verb",
    "version",
];

/// The section as it stands in the file, decoded and not yet checked.
pub(crate) struct LedgerProof<'a> {
    pub(crate) index: u64,
    entry: Vec<u8>,
    hashes: Vec<Hash>,
    checkpoint: &'a str,
}

impl<'a> LedgerProof<'a> {
    pub(crate) fn parse(object: &'a Object<'_>) -> Result<Self, JsonError> {
        let list = object.list("hashes")?;
        if list.len() > MAX_PROOF_HASHES {
            return Err(JsonError::Invalid("hashes"));
        }
        let hash = |item: &Json<'_>| item.as_text().and_then(base64::decode_array);
        Ok(Self {
            index: object.natural("index", i64::MAX)?.unsigned_abs(),
            entry: base64::decode(object.text("entry")?).ok_or(JsonError::Invalid("entry"))?,
            hashes: list
                .iter()
                .map(hash)
                .collect::<Option<_>>()
                .ok_or(JsonError::Invalid("hashes"))?,
            checkpoint: object.text("checkpoint")?,
        })
    }

    /// Checks, in this order: the checkpoint's signature, the entry's place under its root,
    /// and that the entry names exactly these bytes.
    pub(crate) fn verify(&self, payload: &[u8], trust: &TrustBundle) -> Result<(), Refusal> {
        let checkpoint = self.verified_checkpoint(trust)?;
        let leaf = merkle::leaf_hash(&self.entry);
        if !merkle::verify_inclusion(
            &leaf,
            self.index,
            checkpoint.size,
            &self.hashes,
            &checkpoint.root,
        ) {
            return Err(Refusal::LedgerProof);
        }
        let entry = json::parse_object(&self.entry).and_then(|entry| {
            entry.check_critical(&KNOWN_ENTRY_MEMBERS)?;
            entry.text("document").map(str::to_owned)
        });
        let document = entry.map_err(|error| Refusal::Malformed {
            document: Document::LedgerEntry,
            error,
        })?;
        if document != base64::hex(&Sha256::digest(payload)) {
            return Err(Refusal::LedgerOtherDocument);
        }
        Ok(())
    }

    fn verified_checkpoint(&self, trust: &TrustBundle) -> Result<Checkpoint, Refusal> {
        let origin = &trust.ledger_origin;
        let listed: Vec<_> = trust.keys_of(KeyRole::Ledger).collect();
        let keys = listed
            .iter()
            .map(|key| NoteKey::new(origin, key.public_key.clone()));
        let keys = keys
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| Refusal::Checkpoint(error.into()))?;
        let (checkpoint, signers) =
            Checkpoint::verify(self.checkpoint, origin, &keys).map_err(Refusal::Checkpoint)?;
        let mut void = None;
        for key in signers.iter().filter_map(|signer| listed.get(*signer)) {
            match key.void_from() {
                Some(index) if checkpoint.size > index => void = Some((key, index)),
                _ => return Ok(checkpoint),
            }
        }
        Err(
            void.map_or(Refusal::LedgerProof, |(key, index)| Refusal::KeyVoid {
                document: Document::Checkpoint,
                key: key.id.clone(),
                from_index: index,
            }),
        )
    }
}
