//! A feature: a named capability of a product.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
use crate::limits::FEATURES_PER_PRODUCT_MAX;
use crate::product::Archival;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::{Code, Name};
use crate::{FeatureId, ProductId, Salt, Timestamp};

/// A named capability of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Names it.
    pub id: FeatureId,
    /// The product it belongs to.
    pub product_id: ProductId,
    /// What programs call it; unique within the product, never changes; stands in license files.
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

entity!(Feature, FeatureId, label: |feature| feature.name.to_string());

/// Why a feature refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeatureRefusal {
    /// No such feature.
    #[error("this feature does not exist")]
    NotFound,
    /// The code is taken.
    #[error("the code “{code}” already names another feature of this product")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// The product has as many features as it may.
    #[error("a product has at most {FEATURES_PER_PRODUCT_MAX} features")]
    TooMany,
    /// It is archived.
    #[error("the feature “{name}” is archived")]
    Archived {
        /// The feature's name.
        name: String,
    },
    /// It is not archived.
    #[error("the feature “{name}” is not archived")]
    NotArchived {
        /// The feature's name.
        name: String,
    },
    /// It belongs to another product.
    #[error("the feature “{name}” belongs to another product")]
    OtherProduct {
        /// The feature's name.
        name: String,
    },
}

impl Refusal for FeatureRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "feature_not_found",
            Self::CodeTaken { .. } => "feature_code_taken",
            Self::TooMany => "feature_limit",
            Self::Archived { .. } => "feature_archived",
            Self::NotArchived { .. } => "feature_not_archived",
            Self::OtherProduct { .. } => "feature_of_other_product",
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
            Self::NotFound | Self::OtherProduct { .. } => {
                Some("Choose a feature of this product.".into())
            }
            Self::CodeTaken { .. } => {
                Some("Choose another code, or use the feature that has it.".into())
            }
            Self::Archived { .. } => Some("Unarchive the feature first.".into()),
            Self::TooMany | Self::NotArchived { .. } => None,
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        matches!(self, Self::CodeTaken { .. }).then_some("/code")
    }
}

impl Feature {
    /// Refuses unless the feature is in use.
    ///
    /// # Errors
    /// [`FeatureRefusal::Archived`].
    pub fn in_use(&self) -> Result<(), FeatureRefusal> {
        match self.state {
            Archival::Active => Ok(()),
            Archival::Archived => Err(FeatureRefusal::Archived {
                name: self.name.to_string(),
            }),
        }
    }

    /// Puts the feature away.
    ///
    /// # Errors
    /// [`FeatureRefusal::Archived`] if it is already.
    pub fn archive(&mut self) -> Result<(), FeatureRefusal> {
        self.in_use()?;
        self.state = Archival::Archived;
        Ok(())
    }

    /// Takes the feature into use again.
    ///
    /// # Errors
    /// [`FeatureRefusal::NotArchived`] if it is in use.
    pub fn unarchive(&mut self) -> Result<(), FeatureRefusal> {
        if self.state == Archival::Active {
            return Err(FeatureRefusal::NotArchived {
                name: self.name.to_string(),
            });
        }
        self.state = Archival::Active;
        Ok(())
    }
}
