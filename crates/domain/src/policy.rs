//! A policy: versioned rules that licenses are issued from. Revising makes a new revision; a license keeps its own.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::limits::{
    FEATURES_PER_PRODUCT_MAX, LICENSE_FILE_DAYS_MAX, PRICE_AMOUNT_MAX, RETURN_DAYS_MAX,
    RETURNS_MAX, SEATS_MAX, TERM_DAYS_MAX, TERM_MONTHS_MAX,
};
use crate::price::Price;
use crate::refusal::{Refusal, RefusalKind};
use crate::return_limit::ReturnLimit;
use crate::text::Name;
use crate::{FeatureId, PolicyId, PolicyRevisionId, ProductId, Salt, Timestamp};

closed_enum! {
    /// Whether licenses can be issued from a policy.
    PolicyState {
        /// Licenses can be issued.
        Active = "active",
        /// No new licenses; those that exist stay.
        Retired = "retired",
    }
}

/// How long a license lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Term {
    /// It does not end.
    Perpetual,
    /// Days of 24 hours.
    Days {
        /// How many.
        days: u32,
    },
    /// Calendar months.
    Months {
        /// How many.
        months: u32,
    },
}

impl Term {
    /// When a license that starts (or is renewed) at `start` expires.
    #[must_use]
    pub fn end(self, start: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Perpetual => None,
            Self::Days { days } => Some(start.plus_days(days)),
            Self::Months { months } => Some(start.plus_months(months)),
        }
    }
}

/// What a license gets when it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyRules {
    /// How long a license lasts.
    pub term: Term,
    /// How many machines may be active at once.
    pub seats_max: u32,
    /// Whether the app runs only on activated machines; license files are then bound to machines.
    pub node_locked: bool,
    /// Features that a license gets.
    pub feature_ids: Vec<FeatureId>,
    /// For how many days a license file is valid unless said otherwise.
    pub license_file_days: u32,
    /// How often seats may be given back by whoever is not the vendor; none means as often as they like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<ReturnLimit>,
    /// What a license costs, by the vendor's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

impl PolicyRules {
    /// Checks the bounds.
    ///
    /// # Errors
    /// [`PolicyRefusal::OutOfBounds`] with the field, or [`PolicyRefusal::FeatureTwice`].
    pub fn check(&self) -> Result<(), PolicyRefusal> {
        let within = |pointer, what, value: u64, max: u64| {
            if (1..=max).contains(&value) {
                Ok(())
            } else {
                Err(PolicyRefusal::OutOfBounds {
                    pointer,
                    what,
                    value,
                    max,
                })
            }
        };
        let bounds =
            |pointer, what, value: u32, max: u32| within(pointer, what, value.into(), max.into());
        match self.term {
            Term::Perpetual => {}
            Term::Days { days } => {
                bounds("/rules/term/days", "days in the term", days, TERM_DAYS_MAX)?;
            }
            Term::Months { months } => bounds(
                "/rules/term/months",
                "months in the term",
                months,
                TERM_MONTHS_MAX,
            )?,
        }
        bounds("/rules/seats_max", "seats", self.seats_max, SEATS_MAX)?;
        bounds(
            "/rules/license_file_days",
            "days of a license file",
            self.license_file_days,
            LICENSE_FILE_DAYS_MAX,
        )?;
        if let Some(returns) = self.returns {
            bounds("/rules/returns/max", "returns", returns.max, RETURNS_MAX)?;
            bounds(
                "/rules/returns/days",
                "days in the period",
                returns.days,
                RETURN_DAYS_MAX,
            )?;
        }
        if let Some(price) = self.price {
            within(
                "/rules/price/amount",
                "for a price",
                price.amount,
                PRICE_AMOUNT_MAX,
            )?;
        }
        let mut seen = self.feature_ids.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() != self.feature_ids.len() || seen.len() > FEATURES_PER_PRODUCT_MAX {
            return Err(PolicyRefusal::FeatureTwice);
        }
        Ok(())
    }
}

/// Rules that licenses are issued from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Names it.
    pub id: PolicyId,
    /// The product it is for.
    pub product_id: ProductId,
    /// What people call it.
    pub name: Name,
    /// Whether licenses can be issued from it.
    pub state: PolicyState,
    /// The number of its newest revision, from 1.
    pub revision: u32,
    /// Its newest revision.
    pub revision_id: PolicyRevisionId,
    /// When it was created.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Policy, PolicyId, label: |policy| policy.name.to_string());

/// One revision of a policy; never changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyRevision {
    /// Names it.
    pub id: PolicyRevisionId,
    /// Whose revision it is.
    pub policy_id: PolicyId,
    /// Its number, from 1.
    pub revision: u32,
    /// The rules.
    pub rules: PolicyRules,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often it was recorded: once.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(PolicyRevision, PolicyRevisionId, label: |revision| format!("revision {}", revision.revision));

