//! A link by which people make accounts of their own: for a customer, or for whoever comes.

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::entity::{closed_enum, entity};
use crate::limits::{SIGN_UP_LINK_DAYS_MAX, SIGN_UP_LINK_USES_MAX, SIGN_UP_LINKS_MAX};
use crate::refusal::{Refusal, RefusalKind};
use crate::text::Name;
use crate::{CustomerId, Salt, SignUpLinkId, Timestamp};

closed_enum! {
    /// Whether a link lets people sign up.
    SignUpLinkState {
        /// It does, until it runs out.
        Open = "open",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

/// A link by which people make accounts of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignUpLink {
    /// Names it.
    pub id: SignUpLinkId,
    /// What the vendor calls it: where it was published, or whom it was sent to.
    pub name: Name,
    /// Whose people those are who come by it; none makes a customer of each.
    pub customer_id: Option<CustomerId>,
    /// What they may do: a customer's administrators give seats back, its viewers do not.
    pub role: Role,
    /// Whether it lets people sign up.
    pub state: SignUpLinkState,
    /// [`crate::session::Token::digest`] of its token.
    pub token_digest: String,
    /// How many people may come by it.
    pub uses_max: u32,
    /// How many have.
    pub uses: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(SignUpLink, SignUpLinkId, label: |link| link.name.to_string());

/// What a new link is made of.
#[derive(Debug, Clone)]
pub struct SignUpTerms {
    /// What the vendor calls it.
    pub name: Name,
    /// Whose people those are who come by it; none makes a customer of each.
    pub customer_id: Option<CustomerId>,
    /// What they may do.
    pub role: Role,
    /// How many people may come by it.
    pub uses_max: u32,
    /// For how many days.
    pub days: u32,
}

impl SignUpTerms {
    /// Refuses what no link is made of.
    ///
    /// # Errors
    /// [`SignUpLinkRefusal`].
    pub fn check(&self) -> Result<(), SignUpLinkRefusal> {
        if !self.role.is_of_customer() {
            return Err(SignUpLinkRefusal::Role);
        }
        if !(1..=SIGN_UP_LINK_USES_MAX).contains(&self.uses_max) {
            return Err(SignUpLinkRefusal::Uses);
        }
        if !(1..=SIGN_UP_LINK_DAYS_MAX).contains(&self.days) {
            return Err(SignUpLinkRefusal::Days);
        }
        Ok(())
    }
}

impl SignUpLink {
    /// Refuses unless somebody can sign up by it now. Whatever keeps them from that is told in the same words: who holds a
    /// link that no longer works need not learn why.
    ///
    /// # Errors
    /// [`SignUpLinkRefusal::NotOpen`].
    pub fn open(&self, now: Timestamp) -> Result<(), SignUpLinkRefusal> {
        let open = self.state == SignUpLinkState::Open
            && now < self.expires_at
            && self.uses < self.uses_max;
        open.then_some(()).ok_or(SignUpLinkRefusal::NotOpen)
    }

    /// Counts somebody who signs up.
    ///
    /// # Errors
    /// [`SignUpLinkRefusal::NotOpen`].
    pub fn use_once(&mut self, now: Timestamp) -> Result<(), SignUpLinkRefusal> {
        self.open(now)?;
        self.uses += 1;
        Ok(())
    }

    /// Takes it back.
    ///
    /// # Errors
    /// [`SignUpLinkRefusal::Withdrawn`] if it was before.
    pub fn withdraw(&mut self) -> Result<(), SignUpLinkRefusal> {
        if self.state == SignUpLinkState::Withdrawn {
            return Err(SignUpLinkRefusal::Withdrawn);
        }
        self.state = SignUpLinkState::Withdrawn;
        Ok(())
    }
}

/// Why a link refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignUpLinkRefusal {
    /// No such link.
    #[error("this sign-up link does not exist")]
    NotFound,
    /// It does not let anybody sign up.
    #[error("this sign-up link has run out, was taken back, or never was")]
    NotOpen,
    /// It was withdrawn before.
    #[error("this sign-up link is withdrawn already")]
    Withdrawn,
    /// There are too many.
    #[error("there are {SIGN_UP_LINKS_MAX} sign-up links already")]
    TooMany,
    /// Nobody signs up as one of the vendor's or a reseller's people.
    #[error("who signs up by a link is one of a customer's people")]
    Role,
    /// Too few or too many people.
    #[error("1 to {SIGN_UP_LINK_USES_MAX} people may come by a link")]
    Uses,
    /// Too short or too long.
    #[error("a link works for 1 to {SIGN_UP_LINK_DAYS_MAX} days")]
    Days,
    /// Whoever comes has to say for whom.
    #[error("the name of your organization is missing")]
    OrganizationMissing,
}

impl Refusal for SignUpLinkRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "sign_up_link_not_found",
            Self::NotOpen => "sign_up_link_not_open",
            Self::Withdrawn => "sign_up_link_withdrawn",
            Self::TooMany => "sign_up_link_limit",
            Self::Role => "sign_up_link_role",
            Self::Uses => "sign_up_link_uses",
            Self::Days => "sign_up_link_days",
            Self::OrganizationMissing => "organization_missing",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound | Self::NotOpen => RefusalKind::NotFound,
            Self::Withdrawn | Self::TooMany => RefusalKind::Conflict,
            Self::Role | Self::Uses | Self::Days | Self::OrganizationMissing => {
                RefusalKind::Invalid
            }
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look it up in the list of sign-up links.",
            Self::NotOpen => "Ask whoever gave it to you for a new one.",
            Self::TooMany => "Have more people come by one link.",
            Self::Role => "Choose the role of a customer's administrator or viewer.",
            Self::Uses | Self::Days => "Choose a number within these bounds.",
            Self::OrganizationMissing => "Write it down.",
            Self::Withdrawn => return None,
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Role => Some("/role"),
            Self::Uses => Some("/uses_max"),
            Self::Days => Some("/days"),
            Self::OrganizationMissing => Some("/organization"),
            Self::NotFound | Self::NotOpen | Self::Withdrawn | Self::TooMany => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn link(now: Timestamp) -> SignUpLink {
        SignUpLink {
            id: SignUpLinkId::generate(now, &SeededRandom::new(1)),
            name: Name::parse("Website").unwrap(),
            customer_id: None,
            role: Role::CustomerAdmin,
            state: SignUpLinkState::Open,
            token_digest: String::new(),
            uses_max: 2,
            uses: 0,
            created_at: now,
            expires_at: now.plus_days(1),
            version: 1,
            salt: Salt::default(),
        }
    }

    #[test]
    fn a_link_lets_in_as_often_and_as_long_as_was_said() {
        let now = Timestamp::from_millis(1_790_000_000_000);
        let mut used = link(now);
        used.use_once(now).unwrap();
        used.use_once(used.expires_at.plus_millis(-1)).unwrap();
        assert_eq!(used.use_once(now), Err(SignUpLinkRefusal::NotOpen));
        let mut late = link(now);
        assert_eq!(
            late.use_once(late.expires_at),
            Err(SignUpLinkRefusal::NotOpen)
        );
        late.withdraw().unwrap();
        assert_eq!(late.use_once(now), Err(SignUpLinkRefusal::NotOpen));
        assert_eq!(late.withdraw(), Err(SignUpLinkRefusal::Withdrawn));
        assert_eq!(late.uses, 0);
    }

    #[test]
    fn terms_hold_at_their_bounds_and_not_past_them() {
        let terms = |role, uses_max, days| {
            let name = Name::parse("Website").unwrap();
            let customer_id = None;
            SignUpTerms {
                name,
                customer_id,
                role,
                uses_max,
                days,
            }
            .check()
        };
        let (uses, days) = (SIGN_UP_LINK_USES_MAX, SIGN_UP_LINK_DAYS_MAX);
        assert_eq!(terms(Role::CustomerViewer, 1, 1), Ok(()));
        assert_eq!(terms(Role::CustomerAdmin, uses, days), Ok(()));
        let refused = [
            (terms(Role::Admin, 1, 1), SignUpLinkRefusal::Role),
            (terms(Role::CustomerAdmin, 0, 1), SignUpLinkRefusal::Uses),
            (
                terms(Role::CustomerAdmin, uses + 1, 1),
                SignUpLinkRefusal::Uses,
            ),
            (
                terms(Role::CustomerAdmin, 1, days + 1),
                SignUpLinkRefusal::Days,
            ),
        ];
        for (refused, why) in refused {
            assert_eq!(refused, Err(why));
        }
    }
}
