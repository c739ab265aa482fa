//! A template: a policy offered to a reseller, with what may be overridden, and the quota that is left of it.

mod bounds;
mod refusal;

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::license::{IssueTerms, License};
use crate::limits::{QUOTA_LICENSES_MAX, QUOTA_RETURN_DAYS};
use crate::policy::{PolicyRules, Term};
use crate::quota::{MovementKind, Postings, QuotaRefusal};
use crate::text::Name;
use crate::{PolicyId, ResellerId, Salt, TemplateId, Timestamp};

pub use bounds::{Bounds, Narrowing};
pub use refusal::{Fixed, TemplateRefusal};

closed_enum! {
    /// Whether a reseller can issue from a template.
    TemplateState {
        /// It can, while quota is left.
        Granted = "granted",
        /// It cannot any more; what was issued stays.
        Withdrawn = "withdrawn",
    }
}

/// A policy offered to a reseller. A license may have fewer seats than the policy says, or more up to the template's
/// bound; it may end earlier than the policy's term, never later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Names it.
    pub id: TemplateId,
    /// To whom it is offered.
    pub reseller_id: ResellerId,
    /// What is offered.
    pub policy_id: PolicyId,
    /// What people call it: as they called the policy when it was granted.
    pub name: Name,
    /// What a license may have at most.
    #[serde(flatten)]
    pub bounds: Bounds,
    /// The template of the reseller above that it was granted out of; none where the vendor granted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<TemplateId>,
    /// Whether licenses can be issued from it.
    pub state: TemplateState,
    /// When it was granted.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// What is in its accounts. The sum over its movements, kept here to decide by; the ledger check adds up anew.
    #[serde(skip)]
    pub balance: Postings,
}

entity!(Template, TemplateId, label: |template| template.name.to_string(), carry: [balance]);

impl Template {
    /// Refuses unless licenses can be issued from it.
    ///
    /// # Errors
    /// [`TemplateRefusal::Withdrawn`].
    pub fn in_use(&self) -> Result<(), TemplateRefusal> {
        match self.state {
            TemplateState::Granted => Ok(()),
            TemplateState::Withdrawn => Err(TemplateRefusal::Withdrawn {
                name: self.name.to_string(),
            }),
        }
    }

    /// The terms under which a license is issued from it, if these are within its bounds.
    ///
    /// # Errors
    /// [`TemplateRefusal::Seats`], [`TemplateRefusal::Term`], [`TemplateRefusal::Fixed`].
    pub fn bounded(
        &self,
        terms: IssueTerms,
        rules: &PolicyRules,
        now: Timestamp,
    ) -> Result<IssueTerms, TemplateRefusal> {
        self.bounds.terms(terms, rules, now)
    }

    /// Refuses a renewal that goes further than the reseller may go: by one term, when the last one has begun. Answers to
    /// when it goes, where that is not left to the policy.
    ///
    /// # Errors
    /// [`TemplateRefusal::Withdrawn`], [`TemplateRefusal::RenewalTooEarly`], [`TemplateRefusal::Term`],
    /// [`TemplateRefusal::Fixed`].
    pub fn may_renew(
        &self,
        license: &License,
        to: Option<Timestamp>,
        term: Term,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, TemplateRefusal> {
        self.in_use()?;
        let Some(end) = license.expires_at else {
            return Ok(to);
        };
        let until = self.bounds.end(term, now);
        if until.is_some_and(|until| end > until) {
            return Err(TemplateRefusal::RenewalTooEarly);
        }
        self.bounds.ending(to, term, end.max(now))
    }

    /// Posts to its accounts.
    fn post(&mut self, postings: Postings) -> Postings {
        self.balance = self.balance.after(postings);
        postings
    }

    /// Grants quota. Whether it is in use is checked by the caller.
    ///
    /// # Errors
    /// [`QuotaRefusal::OutOfBounds`].
    pub fn grant(&mut self, licenses: u32) -> Result<Postings, QuotaRefusal> {
        let all = i64::from(licenses) - self.balance.vendor;
        if licenses == 0 || all > i64::from(QUOTA_LICENSES_MAX) {
            return Err(QuotaRefusal::OutOfBounds { licenses: all });
        }
        Ok(self.post(Postings::grant(licenses)))
    }

    /// Grants quota on to a reseller below. Whether it is in use is checked by the caller.
    ///
    /// # Errors
    /// [`QuotaRefusal::NotEnough`].
    pub fn delegate(&mut self, licenses: u32) -> Result<Postings, QuotaRefusal> {
        if self.balance.reseller < i64::from(licenses) {
            return Err(QuotaRefusal::NotEnough {
                name: self.name.to_string(),
                licenses,
                left: self.balance.reseller,
            });
        }
        Ok(self.post(Postings::delegate(licenses)))
    }

    /// Takes unused quota back from a reseller below; where it is withdrawn itself, it goes on to whoever granted it.
    pub fn recall(&mut self, licenses: i64) -> Postings {
        self.post(match self.state {
            TemplateState::Granted => Postings::recall(licenses),
            TemplateState::Withdrawn => Postings::recall_through(licenses),
        })
    }

    /// Takes one license out of the quota.
    ///
    /// # Errors
    /// [`QuotaRefusal::UsedUp`].
    pub fn consume(&mut self) -> Result<Postings, QuotaRefusal> {
        if self.balance.reseller < 1 {
            return Err(QuotaRefusal::UsedUp {
                name: self.name.to_string(),
                granted: -self.balance.vendor,
            });
        }
        Ok(self.post(Postings::consume()))
    }

    /// A license that was issued from it is revoked: its place comes back if that is soon enough.
    pub fn take_back(&mut self, license: &License, now: Timestamp) -> (MovementKind, Postings) {
        let in_time = now <= license.issued_at.plus_days(QUOTA_RETURN_DAYS);
        let (kind, postings) = match (in_time, self.state) {
            (true, TemplateState::Granted) => (MovementKind::Return, Postings::give_back()),
            (true, TemplateState::Withdrawn) => {
                (MovementKind::Return, Postings::give_back_to_vendor())
            }
            (false, _) => (MovementKind::Expire, Postings::expire()),
        };
        (kind, self.post(postings))
    }

    /// Withdraws it: nothing more can be issued, and what is unused comes back.
    ///
    /// # Errors
    /// [`TemplateRefusal::Withdrawn`] if it is already.
    pub fn withdraw(&mut self) -> Result<Postings, TemplateRefusal> {
        self.in_use()?;
        self.state = TemplateState::Withdrawn;
        Ok(self.post(Postings::withdraw(self.balance.reseller)))
    }
}

#[cfg(test)]
mod tests;
