//! A template: a policy offered to a reseller, with what may be overridden, and the quota that is left of it.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::license::{IssueTerms, License};
use crate::limits::{QUOTA_LICENSES_MAX, QUOTA_RETURN_DAYS, SEATS_MAX, TEMPLATES_PER_RESELLER_MAX};
use crate::policy::{PolicyRules, Term};
use crate::quota::{MovementKind, Postings, QuotaRefusal};
use crate::refusal::{Refusal, RefusalKind};
use crate::text::Name;
use crate::{PolicyId, ResellerId, Salt, TemplateId, Timestamp};

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
    /// How many seats a license may have at most.
    pub seats_max: u32,
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

/// Why a template refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    /// No such template.
    #[error("this template does not exist")]
    NotFound,
    /// The reseller has the policy already.
    #[error("the reseller has the template “{name}” already")]
    Granted {
        /// The template's name.
        name: String,
    },
    /// It is withdrawn.
    #[error("the template “{name}” is withdrawn: nothing can be issued or renewed by it any more")]
    Withdrawn {
        /// The template's name.
        name: String,
    },
    /// More seats than it allows.
    #[error("{seats} seats: the template allows 1 to {max}")]
    Seats {
        /// What was given.
        seats: u32,
        /// The most there may be.
        max: u32,
    },
    /// A later end than it allows.
    #[error("the template allows an end up to {}", .until.to_chrono().format("%Y-%m-%d"))]
    Term {
        /// The latest end.
        until: Timestamp,
    },
    /// The reseller has as many as it may have.
    #[error(
        "a reseller has at most {TEMPLATES_PER_RESELLER_MAX} templates, withdrawn ones included"
    )]
    TooMany,
    /// The license still runs for longer than a term.
    #[error("the license runs for more than a term still")]
    RenewalTooEarly,
}

impl Refusal for TemplateRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "template_not_found",
            Self::Granted { .. } => "template_granted",
            Self::Withdrawn { .. } => "template_withdrawn",
            Self::Seats { .. } => "template_seats_exceeded",
            Self::Term { .. } => "template_term_exceeded",
            Self::TooMany => "template_limit",
            Self::RenewalTooEarly => "template_renewal_too_early",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::Seats { .. } | Self::Term { .. } => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::NotFound => "Look it up in the list of templates.".into(),
            Self::Granted { .. } => "Grant more quota of that template.".into(),
            Self::Withdrawn { .. } => "Choose another template, or ask the vendor.".into(),
            Self::Seats { max, .. } => format!("Give a number from 1 to {max}."),
            Self::Term { .. } => "Choose an earlier end, or leave it out.".into(),
            Self::TooMany => "Grant more quota of a template that it has.".into(),
            Self::RenewalTooEarly => "Renew it when its last term has begun.".into(),
        })
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Seats { .. } => Some("/seats_max"),
            Self::Term { .. } => Some("/expires_at"),
            _ => None,
        }
    }
}

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

    /// Holds its bound to what a license can have.
    ///
    /// # Errors
    /// [`TemplateRefusal::Seats`].
    pub fn check(&self) -> Result<(), TemplateRefusal> {
        within(self.seats_max, SEATS_MAX)
    }

    /// The terms under which a license is issued from it, if these are within its bounds.
    ///
    /// # Errors
    /// [`TemplateRefusal::Seats`], [`TemplateRefusal::Term`].
    pub fn bounded(
        &self,
        terms: IssueTerms,
        rules: &PolicyRules,
        now: Timestamp,
    ) -> Result<IssueTerms, TemplateRefusal> {
        // What the policy gives by itself is not more than the template allows.
        let usual = rules.seats_max.min(self.seats_max);
        let seats = terms.seats_max.unwrap_or(usual);
        within(seats, self.seats_max)?;
        no_later(terms.expires_at, rules.term.end(now))?;
        Ok(IssueTerms {
            seats_max: Some(seats),
            ..terms
        })
    }

    /// Refuses a renewal that goes further than the reseller may go: by one term, when the last one has begun.
    ///
    /// # Errors
    /// [`TemplateRefusal::Withdrawn`], [`TemplateRefusal::RenewalTooEarly`], [`TemplateRefusal::Term`].
    pub fn may_renew(
        &self,
        license: &License,
        to: Option<Timestamp>,
        term: Term,
        now: Timestamp,
    ) -> Result<(), TemplateRefusal> {
        self.in_use()?;
        let Some(end) = license.expires_at else {
            return Ok(());
        };
        if term.end(now).is_some_and(|until| end > until) {
            return Err(TemplateRefusal::RenewalTooEarly);
        }
        no_later(to, term.end(end.max(now)))
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

fn within(seats: u32, max: u32) -> Result<(), TemplateRefusal> {
    if (1..=max).contains(&seats) {
        Ok(())
    } else {
        Err(TemplateRefusal::Seats { seats, max })
    }
}

/// Refuses an end behind the latest one; without a latest one any will do.
fn no_later(end: Option<Timestamp>, latest: Option<Timestamp>) -> Result<(), TemplateRefusal> {
    match (end, latest) {
        (Some(end), Some(until)) if end > until => Err(TemplateRefusal::Term { until }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
