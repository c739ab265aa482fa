//! The ledger: one entry for each change of an entity, a leaf of an RFC 6962 Merkle tree.
//!
//! An [`Entry`] is what the tree commits to. It holds no personal data: the entity and the actor appear as salted
//! commitments, and what was said before and after stands in the entry's [`Body`], of which the entry holds the
//! hash. Forgetting a person means destroying bodies and salts; entries and proofs stay valid.

mod verb;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::entity::EntityKind;
use crate::id::TypedId;
use crate::{ChangeId, Salt, Timestamp};

pub use verb::Verb;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// What the Merkle tree commits to: a leaf is the hash of these bytes, as JSON, in this order of members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Version of this form: 1.
    pub v: u32,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What was done: the text of a [`Verb`].
    pub verb: String,
    /// To which kind of entity.
    pub entity: String,
    /// To which one: its [`commitment`], in hex.
    pub subject: String,
    /// The entity's version afterwards.
    pub version: u32,
    /// In which change: its id.
    pub change: String,
    /// Which change it takes back, if it is an undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// Who did it: their [`commitment`], in hex.
    pub actor: String,
    /// SHA-256 of the body, in hex.
    pub content: String,
    /// For a license file: SHA-256 of the payload that was signed, in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// Why somebody was let do it: what they asked for, and the policies that are for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// The operation, by its id in the API.
    pub operation: String,
    /// The policies, by their ids, in alphabetical order.
    pub policies: Vec<String>,
}

/// What was said, kept beside the entry: who, why they could, which, before and after.
#[derive(Debug, Serialize)]
pub struct Body<'a, E: Serialize> {
    /// Sixteen random bytes in hex, so that a body cannot be guessed from its hash.
    pub blind: &'a str,
    /// Who did it.
    pub actor: &'a Actor,
    /// Why they could; none where the program itself did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<&'a Permission>,
    /// The entity's id.
    pub id: &'a str,
    /// What a person calls it.
    pub label: &'a str,
    /// What it was; none if it was not there.
    pub before: Option<&'a E>,
    /// What it is now.
    pub after: &'a E,
}

/// A [`Body`] read back, with before and after as the exact text that was hashed.
#[derive(Debug, Deserialize)]
pub struct BodyRead<'a> {
    /// Who did it.
    pub actor: Actor,
    /// Why they could; none where it was not recorded.
    #[serde(default)]
    pub permission: Option<Permission>,
    /// The entity's id.
    pub id: String,
    /// What a person called it.
    pub label: String,
    /// What it was.
    #[serde(borrow)]
    pub before: Option<&'a RawValue>,
    /// What it was afterwards.
    #[serde(borrow)]
    pub after: &'a RawValue,
}

/// The salted commitment that stands for an id: SHA-256 over a label, the salt and the id's text.
#[must_use]
pub fn commitment(salt: Salt, id: &str) -> Hash {
    Sha256::new()
        .chain_update(b"latchkey/commitment/1\0")
        .chain_update(salt.0)
        .chain_update(id.as_bytes())
        .finalize()
        .into()
}

/// The hash of a leaf: RFC 6962 §2.1, SHA-256 over a zero byte and the entry.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0_u8])
        .chain_update(entry)
        .finalize()
        .into()
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(
                DIGITS
                    .get(usize::from(digit))
                    .copied()
                    .map_or('0', char::from),
            );
        }
    }
    text
}

/// What an entry is made of, before it is written.
#[derive(Debug, Clone, Copy)]
pub struct EntryFacts<'a> {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub verb: Verb,
    /// In which change.
    pub change: ChangeId,
    /// Which change it takes back.
    pub undoes: Option<ChangeId>,
    /// Who did it.
    pub actor: &'a Actor,
    /// Why they could.
    pub permission: Option<&'a Permission>,
    /// The salt for the actor's commitment: the vendor's.
    pub actor_salt: Salt,
    /// For a license file: the hash of the signed payload, in hex.
    pub document: Option<&'a str>,
}

/// An entry ready to be appended.
#[derive(Debug, Clone)]
pub struct Written {
    /// The entry's bytes.
    pub entry: String,
    /// The hash of the leaf.
    pub leaf: Hash,
    /// The body's bytes.
    pub body: String,
}

