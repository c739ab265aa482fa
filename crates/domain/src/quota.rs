//! Quota: how many licenses a reseller may still issue from a template, kept as a double-entry ledger.
//!
//! It counts licenses and not seats. A license is what is issued, taken back and paid for as a whole, while its seats
//! follow its policy's revisions; how many seats one may have is bounded by the template.
//!
//! Six accounts belong to a template. Each movement posts to them, and its postings add up to zero, so whatever is in
//! one account came from another. Movements are never changed.
//!
//! What a reseller grants on to one below moves twice: on its own template to the account of those below, and on theirs
//! from whoever granted it to what is left. So each template adds up by itself, and what is with those below is known
//! without looking at them.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::limits::QUOTA_LICENSES_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::{CustomerId, LicenseId, QuotaMovementId, ResellerId, Salt, TemplateId, Timestamp};

closed_enum! {
    /// What moves quota.
    MovementKind {
        /// The vendor grants it to the reseller, or the reseller above does.
        Grant = "grant",
        /// The template is withdrawn: what is unused goes back to whoever granted it.
        Withdraw = "withdraw",
        /// The reseller grants it on to one below.
        Delegate = "delegate",
        /// Unused quota comes back from a reseller below.
        Recall = "recall",
        /// The reseller issues a license.
        Consume = "consume",
        /// A license is renewed: nothing moves, but it stands in the statement.
        Renew = "renew",
        /// A license is revoked in time: its place comes back.
        Return = "return",
        /// A license is revoked later than that: its place is used up.
        Expire = "expire",
    }
}

/// What is posted to each account of a template, or what is in it: licenses, which add up to zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postings {
    /// That of whoever granted it, the vendor or the reseller above: all that was ever granted, below zero.
    pub vendor: i64,
    /// The reseller's: what is left to issue.
    pub reseller: i64,
    /// That of the resellers below: what was granted on to them and has not come back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub below: i64,
    /// The customers': what was issued and not revoked since.
    pub customer: i64,
    /// What went back unused to whoever granted it.
    pub returned: i64,
    /// What was used up by licenses that were revoked.
    pub expired: i64,
}

fn is_zero(licenses: &i64) -> bool {
    *licenses == 0
}

impl Postings {
    /// From one account to another.
    fn transfer(
        licenses: i64,
        from: fn(&mut Self) -> &mut i64,
        to: fn(&mut Self) -> &mut i64,
    ) -> Self {
        let mut postings = Self::default();
        *from(&mut postings) -= licenses;
        *to(&mut postings) += licenses;
        postings
    }

    /// From whoever grants it to the reseller.
    #[must_use]
    pub fn grant(licenses: u32) -> Self {
        Self::transfer(i64::from(licenses), |a| &mut a.vendor, |a| &mut a.reseller)
    }

    /// From the reseller to a customer.
    #[must_use]
    pub fn consume() -> Self {
        Self::transfer(1, |a| &mut a.reseller, |a| &mut a.customer)
    }

    /// From the reseller to those below.
    #[must_use]
    pub fn delegate(licenses: u32) -> Self {
        Self::transfer(i64::from(licenses), |a| &mut a.reseller, |a| &mut a.below)
    }

    /// From those below back to the reseller, unused.
    #[must_use]
    pub fn recall(licenses: i64) -> Self {
        Self::transfer(licenses, |a| &mut a.below, |a| &mut a.reseller)
    }

    /// From those below back to whoever granted it, since the reseller has the template no more.
    #[must_use]
    pub fn recall_through(licenses: i64) -> Self {
        Self::transfer(licenses, |a| &mut a.below, |a| &mut a.returned)
    }

    /// From the reseller back to whoever granted it, unused.
    #[must_use]
    pub fn withdraw(left: i64) -> Self {
        Self::transfer(left, |a| &mut a.reseller, |a| &mut a.returned)
    }

    /// From a customer back to the reseller.
    #[must_use]
    pub fn give_back() -> Self {
        Self::transfer(1, |a| &mut a.customer, |a| &mut a.reseller)
    }

    /// From a customer back to whoever granted it, since the reseller has the template no more.
    #[must_use]
    pub fn give_back_to_vendor() -> Self {
        Self::transfer(1, |a| &mut a.customer, |a| &mut a.returned)
    }

