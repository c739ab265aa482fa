//! Checks the keys: the trust bundle under the root key, the rows of keys under the bundle. What comes out are the
//! keys that a checkpoint may be signed with.

use latchkey_domain::checkpoint::ledger_origin;
use latchkey_domain::ledger::hex;
use latchkey_domain::license_file::TrustKeyPart;
use latchkey_domain::signing_key::SigningKey;
use latchkey_domain::vendor::Vendor;
use latchkey_store::{LedgerHead, StoreError};
use latchkey_verify::checkpoint::Checkpoint;
use latchkey_verify::dsse::Envelope;
use latchkey_verify::note::NoteKey;
use latchkey_verify::{KeyRole, KeyState, RootKey, TrustBundle, TrustedKey};

use super::replay::{Replay, sha256};
use super::{Halt, problem};
use crate::App;
use crate::signing_key::root_of;

/// Whose checkpoints count.
pub(super) struct Trusted {
    origin: String,
    keys: Vec<(NoteKey, Option<u64>)>,
}

/// Readings of vendor and keys before it is believed that they do not fit: a change of keys may come in between.
const READINGS_MAX: u32 = 3;

/// Checks the keys of a store; answers with the vendor too.
pub(super) async fn check(app: &App, pinned: Option<&RootKey>) -> Result<(Vendor, Trusted), Halt> {
    let mut reading = 1;
    loop {
        let vendor = app.store.vendor_get(app.scope.vendor_id).await?;
        let vendor = vendor.ok_or(StoreError::NoVendor)?;
        let keys = app.signing_keys().await?;
        let root = app.root_row().await?;
        let root_row = root.id;
        let root = root_of(&root)?;
        if let Some(pinned) = pinned
            && *pinned != root
        {
            return problem(format!(
                "signing_key {root_row} is the root key {}, and the one given is {}",
                root.key_id(),
                pinned.key_id()
            ));
        }
        match check_bundle(&vendor, &keys, &root) {
            Ok(trusted) => return Ok((vendor, trusted)),
            Err(sentence) if reading == READINGS_MAX => return problem(sentence),
            Err(_) => reading += 1,
        }
    }
}

fn check_bundle(vendor: &Vendor, keys: &[SigningKey], root: &RootKey) -> Result<Trusted, String> {
    let at = |fault: String| format!("vendor {}: its trust bundle {fault}", vendor.id);
    if hex(&sha256(&vendor.trust_bundle)) != vendor.trust_digest {
        return Err(at("is not the one whose hash its row holds".into()));
    }
    let bundle = Envelope::parse(vendor.trust_bundle.as_bytes())
        .and_then(|envelope| TrustBundle::verify(&envelope, root))
        .map_err(|error| at(format!("does not verify under the root key: {error}")))?;
    let origin = ledger_origin(vendor.id);
    if bundle.vendor.id != vendor.id.to_string() || bundle.ledger_origin != origin {
        return Err(at("is another vendor's".into()));
    }
    for key in keys {
        let listed = bundle
            .keys
            .iter()
            .find(|listed| listed.id == key.id.to_string());
        if !listed.is_some_and(|listed| same(listed, &TrustKeyPart::of(key))) {
            return Err(format!(
                "signing_key {} is not as the trust bundle has it",
                key.id
            ));
        }
    }
    if let Some(extra) = bundle.keys.get(keys.len()) {
        return Err(at(format!(
            "has more keys than there are, {} among them",
            extra.id
        )));
    }
    let named = |key: &TrustedKey| {
        let note_key = NoteKey::new(&origin, key.public_key.clone());
        note_key.map(|note_key| (note_key, key.void_from()))
    };
    let keys = bundle.keys_of(KeyRole::Ledger).map(named);
    let keys = keys
        .collect::<Result<_, _>>()
        .map_err(|error| at(error.to_string()))?;
    Ok(Trusted { origin, keys })
}

fn same(listed: &TrustedKey, row: &TrustKeyPart) -> bool {
    let role = match listed.role {
        KeyRole::Root => "root",
        KeyRole::Issuer => "issuer",
        KeyRole::Ledger => "ledger",
    };
    let state = match listed.state {
        KeyState::Active => "active",
        KeyState::Retired => "retired",
        KeyState::Compromised => "compromised",
    };
    let public_key = RootKey::parse(&row.public_key);
    role == row.role
        && state == row.state
        && listed.product_id == row.product_id
        && listed.void_from_index == row.void_from_index
        && public_key.is_ok_and(|key| *key.public_key() == listed.public_key)
}

/// Holds the head against what came of the entries that it covers.
pub(super) fn check_head(
    trusted: &Trusted,
    head: &LedgerHead,
    replay: &Replay,
) -> Result<(), Halt> {
    let root = replay.frontier.root();
    if head.root != root {
        let root = hex(&root);
        return problem(format!(
            "ledger_head: the root of its {} entries is {root}, and it says {}",
            head.size,
            hex(&head.root)
        ));
    }
    if head.frontier != replay.frontier.to_bytes() {
        return problem("ledger_head: its frontier is not the right edge of the tree");
    }
    let counts = |void_from: Option<u64>| void_from.is_none_or(|index| head.size <= index);
    let keys = trusted
        .keys
        .iter()
        .filter(|(_, void_from)| counts(*void_from));
    let keys: Vec<NoteKey> = keys.map(|(key, _)| key.clone()).collect();
    match Checkpoint::verify(&head.checkpoint, &trusted.origin, &keys) {
        Err(error) => problem(format!("ledger_head: its checkpoint is refused: {error}")),
        Ok((signed, _)) if signed.size != head.size || signed.root != root => problem(format!(
            "ledger_head: its checkpoint is signed over {} entries and another root, or another number of entries, \
             than the {} that it has",
            signed.size, head.size
        )),
        Ok(_) => Ok(()),
    }
}
