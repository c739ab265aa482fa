//! An approval: one person asks for an act that takes two, another gives it or refuses.

use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::entity::{closed_enum, entity};
use crate::limits::{APPROVAL_MINUTES, IDS_PER_FILTER_MAX};
use crate::refusal::{Refusal, RefusalKind};
use crate::{ActorId, ApprovalId, LicenseId, Salt, Timestamp};

closed_enum! {
    /// What has become of an approval that was asked for.
    ApprovalState {
        /// Nobody has decided.
        Waiting = "waiting",
        /// It was given, and the act was done with it.
        Given = "given",
        /// Somebody refused it.
        Refused = "refused",
        /// Whoever asked for it took that back.
        Withdrawn = "withdrawn",
    }
}

/// The exact act that an approval is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum JointAct {
    /// Revoking these licenses: one at least, [`IDS_PER_FILTER_MAX`] at most, in order, each once.
    RevokeLicenses {
        /// Which.
        license_ids: Vec<LicenseId>,
    },
    /// Lifting the vendor's lockdown.
    LiftLockdown,
    /// Letting one person alone do what takes two so far.
    EndTwoPeople,
}

impl JointAct {
    /// Revoking licenses, exactly these.
    ///
    /// # Errors
    /// [`ApprovalRefusal::Pointless`] for none, [`ApprovalRefusal::TooLarge`] for too many.
    pub fn revoke(mut license_ids: Vec<LicenseId>) -> Result<Self, ApprovalRefusal> {
        license_ids.sort_unstable();
        license_ids.dedup();
        match license_ids.len() {
            0 => Err(ApprovalRefusal::Pointless),
            count if count > IDS_PER_FILTER_MAX => Err(ApprovalRefusal::TooLarge { count }),
            _ => Ok(Self::RevokeLicenses { license_ids }),
        }
    }

    fn label(&self) -> String {
        match self {
            Self::RevokeLicenses { license_ids } => {
                format!("revoke licenses: {}", license_ids.len())
            }
            Self::LiftLockdown => "lift the lockdown".into(),
            Self::EndTwoPeople => "let one person alone do what takes two".into(),
        }
    }
}

/// An act that waits for a second person, or waited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// Names it.
    pub id: ApprovalId,
    /// What it is for.
    pub act: JointAct,
    /// What has become of it.
    pub state: ApprovalState,
    /// Who asked.
    pub requested_by: ActorId,
    /// What they were called.
    pub requested_by_name: String,
    /// When they asked.
    pub created_at: Timestamp,
    /// Until when it can be given.
    pub expires_at: Timestamp,
    /// Who gave or refused it, or took it back.
    pub decided_by: Option<ActorId>,
    /// What they were called.
    pub decided_by_name: Option<String>,
    /// When they did.
    pub decided_at: Option<Timestamp>,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Approval, ApprovalId, label: |approval| approval.act.label());

/// Why an approval is refused, or refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalRefusal {
    /// No such approval.
    #[error("this approval does not exist")]
    NotFound,
    /// One person is not two.
    #[error("you asked for this yourself: it takes another person")]
    OwnRequest,
    /// Only who asked takes it back.
    #[error("“{name}” asked for this, and nobody else can withdraw it")]
    NotYours {
        /// Who asked.
        name: String,
    },
    /// It was decided before.
    #[error("this approval was {} already", .state.as_str())]
    Decided {
        /// What became of it.
        state: ApprovalState,
    },
    /// It came too late.
    #[error("this approval was asked for more than {APPROVAL_MINUTES} minutes ago")]
    Expired,
    /// Whoever asked could not do it any more.
    #[error("“{name}”, who asked for this, may not do it any more")]
    AskerMayNot {
        /// Who asked.
        name: String,
    },
    /// It would change nothing.
    #[error("there is no license to revoke")]
    Pointless,
    /// It would be more than a person can look at.
    #[error("{count} licenses would be revoked; an approval names at most {IDS_PER_FILTER_MAX}")]
    TooLarge {
        /// How many there are.
        count: usize,
    },
}

impl Refusal for ApprovalRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "approval_not_found",
            Self::OwnRequest => "approval_own_request",
            Self::NotYours { .. } => "approval_not_yours",
            Self::Decided { .. } => "approval_decided",
            Self::Expired => "approval_expired",
            Self::AskerMayNot { .. } => "approval_asker_may_not",
            Self::Pointless => "approval_pointless",
            Self::TooLarge { .. } => "bulk_too_large",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::OwnRequest | Self::NotYours { .. } => RefusalKind::Forbidden,
            Self::TooLarge { .. } => RefusalKind::TooLarge,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look it up in the list of approvals.",
            Self::OwnRequest => "Have somebody else look at it and approve it.",
            Self::NotYours { .. } => "Refuse it instead.",
            Self::Decided { .. } | Self::Expired => "Ask for it once more if it is still needed.",
            Self::AskerMayNot { .. } => "Refuse it, and ask for it yourself if it is still needed.",
            Self::Pointless => "Choose licenses that are not revoked yet.",
            Self::TooLarge { .. } => "Narrow the filter, and do it in several steps.",
        };
        Some(fix.into())
    }
}

impl Approval {
    /// Asks for one.
    #[must_use]
    pub fn request(id: ApprovalId, salt: Salt, act: JointAct, by: &Actor, now: Timestamp) -> Self {
        Self {
            id,
            act,
            state: ApprovalState::Waiting,
            requested_by: by.id,
            requested_by_name: by.name.clone(),
            created_at: now,
            expires_at: now.plus_millis(i64::from(APPROVAL_MINUTES) * 60_000),
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            version: 0,
            salt,
        }
    }