    /// From a customer to what is used up.
    #[must_use]
    pub fn expire() -> Self {
        Self::transfer(1, |a| &mut a.customer, |a| &mut a.expired)
    }

    /// The same accounts after these postings.
    #[must_use]
    pub fn after(self, posted: Self) -> Self {
        Self {
            vendor: self.vendor + posted.vendor,
            reseller: self.reseller + posted.reseller,
            below: self.below + posted.below,
            customer: self.customer + posted.customer,
            returned: self.returned + posted.returned,
            expired: self.expired + posted.expired,
        }
    }

    /// The sum over all accounts: zero, always.
    #[must_use]
    pub fn sum(self) -> i64 {
        self.vendor + self.reseller + self.below + self.customer + self.returned + self.expired
    }
}

/// One movement of quota; never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuotaMovement {
    /// Names it.
    pub id: QuotaMovementId,
    /// Whose quota moves.
    pub template_id: TemplateId,
    /// The template's reseller.
    pub reseller_id: ResellerId,
    /// What moves it.
    pub kind: MovementKind,
    /// What is posted.
    pub postings: Postings,
    /// The license it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license_id: Option<LicenseId>,
    /// Whose license that was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The template of a reseller below that it went to or came from, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_template_id: Option<TemplateId>,
    /// When.
    pub at: Timestamp,
    /// How often it was recorded: once.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(QuotaMovement, QuotaMovementId, label: |movement| movement.kind.as_str().to_owned());

/// Why quota does not move.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuotaRefusal {
    /// Nothing is left.
    #[error(
        "the quota of the template “{name}” is used up: all {granted} licenses were issued or granted on"
    )]
    UsedUp {
        /// The template's name.
        name: String,
        /// How many were granted in all.
        granted: i64,
    },
    /// Fewer are left than are to be granted on.
    #[error("{licenses} licenses: {left} are left of the template “{name}”")]
    NotEnough {
        /// The name of the template that they are granted out of.
        name: String,
        /// How many there were to be.
        licenses: u32,
        /// How many are left.
        left: i64,
    },
    /// Too few or too many at once, or in all.
    #[error("{licenses} licenses: a template has between 1 and {QUOTA_LICENSES_MAX} in all")]
    OutOfBounds {
        /// How many there would be.
        licenses: i64,
    },
}

impl Refusal for QuotaRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::UsedUp { .. } => "quota_used_up",
            Self::NotEnough { .. } => "quota_not_enough",
            Self::OutOfBounds { .. } => "quota_out_of_bounds",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::UsedUp { .. } | Self::NotEnough { .. } => RefusalKind::Conflict,
            Self::OutOfBounds { .. } => RefusalKind::Invalid,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::UsedUp { .. } => {
                "Ask the vendor for more quota, or revoke a license that was issued by mistake in the last 14 days."
                    .into()
            }
            Self::NotEnough { left: 0, .. } => "Get more quota of that template first.".into(),
            Self::NotEnough { left, .. } => {
                format!("Grant at most {left}, or get more quota of that template first.")
            }
            Self::OutOfBounds { .. } => {
                format!("Grant at least 1 license, and no more than {QUOTA_LICENSES_MAX} in all.")
            }
        })
    }

    fn pointer(&self) -> Option<&'static str> {
        let about = matches!(self, Self::OutOfBounds { .. } | Self::NotEnough { .. });
        about.then_some("/licenses")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_posted_adds_up_to_zero() {
        let all = [
            Postings::grant(50),
            Postings::consume(),
            Postings::give_back(),
            Postings::give_back_to_vendor(),
            Postings::expire(),
            Postings::withdraw(7),
            Postings::delegate(10),
            Postings::recall(4),
            Postings::recall_through(3),
            Postings::default(),
        ];
        let sum = all.into_iter().fold(Postings::default(), Postings::after);
        assert!(all.into_iter().all(|postings| postings.sum() == 0));
        assert_eq!(sum.sum(), 0);
        let found = (sum.vendor, sum.reseller, sum.below, sum.customer);
        assert_eq!(found, (-50, 37, 3, -2));
    }
}
