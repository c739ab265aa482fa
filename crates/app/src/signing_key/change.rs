//! Creating, rotating, retiring issuer keys, and declaring one compromised.

use ed25519_dalek::SigningKey as PrivateKey;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::SIGNING_KEYS_MAX;
use latchkey_domain::product::{Product, ProductRefusal};
use latchkey_domain::signing_key::{KeyRole, KeyState, SigningKey, SigningKeyRefusal};
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{ProductId, SigningKeyId};
use latchkey_store::{Batch, Need, Needs, StoreError};

use super::damaged;
use crate::act::{Act, Stop};
use crate::open::renew_trust;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What is done to the keys.
enum What {
    /// A new key.
    Create,
    /// A new key in place of this one.
    Rotate(SigningKeyId),
    /// This one signs no more.
    Retire(SigningKeyId),
    /// This one fell into wrong hands; said with this confirmation.
    Compromise(SigningKeyId, String),
}

/// Changes the keys, and has the root certify what there is then.
struct ChangeKeys {
    what: What,
    /// A new key, for what needs one. It is made before the writer's turn, so that deciding again makes the same.
    fresh: SigningKey,
    root: PrivateKey,
}

impl Act for ChangeKeys {
    type Value = SigningKeyId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
        needs.ask(Need::SigningKeys);
        if let Some(product_id) = self.product_id(batch) {
            needs.ask(Need::Product(product_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<SigningKeyId, Stop<SigningKeyId>> {
        let id = match &self.what {
            What::Create => create(batch, &self.fresh)?,
            What::Rotate(id) => rotate(batch, *id, &self.fresh)?,
            What::Retire(id) => retire(batch, *id)?,
            What::Compromise(id, confirm) => compromise(batch, *id, confirm)?,
        };
        certify(batch, &self.root, Verb::VendorTrust, |_| {})?;
        Ok(id)
    }
}

impl ChangeKeys {
    fn product_id(&self, batch: &Batch) -> Option<ProductId> {
        match &self.what {
            What::Create => self.fresh.product_id,
            What::Rotate(id) => batch.get::<SigningKey>(*id)?.product_id,
            What::Retire(_) | What::Compromise(..) => None,
        }
    }
}

fn create(batch: &mut Batch, fresh: &SigningKey) -> Result<SigningKeyId, Refused> {
    if let Some(product_id) = fresh.product_id {
        let product = batch.get::<Product>(product_id);
        product.ok_or(ProductRefusal::NotFound)?;
    }
    if batch.all().any(|key| signs_for(key, fresh.product_id)) {
        return Err(SigningKeyRefusal::Exists.into());
    }
    add(batch, fresh.clone())
}

fn rotate(
    batch: &mut Batch,
    id: SigningKeyId,
    fresh: &SigningKey,
) -> Result<SigningKeyId, Refused> {
    let mut old = find(batch, id)?;
    old.retire()?;
    let fresh = SigningKey {
        product_id: old.product_id,
        ..fresh.clone()
    };
    batch.record(Verb::SigningKeyRetire, old);
    add(batch, fresh)
}

/// Retires a key. The last one for all products stays, or products without a key of their own could not export;
/// a product's own key can always go, since the one for all products then signs.
fn retire(batch: &mut Batch, id: SigningKeyId) -> Result<SigningKeyId, Refused> {
    let mut key = find(batch, id)?;
    key.retire()?;
    let last = !batch
        .all::<SigningKey>()
        .any(|other| other.id != id && signs_for(other, None));
    if key.product_id.is_none() && last {
        return Err(SigningKeyRefusal::LastIssuer.into());
    }
    batch.record(Verb::SigningKeyRetire, key);
    Ok(id)
}

/// Declares a key compromised from the present end of the ledger on. Also the last one: a stolen key must never stay
/// in use because it is the only one. No file can then be exported until there is a new key.
fn compromise(batch: &mut Batch, id: SigningKeyId, confirm: &str) -> Result<SigningKeyId, Refused> {
    let mut key = find(batch, id)?;
    if confirm.trim() != id.to_string() {
        return Err(SigningKeyRefusal::NotConfirmed.into());
    }
    key.compromise(batch.next_index())?;
    batch.record(Verb::SigningKeyCompromise, key);
    Ok(id)
}

fn find(batch: &Batch, id: SigningKeyId) -> Result<SigningKey, Refused> {
    let key = batch.get::<SigningKey>(id).cloned();
    key.ok_or_else(|| SigningKeyRefusal::NotFound.into())
}

fn signs_for(key: &SigningKey, product_id: Option<ProductId>) -> bool {
    key.role == KeyRole::Issuer && key.state == KeyState::Active && key.product_id == product_id
}

fn add(batch: &mut Batch, key: SigningKey) -> Result<SigningKeyId, Refused> {
    if batch.all::<SigningKey>().count() >= SIGNING_KEYS_MAX {
        return Err(SigningKeyRefusal::TooMany.into());
    }
    let id = key.id;
    batch.record(Verb::SigningKeyCreate, key);
    Ok(id)
}

/// Changes the vendor, and has the root sign what it is and what keys there are now.
pub(crate) fn certify(
    batch: &mut Batch,
    root: &PrivateKey,
    verb: Verb,
    change: impl FnOnce(&mut Vendor),
) -> Result<(), Refused> {
    let mut keys: Vec<SigningKey> = batch.all::<SigningKey>().cloned().collect();
    keys.sort_unstable_by_key(|key| key.id);
    let Some(mut vendor) = batch.vendor().cloned() else {
        return Err(StoreError::NoVendor.into());
    };
    change(&mut vendor);
    renew_trust(&mut vendor, &keys, root, batch.now())
        .map_err(|error| Refused::from(damaged(&error.to_string())))?;
    batch.record::<Vendor>(verb, vendor);
    Ok(())
}

/// Signing keys: what can be done. None of it can be undone. Errors are refusals of the rules, of permission, or the
/// store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Creates an issuer key: for one product, or for all that have none of their own.
    pub async fn signing_key_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        product_id: Option<ProductId>,
    ) -> Result<Changed<SigningKeyId>, AppError> {
        let what = (What::Create, product_id);
        self.change_keys(actor, Operation::CreateSigningKey, idempotency, what)
            .await
    }

    /// Puts a new issuer key in the place of one, which is retired. Answers the new key.
    pub async fn signing_key_rotate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: SigningKeyId,
    ) -> Result<Changed<SigningKeyId>, AppError> {
        let what = (What::Rotate(id), None);
        self.change_keys(actor, Operation::RotateSigningKey, idempotency, what)
            .await
    }

