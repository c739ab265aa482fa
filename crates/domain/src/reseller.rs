//! A reseller: a partner that issues on the vendor's behalf.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
use crate::limits::{RESELLER_LEVELS_MAX, RESELLERS_BELOW_MAX};
use crate::product::Archival;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::Name;
use crate::{ResellerId, Salt, Timestamp};

/// A partner that issues on the vendor's behalf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reseller {
    /// Names it.
    pub id: ResellerId,
    /// What people call it.
    pub name: Name,
    /// Below which other it stands, if the vendor does not deal with it directly. It stays so for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ResellerId>,
    /// Whether it may issue.
    pub state: Archival,
    /// When it was created.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Reseller, ResellerId, label: |reseller| reseller.name.to_string());

/// Why a reseller refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResellerRefusal {
    /// No such reseller.
    #[error("this reseller does not exist")]
    NotFound,
    /// It is archived.
    #[error("the reseller “{name}” is archived")]
    Archived {
        /// The reseller's name.
        name: String,
    },
    /// One that it stands below is archived.
    #[error("a reseller above “{name}” is archived")]
    AboveArchived {
        /// The reseller's name.
        name: String,
    },
    /// There would be too many levels.
    #[error("resellers stand on at most {RESELLER_LEVELS_MAX} levels, and “{name}” is on the last")]
    TooDeep {
        /// The name of the one that another is to stand below.
        name: String,
    },
    /// One has as many below it as it may have.
    #[error("at most {RESELLERS_BELOW_MAX} resellers stand below one, archived ones included")]
    TooManyBelow,
    /// Somebody of it has come in.
    #[error("somebody of the reseller “{name}” signs in already")]
    HasPeople {
        /// The reseller's name.
        name: String,
    },
    /// It is not archived.
    #[error("the reseller “{name}” is not archived")]
    NotArchived {
        /// The reseller's name.
        name: String,
    },
    /// The customer belongs to another reseller, or to none.
    #[error("the customer “{customer}” is not one of this reseller")]
    NotTheirCustomer {
        /// The customer's name.
        customer: String,
    },
}

impl Refusal for ResellerRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "reseller_not_found",
            Self::Archived { .. } => "reseller_archived",
            Self::AboveArchived { .. } => "reseller_above_archived",
            Self::HasPeople { .. } => "reseller_has_people",
            Self::TooDeep { .. } => "reseller_too_deep",
            Self::TooManyBelow => "reseller_limit",
            Self::NotArchived { .. } => "reseller_not_archived",
            Self::NotTheirCustomer { .. } => "customer_not_of_reseller",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NotFound => Some("Look it up in the list of resellers.".into()),
            Self::Archived { .. } => Some("Unarchive the reseller first.".into()),
            Self::AboveArchived { .. } => {
                Some("Ask the vendor, or have that one unarchived first.".into())
            }
            Self::HasPeople { .. } => {
                Some("Have one of its own managers invite them, or the vendor.".into())
            }
            Self::TooDeep { .. } => Some("Have it stand below one further up.".into()),
            Self::TooManyBelow => {
                Some("Unarchive one that is not used any more, and rename it.".into())
            }
            Self::NotArchived { .. } => None,
            Self::NotTheirCustomer { .. } => {
                Some("Choose a customer of the reseller, or create one.".into())
            }
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::NotTheirCustomer { .. }).then_some("/customer_id")
    }
}

impl Reseller {
    /// Refuses unless the reseller may issue.
    ///
    /// # Errors
    /// [`ResellerRefusal::Archived`].
    pub fn in_use(&self) -> Result<(), ResellerRefusal> {
        match self.state {
            Archival::Active => Ok(()),
            Archival::Archived => Err(ResellerRefusal::Archived {
                name: self.name.to_string(),
            }),
        }
    }

    /// Ends its issuing; what it issued stays as it is.
    ///
    /// # Errors
    /// [`ResellerRefusal::Archived`] if it is already.
    pub fn archive(&mut self) -> Result<(), ResellerRefusal> {
        self.in_use()?;
        self.state = Archival::Archived;
        Ok(())
    }

    /// Lets it issue again.
    ///
    /// # Errors
    /// [`ResellerRefusal::NotArchived`] if it may already.
    pub fn unarchive(&mut self) -> Result<(), ResellerRefusal> {
        if self.state == Archival::Active {
            return Err(ResellerRefusal::NotArchived {
                name: self.name.to_string(),
            });
        }
        self.state = Archival::Active;
        Ok(())
    }
}
