//! Templates: policies offered to resellers, with quota.

mod import;
pub mod shown;

use axum::Json;
use latchkey_app::{Changed, template};
use latchkey_domain as domain;
use latchkey_domain::license::IssueTerms;
use latchkey_domain::template::Narrowing;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::bulk::ids;
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{CustomerId, FeatureId, PolicyId, ResellerId, TemplateId};
use crate::license::License;
use crate::page::{Page, PageQuery};
use crate::time::Timestamp;
use shown::Template;

/// Which templates are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateFilter {
    /// Only those of this reseller. To a reseller's people only theirs are shown, and those of resellers directly below.
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
    /// How many seats a license may have at most; without it as many as the policy says, or the template of the reseller
    /// above.
    #[serde(default)]
    #[schema(required = false, example = 10, minimum = 1, maximum = 1_000_000)]
    pub seats_max: Option<u32>,
    /// How many days a license lasts at most; without it as long as the policy says, or the template of the reseller above.
    #[serde(default)]
    #[schema(required = false, example = 365, minimum = 1, maximum = 36_525)]
    pub days_max: Option<u32>,
    /// The only features that a license gets; all of them without it.
    #[serde(default)]
    #[schema(required = false, max_items = 200)]
    pub feature_ids: Option<Vec<FeatureId>>,
    /// True where the seats of a license are not to be chosen.
    #[serde(default)]
    pub seats_fixed: bool,
    /// True where the end of a license is not to be chosen.
    #[serde(default)]
    pub end_fixed: bool,
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

/// Offers a policy to a reseller, with a quota: of the vendor's, or to a reseller below out of what the one above has.
#[utoipa::path(post, path = "/v1/templates", tag = "resellers", request_body = GrantTemplate,
    responses((status = 200, description = "The template is granted.", body = change::Changed<Template>)),
    extensions(("x-problems" = json!(["reseller_not_found", "reseller_archived", "policy_not_found", "policy_retired",
        "reseller_above_archived", "template_granted", "template_limit", "template_not_above", "template_withdrawn",
        "template_seats_exceeded", "template_days_exceeded", "template_features_exceeded", "quota_not_enough",
        "quota_out_of_bounds"]))))]
async fn grant_template(api: Caller, command: Command<GrantTemplate>) -> Act<Template> {
    let body = command.body;
    let new = template::GrantTemplate {
        reseller_id: body.reseller_id.into(),
        policy_id: body.policy_id.into(),
        narrowing: Narrowing {
            seats_max: body.seats_max,
            days_max: body.days_max,
            feature_ids: ids(body.feature_ids),
            seats_fixed: body.seats_fixed,
            end_fixed: body.end_fixed,
        },
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
        "reseller_above_archived", "quota_not_enough", "quota_out_of_bounds"]))))]
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

/// Withdraws a template, and all that was granted out of it: nothing more can be issued, what was issued stays, unused
/// quota goes back.
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
        "template_term_exceeded", "template_fixed", "quota_used_up", "reseller_archived", "reseller_above_archived",
         "customer_not_of_reseller", "policy_retired",
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
