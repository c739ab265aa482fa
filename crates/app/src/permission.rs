//! Who may do what: asked at the beginning of every use case, and decided by the policies in `policy/`.

mod fresh;
mod joint;
mod judge;
mod operation;
mod reach;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use latchkey_domain::VendorId;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Permission;
use latchkey_domain::refusal::{Refusal, RefusalKind};

use judge::{Question, Verdict, judge};
pub use operation::Operation;
pub use reach::{About, LicenseFacts, OutOfReach, within_reach};
pub(crate) use reach::{knows_of, narrowed, within_reach_in};

/// An actor may not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PermissionRefusal {
    /// Nobody known.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// Known, and not allowed.
    #[error("the role “{}” may not do this", .role.as_str())]
    NotPermitted {
        /// The actor's role.
        role: Role,
    },
    /// An access token without the scope for it.
    #[error("the access token has no scope for this")]
    NoScope,
    /// Somebody who has no more than a license key.
    #[error("a license key alone does not allow this")]
    KeyAlone,
    /// Locked to another product or license.
    #[error("this license is not one that the access token or license key is for")]
    Locked,
    /// The vendor is locked down, and the actor is no owner.
    #[error("the vendor is locked down: nobody but its owners may change anything")]
    LockedDown,
    /// It takes two people, and nobody else has approved it.
    #[error("this takes two people")]
    TakesTwo,
    /// It is outside of the office hours of the actor's role.
    #[error("it is outside of your role's office hours")]
    OutsideHours,
    /// They look as somebody else's people do.
    #[error("you look as somebody else does: nothing can be changed")]
    Viewing,
    /// The actor is in no network that their role may act from.
    #[error("your role may not act from the network that you are in")]
    OutsideNetwork,
}

impl Refusal for PermissionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::NotPermitted { .. } | Self::NoScope | Self::KeyAlone => "not_permitted",
            Self::Locked => "credential_locked",
            Self::LockedDown => "vendor_locked_down",
            Self::TakesTwo => "takes_two_people",
            Self::OutsideHours => "outside_office_hours",
            Self::Viewing => "viewing_only",
            Self::OutsideNetwork => "outside_own_network",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Forbidden
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NotSignedIn => Some("Sign in first.".into()),
            Self::NotPermitted { role } if role.is_of_customer() => {
                Some("Ask an administrator of your organization, or the vendor.".into())
            }
            Self::NotPermitted { role } if role.is_of_reseller() => {
                Some("Ask a manager of your organization, or the vendor.".into())
            }
            Self::NotPermitted { .. } => {
                Some("Ask the vendor's owner to do it or to give you a role that may.".into())
            }
            Self::NoScope => Some("Use an access token that has the scope.".into()),
            Self::KeyAlone => Some("Use an access token, or sign in.".into()),
            Self::Locked => Some("Use the access token or the key of that license.".into()),
            Self::LockedDown => Some("Wait until an owner has lifted the lockdown.".into()),
            Self::OutsideHours => {
                Some("Come back within them, or ask an owner to change them.".into())
            }
            Self::Viewing => Some("Look as yourself again.".into()),
            Self::OutsideNetwork => Some(
                "Come back from one of your own networks, or ask an owner to add this one.".into(),
            ),
            Self::TakesTwo => Some(
                "Ask for an approval: another person has a quarter of an hour to give it.".into(),
            ),
        }
    }
}

/// The conditions that keep a lock; see `policy/conditions.cedar`.
const LOCKS: [&str; 3] = ["lock_to_product", "lock_to_license", "lock_to_key"];

/// The conditions that depend on the circumstances, with what they tell somebody who may do it under others.
const CIRCUMSTANTIAL: [(&str, PermissionRefusal); 5] = [
    ("viewing_as", PermissionRefusal::Viewing),
    ("office_hours", PermissionRefusal::OutsideHours),
    ("own_network", PermissionRefusal::OutsideNetwork),
    ("lockdown", PermissionRefusal::LockedDown),
    ("two_people", PermissionRefusal::TakesTwo),
];

/// What else a decision depends on, apart from who asks and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Circumstances {
    /// Whether an owner has locked the vendor down.
    pub(crate) locked_down: bool,
    /// Whether it takes two people.
    pub(crate) takes_two: bool,
    /// Whether another person has approved it.
    pub(crate) approved: bool,
    /// Whether it is within the office hours of the actor's role, if it has any.
    pub(crate) within_hours: bool,
    /// Whether the actor is in a network that their role may act from.
    pub(crate) within_network: bool,
    /// Whether the actor is one of the vendor's people who looks as a customer's or a reseller's do.
    pub(crate) viewing: bool,
}

impl Default for Circumstances {
    fn default() -> Self {
        Self {
            locked_down: false,
            takes_two: false,
            approved: false,
            within_hours: true,
            within_network: true,
            viewing: false,
        }
    }
}

impl PermissionRefusal {
    /// How somebody is told no; `against` are the conditions that do not hold.
    fn of(actor: &Actor, against: &[String]) -> Self {
        if against.iter().any(|id| LOCKS.contains(&id.as_str())) {
            return Self::Locked;
        }
        match actor.role {
            Role::Stranger => Self::NotSignedIn,
            Role::Token => Self::NoScope,
            Role::KeyHolder => Self::KeyAlone,
            role => Self::NotPermitted { role },
        }
    }
}

impl Operation {
    /// Refuses unless the actor may do it, to their own vendor while it is not locked down.
    ///
    /// # Errors
    /// [`PermissionRefusal`].
    pub fn permit(self, actor: &Actor) -> Result<(), PermissionRefusal> {
        match actor.reach.vendor {
            Some(vendor) => self
                .permit_to(actor, vendor, Circumstances::default())
                .map(drop),
            None => Err(PermissionRefusal::of(actor, &[])),
        }
    }

    /// Refuses unless the actor may do it to this vendor; answers with why they may.
    ///
    /// # Errors
    /// [`PermissionRefusal`].
    pub(crate) fn permit_to(
        self,
        actor: &Actor,
        vendor: VendorId,
        circumstances: Circumstances,
    ) -> Result<Arc<Permission>, PermissionRefusal> {
        let circumstances = Circumstances {
            viewing: actor.reach.viewing.is_some(),
            ..circumstances
        };
        let verdict = judge(Question {
            actor,
            operation: self,
            vendor,
            about: None,
            circumstances,
        });
        match verdict {
            Verdict::Yes(permission) => Ok(permission),
            Verdict::No(against) => {
                let known = |(id, _): &&(&str, _)| against.iter().any(|against| against == id);
                match CIRCUMSTANTIAL.iter().find(known) {
                    Some((_, refusal)) => {
                        // Whoever may not do it under other circumstances either is told that.
                        let mut actor = actor.clone();
                        actor.reach.viewing = None;
                        self.permit_to(&actor, vendor, Circumstances::default())?;
                        Err(refusal.clone())
                    }
                    None => Err(PermissionRefusal::of(actor, &against)),
                }
            }
        }
    }

    /// Everything that this actor may do while the vendor is not locked down; some of it perhaps only to the licenses within their
    /// [reach](latchkey_domain::actor::Reach).
    pub fn permitted(actor: &Actor) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |operation| operation.permit(actor).is_ok())
    }
}