    /// Whether somebody can still decide.
    ///
    /// # Errors
    /// [`ApprovalRefusal::Decided`], [`ApprovalRefusal::Expired`].
    pub fn waits(&self, now: Timestamp) -> Result<(), ApprovalRefusal> {
        if self.state != ApprovalState::Waiting {
            return Err(ApprovalRefusal::Decided { state: self.state });
        }
        // A clock that was set back makes nothing last longer.
        if now >= self.expires_at || now < self.created_at {
            return Err(ApprovalRefusal::Expired);
        }
        Ok(())
    }

    /// Gives it: once, in time, and not to oneself.
    ///
    /// # Errors
    /// [`ApprovalRefusal::OwnRequest`], and those of [`Approval::waits`].
    pub fn give(&mut self, by: &Actor, now: Timestamp) -> Result<(), ApprovalRefusal> {
        self.waits(now)?;
        if by.id == self.requested_by {
            return Err(ApprovalRefusal::OwnRequest);
        }
        self.decide(ApprovalState::Given, by, now);
        Ok(())
    }

    /// Refuses it; whoever asked withdraws it instead.
    ///
    /// # Errors
    /// Those of [`Approval::give`].
    pub fn refuse(&mut self, by: &Actor, now: Timestamp) -> Result<(), ApprovalRefusal> {
        self.waits(now)?;
        if by.id == self.requested_by {
            return Err(ApprovalRefusal::OwnRequest);
        }
        self.decide(ApprovalState::Refused, by, now);
        Ok(())
    }

    /// Takes back that it was asked for.
    ///
    /// # Errors
    /// [`ApprovalRefusal::NotYours`], and those of [`Approval::waits`].
    pub fn withdraw(&mut self, by: &Actor, now: Timestamp) -> Result<(), ApprovalRefusal> {
        self.waits(now)?;
        if by.id != self.requested_by {
            return Err(ApprovalRefusal::NotYours {
                name: self.requested_by_name.clone(),
            });
        }
        self.decide(ApprovalState::Withdrawn, by, now);
        Ok(())
    }

    fn decide(&mut self, state: ApprovalState, by: &Actor, now: Timestamp) {
        self.state = state;
        self.decided_by = Some(by.id);
        self.decided_by_name = Some(by.name.clone());
        self.decided_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VendorId;
    use crate::actor::{Reach, Role};
    use crate::random::SeededRandom;

    fn asked_at() -> Timestamp {
        Timestamp::from_seconds(1_000)
    }

    fn person(seed: u64) -> Actor {
        let random = SeededRandom::new(seed);
        Actor {
            id: ActorId::generate(asked_at(), &random),
            name: format!("Person {seed}"),
            role: Role::Owner,
            reach: Reach::of(VendorId::generate(asked_at(), &random)),
            proved_at: None,
        }
    }

    fn waiting(by: &Actor) -> Approval {
        let id = ApprovalId::generate(asked_at(), &SeededRandom::new(7));
        Approval::request(id, Salt::default(), JointAct::LiftLockdown, by, asked_at())
    }

    #[test]
    fn another_person_gives_it_once_within_a_quarter_of_an_hour() {
        let (asker, other) = (person(1), person(2));
        let last = Timestamp::from_millis(asked_at().millis() + 15 * 60_000 - 1);
        let mut approval = waiting(&asker);
        assert_eq!(
            approval.give(&asker, last),
            Err(ApprovalRefusal::OwnRequest)
        );
        assert_eq!(
            approval.clone().give(&other, last.plus_millis(1)),
            Err(ApprovalRefusal::Expired)
        );
        assert_eq!(
            approval.clone().give(&other, asked_at().plus_millis(-1)),
            Err(ApprovalRefusal::Expired),
            "a clock that was set back"
        );
        approval.give(&other, last).unwrap();
        assert_eq!(approval.decided_by, Some(other.id));
        let again = ApprovalRefusal::Decided {
            state: ApprovalState::Given,
        };
        assert_eq!(approval.give(&person(3), last), Err(again.clone()));
        assert_eq!(approval.refuse(&other, last), Err(again.clone()));
        assert_eq!(approval.withdraw(&asker, last), Err(again));
    }

    #[test]
    fn who_asked_withdraws_and_others_refuse() {
        let (asker, other) = (person(1), person(2));
        let mut approval = waiting(&asker);
        assert!(matches!(
            approval.withdraw(&other, asked_at()),
            Err(ApprovalRefusal::NotYours { .. })
        ));
        assert_eq!(
            approval.refuse(&asker, asked_at()),
            Err(ApprovalRefusal::OwnRequest)
        );
        approval.clone().refuse(&other, asked_at()).unwrap();
        approval.withdraw(&asker, asked_at()).unwrap();
        assert_eq!(approval.state, ApprovalState::Withdrawn);
    }

    #[test]
    fn an_approval_names_each_license_once_and_not_too_many() {
        let random = SeededRandom::new(1);
        let ids = || LicenseId::generate(asked_at(), &random);
        let (one, two) = (ids(), ids());
        let JointAct::RevokeLicenses { license_ids } =
            JointAct::revoke(vec![two, one, two]).unwrap()
        else {
            panic!("an approval to revoke is one to revoke");
        };
        assert_eq!(license_ids.len(), 2);
        assert_eq!(JointAct::revoke(vec![]), Err(ApprovalRefusal::Pointless));
        let many: Vec<_> = std::iter::repeat_with(ids)
            .take(IDS_PER_FILTER_MAX + 1)
            .collect();
        assert!(JointAct::revoke(many.get(1..).unwrap().to_vec()).is_ok());
        assert_eq!(
            JointAct::revoke(many),
            Err(ApprovalRefusal::TooLarge {
                count: IDS_PER_FILTER_MAX + 1
            })
        );
    }
}
