//! Policies: versioned rules.

pub mod apply;

use axum::Json;
use latchkey_app::{Changed, filter, policy, view};
use latchkey_domain as domain;
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{FeatureId, PolicyId, ProductId};
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::price::Price;
use crate::return_limit::ReturnLimit;
use crate::text::{field, fragment};
use crate::time::Timestamp;

/// Rules licenses of a product are issued from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// The product it issues licenses of.
    pub product_id: ProductId,
    /// That product's name.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// The name for people; unique in the product.
    #[schema(example = "Professional, yearly")]
    pub name: String,
    /// Whether licenses can be issued from it.
    pub state: PolicyState,
    /// The present revision of its rules; licenses keep the one they were issued under.
    #[schema(example = 1)]
    pub revision: u32,
    /// The rules of that revision.
    pub rules: PolicyRules,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Whether licenses can be issued from a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyState {
    /// They can.
    Active,
    /// No longer; licenses issued from it stay.
    Retired,
}

/// What a license issued from a policy is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRules {
    /// How long a license runs.
    pub term: Term,
    /// How many machines can be active at once.
    #[schema(example = 5, minimum = 1, maximum = 1_000_000)]
    pub seats_max: u32,
    /// Whether license files name the machines they are for.
    pub node_locked: bool,
    /// The features a license comes with; each belongs to the policy's product.
    pub feature_ids: Vec<FeatureId>,
    /// How long an exported license file is good for, at most.
    #[schema(example = 30, minimum = 1, maximum = 3650)]
    pub license_file_days: u32,
    /// How often seats may be given back by who is not the vendor; null or left out when as often as they like.
    #[serde(default)]
    pub returns: Option<ReturnLimit>,
    /// What a license costs for its term, by the vendor's list; null when that is not said.
    #[serde(default)]
    pub price: Option<Price>,
}

/// How long a license runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Term {
    /// For ever.
    Perpetual,
    /// A number of days.
    Days {
        /// How many.
        #[schema(example = 30, minimum = 1)]
        days: u32,
    },
    /// A number of calendar months.
    Months {
        /// How many.
        #[schema(example = 12, minimum = 1)]
        months: u32,
    },
}

/// The rules of a policy as they stood in one revision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyRevision {
    /// The policy.
    pub policy_id: PolicyId,
    /// The revision's number; the first is 1.
    #[schema(example = 1)]
    pub revision: u32,
    /// The rules.
    pub rules: PolicyRules,
    /// When it was made.
    pub created_at: Timestamp,
}

mirror!(PolicyState = domain::policy::PolicyState { Active, Retired });

impl From<domain::policy::Term> for Term {
    fn from(term: domain::policy::Term) -> Self {
        match term {
            domain::policy::Term::Perpetual => Self::Perpetual,
            domain::policy::Term::Days { days } => Self::Days { days },
            domain::policy::Term::Months { months } => Self::Months { months },
        }
    }
}

impl From<Term> for domain::policy::Term {
    fn from(term: Term) -> Self {
        match term {
            Term::Perpetual => Self::Perpetual,
            Term::Days { days } => Self::Days { days },
            Term::Months { months } => Self::Months { months },
        }
    }
}

impl From<domain::policy::PolicyRules> for PolicyRules {
    fn from(rules: domain::policy::PolicyRules) -> Self {
        Self {
            term: rules.term.into(),
            seats_max: rules.seats_max,
            node_locked: rules.node_locked,
            feature_ids: rules.feature_ids.into_iter().map(Into::into).collect(),
            license_file_days: rules.license_file_days,
            returns: rules.returns.map(Into::into),
            price: rules.price.map(Into::into),
        }
    }
}

impl From<PolicyRules> for domain::policy::PolicyRules {
    fn from(rules: PolicyRules) -> Self {
        Self {
            term: rules.term.into(),
            seats_max: rules.seats_max,
            node_locked: rules.node_locked,
            feature_ids: rules.feature_ids.into_iter().map(Into::into).collect(),
            license_file_days: rules.license_file_days,
            returns: rules.returns.map(Into::into),
            price: rules.price.map(Into::into),
        }
    }
}

impl From<view::PolicyView> for Policy {
    fn from(view: view::PolicyView) -> Self {
        let policy = view.policy;
        Self {
            id: policy.id.into(),
            product_id: policy.product_id.into(),
            product_name: view.product_name.to_string(),
            name: policy.name.to_string(),
            state: policy.state.into(),
            revision: policy.revision,
            rules: view.rules.into(),
            version: policy.version,
            created_at: policy.created_at.into(),
        }
    }
}

impl From<domain::policy::PolicyRevision> for PolicyRevision {
    fn from(revision: domain::policy::PolicyRevision) -> Self {
        Self {
            policy_id: revision.policy_id.into(),
            revision: revision.revision,
            rules: revision.rules.into(),
            created_at: revision.created_at.into(),
        }
    }
}

/// Which policies are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PolicyFilter {
    /// Only those of this product.
    #[param(required = false)]
    pub product_id: Option<ProductId>,
    /// Only those in this state.
    #[param(required = false)]
    pub state: Option<PolicyState>,
    /// Only those whose name has this fragment.
    #[param(required = false, example = "yearly")]
    pub q: Option<String>,
}

/// A new policy.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePolicy {
    /// The product it issues licenses of.
    pub product_id: ProductId,
    /// The name for people.
    #[schema(example = "Professional, yearly")]
    pub name: String,
    /// The rules of its first revision.
    pub rules: PolicyRules,
}

