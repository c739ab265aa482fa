//! What a license from a template may have at most. Who grants a template on narrows it, and nothing that is made here can
//! be wider than what it was made from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Fixed, TemplateRefusal};
use crate::license::IssueTerms;
use crate::limits::{SEATS_MAX, TERM_DAYS_MAX};
use crate::policy::{PolicyRules, Term};
use crate::{FeatureId, Timestamp};

/// What a license may have at most. The fields are its own: there is no way from one bound to a wider one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    seats_max: u32,
    /// A license lasts so many days at most, and never longer than the policy's term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_max: Option<u32>,
    /// Of the policy's features it gets these; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feature_ids: Option<BTreeSet<FeatureId>>,
    /// Whether its seats are as the template says, and not to be chosen.
    #[serde(default, skip_serializing_if = "is_no")]
    seats_fixed: bool,
    /// Whether its end is as the template says, and not to be chosen.
    #[serde(default, skip_serializing_if = "is_no")]
    end_fixed: bool,
}

fn is_no(is: &bool) -> bool {
    !*is
}

/// How a template is to be narrower than the one it is granted out of; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// How many seats a license may have at most.
    pub seats_max: Option<u32>,
    /// How many days it may last at most.
    pub days_max: Option<u32>,
    /// The only features it gets.
    pub feature_ids: Option<Vec<FeatureId>>,
    /// Whether its seats are not to be chosen.
    pub seats_fixed: bool,
    /// Whether its end is not to be chosen.
    pub end_fixed: bool,
}

impl Bounds {
    /// What the vendor offers: seats up to a number, and all else as the policy has it.
    ///
    /// # Errors
    /// [`TemplateRefusal::Seats`].
    pub fn offered(seats_max: u32) -> Result<Self, TemplateRefusal> {
        within(seats_max, SEATS_MAX)?;
        Ok(Self {
            seats_max,
            days_max: None,
            feature_ids: None,
            seats_fixed: false,
            end_fixed: false,
        })
    }

    /// Bounds as they were recorded. Whoever reads them has them from a store, which holds what was made by the others.
    #[must_use]
    pub fn recorded(
        seats_max: u32,
        days_max: Option<u32>,
        feature_ids: Option<BTreeSet<FeatureId>>,
        (seats_fixed, end_fixed): (bool, bool),
    ) -> Self {
        Self {
            seats_max,
            days_max,
            feature_ids,
            seats_fixed,
            end_fixed,
        }
    }

    /// The same, or narrower. The features are chosen among those that a license gets by these bounds and rules.
    ///
    /// # Errors
    /// [`TemplateRefusal::Seats`], [`TemplateRefusal::Days`] or [`TemplateRefusal::Features`], where it would be wider.
    pub fn narrowed(&self, to: &Narrowing, rules: &PolicyRules) -> Result<Self, TemplateRefusal> {
        let seats_max = to.seats_max.unwrap_or(self.seats_max);
        within(seats_max, self.seats_max)?;
        let days_max = to.days_max.or(self.days_max);
        let most = self.days_max.unwrap_or(TERM_DAYS_MAX);
        if let Some(days) = days_max
            && !(1..=most).contains(&days)
        {
            return Err(TemplateRefusal::Days { days, max: most });
        }
        let feature_ids = match &to.feature_ids {
            None => self.feature_ids.clone(),
            Some(chosen) => {
                let known: BTreeSet<_> = self.features(rules).collect();
                if !chosen.iter().all(|id| known.contains(id)) {
                    return Err(TemplateRefusal::Features);
                }
                Some(chosen.iter().copied().collect())
            }
        };
        Ok(Self {
            seats_max,
            days_max,
            feature_ids,
            seats_fixed: self.seats_fixed || to.seats_fixed,
            end_fixed: self.end_fixed || to.end_fixed,
        })
    }

    /// How many seats a license may have at most.
    #[must_use]
    pub fn seats_max(&self) -> u32 {
        self.seats_max
    }

    /// How many days it may last at most, if not as long as the policy's term.
    #[must_use]
    pub fn days_max(&self) -> Option<u32> {
        self.days_max
    }

    /// The only features it gets, if not all of the policy's.
    #[must_use]
    pub fn feature_ids(&self) -> Option<&BTreeSet<FeatureId>> {
        self.feature_ids.as_ref()
    }

    /// Whether its seats are not to be chosen.
    #[must_use]
    pub fn seats_fixed(&self) -> bool {
        self.seats_fixed
    }

    /// Whether its end is not to be chosen.
    #[must_use]
    pub fn end_fixed(&self) -> bool {
        self.end_fixed
    }

    /// Whether it may have a feature.
    #[must_use]
    pub fn allows(&self, feature: FeatureId) -> bool {
        self.feature_ids
            .as_ref()
            .is_none_or(|only| only.contains(&feature))
    }

    /// The features that a license gets under these rules.
    pub fn features<'a>(&'a self, rules: &'a PolicyRules) -> impl Iterator<Item = FeatureId> + 'a {
        let all = rules.feature_ids.iter().copied();
        all.filter(|id| self.allows(*id))
    }

    /// How many seats a license gets unless said otherwise: what the policy gives, and not more than is allowed.
    #[must_use]
    pub fn seats_usual(&self, rules: &PolicyRules) -> u32 {
        rules.seats_max.min(self.seats_max)
    }

    /// When a license ends at the latest that begins, or is renewed, at `start`.
    #[must_use]
    pub fn end(&self, term: Term, start: Timestamp) -> Option<Timestamp> {
        let by_days = self.days_max.map(|days| start.plus_days(days));
        by_days.into_iter().chain(term.end(start)).min()
    }

    /// The end that is asked for, or the one that goes without saying, where that is not left to the policy.
    pub(super) fn ending(
        &self,
        asked: Option<Timestamp>,
        term: Term,
        start: Timestamp,
    ) -> Result<Option<Timestamp>, TemplateRefusal> {
        let latest = self.end(term, start);
        match (asked, latest) {
            (Some(asked), Some(until)) if asked > until => Err(TemplateRefusal::Term { until }),
            (Some(_), _) if self.end_fixed && asked != latest => {
                Err(TemplateRefusal::Fixed(Fixed::End))
            }
            (Some(_), _) => Ok(asked),
            (None, _) => Ok(latest.filter(|_| self.days_max.is_some())),
        }
    }

    pub(super) fn terms(
        &self,
        terms: IssueTerms,
        rules: &PolicyRules,
        now: Timestamp,
    ) -> Result<IssueTerms, TemplateRefusal> {
        let usual = self.seats_usual(rules);
        let seats = terms.seats_max.unwrap_or(usual);
        within(seats, self.seats_max)?;
        if self.seats_fixed && seats != usual {
            return Err(TemplateRefusal::Fixed(Fixed::Seats));
        }
        Ok(IssueTerms {
            seats_max: Some(seats),
            expires_at: self.ending(terms.expires_at, rules.term, now)?,
        })
    }
}

fn within(seats: u32, max: u32) -> Result<(), TemplateRefusal> {
    if (1..=max).contains(&seats) {
        Ok(())
    } else {
        Err(TemplateRefusal::Seats { seats, max })
    }
}
