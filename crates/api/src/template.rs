//! Templates: policies offered to resellers, with quota.

mod import;

use axum::Json;
use latchkey_app::{Changed, template, view};
use latchkey_domain as domain;
use latchkey_domain::license::IssueTerms;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{CustomerId, PolicyId, ProductId, ResellerId, TemplateId};
use crate::license::License;
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
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
    /// What was issued and not revoked since.
    #[schema(example = 40)]
    pub issued: i64,
    /// What came back to the vendor unused.
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
            seats_usual: view.rules.seats_max.min(template.seats_max),
            seats_max: template.seats_max,
            state: template.state.into(),
            quota: template.balance.into(),
            version: template.version,
            created_at: template.created_at.into(),
        }
    }
}

/// Which templates are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateFilter {
    /// Only those of this reseller. To a reseller's people only theirs are shown anyway.
    #[param(required = false)]
    pub reseller_id: Option<ResellerId>,
}

/// A policy to offer to a reseller.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantTemplate {
    /// To whom.
    pub reseller_id: ResellerId,
    /// What.
    pub policy_id: PolicyId,
    /// How many seats a license may have at most; the policy's own without it.
    #[serde(default)]
    #[schema(required = false, example = 10, minimum = 1, maximum = 1_000_000)]
    pub seats_max: Option<u32>,
    /// How many licenses may be issued.
    #[schema(example = 50, minimum = 1, maximum = 1_000_000)]
    pub licenses: u32,
}

/// Quota to grant.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantQuota {
    /// How many more licenses may be issued.
    #[schema(example = 50, minimum = 1, maximum = 1_000_000)]
    pub licenses: u32,
}

/// A license to issue from a template.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueFromTemplate {
    /// Who gets it: a customer of the reseller.
    pub customer_id: CustomerId,
    /// Seats, where they differ from the usual ones: up to the template's bound.
    #[serde(default)]
    #[schema(required = false, example = 5, minimum = 1, maximum = 1_000_000)]
    pub seats_max: Option<u32>,
    /// Until when it runs, where that is earlier than the policy's term says.
    #[serde(default)]
    #[schema(required = false)]
    pub expires_at: Option<Timestamp>,
}

/// Lists templates, newest first, with what is left of their quota.
#[utoipa::path(get, path = "/v1/templates", tag = "resellers", params(PageQuery, TemplateFilter),
    responses((status = 200, description = "A page of templates.", body = Page<Template>)))]
async fn list_templates(api: Caller, list: List<TemplateFilter>) -> Answer<Page<Template>> {
    let of = list.filter.reseller_id.map(Into::into);
    let page = api.app.template_list(&api.actor, of, list.page).await?;
    Ok(Json(Page::of(page, Template::from)))
}

/// Offers a policy to a reseller, with a quota.
#[utoipa::path(post, path = "/v1/templates", tag = "resellers", request_body = GrantTemplate,
    responses((status = 200, description = "The template is granted.", body = change::Changed<Template>)),
    extensions(("x-problems" = json!(["reseller_not_found", "reseller_archived", "policy_not_found", "policy_retired",
        "template_granted", "template_limit", "template_seats_exceeded", "quota_out_of_bounds"]))))]
async fn grant_template(api: Caller, command: Command<GrantTemplate>) -> Act<Template> {
    let body = &command.body;
    let new = template::GrantTemplate {
        reseller_id: body.reseller_id.into(),
        policy_id: body.policy_id.into(),
        seats_max: body.seats_max,
        licenses: body.licenses,
    };
    let changed = api
        .app
        .template_grant(&api.actor, command.retry, new)
        .await?;
    api.template_done(&changed).await
}

/// Shows a template, with what is left of its quota.
#[utoipa::path(get, path = "/v1/templates/{id}", tag = "resellers",
    params(("id" = TemplateId, Path, description = "The template.")),
    responses((status = 200, description = "The template.", body = Template)),
    extensions(("x-problems" = json!(["template_not_found"]))))]
async fn get_template(api: Caller, PathId(id): PathId<TemplateId>) -> Answer<Template> {
    let template = api.app.template_get(&api.actor, id.into()).await?;
    Ok(Json(template.into()))
}

/// Grants more quota of a template.
#[utoipa::path(post, path = "/v1/templates/{id}/quota", tag = "resellers",
    params(("id" = TemplateId, Path, description = "The template.")), request_body = GrantQuota,
    responses((status = 200, description = "The quota is granted.", body = change::Changed<Template>)),
    extensions(("x-problems" = json!(["template_not_found", "template_withdrawn", "reseller_archived",
        "quota_out_of_bounds"]))))]
async fn grant_quota(
    api: Caller,
    PathId(id): PathId<TemplateId>,
    command: Command<GrantQuota>,
) -> Act<Template> {
    let licenses = command.body.licenses;
    let changed = api
        .app
        .quota_grant(&api.actor, command.retry, id.into(), licenses)
        .await?;
    api.template_done(&changed).await
}

/// Withdraws a template: nothing more can be issued, what was issued stays, unused quota comes back.
#[utoipa::path(post, path = "/v1/templates/{id}/withdraw", tag = "resellers",
    params(("id" = TemplateId, Path, description = "The template.")),
    responses((status = 200, description = "The template is withdrawn.", body = change::Changed<Template>)),
    extensions(("x-problems" = json!(["template_not_found", "template_withdrawn"]))))]
async fn withdraw_template(
    api: Caller,
    PathId(id): PathId<TemplateId>,
    command: Command<NoBody>,
) -> Act<Template> {
    let changed = api
        .app
        .template_withdraw(&api.actor, command.retry, id.into())
        .await?;
    api.template_done(&changed).await
}

/// Issues a license from a template, within its quota.
#[utoipa::path(post, path = "/v1/templates/{id}/licenses", tag = "resellers",
    params(("id" = TemplateId, Path, description = "The template.")), request_body = IssueFromTemplate,
    responses((status = 200, description = "The license is issued.", body = change::Changed<License>)),
    extensions(("x-problems" = json!(["template_not_found", "template_withdrawn", "template_seats_exceeded",
        "template_term_exceeded", "quota_used_up", "reseller_archived", "customer_not_of_reseller", "policy_retired",
        "product_archived", "customer_not_found", "customer_archived", "license_end_passed"]))))]
async fn issue_from_template(
    api: Caller,
    PathId(id): PathId<TemplateId>,
    command: Command<IssueFromTemplate>,
) -> Act<License> {
    let body = &command.body;
    let new = template::IssueFromTemplate {
        id: id.into(),
        customer_id: body.customer_id.into(),
        terms: IssueTerms {
            seats_max: body.seats_max,
            expires_at: body.expires_at.map(Into::into),
        },
    };
    let changed = api
        .app
        .license_issue_from_template(&api.actor, command.retry, new)
        .await?;
    api.license_done(&changed).await
}

impl Caller {
    async fn template_done(&self, changed: &Changed<domain::TemplateId>) -> Act<Template> {
        let template = self.app.template_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, template))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_templates, grant_template))
        .routes(routes!(get_template))
        .routes(routes!(grant_quota))
        .routes(routes!(withdraw_template))
        .routes(routes!(issue_from_template))
        .merge(import::routes())
}
