//! Who acts.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::entity::closed_enum;
use crate::license_key::LicenseKey;
use crate::{ActorId, CustomerId, LicenseId, ProductId, ResellerId, Timestamp, VendorId};

closed_enum! {
    /// What an actor is; the policies say what each may do.
    Role {
        /// Owns the vendor; may do everything.
        Owner = "owner",
        /// Runs the vendor's daily business; may not touch keys.
        Admin = "admin",
        /// Helps customers: seats and machines, no issuing.
        Support = "support",
        /// Sees everything, changes nothing.
        Auditor = "auditor",
        /// One of a customer's people: looks after the customer's seats, license files and colleagues.
        CustomerAdmin = "customer_admin",
        /// One of a customer's people: sees what the customer has, changes nothing.
        CustomerViewer = "customer_viewer",
        /// One of a reseller's people: issues within the quota, serves the reseller's customers, invites colleagues.
        ResellerManager = "reseller_manager",
        /// One of a reseller's people: issues within the quota, and serves the reseller's customers.
        ResellerAgent = "reseller_agent",
        /// An access token: a script or an app, which may do what the token's scopes say.
        Token = "token",
        /// Whoever has a license key, on that license alone.
        KeyHolder = "key_holder",
        /// Nobody known.
        Stranger = "stranger",
    }
}

impl Role {
    /// Whether it is one of the vendor's own people.
    #[must_use]
    pub fn is_of_vendor(self) -> bool {
        matches!(
            self,
            Self::Owner | Self::Admin | Self::Support | Self::Auditor
        )
    }

    /// Whether it is one of a customer's people.
    #[must_use]
    pub fn is_of_customer(self) -> bool {
        matches!(self, Self::CustomerAdmin | Self::CustomerViewer)
    }

    /// Whether it is one of a reseller's people.
    #[must_use]
    pub fn is_of_reseller(self) -> bool {
        matches!(self, Self::ResellerManager | Self::ResellerAgent)
    }
}

/// Who acts: a person or a program, with a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub id: ActorId,
    /// What people call them.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// What narrows that. It says nothing about who acts, and is not recorded with them.
    #[serde(skip)]
    pub reach: Reach,
    /// When they last proved in their session who they are; none for whoever has no session: programs with a token or a
    /// key, and the owner of a store that is theirs alone. It is not recorded with them either.
    #[serde(skip)]
    pub proved_at: Option<Timestamp>,
}

/// How far an actor reaches: the vendor's people as far as their role, a customer's people no further than their
/// customer, a reseller's no further than their reseller, access tokens and holders of license keys less far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whose they are: nothing of another vendor may be touched, and nothing at all where it is not known.
    pub vendor: Option<VendorId>,
    /// What an access token is for.
    pub scopes: Vec<Scope>,
    /// The only licenses that may be touched, if not all.
    pub lock: Option<Lock>,
    /// Whose person it is, if a customer's: nothing of another customer may be touched.
    pub customer: Option<CustomerId>,
    /// Whose person it is, if a reseller's: nothing of another reseller, or of the vendor alone, may be touched.
    pub reseller: Option<ResellerId>,
    /// From which network address they ask, as far as it is known; the rule of their role may ask for another.
    pub address: Option<IpAddr>,
    /// What they are themselves, if they are one of the vendor's people who looks as a customer's or a reseller's do. They
    /// change nothing then.
    pub viewing: Option<Role>,
}

closed_enum! {
    /// What an access token is for.
    Scope {
        /// Asking whether a machine may use its license.
        Validate = "validate",
        /// Activating machines.
        Activate = "activate",
        /// Giving seats back.
        Deactivate = "deactivate",
        /// Seeing everything.
        Read = "read",
        /// What the role support may do.
        Support = "support",
        /// What the role admin may do.
        Manage = "manage",
    }
}

impl Scope {
    /// Whether it is one that licensed apps need. Only these can be locked to a product or a license: each of them is
    /// about one license at a time.
    #[must_use]
    pub fn for_apps(self) -> bool {
        matches!(self, Self::Validate | Self::Activate | Self::Deactivate)
    }
}

/// The only licenses that an actor may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// Those of a product.
    Product(ProductId),
    /// One.
    License(LicenseId),
    /// The one with this key.
    Key(LicenseKey),
}

impl Reach {
    /// As far as this vendor goes, with nothing that narrows it.
    #[must_use]
    pub fn of(vendor: VendorId) -> Self {
        Self {
            vendor: Some(vendor),
            ..Self::default()
        }
    }

    /// Whether it is held to what one customer or one reseller has.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.customer.is_some() || self.reseller.is_some()
    }
}
