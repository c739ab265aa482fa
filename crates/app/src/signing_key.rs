//! Signing keys: issuer keys come and go, and the root key certifies what there is in the trust bundle.
//!
//! Every change of a key signs a new trust bundle in the same change, so that the bundle in the vendor's row always
//! says what the keys' rows say. The root's private half is opened for that one signature.

mod change;

pub(crate) use change::certify;

use latchkey_domain::actor::Actor;
use latchkey_domain::limits::PAGE_ROWS_MAX;
use latchkey_domain::signing_key::{KeyRole, KeyState, SigningKey, SigningKeyRefusal};
use latchkey_domain::{ProductId, SigningKeyId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, StoreError};
use latchkey_verify::RootKey;

use crate::{App, AppError, Operation, Refused};

/// The public half of the root key, as applications and OpenSSL take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootKeyView {
    /// The key's row.
    pub key_id: SigningKeyId,
    /// As PEM.
    pub pem: String,
    /// The 32 bytes in base64.
    pub public_key: String,
}

/// Signing keys: what can be asked. Private halves are never answered, not even sealed. Errors are refusals of
/// permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Signing keys, newest first.
    pub async fn signing_key_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<SigningKey>, AppError> {
        self.permit(actor, Operation::ListSigningKeys)?;
        let vendor_id = self.scope.vendor_id;
        let mut keys = self.store.signing_key_list(vendor_id, page).await?;
        keys.rows.iter_mut().for_each(|key| key.sealed.clear());
        Ok(keys)
    }

    /// One signing key.
    pub async fn signing_key_get(
        &self,
        actor: &Actor,
        id: SigningKeyId,
    ) -> Result<SigningKey, AppError> {
        self.permit(actor, Operation::ListSigningKeys)?;
        let keys = self.signing_keys().await?;
        let mut key = keys
            .into_iter()
            .find(|key| key.id == id)
            .ok_or_else(|| AppError::from(Refused::from(SigningKeyRefusal::NotFound)))?;
        key.sealed.clear();
        Ok(key)
    }

    /// The trust bundle: a DSSE envelope in JSON, signed by the root key.
    pub async fn trust_bundle(&self, actor: &Actor) -> Result<String, AppError> {
        self.permit(actor, Operation::GetTrustBundle)?;
        let vendor = self.store.vendor_get(self.scope.vendor_id).await?;
        Ok(vendor.ok_or(StoreError::NoVendor)?.trust_bundle)
    }

    /// The public half of the root key.
    pub async fn root_key(&self, actor: &Actor) -> Result<RootKeyView, AppError> {
        self.permit(actor, Operation::GetRootKey)?;
        let key = self.root_row().await?;
        let root = root_of(&key)?;
        Ok(RootKeyView {
            key_id: key.id,
            pem: root.public_key().to_pem(),
            public_key: key.public_key,
        })
    }

    /// All signing keys with their sealed halves; there are few.
    pub(crate) async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        let page = PageRequest::uncounted(PAGE_ROWS_MAX, None);
        let keys = self.store.signing_key_list(self.scope.vendor_id, page);
        Ok(keys.await?.rows)
    }

    /// The root key's row.
    pub(crate) async fn root_row(&self) -> Result<SigningKey, StoreError> {
        let keys = self.signing_keys().await?;
        // The list is newest first; there is only ever one, made with the vendor.
        let root = keys.into_iter().rfind(|key| key.role == KeyRole::Root);
        root.ok_or_else(|| damaged("there is no root key"))
    }
}

/// The key in a root key's row, as verifying takes it.
pub(crate) fn root_of(key: &SigningKey) -> Result<RootKey, StoreError> {
    RootKey::parse(&key.public_key).map_err(|error| damaged(&error.to_string()))
}

pub(crate) fn damaged(reason: &str) -> StoreError {
    StoreError::Damaged {
        what: "the table signing_key".into(),
        reason: reason.to_owned(),
    }
}

/// The key that signs for a product: its own, or else the one for all products.
pub(crate) fn issuer_for(batch: &Batch, product_id: ProductId) -> Option<&SigningKey> {
    let signs = |product: Option<ProductId>| {
        batch.all::<SigningKey>().find(|key| {
            key.role == KeyRole::Issuer
                && key.state == KeyState::Active
                && key.product_id == product
        })
    };
    signs(Some(product_id)).or_else(|| signs(None))
}
