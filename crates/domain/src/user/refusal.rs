//! Why a user refuses.

use crate::limits::{CUSTOMER_USERS_MAX, RESELLER_USERS_MAX, USERS_MAX};
use crate::refusal::{Refusal, RefusalKind};

/// Why a user refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserRefusal {
    /// No such user.
    #[error("this user does not exist")]
    NotFound,
    /// The e-mail address is taken.
    #[error("another user signs in with “{email}”")]
    EmailTaken {
        /// The address.
        email: String,
    },
    /// They are deactivated.
    #[error("“{name}” is deactivated")]
    Deactivated {
        /// Their name.
        name: String,
    },
    /// They are not deactivated.
    #[error("“{name}” is not deactivated")]
    NotDeactivated {
        /// Their name.
        name: String,
    },
    /// Nobody would be left to own the vendor.
    #[error("“{name}” is the only owner who can sign in")]
    LastOwner {
        /// Their name.
        name: String,
    },
    /// Nobody would be left to approve what the other owner asks for.
    #[error("“{name}” is one of the two owners without whom nothing could be approved")]
    OneOfTwoOwners {
        /// Their name.
        name: String,
    },
    /// Nobody is invited to be nobody.
    #[error("this is not a role that such a person can have")]
    NoRole,
    /// They are not linked to the sign-in service.
    #[error("“{name}” is not linked to the sign-in service")]
    NotLinked {
        /// Their name.
        name: String,
    },
    /// They have no other way in.
    #[error("the sign-in service is your only way in")]
    OnlyWayIn,
    /// There are as many as there may be.
    #[error("a vendor has at most {USERS_MAX} users of its own, deactivated ones included")]
    TooMany,
    /// A customer has as many as it may have.
    #[error("a customer has at most {CUSTOMER_USERS_MAX} users, deactivated ones included")]
    TooManyOfCustomer,
    /// A reseller has as many as it may have.
    #[error("a reseller has at most {RESELLER_USERS_MAX} users, deactivated ones included")]
    TooManyOfReseller,
}

impl Refusal for UserRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "user_not_found",
            Self::EmailTaken { .. } => "user_email_taken",
            Self::Deactivated { .. } => "user_deactivated",
            Self::NotDeactivated { .. } => "user_not_deactivated",
            Self::LastOwner { .. } => "user_last_owner",
            Self::OneOfTwoOwners { .. } => "user_one_of_two_owners",
            Self::NoRole => "user_no_role",
            Self::NotLinked { .. } => "user_not_linked",
            Self::OnlyWayIn => "user_only_way_in",
            Self::TooMany | Self::TooManyOfCustomer | Self::TooManyOfReseller => "user_limit",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::NoRole => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look them up in the list of users.",
            Self::EmailTaken { .. } => "Use that user, or another address.",
            Self::Deactivated { .. } => "Reactivate the user first.",
            Self::LastOwner { .. } => "Make somebody else an owner first.",
            Self::OneOfTwoOwners { .. } => {
                "Make somebody else an owner first, or have it approved that one person acts alone."
            }
            Self::NoRole => {
                "Choose owner, admin, support or auditor, for a customer's people customer_admin or customer_viewer, for a reseller's reseller_manager or reseller_agent."
            }
            Self::TooMany | Self::TooManyOfCustomer | Self::TooManyOfReseller => {
                "Reactivate somebody who was deactivated."
            }
            Self::OnlyWayIn => "Choose a password first, by a link for who has lost it.",
            Self::NotDeactivated { .. } | Self::NotLinked { .. } => return None,
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::EmailTaken { .. } => Some("/email"),
            Self::NoRole => Some("/role"),
            _ => None,
        }
    }
}
