//! A customer: an organisation that owns licenses.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
use crate::product::Archival;
use crate::reclaim::Reclaim;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::{EmailAddress, Name, Reference};
use crate::{CustomerId, ResellerId, Salt, Timestamp};

/// An organisation that owns licenses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// Names it.
    pub id: CustomerId,
    /// What people call it; stands in license files.
    pub name: Name,
    /// Where to write to.
    pub email: Option<EmailAddress>,
    /// The vendor's own number for it; unique within the vendor.
    pub reference: Option<Reference>,
    /// Whose customer it is, if a reseller's: private to that reseller. It stays so unless that one is replaced by another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reseller_id: Option<ResellerId>,
    /// Whether only machines that its administrators have admitted are activated on its licenses.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub controlled_activation: bool,
    /// When its idle seats are freed, if they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reclaim: Option<Reclaim>,
    /// Whether it is in use.
    pub state: Archival,
    /// When it was created.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Customer, CustomerId, label: |customer| customer.name.to_string());

/// Why a customer refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustomerRefusal {
    /// No such customer.
    #[error("this customer does not exist")]
    NotFound,
    /// The reference is taken.
    #[error("the reference “{reference}” already belongs to another customer")]
    ReferenceTaken {
        /// The reference.
        reference: String,
    },
    /// Only the vendor gives references.
    #[error("the reference is the vendor's own number for the customer")]
    ReferenceNotYours,
    /// It is archived.
    #[error("the customer “{name}” is archived")]
    Archived {
        /// The customer's name.
        name: String,
    },
    /// It is not archived.
    #[error("the customer “{name}” is not archived")]
    NotArchived {
        /// The customer's name.
        name: String,
    },
    /// The update would change nothing.
    #[error("nothing would change")]
    Unchanged,
}

impl Refusal for CustomerRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "customer_not_found",
            Self::ReferenceTaken { .. } => "customer_reference_taken",
            Self::ReferenceNotYours => "customer_reference_not_yours",
            Self::Archived { .. } => "customer_archived",
            Self::NotArchived { .. } => "customer_not_archived",
            Self::Unchanged => "customer_unchanged",
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
            Self::NotFound => Some("Look it up in the list of customers.".into()),
            Self::ReferenceTaken { .. } => {
                Some("Use the customer that has it, or give another reference.".into())
            }
            Self::ReferenceNotYours => Some("Leave the reference out.".into()),
            Self::Archived { .. } => Some("Unarchive the customer first.".into()),
            Self::NotArchived { .. } | Self::Unchanged => None,
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::ReferenceTaken { .. } | Self::ReferenceNotYours)
            .then_some("/reference")
    }
}

impl Customer {
    /// Refuses unless the customer is in use.
    ///
    /// # Errors
    /// [`CustomerRefusal::Archived`].
    pub fn in_use(&self) -> Result<(), CustomerRefusal> {
        match self.state {
            Archival::Active => Ok(()),
            Archival::Archived => Err(CustomerRefusal::Archived {
                name: self.name.to_string(),
            }),
        }
    }

    /// Puts the customer away; its licenses stay as they are.
    ///
    /// # Errors
    /// [`CustomerRefusal::Archived`] if it is already.
    pub fn archive(&mut self) -> Result<(), CustomerRefusal> {
        self.in_use()?;
        self.state = Archival::Archived;
        Ok(())
    }

    /// Takes the customer into use again.
    ///
    /// # Errors
    /// [`CustomerRefusal::NotArchived`] if it is in use.
    pub fn unarchive(&mut self) -> Result<(), CustomerRefusal> {
        if self.state == Archival::Active {
            return Err(CustomerRefusal::NotArchived {
                name: self.name.to_string(),
            });
        }
        self.state = Archival::Active;
        Ok(())
    }
}
