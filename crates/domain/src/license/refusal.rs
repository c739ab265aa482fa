//! Why a license refuses.

use super::SUSPENSION_REASON_CHARS_MAX;
use crate::Timestamp;
use crate::limits::SEATS_MAX;
use crate::refusal::{Refusal, RefusalKind};

/// Why a license refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LicenseRefusal {
    /// No such license.
    #[error("this license does not exist")]
    NotFound,
    /// It is suspended.
    #[error("the license is suspended")]
    Suspended,
    /// It is not suspended.
    #[error("the license is not suspended")]
    NotSuspended,
    /// Its time is over.
    #[error("the license expired on {}", .at.to_chrono().format("%Y-%m-%d"))]
    Expired {
        /// When.
        at: Timestamp,
    },
    /// It is revoked.
    #[error("the license was revoked; that cannot be taken back")]
    Revoked,
    /// It never ends.
    #[error("the license is perpetual: there is nothing to renew")]
    Perpetual,
    /// The new end is not later than the present one.
    #[error("the new end must be later than the present one")]
    NotLater,
    /// The end lies in the past.
    #[error("the end of the license must lie in the future")]
    EndPassed,
    /// Seats out of bounds.
    #[error("{seats} seats: it must be between 1 and {SEATS_MAX}")]
    Seats {
        /// What was given.
        seats: u32,
    },
    /// Too long a reason.
    #[error("the reason is longer than {SUSPENSION_REASON_CHARS_MAX} characters")]
    ReasonLength,
    /// The confirmation is not the license key.
    #[error("the confirmation is not the license's key")]
    NotConfirmed,
    /// It has that customer already.
    #[error("the license belongs to this customer already")]
    SameCustomer,
    /// Machines are still active.
    #[error("{seats_used} machines are still active on it")]
    InUse {
        /// How many.
        seats_used: u32,
    },
}

impl Refusal for LicenseRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "license_not_found",
            Self::Suspended => "license_suspended",
            Self::NotSuspended => "license_not_suspended",
            Self::Expired { .. } => "license_expired",
            Self::Revoked => "license_revoked",
            Self::Perpetual => "license_perpetual",
            Self::NotLater => "license_end_not_later",
            Self::EndPassed => "license_end_passed",
            Self::Seats { .. } => "license_seats_out_of_bounds",
            Self::ReasonLength => "license_reason_too_long",
            Self::NotConfirmed => "license_not_confirmed",
            Self::SameCustomer => "license_same_customer",
            Self::InUse { .. } => "license_in_use",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::NotLater
            | Self::EndPassed
            | Self::Seats { .. }
            | Self::ReasonLength
            | Self::NotConfirmed => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Check the license key; it may belong to another vendor.",
            Self::Suspended => "Reinstate the license first.",
            Self::Expired { .. } => "Renew the license.",
            Self::Revoked => "Issue a new license.",
            Self::NotLater | Self::EndPassed => "Choose a later end.",
            Self::Seats { .. } => "Give a number of seats within the bounds.",
            Self::ReasonLength => "Shorten the reason.",
            Self::NotConfirmed => "Type the license key exactly as it is shown.",
            Self::InUse { .. } => "Deactivate the machines first.",
            Self::NotSuspended | Self::Perpetual | Self::SameCustomer => return None,
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::NotLater | Self::EndPassed => Some("/expires_at"),
            Self::Seats { .. } => Some("/seats_max"),
            Self::ReasonLength => Some("/reason"),
            Self::NotConfirmed => Some("/confirm"),
            _ => None,
        }
    }
}