/// Why a policy refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyRefusal {
    /// No such policy.
    #[error("this policy does not exist")]
    NotFound,
    /// A number is outside its bounds.
    #[error("{value} {what}: it must be between 1 and {max}")]
    OutOfBounds {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is counted.
        what: &'static str,
        /// What was given.
        value: u64,
        /// The most there may be.
        max: u64,
    },
    /// A feature is named twice.
    #[error("each feature can be named only once")]
    FeatureTwice,
    /// It is retired.
    #[error("the policy “{name}” is retired")]
    Retired {
        /// The policy's name.
        name: String,
    },
    /// It is not retired.
    #[error("the policy “{name}” is not retired")]
    NotRetired {
        /// The policy's name.
        name: String,
    },
    /// Revising would change nothing.
    #[error("these are the rules that the policy “{name}” has already")]
    Unchanged {
        /// The policy's name.
        name: String,
    },
}

impl Refusal for PolicyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "policy_not_found",
            Self::OutOfBounds { .. } => "policy_out_of_bounds",
            Self::FeatureTwice => "policy_feature_twice",
            Self::Retired { .. } => "policy_retired",
            Self::NotRetired { .. } => "policy_not_retired",
            Self::Unchanged { .. } => "policy_unchanged",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::OutOfBounds { .. } | Self::FeatureTwice => RefusalKind::Invalid,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NotFound => Some("Look it up in the list of policies.".into()),
            Self::OutOfBounds { max, .. } => Some(format!("Give a number from 1 to {max}.")),
            Self::FeatureTwice => Some("Leave out the repeated feature.".into()),
            Self::Retired { .. } => Some("Unretire the policy, or choose another one.".into()),
            Self::NotRetired { .. } => None,
            Self::Unchanged { .. } => Some("Change at least one rule.".into()),
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::OutOfBounds { pointer, .. } => Some(pointer),
            Self::FeatureTwice => Some("/rules/feature_ids"),
            _ => None,
        }
    }
}

impl Policy {
    /// Refuses unless licenses can be issued from it.
    ///
    /// # Errors
    /// [`PolicyRefusal::Retired`].
    pub fn in_use(&self) -> Result<(), PolicyRefusal> {
        match self.state {
            PolicyState::Active => Ok(()),
            PolicyState::Retired => Err(PolicyRefusal::Retired {
                name: self.name.to_string(),
            }),
        }
    }

    /// Ends issuing from this policy.
    ///
    /// # Errors
    /// [`PolicyRefusal::Retired`] if it is already.
    pub fn retire(&mut self) -> Result<(), PolicyRefusal> {
        self.in_use()?;
        self.state = PolicyState::Retired;
        Ok(())
    }

    /// Allows issuing again.
    ///
    /// # Errors
    /// [`PolicyRefusal::NotRetired`] if it is in use.
    pub fn unretire(&mut self) -> Result<(), PolicyRefusal> {
        if self.state == PolicyState::Active {
            return Err(PolicyRefusal::NotRetired {
                name: self.name.to_string(),
            });
        }
        self.state = PolicyState::Active;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(seats_max: u32) -> PolicyRules {
        PolicyRules {
            term: Term::Months { months: 12 },
            seats_max,
            node_locked: true,
            feature_ids: vec![],
            license_file_days: 90,
            returns: None,
            price: None,
        }
    }

    #[test]
    fn seats_are_taken_at_the_limit_and_refused_one_past_it() {
        assert_eq!(rules(1).check(), Ok(()));
        assert_eq!(rules(SEATS_MAX).check(), Ok(()));
        for seats in [0, SEATS_MAX + 1] {
            let refusal = rules(seats).check().unwrap_err();
            assert_eq!(refusal.pointer(), Some("/rules/seats_max"));
            assert_eq!(refusal.code(), "policy_out_of_bounds");
        }
    }

    #[test]
    fn returns_are_taken_at_the_limit_and_refused_one_past_it() {
        let with = |max, days| {
            let returns = Some(ReturnLimit { max, days });
            PolicyRules {
                returns,
                ..rules(1)
            }
            .check()
            .map_err(|refusal| refusal.pointer().unwrap())
        };
        assert_eq!(with(1, 1), Ok(()));
        assert_eq!(with(RETURNS_MAX, RETURN_DAYS_MAX), Ok(()));
        assert_eq!(with(0, 1), Err("/rules/returns/max"));
        assert_eq!(with(RETURNS_MAX + 1, 1), Err("/rules/returns/max"));
        assert_eq!(with(1, 0), Err("/rules/returns/days"));
        assert_eq!(with(1, RETURN_DAYS_MAX + 1), Err("/rules/returns/days"));
    }

    #[test]
    fn rules_without_a_limit_are_written_as_before_there_was_one() {
        let text = serde_json::to_string(&rules(1)).unwrap();
        assert!(!text.contains("returns"), "{text}");
        assert_eq!(
            serde_json::from_str::<PolicyRules>(&text).unwrap(),
            rules(1)
        );
    }

    #[test]
    fn terms_are_taken_at_the_limit_and_refused_one_past_it() {
        let with = |term| PolicyRules { term, ..rules(1) }.check();
        assert_eq!(
            with(Term::Days {
                days: TERM_DAYS_MAX
            }),
            Ok(())
        );
        assert!(
            with(Term::Days {
                days: TERM_DAYS_MAX + 1
            })
            .is_err()
        );
        assert_eq!(
            with(Term::Months {
                months: TERM_MONTHS_MAX
            }),
            Ok(())
        );
        assert!(
            with(Term::Months {
                months: TERM_MONTHS_MAX + 1
            })
            .is_err()
        );
        assert!(with(Term::Months { months: 0 }).is_err());
    }
}
