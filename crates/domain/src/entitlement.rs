//! An entitlement: a license's right to a feature, with an optional limit.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::refusal::{Refusal, RefusalKind};
use crate::{EntitlementId, FeatureId, LicenseId, Salt, Timestamp};

closed_enum! {
    /// Whether the right holds.
    EntitlementState {
        /// It holds.
        Granted = "granted",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

/// A license's right to a feature. There is at most one for each pair; granting again revives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entitlement {
    /// Names it.
    pub id: EntitlementId,
    /// Whose right it is.
    pub license_id: LicenseId,
    /// The right to what.
    pub feature_id: FeatureId,
    /// How much of it, in the feature's own unit; none means without limit.
    pub limit: Option<u32>,
    /// Whether it holds.
    pub state: EntitlementState,
    /// When it was first granted.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Entitlement, EntitlementId, label: |entitlement| entitlement.feature_id.to_string());

/// Why an entitlement refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntitlementRefusal {
    /// No such entitlement.
    #[error("this entitlement does not exist")]
    NotFound,
    /// The license has it already.
    #[error("the license already has the feature “{feature}” with this limit")]
    Granted {
        /// The feature's name.
        feature: String,
    },
    /// It was withdrawn before.
    #[error("the entitlement is withdrawn already")]
    Withdrawn,
    /// A limit of zero.
    #[error("a limit of 0 grants nothing")]
    LimitZero,
}

impl Refusal for EntitlementRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "entitlement_not_found",
            Self::Granted { .. } => "entitlement_granted",
            Self::Withdrawn => "entitlement_withdrawn",
            Self::LimitZero => "entitlement_limit_zero",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::LimitZero => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        matches!(self, Self::LimitZero).then(|| "Give a limit of at least 1, or none.".into())
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::LimitZero).then_some("/limit")
    }
}