/// New rules for a policy.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevisePolicy {
    /// The rules of the next revision.
    pub rules: PolicyRules,
}

/// Lists policies, newest first.
#[utoipa::path(get, path = "/v1/policies", tag = "policies", params(PageQuery, PolicyFilter),
    responses((status = 200, description = "A page of policies.", body = Page<Policy>)),
    extensions(("x-problems" = json!(["text_too_long"]))))]
async fn list_policies(api: Caller, list: List<PolicyFilter>) -> Answer<Page<Policy>> {
    let filter = filter::PolicyFilter {
        product_id: list.filter.product_id.map(Into::into),
        state: list.filter.state.map(Into::into),
        fragment: fragment("/q", list.filter.q.as_deref())?,
    };
    let page = api.app.policy_list(&api.actor, &filter, list.page).await?;
    Ok(Json(Page::of(page, Policy::from)))
}

/// Creates a policy.
#[utoipa::path(post, path = "/v1/policies", tag = "policies", request_body = CreatePolicy,
    responses((status = 200, description = "The policy is created.", body = change::Changed<Policy>)),
    extensions(("x-problems" = json!(["product_not_found", "product_archived", "feature_not_found", "feature_archived", "feature_of_other_product", "@text", "@rules"]))))]
async fn create_policy(api: Caller, command: Command<CreatePolicy>) -> Act<Policy> {
    let new = policy::CreatePolicy {
        product_id: command.body.product_id.into(),
        name: field("/name", Name::parse(&command.body.name))?,
        rules: command.body.rules.into(),
    };
    let changed = api
        .app
        .policy_create(&api.actor, command.retry, new)
        .await?;
    api.policy_done(&changed).await
}

/// Shows a policy with its present rules.
#[utoipa::path(get, path = "/v1/policies/{id}", tag = "policies",
    params(("id" = PolicyId, Path, description = "The policy.")),
    responses((status = 200, description = "The policy.", body = Policy)),
    extensions(("x-problems" = json!(["policy_not_found"]))))]
async fn get_policy(api: Caller, PathId(id): PathId<PolicyId>) -> Answer<Policy> {
    Ok(Json(
        api.app.policy_get(&api.actor, id.into()).await?.into(),
    ))
}

/// Gives a policy new rules. Licenses issued before keep theirs.
#[utoipa::path(post, path = "/v1/policies/{id}/revise", tag = "policies",
    params(("id" = PolicyId, Path, description = "The policy.")), request_body = RevisePolicy,
    responses((status = 200, description = "The policy has a new revision.", body = change::Changed<Policy>)),
    extensions(("x-problems" = json!(["policy_not_found", "policy_retired", "policy_unchanged", "feature_not_found", "feature_archived", "feature_of_other_product", "@rules"]))))]
async fn revise_policy(
    api: Caller,
    PathId(id): PathId<PolicyId>,
    command: Command<RevisePolicy>,
) -> Act<Policy> {
    let rules = command.body.rules.into();
    let changed = api
        .app
        .policy_revise(&api.actor, command.retry, id.into(), rules)
        .await?;
    api.policy_done(&changed).await
}

/// Retires a policy: no license is issued from it any more.
#[utoipa::path(post, path = "/v1/policies/{id}/retire", tag = "policies",
    params(("id" = PolicyId, Path, description = "The policy.")),
    responses((status = 200, description = "The policy is retired.", body = change::Changed<Policy>)),
    extensions(("x-problems" = json!(["policy_not_found", "policy_retired"]))))]
async fn retire_policy(
    api: Caller,
    PathId(id): PathId<PolicyId>,
    command: Command<NoBody>,
) -> Act<Policy> {
    let changed = api
        .app
        .policy_retire(&api.actor, command.retry, id.into())
        .await?;
    api.policy_done(&changed).await
}

/// Brings a retired policy back.
#[utoipa::path(post, path = "/v1/policies/{id}/unretire", tag = "policies",
    params(("id" = PolicyId, Path, description = "The policy.")),
    responses((status = 200, description = "The policy is active again.", body = change::Changed<Policy>)),
    extensions(("x-problems" = json!(["policy_not_found", "policy_not_retired"]))))]
async fn unretire_policy(
    api: Caller,
    PathId(id): PathId<PolicyId>,
    command: Command<NoBody>,
) -> Act<Policy> {
    let changed = api
        .app
        .policy_unretire(&api.actor, command.retry, id.into())
        .await?;
    api.policy_done(&changed).await
}

/// Lists a policy's revisions, newest first.
#[utoipa::path(get, path = "/v1/policies/{id}/revisions", tag = "policies",
    params(("id" = PolicyId, Path, description = "The policy."), PageQuery),
    responses((status = 200, description = "A page of revisions.", body = Page<PolicyRevision>)),
    extensions(("x-problems" = json!(["policy_not_found"]))))]
async fn list_policy_revisions(
    api: Caller,
    PathId(id): PathId<PolicyId>,
    list: List<NoFilter>,
) -> Answer<Page<PolicyRevision>> {
    let page = api
        .app
        .policy_revision_list(&api.actor, id.into(), list.page)
        .await?;
    Ok(Json(Page::of(page, PolicyRevision::from)))
}

impl Caller {
    async fn policy_done(&self, changed: &Changed<domain::PolicyId>) -> Act<Policy> {
        let policy = self.app.policy_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, policy))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_policies, create_policy))
        .routes(routes!(get_policy))
        .routes(routes!(revise_policy))
        .routes(routes!(retire_policy))
        .routes(routes!(unretire_policy))
        .routes(routes!(list_policy_revisions))
        .merge(apply::routes())
}
