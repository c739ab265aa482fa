//! A signing key: a key pair with a role and a state. The root certifies the others in the trust bundle.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::limits::SIGNING_KEYS_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::{ProductId, Salt, SigningKeyId, Timestamp};

closed_enum! {
    /// What a key signs.
    KeyRole {
        /// The trust bundle.
        Root = "root",
        /// License files.
        Issuer = "issuer",
        /// Ledger checkpoints.
        Ledger = "ledger",
    }
}

closed_enum! {
    /// Whether a key signs and counts.
    KeyState {
        /// It signs, and what it signs counts.
        Active = "active",
        /// It signs no more; what it signed counts.
        Retired = "retired",
        /// It fell into wrong hands; what it signed from a ledger index on counts no more.
        Compromised = "compromised",
    }
}

/// A key pair. The private half is sealed and never leaves the store in the clear.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SigningKey {
    /// Names it.
    pub id: SigningKeyId,
    /// What it signs.
    pub role: KeyRole,
    /// The only product whose license files an issuer key signs; none means all.
    pub product_id: Option<ProductId>,
    /// Whether it signs and counts.
    pub state: KeyState,
    /// The public half, 32 bytes in base64.
    pub public_key: String,
    /// For a compromised key: what has this ledger index or a later one counts no more.
    pub void_from_index: Option<u64>,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// The private half, sealed.
    #[serde(skip)]
    pub sealed: Vec<u8>,
}

entity!(SigningKey, SigningKeyId, label: |key| format!("{} key", key.role.as_str()), carry: [sealed]);

/// Why a signing key refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyRefusal {
    /// No such key.
    #[error("this signing key does not exist")]
    NotFound,
    /// Root and ledger keys are made with the vendor.
    #[error("only issuer keys can be created, rotated, retired or compromised here")]
    NotIssuer,
    /// It does not sign any more.
    #[error("the signing key is {state} already", state = .state.as_str())]
    NotActive {
        /// What it is.
        state: KeyState,
    },
    /// It is the last one.
    #[error(
        "it is the last issuer key for all products: without it no license file could be exported"
    )]
    LastIssuer,
    /// There is one for this product already.
    #[error("there is an active issuer key for this already")]
    Exists,
    /// None can sign.
    #[error("no active issuer key can sign for this product")]
    NoIssuer,
    /// The confirmation is not the key's id.
    #[error("the confirmation is not the key's id")]
    NotConfirmed,
    /// There are as many as there may be.
    #[error("a vendor has at most {SIGNING_KEYS_MAX} signing keys, retired ones included")]
    TooMany,
}

impl Refusal for SigningKeyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "signing_key_not_found",
            Self::NotIssuer => "signing_key_not_issuer",
            Self::NotActive { .. } => "signing_key_not_active",
            Self::LastIssuer => "signing_key_last_issuer",
            Self::Exists => "signing_key_exists",
            Self::NoIssuer => "signing_key_no_issuer",
            Self::NotConfirmed => "signing_key_not_confirmed",
            Self::TooMany => "signing_key_limit",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::NotConfirmed => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look it up in the list of signing keys.",
            Self::LastIssuer | Self::Exists => "Rotate the key instead: a new one takes its place.",
            Self::NoIssuer => "Create an issuer key.",
            Self::NotConfirmed => "Type the key's id exactly as it is shown.",
            Self::NotIssuer | Self::NotActive { .. } | Self::TooMany => return None,
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::NotConfirmed).then_some("/confirm")
    }
}

impl SigningKey {
    /// Refuses unless it is an issuer key that still signs.
    ///
    /// # Errors
    /// [`SigningKeyRefusal::NotIssuer`], [`SigningKeyRefusal::NotActive`].
    pub fn active_issuer(&self) -> Result<(), SigningKeyRefusal> {
        if self.role != KeyRole::Issuer {
            return Err(SigningKeyRefusal::NotIssuer);
        }
        if self.state != KeyState::Active {
            return Err(SigningKeyRefusal::NotActive { state: self.state });
        }
        Ok(())
    }

    /// Ends its signing; what it signed stays valid.
    ///
    /// # Errors
    /// As [`SigningKey::active_issuer`].
    pub fn retire(&mut self) -> Result<(), SigningKeyRefusal> {
        self.active_issuer()?;
        self.state = KeyState::Retired;
        Ok(())
    }

    /// Declares that it fell into wrong hands: what has ledger index `void_from_index` or later counts no more.
    ///
    /// # Errors
    /// [`SigningKeyRefusal::NotIssuer`], [`SigningKeyRefusal::NotActive`] if it is compromised already.
    pub fn compromise(&mut self, void_from_index: u64) -> Result<(), SigningKeyRefusal> {
        if self.role != KeyRole::Issuer {
            return Err(SigningKeyRefusal::NotIssuer);
        }
        if self.state == KeyState::Compromised {
            return Err(SigningKeyRefusal::NotActive { state: self.state });
        }
        self.state = KeyState::Compromised;
        self.void_from_index = Some(void_from_index);
        Ok(())
    }
}
