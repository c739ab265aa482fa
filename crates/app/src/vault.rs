//! The private halves of signing keys: sealed at rest, opened only where they sign.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey as PrivateKey;
use latchkey_domain::checkpoint::{self, ledger_origin};
use latchkey_domain::signing_key::{KeyRole, KeyState, SigningKey};
use latchkey_domain::totp::Secret;
use latchkey_domain::webhook::WebhookSecret;
use latchkey_domain::{
    ActorId, ProductId, Random, Salt, SigningKeyId, Timestamp, VendorId, WebhookId,
};
use latchkey_keys::SealingKey;
use latchkey_store::{SignCheckpoint, StoreError};
use latchkey_verify::checkpoint::Checkpoint;
use zeroize::Zeroizing;

/// Opens and seals private keys with the store's sealing key.
pub(crate) struct Vault {
    sealing_key: SealingKey,
}

/// The sealing key does not open a private key of this store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealing key does not open the keys of this store")]
pub(crate) struct WrongSealingKey;

impl Vault {
    pub(crate) fn new(sealing_key: SealingKey) -> Self {
        Self { sealing_key }
    }

    /// Makes a key pair; the private half leaves here only sealed, and as the answer's second part.
    pub(crate) fn generate(
        &self,
        role: KeyRole,
        product_id: Option<ProductId>,
        now: Timestamp,
        random: &dyn Random,
    ) -> (SigningKey, PrivateKey) {
        let mut seed = Zeroizing::new([0_u8; 32]);
        random.fill(seed.as_mut_slice());
        let private = PrivateKey::from_bytes(&seed);
        let id = SigningKeyId::generate(now, random);
        let mut fill = |bytes: &mut [u8]| random.fill(bytes);
        let sealed = latchkey_keys::seal(
            &self.sealing_key,
            id.to_string().as_bytes(),
            seed.as_slice(),
            &mut fill,
        );
        let key = SigningKey {
            id,
            role,
            product_id,
            state: KeyState::Active,
            public_key: STANDARD.encode(private.verifying_key().as_bytes()),
            void_from_index: None,
            created_at: now,
            version: 0,
            salt: Salt(latchkey_domain::random::bytes_16(random)),
            sealed,
        };
        (key, private)
    }

    /// Opens a private key.
    pub(crate) fn open(&self, key: &SigningKey) -> Result<PrivateKey, WrongSealingKey> {
        let seed = latchkey_keys::open(
            &self.sealing_key,
            key.id.to_string().as_bytes(),
            &key.sealed,
        )
        .map_err(|_| WrongSealingKey)?;
        let seed: Zeroizing<[u8; 32]> =
            Zeroizing::new(seed.as_slice().try_into().map_err(|_| WrongSealingKey)?);
        let private = PrivateKey::from_bytes(&seed);
        // A row that was altered would sign with a key that nobody trusts.
        if STANDARD.encode(private.verifying_key().as_bytes()) == key.public_key {
            Ok(private)
        } else {
            Err(WrongSealingKey)
        }
    }

    /// Seals the secret of a user's second factor.
    pub(crate) fn seal_secret(
        &self,
        user_id: ActorId,
        secret: &Secret,
        random: &dyn Random,
    ) -> Vec<u8> {
        let mut fill = |bytes: &mut [u8]| random.fill(bytes);
        let whose = factor_of(user_id);
        latchkey_keys::seal(&self.sealing_key, &whose, secret.expose(), &mut fill)
    }

    /// Opens the secret of a user's second factor.
    pub(crate) fn open_secret(
        &self,
        user_id: ActorId,
        sealed: &[u8],
    ) -> Result<Secret, StoreError> {
        let opened = latchkey_keys::open(&self.sealing_key, &factor_of(user_id), sealed);
        let secret = opened.ok().and_then(|bytes| Secret::from_bytes(&bytes));
        secret.ok_or_else(|| StoreError::Damaged {
            what: "the table account".into(),
            reason: "the sealing key does not open a second factor".into(),
        })
    }
}

/// The secrets of webhooks: each is bound to the webhook that it is of.
impl Vault {
    /// Seals the secret of a webhook.
    pub(crate) fn seal_webhook(
        &self,
        id: WebhookId,
        secret: &WebhookSecret,
        random: &dyn Random,
    ) -> Vec<u8> {
        let mut fill = |bytes: &mut [u8]| random.fill(bytes);
        let whose = format!("{id}/webhook-secret");
        latchkey_keys::seal(
            &self.sealing_key,
            whose.as_bytes(),
            secret.expose(),
            &mut fill,
        )
    }

    /// Opens the secret of a webhook.
    pub(crate) fn open_webhook(
        &self,
        id: WebhookId,
        sealed: &[u8],
    ) -> Result<WebhookSecret, StoreError> {
        let whose = format!("{id}/webhook-secret");
        let opened = latchkey_keys::open(&self.sealing_key, whose.as_bytes(), sealed);
        let secret = opened
            .ok()
            .and_then(|bytes| WebhookSecret::from_bytes(&bytes));
        secret.ok_or_else(|| StoreError::Damaged {
            what: "the table webhook".into(),
            reason: "the sealing key does not open a webhook's secret".into(),
        })
    }
}

/// What the server seals to have it back later: it is bound to what it is for.
impl Vault {
    /// Seals something that somebody else keeps meanwhile.
    pub(crate) fn seal_for(&self, purpose: &str, plain: &[u8], random: &dyn Random) -> String {
        let mut fill = |bytes: &mut [u8]| random.fill(bytes);
        let sealed = latchkey_keys::seal(&self.sealing_key, purpose.as_bytes(), plain, &mut fill);
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// Opens what was sealed so; none if it was not, or not for this.
    pub(crate) fn open_for(&self, purpose: &str, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        latchkey_keys::open(&self.sealing_key, purpose.as_bytes(), &sealed).ok()
    }
}

/// What a sealed second factor is bound to.
fn factor_of(user_id: ActorId) -> Vec<u8> {
    format!("{user_id}/second-factor").into_bytes()
}

/// Signs the heads of one vendor's ledger.
pub(crate) struct LedgerSigner {
    origin: String,
    key: PrivateKey,
}

impl LedgerSigner {
    pub(crate) fn new(vendor_id: VendorId, key: PrivateKey) -> Self {
        Self {
            origin: ledger_origin(vendor_id),
            key,
        }
    }
}

impl SignCheckpoint for LedgerSigner {
    fn sign(&self, size: u64, root: &[u8; 32]) -> Result<String, StoreError> {
        let head = Checkpoint {
            origin: self.origin.clone(),
            size,
            root: *root,
        };
        checkpoint::sign(&head, &self.key).map_err(|error| StoreError::Damaged {
            what: "the ledger's key".into(),
            reason: error.to_string(),
        })
    }
}