/// Writes entry and body for a change of `after`, which has its new version already.
///
/// # Errors
/// Only if an entity cannot be written as JSON.
pub fn write<E: crate::Entity>(
    facts: &EntryFacts<'_>,
    blind: [u8; 16],
    before: Option<&E>,
    after: &E,
) -> Result<Written, serde_json::Error> {
    let id = after.id().to_string();
    let body = Body {
        blind: &hex(&blind),
        actor: facts.actor,
        permission: facts.permission,
        id: &id,
        label: &after.label(),
        before,
        after,
    };
    let body = json(BODY_BYTES, &body)?;
    let entry = Entry {
        v: 1,
        at: facts.at.millis(),
        verb: facts.verb.as_str().to_owned(),
        entity: E::KIND.as_str().to_owned(),
        subject: hex(&commitment(after.salt(), &id)),
        version: after.version(),
        change: facts.change.to_string(),
        undoes: facts.undoes.map(|change| change.to_string()),
        actor: hex(&commitment(facts.actor_salt, &facts.actor.id.to_string())),
        content: hex(&Sha256::digest(body.as_bytes())),
        document: facts.document.map(str::to_owned),
    };
    let entry = json(ENTRY_BYTES, &entry)?;
    let leaf = leaf_hash(entry.as_bytes());
    Ok(Written { entry, leaf, body })
}

/// How long an entry and a body mostly are, at most. A change of many entities holds all of theirs until they are written.
const ENTRY_BYTES: usize = 384;
const BODY_BYTES: usize = 640;

/// As JSON, in a text that has room for so many bytes to begin with.
fn json(bytes: usize, value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = Vec::with_capacity(bytes);
    serde_json::to_writer(&mut text, value)?;
    String::from_utf8(text).map_err(serde::ser::Error::custom)
}

/// The kind of an entity id's text, by its prefix.
#[must_use]
pub fn kind_of_id(text: &str) -> Option<EntityKind> {
    let prefix = text.split_once('_')?.0;
    let kinds = [
        (crate::VendorId::PREFIX, EntityKind::Vendor),
        (crate::ProductId::PREFIX, EntityKind::Product),
        (crate::FeatureId::PREFIX, EntityKind::Feature),
        (crate::PolicyId::PREFIX, EntityKind::Policy),
        (crate::PolicyRevisionId::PREFIX, EntityKind::PolicyRevision),
        (crate::CustomerId::PREFIX, EntityKind::Customer),
        (crate::LicenseId::PREFIX, EntityKind::License),
        (crate::EntitlementId::PREFIX, EntityKind::Entitlement),
        (crate::MachineId::PREFIX, EntityKind::Machine),
        (crate::ActivationId::PREFIX, EntityKind::Activation),
        (crate::SigningKeyId::PREFIX, EntityKind::SigningKey),
        (crate::LicenseFileId::PREFIX, EntityKind::LicenseFile),
        (crate::ActorId::PREFIX, EntityKind::User),
        (crate::SessionId::PREFIX, EntityKind::Session),
        (crate::InvitationId::PREFIX, EntityKind::Invitation),
        (crate::AccessTokenId::PREFIX, EntityKind::AccessToken),
        (crate::ApprovalId::PREFIX, EntityKind::Approval),
        (crate::ResellerId::PREFIX, EntityKind::Reseller),
        (crate::TemplateId::PREFIX, EntityKind::Template),
        (crate::QuotaMovementId::PREFIX, EntityKind::QuotaMovement),
        (crate::PasskeyId::PREFIX, EntityKind::Passkey),
        (crate::WebhookId::PREFIX, EntityKind::Webhook),
        (crate::ReturnReceiptId::PREFIX, EntityKind::ReturnReceipt),
        (crate::SignUpLinkId::PREFIX, EntityKind::SignUpLink),
        (crate::AdmissionId::PREFIX, EntityKind::Admission),
    ];
    kinds
        .into_iter()
        .find(|(known, _)| *known == prefix)
        .map(|(_, kind)| kind)
}
