//! Opens a store with its keys; the first time, makes the vendor, its owner and its keys.

use std::sync::Arc;

use latchkey_domain::actor::{Actor, Reach, Role};
use latchkey_domain::checkpoint::ledger_origin;
use latchkey_domain::ledger::{Verb, hex};
use latchkey_domain::license_file::{TrustBundlePayload, TrustKeyPart, VendorPart, Version1};
use latchkey_domain::limits::PAGE_ROWS_MAX;
use latchkey_domain::passkey::PasskeysMissing;
use latchkey_domain::refusal::Refusal;
use latchkey_domain::signing_key::{KeyRole, SigningKey};
use latchkey_domain::text::Name;
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{ActorId, ChangeId, Clock, Random, Salt, Timestamp, VendorId};
use latchkey_keys::SealingKey;
use latchkey_store::filter::PageRequest;
use latchkey_store::{Batch, JobContext, Need, Needs, Scope, Store, StoreError, StoreUrl, Work};
use sha2::{Digest, Sha256};

use crate::App;
use crate::access_token::Remembered;
use crate::password::Hasher;
use crate::tries::Tries;
use crate::user::People;
use crate::validation::{Log, Pen, Signers};
use crate::vault::{LedgerSigner, Vault};
use crate::vendor::Believed;

/// What is needed to open a store.
pub struct AppConfig {
    /// Where the store is.
    pub store_url: StoreUrl,
    /// What seals its private keys.
    pub sealing_key: SealingKey,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where ids, keys and salts come from.
    pub random: Arc<dyn Random>,
}

/// What a new vendor is called until it is given a name.
const NEW_VENDOR_NAME: &str = "My company";

/// Why a store was not opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenError {
    /// The store itself.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The sealing key is another store's.
    #[error("the sealing key does not open the keys of this store")]
    SealingKey,
    /// The store has a vendor and no ledger or root key: it was not made by this program, or was damaged.
    #[error("the store has no {role} key")]
    KeyMissing {
        /// Which.
        role: &'static str,
    },
    /// A document could not be signed.
    #[error("the trust bundle could not be signed: {reason}")]
    Trust {
        /// Why.
        reason: String,
    },
}

impl OpenError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::SealingKey => "sealing_key_wrong",
            Self::KeyMissing { .. } => "signing_key_missing",
            Self::Trust { .. } => "trust_bundle_unsigned",
        }
    }

    /// What would help.
    #[must_use]
    pub fn fix(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.fix(),
            Self::SealingKey => {
                Some("Open it with the keychain or passphrase it was made with.".into())
            }
            Self::KeyMissing { .. } => {
                Some("Restore the newest backup with `latchkey restore`.".into())
            }
            Self::Trust { .. } => None,
        }
    }
}

impl App {
    /// Opens a store, creating it where there is none.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(config: AppConfig) -> Result<Self, OpenError> {
        let AppConfig {
            store_url,
            sealing_key,
            clock,
            random,
        } = config;
        let store = Store::open(&store_url, Arc::clone(&clock), Arc::clone(&random)).await?;
        let vault = Vault::new(sealing_key);
        let vendor = match store.vendor_all().await?.into_iter().next() {
            Some(vendor) => vendor,
            None => create_vendor(&store, &vault, clock.now(), &random).await?,
        };
        Self::of_vendor(store, vendor, vault, clock, random).await
    }

    /// An open store, seen by one of its vendors.
    pub(crate) async fn of_vendor(
        store: Store,
        vendor: Vendor,
        vault: Vault,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, OpenError> {
        let ledger_key = find_key(&store, vendor.id, KeyRole::Ledger).await?;
        let private = vault.open(&ledger_key).map_err(|_| OpenError::SealingKey)?;
        let signer = Arc::new(LedgerSigner::new(vendor.id, private));
        let scope = Scope {
            vendor_id: vendor.id,
            salt: vendor.salt,
            signer,
        };
        let owner = owner_of(&vendor);
        let believed = Believed::of(&vendor, clock.now());
        let store = Arc::new(store);
        let log = Log::begin(Pen {
            store: Arc::clone(&store),
            scope: scope.clone(),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            actor: owner.clone(),
        });
        Ok(Self {
            store,
            scope,
            vault,
            clock,
            random,
            owner,
            hasher: Hasher::new(),
            tries: Tries::default(),
            resets: Tries::default(),
            mail: None,
            sign_in_service: None,
            passkeys: Err(PasskeysMissing::NoAddress),
            people: People::default(),
            access_tokens: Remembered::default(),
            signers: Signers::default(),
            log,
            believed,
            webhooks: None,
        })
    }
}

