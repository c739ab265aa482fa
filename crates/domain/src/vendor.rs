//! The vendor: the tenant that owns products, keys and the ledger.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
use crate::text::Name;
use crate::{ActorId, Salt, Timestamp, VendorId};

/// A vendor, with its current trust bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vendor {
    /// Names it.
    pub id: VendorId,
    /// What it is called; stands in license files.
    pub name: Name,
    /// The owner: who acts in a store that is theirs alone, and the owner's account once there is one.
    pub owner_id: ActorId,
    /// Version of the trust bundle; grows by one with each change of keys.
    pub trust_version: u32,
    /// SHA-256 of the trust bundle's payload, in hex.
    pub trust_digest: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// The signed trust bundle: a DSSE envelope in JSON.
    #[serde(skip)]
    pub trust_bundle: String,
}

entity!(Vendor, VendorId, label: |vendor| vendor.name.to_string(), carry: [trust_bundle]);
