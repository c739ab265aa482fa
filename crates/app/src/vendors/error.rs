//! Why vendors are not found, or none is added.

use latchkey_domain::VendorId;
use latchkey_domain::limits::VENDORS_MAX;
use latchkey_domain::refusal::Refusal as _;
use latchkey_domain::text::Name;
use latchkey_domain::vendor::VendorUrl;

use crate::{AppError, OpenError};

/// Why vendors are not found, or none is added.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VendorsError {
    /// The store was not opened, or one of its vendors.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Something was refused, or the store failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// Two vendors cannot be told apart by one address.
    #[error("a vendor is reached at {url} already")]
    UrlTaken {
        /// It.
        url: VendorUrl,
    },
    /// A vendor without an address is reached at every one.
    #[error(
        "“{name}” ({id}) has no address of its own, and a second vendor could not be told from it"
    )]
    UrlMissing {
        /// What it is called.
        name: Name,
        /// It.
        id: VendorId,
    },
    /// A store has so many vendors at most.
    #[error("a store has {VENDORS_MAX} vendors at most")]
    TooMany,
    /// It was not said which vendor is meant.
    #[error("the store has several vendors, and it was not said which is meant")]
    Unclear,
    /// No vendor is reached there.
    #[error("no vendor of this store is reached at {url}")]
    NotHere {
        /// It.
        url: VendorUrl,
    },
    /// There is no such vendor.
    #[error("the store has no vendor {id}")]
    NotFound {
        /// It.
        id: VendorId,
    },
}

impl VendorsError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Open(error) => error.code(),
            Self::App(error) => error.code(),
            Self::UrlTaken { .. } => "vendor_url_taken",
            Self::UrlMissing { .. } => "vendor_url_missing",
            Self::TooMany => "vendors_too_many",
            Self::Unclear => "vendor_unclear",
            Self::NotHere { .. } | Self::NotFound { .. } => "vendor_unknown",
        }
    }

    /// What would help.
    #[must_use]
    pub fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::Open(error) => return error.fix(),
            Self::App(AppError::Refused(refused)) => return refused.fix.clone(),
            Self::App(AppError::Store(error)) => return error.fix(),
            Self::UrlTaken { .. } => "Take another name for the new one.",
            Self::UrlMissing { id, .. } => {
                return Some(format!(
                    "Say where it is reached: latchkey vendor relocate {id} --url https://…"
                ));
            }
            Self::TooMany => "Put further vendors into a store of their own.",
            Self::Unclear | Self::NotHere { .. } | Self::NotFound { .. } => {
                "See `latchkey vendor list` for those there are and their addresses."
            }
        };
        Some(fix.to_owned())
    }
}
