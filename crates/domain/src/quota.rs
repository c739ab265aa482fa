//! Quota: how many licenses a reseller may still issue from a template, kept as a double-entry ledger.
//!
//! It counts licenses and not seats. A license is what is issued, taken back and paid for as a whole, while its seats
//! follow its policy's revisions; how many seats one may have is bounded by the template.
//!
//! Five accounts belong to a template. Each movement posts to them, and its postings add up to zero, so whatever is in
//! one account came from another. Movements are never changed.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::limits::QUOTA_LICENSES_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::{CustomerId, LicenseId, QuotaMovementId, ResellerId, Salt, TemplateId, Timestamp};

closed_enum! {
    /// What moves quota.
    MovementKind {
        /// The vendor grants it to the reseller.
        Grant = "grant",
        /// The vendor withdraws the template: what is unused comes back.
        Withdraw = "withdraw",
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
    /// The vendor's: all that was ever granted, below zero.
    pub vendor: i64,
    /// The reseller's: what is left to issue.
    pub reseller: i64,
    /// The customers': what was issued and not revoked since.
    pub customer: i64,
    /// What came back to the vendor unused.
    pub returned: i64,
    /// What was used up by licenses that were revoked.
    pub expired: i64,
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

    /// From the vendor to the reseller.
    #[must_use]
    pub fn grant(licenses: u32) -> Self {
        Self::transfer(i64::from(licenses), |a| &mut a.vendor, |a| &mut a.reseller)
    }

    /// From the reseller to a customer.
    #[must_use]
    pub fn consume() -> Self {
        Self::transfer(1, |a| &mut a.reseller, |a| &mut a.customer)
    }

    /// From the reseller back to the vendor, unused.
    #[must_use]
    pub fn withdraw(left: i64) -> Self {
        Self::transfer(left, |a| &mut a.reseller, |a| &mut a.returned)
    }

    /// From a customer back to the reseller.
    #[must_use]
    pub fn give_back() -> Self {
        Self::transfer(1, |a| &mut a.customer, |a| &mut a.reseller)
    }

    /// From a customer back to the vendor, since the reseller has the template no more.
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
            customer: self.customer + posted.customer,
            returned: self.returned + posted.returned,
            expired: self.expired + posted.expired,
        }
    }

    /// The sum over all accounts: zero, always.
    #[must_use]
    pub fn sum(self) -> i64 {
        self.vendor + self.reseller + self.customer + self.returned + self.expired
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
    #[error("the quota of the template “{name}” is used up: all {granted} licenses were issued")]
    UsedUp {
        /// The template's name.
        name: String,
        /// How many were granted in all.
        granted: i64,
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
            Self::OutOfBounds { .. } => "quota_out_of_bounds",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::UsedUp { .. } => RefusalKind::Conflict,
            Self::OutOfBounds { .. } => RefusalKind::Invalid,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::UsedUp { .. } => {
                "Ask the vendor for more quota, or revoke a license that was issued by mistake in the last 14 days."
                    .into()
            }
            Self::OutOfBounds { .. } => {
                format!("Grant at least 1 license, and no more than {QUOTA_LICENSES_MAX} in all.")
            }
        })
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::OutOfBounds { .. }).then_some("/licenses")
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
            Postings::default(),
        ];
        let sum = all.into_iter().fold(Postings::default(), Postings::after);
        assert!(all.into_iter().all(|postings| postings.sum() == 0));
        assert_eq!(sum.sum(), 0);
        assert_eq!((sum.vendor, sum.reseller, sum.customer), (-50, 43, -2));
    }
}