fn owner_of(vendor: &Vendor) -> Actor {
    Actor {
        id: vendor.owner_id,
        name: "Owner".into(),
        role: Role::Owner,
        reach: Reach::of(vendor.id),
        proved_at: None,
    }
}

/// The newest key of a vendor with this role.
pub(crate) async fn find_key(
    store: &Store,
    vendor_id: VendorId,
    role: KeyRole,
) -> Result<SigningKey, OpenError> {
    let page = PageRequest {
        limit: PAGE_ROWS_MAX,
        after: None,
    };
    let keys = store.signing_key_list(vendor_id, page).await?;
    let key = keys.rows.into_iter().find(|key| key.role == role);
    key.ok_or(OpenError::KeyMissing {
        role: role.as_str(),
    })
}

/// Signs a trust bundle of these keys into the vendor's row.
pub(crate) fn renew_trust(
    vendor: &mut Vendor,
    keys: &[SigningKey],
    root: &ed25519_dalek::SigningKey,
    now: Timestamp,
) -> Result<(), OpenError> {
    let bundle = TrustBundlePayload {
        critical: Vec::new(),
        issued_at: now.seconds(),
        keys: keys.iter().map(TrustKeyPart::of).collect(),
        ledger_origin: ledger_origin(vendor.id),
        vendor: VendorPart {
            id: vendor.id.to_string(),
            name: vendor.name.to_string(),
        },
        version: Version1,
    };
    let envelope = bundle.sign(root).map_err(|error| OpenError::Trust {
        reason: error.to_string(),
    })?;
    vendor.trust_bundle = envelope.to_json();
    vendor.trust_version += 1;
    vendor.trust_digest = hex(&Sha256::digest(vendor.trust_bundle.as_bytes()));
    Ok(())
}

async fn create_vendor(
    store: &Store,
    vault: &Vault,
    now: Timestamp,
    random: &Arc<dyn Random>,
) -> Result<Vendor, OpenError> {
    let name = Name::parse(NEW_VENDOR_NAME).map_err(|error| StoreError::Damaged {
        what: "the name of a new vendor".into(),
        reason: error.to_string(),
    })?;
    let mut vendor = Vendor {
        id: VendorId::generate(now, &**random),
        name,
        owner_id: ActorId::generate(now, &**random),
        trust_version: 0,
        trust_digest: String::new(),
        created_at: now,
        locked_down_at: None,
        two_people_at: None,
        role_rules: Vec::new(),
        expiry_notices: None,
        version: 0,
        salt: Salt(latchkey_domain::random::bytes_16(&**random)),
        trust_bundle: String::new(),
    };
    let (root, root_private) = vault.generate(KeyRole::Root, None, now, &**random);
    let (ledger, ledger_private) = vault.generate(KeyRole::Ledger, None, now, &**random);
    let (issuer, _) = vault.generate(KeyRole::Issuer, None, now, &**random);
    let keys = vec![root, ledger, issuer];
    renew_trust(&mut vendor, &keys, &root_private, now)?;
    let signer = Arc::new(LedgerSigner::new(vendor.id, ledger_private));
    let scope = Scope {
        vendor_id: vendor.id,
        salt: vendor.salt,
        signer,
    };
    let context = JobContext {
        actor: owner_of(&vendor),
        permission: None,
        change: ChangeId::generate(now, &**random),
        undoes: None,
        idempotency: None,
    };
    let outcome = store
        .write(
            &scope,
            context,
            CreateVendor {
                vendor: vendor.clone(),
                keys,
            },
        )
        .await?;
    match outcome.result {
        Ok(()) => Ok(vendor),
        Err(Founded) => {
            let vendors = store.vendor_all().await?;
            Ok(vendors.into_iter().next().ok_or(StoreError::NoVendor)?)
        }
    }
}

/// Another program has made the vendor at the same moment.
struct Founded;

/// Makes the vendor with its first keys.
struct CreateVendor {
    vendor: Vendor,
    keys: Vec<SigningKey>,
}

impl Work for CreateVendor {
    type Answer = ();
    type Refused = Founded;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::OldestVendor);
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Founded> {
        if !batch.found::<VendorId>(&Need::OldestVendor).is_empty() {
            return Err(Founded);
        }
        batch.record(Verb::VendorCreate, self.vendor.clone());
        for key in &self.keys {
            batch.record(Verb::SigningKeyCreate, key.clone());
        }
        Ok(())
    }
}
