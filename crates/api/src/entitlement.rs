//! Entitlements: a license's rights to features.

use axum::Json;
use latchkey_app::filter::PageRequest;
use latchkey_app::{Changed, entitlement, view};
use latchkey_domain as domain;
use latchkey_domain::limits::PAGE_ROWS_MAX;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{EntitlementId, FeatureId, LicenseId};
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;

/// A license's right to a feature.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Entitlement {
    /// Its id.
    pub id: EntitlementId,
    /// The license that has it.
    pub license_id: LicenseId,
    /// The feature it gives.
    pub feature_id: FeatureId,
    /// The feature's code.
    #[schema(example = "export-step")]
    pub feature_code: String,
    /// The feature's name.
    #[schema(example = "STEP export")]
    pub feature_name: String,
    /// How much of it; null means without limit.
    #[schema(required, example = 100)]
    pub limit: Option<u32>,
    /// Whether it holds.
    pub state: EntitlementState,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// Whether an entitlement holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntitlementState {
    /// It holds.
    Granted,
    /// It was taken back.
    Withdrawn,
}

mirror!(EntitlementState = domain::entitlement::EntitlementState { Granted, Withdrawn });

impl From<view::EntitlementView> for Entitlement {
    fn from(view: view::EntitlementView) -> Self {
        let entitlement = view.entitlement;
        Self {
            id: entitlement.id.into(),
            license_id: entitlement.license_id.into(),
            feature_id: entitlement.feature_id.into(),
            feature_code: view.feature_code.to_string(),
            feature_name: view.feature_name.to_string(),
            limit: entitlement.limit,
            state: entitlement.state.into(),
            version: entitlement.version,
        }
    }
}

/// A feature to grant.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantEntitlement {
    /// The feature; it belongs to the license's product.
    pub feature_id: FeatureId,
    /// How much of it; left out means without limit.
    #[schema(example = 100, minimum = 1)]
    pub limit: Option<u32>,
}

/// Lists a license's entitlements.
#[utoipa::path(get, path = "/v1/licenses/{id}/entitlements", tag = "entitlements",
    params(("id" = LicenseId, Path, description = "The license."), PageQuery),
    responses((status = 200, description = "A page of entitlements.", body = Page<Entitlement>)),
    extensions(("x-problems" = json!(["license_not_found"]))))]
async fn list_entitlements(
    api: Caller,
    PathId(license_id): PathId<LicenseId>,
    list: List<NoFilter>,
) -> Answer<Page<Entitlement>> {
    let page = api
        .app
        .entitlement_list(&api.actor, license_id.into(), list.page)
        .await?;
    Ok(Json(Page::of(page, Entitlement::from)))
}

/// Grants a license a feature.
#[utoipa::path(post, path = "/v1/licenses/{id}/entitlements", tag = "entitlements",
    params(("id" = LicenseId, Path, description = "The license.")), request_body = GrantEntitlement,
    responses((status = 200, description = "The feature is granted.", body = change::Changed<Entitlement>)),
    extensions(("x-problems" = json!(["license_not_found", "license_revoked", "feature_not_found", "feature_archived", "feature_of_other_product", "entitlement_granted", "entitlement_limit_zero"]))))]
async fn grant_entitlement(
    api: Caller,
    PathId(license_id): PathId<LicenseId>,
    command: Command<GrantEntitlement>,
) -> Act<Entitlement> {
    let grant = entitlement::GrantEntitlement {
        license_id: license_id.into(),
        feature_id: command.body.feature_id.into(),
        limit: command.body.limit,
    };
    let changed = api
        .app
        .entitlement_grant(&api.actor, command.retry, grant)
        .await?;
    api.entitlement_done(&changed, license_id.into(), changed.value)
        .await
}

/// Withdraws an entitlement.
#[utoipa::path(post, path = "/v1/entitlements/{id}/withdraw", tag = "entitlements",
    params(("id" = EntitlementId, Path, description = "The entitlement.")),
    responses((status = 200, description = "The entitlement is withdrawn.", body = change::Changed<Entitlement>)),
    extensions(("x-problems" = json!(["entitlement_not_found", "entitlement_withdrawn"]))))]
async fn withdraw_entitlement(
    api: Caller,
    PathId(id): PathId<EntitlementId>,
    command: Command<NoBody>,
) -> Act<Entitlement> {
    let changed = api
        .app
        .entitlement_withdraw(&api.actor, command.retry, id.into())
        .await?;
    api.entitlement_done(&changed, changed.value, id.into())
        .await
}

impl Caller {
    /// A license has at most one entitlement to each feature of its product, so one page holds them all.
    async fn entitlement_done<V>(
        &self,
        changed: &Changed<V>,
        license_id: domain::LicenseId,
        id: domain::EntitlementId,
    ) -> Act<Entitlement> {
        let all = PageRequest::uncounted(PAGE_ROWS_MAX, None);
        let page = self
            .app
            .entitlement_list(&self.actor, license_id, all)
            .await?;
        let item = page.rows.into_iter().find(|view| view.entitlement.id == id);
        item.map(|view| Done::changed(changed, view))
            .ok_or_else(|| {
                Problem::new(
                    "entitlement_not_found",
                    "The entitlement does not exist any more.",
                )
            })
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_entitlements, grant_entitlement))
        .routes(routes!(withdraw_entitlement))
}
