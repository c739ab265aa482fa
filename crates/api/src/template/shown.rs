//! A template as it is shown, with what is in its accounts.

use latchkey_app::view;
use latchkey_domain as domain;
use serde::Serialize;
use utoipa::ToSchema;

use crate::id::{FeatureId, PolicyId, ProductId, ResellerId, TemplateId};
use crate::mirror::mirror;
use crate::policy::Term;
use crate::time::Timestamp;

/// A policy offered to a reseller, with its quota.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Its name: the policy's.
    #[schema(example = "Professional, yearly")]
    pub name: String,
    /// To whom it is offered.
    pub reseller_id: ResellerId,
    /// The reseller's name.
    #[schema(example = "Südlicht Handel")]
    pub reseller_name: String,
    /// The policy that is offered.
    pub policy_id: PolicyId,
    /// The product it is for.
    pub product_id: ProductId,
    /// That product's name.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// How long a license lasts: it may end earlier, never later.
    pub term: Term,
    /// How many seats a license gets unless said otherwise.
    #[schema(example = 3)]
    pub seats_usual: u32,
    /// How many seats a license may have at most.
    #[schema(example = 10)]
    pub seats_max: u32,
    /// How many days a license lasts at most; null where it is as long as the term says.
    #[schema(required, example = 365)]
    pub days_max: Option<u32>,
    /// The features that a license gets.
    pub features: Vec<TemplateFeature>,
    /// True where it gets all that the policy has, also those that it has later on.
    pub all_features: bool,
    /// True where the seats of a license are not to be chosen.
    pub seats_fixed: bool,
    /// True where the end of a license is not to be chosen.
    pub end_fixed: bool,
    /// The template of the reseller above that it was granted out of; null where the vendor granted it.
    #[schema(required)]
    pub parent_id: Option<TemplateId>,
    /// Whether licenses can be issued from it.
    pub state: TemplateState,
    /// What is in the accounts of its quota.
    pub quota: Quota,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was granted.
    pub created_at: Timestamp,
}

/// A feature that a license from a template gets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TemplateFeature {
    /// Its id.
    pub id: FeatureId,
    /// Its name.
    #[schema(example = "STEP export")]
    pub name: String,
}

/// Whether a reseller can issue from a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// It can, while quota is left.
    Granted,
    /// It cannot any more; what was issued stays.
    Withdrawn,
}

mirror!(TemplateState = domain::template::TemplateState { Granted, Withdrawn });

/// The quota of a template: how many licenses are in each account. What was granted is the sum of the others.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Quota {
    /// All that was ever granted.
    #[schema(example = 50)]
    pub granted: i64,
    /// What the reseller may still issue.
    #[schema(example = 8)]
    pub left: i64,
    /// What is with resellers below.
    #[schema(example = 0)]
    pub below: i64,
    /// What was issued and not revoked since.
    #[schema(example = 40)]
    pub issued: i64,
    /// What went back unused to whoever granted it.
    #[schema(example = 0)]
    pub returned: i64,
    /// What was used up by licenses that were revoked too late to come back.
    #[schema(example = 2)]
    pub expired: i64,
}

impl From<domain::quota::Postings> for Quota {
    fn from(balance: domain::quota::Postings) -> Self {
        Self {
            granted: -balance.vendor,
            left: balance.reseller,
            below: balance.below,
            issued: balance.customer,
            returned: balance.returned,
            expired: balance.expired,
        }
    }
}

impl From<view::TemplateView> for Template {
    fn from(view: view::TemplateView) -> Self {
        let template = view.template;
        Self {
            id: template.id.into(),
            name: template.name.to_string(),
            reseller_id: template.reseller_id.into(),
            reseller_name: view.reseller_name.to_string(),
            policy_id: template.policy_id.into(),
            product_id: view.product_id.into(),
            product_name: view.product_name.to_string(),
            term: view.rules.term.into(),
            seats_usual: template.bounds.seats_usual(&view.rules),
            seats_max: template.bounds.seats_max(),
            days_max: template.bounds.days_max(),
            features: view
                .features
                .into_iter()
                .map(|(id, name)| TemplateFeature {
                    id: id.into(),
                    name: name.to_string(),
                })
                .collect(),
            all_features: template.bounds.feature_ids().is_none(),
            seats_fixed: template.bounds.seats_fixed(),
            end_fixed: template.bounds.end_fixed(),
            parent_id: template.parent_id.map(Into::into),
            state: template.state.into(),
            quota: template.balance.into(),
            version: template.version,
            created_at: template.created_at.into(),
        }
    }
}
