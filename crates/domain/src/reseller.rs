//! A reseller: a partner that issues on the vendor's behalf.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
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
