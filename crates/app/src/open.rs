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
use latchkey_domain::vendor::{Vendor, VendorUrl};
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
        let ground = Ground::open(config).await?;
        let vendor = ground.first_vendor().await?;
        Self::of_vendor(&ground, vendor).await
    }

    /// An open store, seen by one of its vendors.
    pub(crate) async fn of_vendor(ground: &Ground, vendor: Vendor) -> Result<Self, OpenError> {
        let Ground {
            store,
            vault,
            clock,
            random,
            hasher,
        } = ground.clone();
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
            url: vendor.url,
            vault,
            clock,
            random,
            owner,
            hasher,
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

/// What the vendors of one open store share.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) store: Arc<Store>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// One for all: what hashing takes is a matter of the machine.
    pub(crate) hasher: Arc<Hasher>,
}

impl Ground {
    pub(crate) async fn open(config: AppConfig) -> Result<Self, OpenError> {
        let AppConfig {
            store_url,
            sealing_key,
            clock,
            random,
        } = config;
        let store = Store::open(&store_url, Arc::clone(&clock), Arc::clone(&random)).await?;
        Ok(Self::of(store, sealing_key, clock, random))
    }

    /// That of a store that is open.
    pub(crate) fn of(
        store: Store,
        sealing_key: SealingKey,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            store: Arc::new(store),
            vault: Arc::new(Vault::new(sealing_key)),
            clock,
            random,
            hasher: Arc::new(Hasher::new()),
        }
    }

    /// The store's first vendor, made where there is none.
    pub(crate) async fn first_vendor(&self) -> Result<Vendor, OpenError> {
        if let Some(vendor) = self.store.vendor_all().await?.into_iter().next() {
            return Ok(vendor);
        }
        let name = Name::parse(NEW_VENDOR_NAME).map_err(|error| StoreError::Damaged {
            what: "the name of a new vendor".into(),
            reason: error.to_string(),
        })?;
        match self.found(name, None).await? {
            Some(vendor) => Ok(vendor),
            None => {
                let vendors = self.store.vendor_all().await?;
                Ok(vendors.into_iter().next().ok_or(StoreError::NoVendor)?)
            }
        }
    }

    /// Makes a vendor with its first keys. None if somebody else has made one in the meantime that stands in its way:
    /// at the same address, or any, where this one has none.
    pub(crate) async fn found(
        &self,
        name: Name,
        url: Option<VendorUrl>,
    ) -> Result<Option<Vendor>, OpenError> {
        let (now, random) = (self.clock.now(), &*self.random);
        let mut vendor = Vendor {
            id: VendorId::generate(now, random),
            name,
            owner_id: ActorId::generate(now, random),
            trust_version: 0,
            trust_digest: String::new(),
            created_at: now,
            locked_down_at: None,
            two_people_at: None,
            role_rules: Vec::new(),
            expiry_notices: None,
            letter_texts: Vec::new(),
            branding: None,
            url,
            version: 0,
            salt: Salt(latchkey_domain::random::bytes_16(random)),
            trust_bundle: String::new(),
            logo: None,
        };
        let generate = |role| self.vault.generate(role, None, now, random);
        let (root, root_private) = generate(KeyRole::Root);
        let (ledger, ledger_private) = generate(KeyRole::Ledger);
        let (issuer, _) = generate(KeyRole::Issuer);
        let keys = vec![root, ledger, issuer];
        renew_trust(&mut vendor, &keys, &root_private, now)?;
        let scope = Scope {
            vendor_id: vendor.id,
            salt: vendor.salt,
            signer: Arc::new(LedgerSigner::new(vendor.id, ledger_private)),
        };
        let context = JobContext::unasked(owner_of(&vendor), ChangeId::generate(now, random));
        let found = Found {
            vendor: vendor.clone(),
            keys,
        };
        let outcome = self.store.write(&scope, context, found).await?;
        Ok(outcome.result.is_ok().then_some(vendor))
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
    let page = PageRequest::uncounted(PAGE_ROWS_MAX, None);
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

/// Another program has made a vendor at the same moment.
struct Founded;

/// Makes the vendor with its first keys.
struct Found {
    vendor: Vendor,
    keys: Vec<SigningKey>,
}

impl Found {
    /// What must not be there.
    fn other(&self) -> Need {
        let url = self.vendor.url.clone();
        url.map_or(Need::OldestVendor, Need::VendorAt)
    }
}

impl Work for Found {
    type Answer = ();
    type Refused = Founded;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(self.other());
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Founded> {
        if !batch.found::<VendorId>(&self.other()).is_empty() {
            return Err(Founded);
        }
        batch.record(Verb::VendorCreate, self.vendor.clone());
        for key in &self.keys {
            batch.record(Verb::SigningKeyCreate, key.clone());
        }
        Ok(())
    }
}
