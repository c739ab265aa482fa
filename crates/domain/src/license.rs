//! A license: a right given to a customer under a revision of a policy.

mod notice;
mod refusal;

pub use notice::Noticed;
pub use refusal::LicenseRefusal;

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::license_key::LicenseKey;
use crate::limits::SEATS_MAX;
use crate::policy::{Policy, PolicyRevision, PolicyRules, Term};
use crate::return_limit::ReturnLimit;
use crate::{
    CustomerId, LicenseId, PolicyId, PolicyRevisionId, ProductId, ResellerId, Salt, TemplateId,
    Timestamp,
};

closed_enum! {
    /// What a license is, as people see it. `Expired` follows from the time and is never stored.
    LicenseState {
        /// It holds.
        Active = "active",
        /// It is set aside for now.
        Suspended = "suspended",
        /// Its time is over.
        Expired = "expired",
        /// It was taken back for good.
        Revoked = "revoked",
    }
}

closed_enum! {
    /// What was decided about a license; time does not change it.
    LicenseStanding {
        /// It holds while its time lasts.
        Active = "active",
        /// It is set aside for now.
        Suspended = "suspended",
        /// It was taken back for good.
        Revoked = "revoked",
    }
}

/// A right given to a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct License {
    /// Names it.
    pub id: LicenseId,
    /// What a person types.
    pub key: LicenseKey,
    /// For which product.
    pub product_id: ProductId,
    /// Under which policy.
    pub policy_id: PolicyId,
    /// Under which revision of it.
    pub policy_revision_id: PolicyRevisionId,
    /// The number of that revision.
    pub policy_revision: u32,
    /// Which revision it takes when it is renewed, if that was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_revision_id: Option<PolicyRevisionId>,
    /// The number of that revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_revision: Option<u32>,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Which reseller issued it, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reseller_id: Option<ResellerId>,
    /// From which template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_id: Option<TemplateId>,
    /// What was decided about it.
    pub standing: LicenseStanding,
    /// Why it is suspended, if somebody said.
    pub suspended_for: Option<String>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends; none means never.
    pub expires_at: Option<Timestamp>,
    /// How many machines may be active at once.
    pub seats_max: u32,
    /// Whether the app runs only on activated machines.
    pub node_locked: bool,
    /// For how many days a license file is valid unless said otherwise.
    pub license_file_days: u32,
    /// How often its seats may be given back, if that is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<ReturnLimit>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// Active activations. A count over them, kept here for speed; the ledger check recounts it.
    #[serde(skip)]
    pub seats_used: u32,
    /// The last notice that it is about to end.
    #[serde(skip)]
    pub noticed: Option<Noticed>,
    /// When seats were given back, as far as that counts against the limit. Kept here for speed, as the seats are.
    #[serde(skip)]
    pub returned_at: Vec<Timestamp>,
}

entity!(License, LicenseId, label: |license| format!("…{}", license.key.hint()), carry: [seats_used, noticed, returned_at]);

/// What whoever issues a license may say beyond the policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IssueTerms {
    /// Seats instead of the policy's.
    pub seats_max: Option<u32>,
    /// An end instead of the policy's.
    pub expires_at: Option<Timestamp>,
}

/// Longest reason for a suspension, in characters.
pub const SUSPENSION_REASON_CHARS_MAX: usize = 500;

