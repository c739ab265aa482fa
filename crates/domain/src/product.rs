//! A product: a thing sold.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::refusal::{Refusal, RefusalKind};
use crate::text::{Code, Name};
use crate::{ProductId, Salt, Timestamp};

closed_enum! {
    /// Whether a product (or feature, or customer) is in use.
    Archival {
        /// In use.
        Active = "active",
        /// Put away: nothing new is made from it, what exists stays.
        Archived = "archived",
    }
}

/// A thing sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// Names it.
    pub id: ProductId,
    /// What programs call it; unique within the vendor, never changes.
    pub code: Code,
    /// What people call it.
    pub name: Name,
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

entity!(Product, ProductId, label: |product| product.name.to_string());

/// Why a product refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProductRefusal {
    /// No such product.
    #[error("this product does not exist")]
    NotFound,
    /// The code is taken.
    #[error("the code “{code}” already names another product")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// It is archived.
    #[error("the product “{name}” is archived")]
    Archived {
        /// The product's name.
        name: String,
    },
    /// It is not archived.
    #[error("the product “{name}” is not archived")]
    NotArchived {
        /// The product's name.
        name: String,
    },
}

impl Refusal for ProductRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "product_not_found",
            Self::CodeTaken { .. } => "product_code_taken",
            Self::Archived { .. } => "product_archived",
            Self::NotArchived { .. } => "product_not_archived",
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
            Self::NotFound => {
                Some("Look it up in the list of products; it may belong to another store.".into())
            }
            Self::CodeTaken { .. } => {
                Some("Choose another code, or use the product that has it.".into())
            }
            Self::Archived { .. } => Some("Unarchive the product first.".into()),
            Self::NotArchived { .. } => None,
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::CodeTaken { .. }).then_some("/code")
    }
}

impl Product {
    /// Refuses unless the product is in use.
    ///
    /// # Errors
    /// [`ProductRefusal::Archived`].
    pub fn in_use(&self) -> Result<(), ProductRefusal> {
        match self.state {
            Archival::Active => Ok(()),
            Archival::Archived => Err(ProductRefusal::Archived {
                name: self.name.to_string(),
            }),
        }
    }

    /// Puts the product away.
    ///
    /// # Errors
    /// [`ProductRefusal::Archived`] if it is already.
    pub fn archive(&mut self) -> Result<(), ProductRefusal> {
        self.in_use()?;
        self.state = Archival::Archived;
        Ok(())
    }

    /// Takes the product into use again.
    ///
    /// # Errors
    /// [`ProductRefusal::NotArchived`] if it is in use.
    pub fn unarchive(&mut self) -> Result<(), ProductRefusal> {
        if self.state == Archival::Active {
            return Err(ProductRefusal::NotArchived {
                name: self.name.to_string(),
            });
        }
        self.state = Archival::Active;
        Ok(())
    }
}