    /// Retires an issuer key: it signs no more, and what it signed counts.
    pub async fn signing_key_retire(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: SigningKeyId,
    ) -> Result<Changed<SigningKeyId>, AppError> {
        let what = (What::Retire(id), None);
        self.change_keys(actor, Operation::RetireSigningKey, idempotency, what)
            .await
    }

    /// Declares an issuer key compromised: what it signed up to now counts, what has a later place in the ledger
    /// does not. `confirm` is the key's id, typed by the person who says so.
    pub async fn signing_key_compromise(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: SigningKeyId,
        confirm: String,
    ) -> Result<Changed<SigningKeyId>, AppError> {
        let what = (What::Compromise(id, confirm), None);
        self.change_keys(actor, Operation::CompromiseSigningKey, idempotency, what)
            .await
    }

    async fn change_keys(
        &self,
        actor: &Actor,
        operation: Operation,
        idempotency: Option<Idempotency>,
        (what, product_id): (What, Option<ProductId>),
    ) -> Result<Changed<SigningKeyId>, AppError> {
        let root = self.open_root(actor, operation).await?;
        let (role, now) = (KeyRole::Issuer, self.now());
        let (fresh, _) = self.vault.generate(role, product_id, now, &*self.random);
        let act = ChangeKeys { what, fresh, root };
        self.act(actor, operation, idempotency, act).await
    }

    /// The root's private half, for one signature. Nobody without the right to what it is for comes near it.
    pub(crate) async fn open_root(
        &self,
        actor: &Actor,
        operation: Operation,
    ) -> Result<PrivateKey, AppError> {
        self.permit(actor, operation)?;
        let root = self.root_row().await?;
        let root = self.vault.open(&root);
        Ok(root.map_err(|error| damaged(&error.to_string()))?)
    }
}