impl License {
    /// Makes a license under a revision. Whether policy, product and customer are in use is checked by the caller.
    ///
    /// # Errors
    /// [`LicenseRefusal::Seats`] and [`LicenseRefusal::EndPassed`] where `terms` are out of bounds.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is one thing that a license is made of"
    )]
    pub fn issue(
        id: LicenseId,
        key: LicenseKey,
        salt: Salt,
        policy: &Policy,
        revision: &PolicyRevision,
        customer_id: CustomerId,
        terms: IssueTerms,
        now: Timestamp,
    ) -> Result<Self, LicenseRefusal> {
        let seats_max = terms.seats_max.unwrap_or(revision.rules.seats_max);
        if !(1..=SEATS_MAX).contains(&seats_max) {
            return Err(LicenseRefusal::Seats { seats: seats_max });
        }
        if terms.expires_at.is_some_and(|end| end <= now) {
            return Err(LicenseRefusal::EndPassed);
        }
        Ok(Self {
            id,
            key,
            product_id: policy.product_id,
            policy_id: policy.id,
            policy_revision_id: revision.id,
            policy_revision: revision.revision,
            renewal_revision_id: None,
            renewal_revision: None,
            customer_id,
            reseller_id: None,
            template_id: None,
            standing: LicenseStanding::Active,
            suspended_for: None,
            starts_at: now,
            expires_at: terms.expires_at.or_else(|| revision.rules.term.end(now)),
            seats_max,
            node_locked: revision.rules.node_locked,
            license_file_days: revision.rules.license_file_days,
            returns: revision.rules.returns,
            issued_at: now,
            version: 0,
            salt,
            seats_used: 0,
            noticed: None,
            returned_at: Vec::new(),
        })
    }

    /// What it is at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> LicenseState {
        match self.standing {
            LicenseStanding::Revoked => LicenseState::Revoked,
            LicenseStanding::Suspended => LicenseState::Suspended,
            LicenseStanding::Active if self.expires_at.is_some_and(|end| end <= now) => {
                LicenseState::Expired
            }
            LicenseStanding::Active => LicenseState::Active,
        }
    }

    /// Refuses unless the license holds at `now`.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`], [`LicenseRefusal::Suspended`] or [`LicenseRefusal::Expired`].
    pub fn holds(&self, now: Timestamp) -> Result<(), LicenseRefusal> {
        match (self.state(now), self.expires_at) {
            (LicenseState::Active, _) => Ok(()),
            (LicenseState::Suspended, _) => Err(LicenseRefusal::Suspended),
            (LicenseState::Expired, Some(at)) => Err(LicenseRefusal::Expired { at }),
            (LicenseState::Revoked | LicenseState::Expired, _) => Err(LicenseRefusal::Revoked),
        }
    }

    fn not_revoked(&self) -> Result<(), LicenseRefusal> {
        if self.standing == LicenseStanding::Revoked {
            Err(LicenseRefusal::Revoked)
        } else {
            Ok(())
        }
    }

    /// Gives it more time: to `to`, or by the policy's term counted from the present end (from now if that is past).
    ///
    /// # Errors
    /// [`LicenseRefusal::Perpetual`], [`LicenseRefusal::NotLater`], [`LicenseRefusal::Revoked`].
    pub fn renew(
        &mut self,
        to: Option<Timestamp>,
        term: Term,
        now: Timestamp,
    ) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        let end = self.expires_at.ok_or(LicenseRefusal::Perpetual)?;
        let later = match to {
            Some(to) => Some(to),
            None => term.end(end.max(now)),
        };
        if later.is_some_and(|later| later <= end || later <= now) {
            return Err(LicenseRefusal::NotLater);
        }
        self.expires_at = later;
        Ok(())
    }

    /// Its seats if it went from one revision's rules to another's. Seats that were agreed on when it was issued stay.
    #[must_use]
    pub fn seats_under(&self, from: &PolicyRules, to: &PolicyRules) -> u32 {
        if self.seats_max == from.seats_max {
            to.seats_max
        } else {
            self.seats_max
        }
    }

    /// Brings it to another revision of its policy. Its end stays: the new term counts from the next renewal on.
    /// Seats that are too many then are the caller's to give back.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`].
    pub fn adopt(&mut self, from: &PolicyRules, to: &PolicyRevision) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        self.seats_max = self.seats_under(from, &to.rules);
        self.node_locked = to.rules.node_locked;
        self.license_file_days = to.rules.license_file_days;
        self.returns = to.rules.returns;
        self.policy_revision_id = to.id;
        self.policy_revision = to.revision;
        self.renewal_revision_id = None;
        self.renewal_revision = None;
        Ok(())
    }

    /// Has it take another revision when it is next renewed.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`], [`LicenseRefusal::Perpetual`].
    pub fn adopt_at_renewal(&mut self, to: &PolicyRevision) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        if self.expires_at.is_none() {
            return Err(LicenseRefusal::Perpetual);
        }
        self.renewal_revision_id = Some(to.id);
        self.renewal_revision = Some(to.revision);
        Ok(())
    }

    /// Sets it aside.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`], [`LicenseRefusal::Suspended`], [`LicenseRefusal::ReasonLength`].
    pub fn suspend(&mut self, reason: Option<String>) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        if self.standing == LicenseStanding::Suspended {
            return Err(LicenseRefusal::Suspended);
        }
        if reason
            .as_ref()
            .is_some_and(|reason| reason.chars().count() > SUSPENSION_REASON_CHARS_MAX)
        {
            return Err(LicenseRefusal::ReasonLength);
        }
        self.standing = LicenseStanding::Suspended;
        self.suspended_for = reason;
        Ok(())
    }

    /// Makes it hold again.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`], [`LicenseRefusal::NotSuspended`].
    pub fn reinstate(&mut self) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        if self.standing != LicenseStanding::Suspended {
            return Err(LicenseRefusal::NotSuspended);
        }
        self.standing = LicenseStanding::Active;
        self.suspended_for = None;
        Ok(())
    }

    /// Takes it back for good.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`] if it is already.
    pub fn revoke(&mut self) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        self.standing = LicenseStanding::Revoked;
        Ok(())
    }

    /// Gives it to another customer. Machines belong to a customer, so none may be active.
    ///
    /// # Errors
    /// [`LicenseRefusal::Revoked`], [`LicenseRefusal::SameCustomer`], [`LicenseRefusal::InUse`].
    pub fn transfer(&mut self, customer_id: CustomerId) -> Result<(), LicenseRefusal> {
        self.not_revoked()?;
        if self.customer_id == customer_id {
            return Err(LicenseRefusal::SameCustomer);
        }
        if self.seats_used > 0 {
            return Err(LicenseRefusal::InUse {
                seats_used: self.seats_used,
            });
        }
        self.customer_id = customer_id;
        Ok(())
    }

    /// Seats that are free.
    #[must_use]
    pub fn seats_free(&self) -> u32 {
        self.seats_max.saturating_sub(self.seats_used)
    }
}
