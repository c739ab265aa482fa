//! How often seats may be given back: the rule of a policy, and how much of it a license has used.

use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Timestamp;

/// A limit on returns: how often seats may be given back by the customer's people and their apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnLimit {
    /// How many returns.
    #[schema(example = 2, minimum = 1, maximum = 1000)]
    pub max: u32,
    /// In how many days.
    #[schema(example = 365, minimum = 1, maximum = 3650)]
    pub days: u32,
}

impl From<domain::return_limit::ReturnLimit> for ReturnLimit {
    fn from(limit: domain::return_limit::ReturnLimit) -> Self {
        Self {
            max: limit.max,
            days: limit.days,
        }
    }
}

impl From<ReturnLimit> for domain::return_limit::ReturnLimit {
    fn from(limit: ReturnLimit) -> Self {
        Self {
            max: limit.max,
            days: limit.days,
        }
    }
}

/// A license's limit on returns, and how much of it is used.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LicenseReturns {
    /// How many returns there may be.
    #[schema(example = 2)]
    pub max: u32,
    /// In how many days.
    #[schema(example = 365)]
    pub days: u32,
    /// How many are used.
    #[schema(example = 1)]
    pub used: u32,
    /// How many are left.
    #[schema(example = 1)]
    pub left: u32,
    /// When the next one is free again; null while none is used.
    #[schema(required)]
    pub resets_at: Option<Timestamp>,
}

impl LicenseReturns {
    /// What a license has used of its limit at a moment; none if it has no limit.
    pub(crate) fn of(license: &domain::license::License, now: domain::Timestamp) -> Option<Self> {
        let limit = license.returns?;
        let used = limit.used(&license.returned_at, now);
        Some(Self {
            max: limit.max,
            days: limit.days,
            used: used.used,
            left: used.left,
            resets_at: used.next_free_at.map(Into::into),
        })
    }
}
