//! The trust bundle: what a vendor's root key says about the vendor's other keys.

use crate::dsse::{DsseError, Envelope};
use crate::json::{self, JsonError, Object};
use crate::{MAX_TIME_SECONDS, PublicKey, RootKey, Vendor, base64};

/// The DSSE payload type of a trust bundle.
pub const TRUST_PAYLOAD_TYPE: &str = "application/vnd.latchkey.trust-bundle.v1+json";

/// How many keys a trust bundle may list.
pub const MAX_TRUST_KEYS: usize = 128;

const KNOWN_MEMBERS: [&str; 5] = ["issued_at", "keys", "ledger_origin", "vendor", "version"];
const KNOWN_KEY_MEMBERS: [&str; 6] = [
    "id",
    "product_id",
    "public_key",
    "role",
    "state",
    "void_from_index",
];

/// What a key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRole {
    /// Trust bundles. Listed for information only: the root an application trusts is the one
    /// it was built with.
    Root,
    /// License files.
    Issuer,
    /// Checkpoints of the ledger.
    Ledger,
}

/// Whether a key still signs, and whether what it signed still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It signs.
    Active,
    /// It signs no more; what it signed counts.
    Retired,
    /// Somebody else may hold it; only what it signed before a ledger index counts.
    Compromised,
}

/// One key of a trust bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedKey {
    /// The vendor's name for the key, `key_...`.
    pub id: String,
    /// What it may sign.
    pub role: KeyRole,
    /// The one product whose files it may sign; any product if absent.
    pub product_id: Option<String>,
    /// The key.
    pub public_key: PublicKey,
    /// Its state.
    pub state: KeyState,
    /// The first ledger index for which it no longer counts.
    pub void_from_index: Option<u64>,
}

/// A trust bundle whose signature by the root key has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustBundle {
    /// Whose keys these are.
    pub vendor: Vendor,
    /// The origin of the vendor's ledger, as its checkpoints name it.
    pub ledger_origin: String,
    /// When the bundle was signed, in seconds since 1970.
    pub issued_at: i64,
    /// The keys.
    pub keys: Vec<TrustedKey>,
}

impl TrustBundle {
    /// Checks the signature of the root key, then reads the bundle.
    pub fn verify(envelope: &Envelope, root: &RootKey) -> Result<Self, DsseError> {
        let root = std::slice::from_ref(root.public_key());
        let (payload, _) =
            envelope.verify(TRUST_PAYLOAD_TYPE, root, std::num::NonZeroUsize::MIN)?;
        Ok(Self::parse(payload)?)
    }

    fn parse(payload: &[u8]) -> Result<Self, JsonError> {
        let object = json::parse_object(payload)?;
        object.check_critical(&KNOWN_MEMBERS)?;
        if object.natural("version", i64::MAX)? != 1 {
            return Err(JsonError::Invalid("version"));
        }
        let list = object.list("keys")?;
        if list.len() > MAX_TRUST_KEYS {
            return Err(JsonError::Invalid("keys"));
        }
        let keys = list
            .iter()
            .map(|key| TrustedKey::parse(key.as_object().ok_or(JsonError::Invalid("keys"))?));
        Ok(Self {
            vendor: Vendor::parse(object.object("vendor")?)?,
            ledger_origin: object.filled_text("ledger_origin")?.to_owned(),
            issued_at: object.natural("issued_at", MAX_TIME_SECONDS)?,
            keys: keys.collect::<Result<_, _>>()?,
        })
    }

    /// The keys of one role, in the order of the bundle.
    pub fn keys_of(&self, role: KeyRole) -> impl Iterator<Item = &TrustedKey> {
        self.keys.iter().filter(move |key| key.role == role)
    }
}

impl TrustedKey {
    fn parse(object: &Object<'_>) -> Result<Self, JsonError> {
        object.check_critical(&KNOWN_KEY_MEMBERS)?;
        let public_key = base64::decode_array(object.text("public_key")?)
            .ok_or(JsonError::Invalid("public_key"))?;
        let void_from_index = object.optional_natural("void_from_index", i64::MAX)?;
        Ok(Self {
            id: object.filled_text("id")?.to_owned(),
            role: match object.text("role")? {
                "root" => KeyRole::Root,
                "issuer" => KeyRole::Issuer,
                "ledger" => KeyRole::Ledger,
                _ => return Err(JsonError::Invalid("role")),
            },
            product_id: object.optional_text("product_id")?.map(str::to_owned),
            public_key: PublicKey::from_bytes(public_key),
            state: match object.text("state")? {
                "active" => KeyState::Active,
                "retired" => KeyState::Retired,
                "compromised" => KeyState::Compromised,
                _ => return Err(JsonError::Invalid("state")),
            },
            void_from_index: void_from_index.map(i64::unsigned_abs),
        })
    }

    /// Whether it may sign what is about this product: it is for any, or for this one.
    pub fn signs_for(&self, product_id: &str) -> bool {
        self.product_id
            .as_deref()
            .is_none_or(|only| only == product_id)
    }

    /// The first ledger index for which the key does not count; nothing if it counts for all.
    /// A compromised key without such an index counts for none.
    pub fn void_from(&self) -> Option<u64> {
        match self.state {
            KeyState::Compromised => Some(self.void_from_index.unwrap_or(0)),
            KeyState::Active | KeyState::Retired => self.void_from_index,
        }
    }
}
