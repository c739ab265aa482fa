//! Features: named capabilities of a product.

use axum::Json;
use latchkey_app::{Changed, feature};
use latchkey_domain as domain;
use latchkey_domain::text::{Code, Name};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{FeatureId, ProductId};
use crate::page::{NoFilter, Page, PageQuery};
use crate::product::ArchiveState;
use crate::text::field;
use crate::time::Timestamp;

/// A named capability of a product.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Feature {
    /// Its id.
    pub id: FeatureId,
    /// The product that has it.
    pub product_id: ProductId,
    /// The short name programs ask for; unique in the product, never changed.
    #[schema(example = "export-step")]
    pub code: String,
    /// The name for people.
    #[schema(example = "STEP export")]
    pub name: String,
    /// Whether it is offered.
    pub state: ArchiveState,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

impl From<domain::feature::Feature> for Feature {
    fn from(feature: domain::feature::Feature) -> Self {
        Self {
            id: feature.id.into(),
            product_id: feature.product_id.into(),
            code: feature.code.to_string(),
            name: feature.name.to_string(),
            state: feature.state.into(),
            version: feature.version,
            created_at: feature.created_at.into(),
        }
    }
}

/// A new feature.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateFeature {
    /// The short name programs ask for: lower-case letters, digits and dashes.
    #[schema(example = "export-step")]
    pub code: String,
    /// The name for people.
    #[schema(example = "STEP export")]
    pub name: String,
}

/// Lists a product's features.
#[utoipa::path(get, path = "/v1/products/{id}/features", tag = "features",
    params(("id" = ProductId, Path, description = "The product."), PageQuery),
    responses((status = 200, description = "A page of features.", body = Page<Feature>)),
    extensions(("x-problems" = json!(["product_not_found"]))))]
async fn list_features(
    api: Caller,
    PathId(product_id): PathId<ProductId>,
    list: List<NoFilter>,
) -> Answer<Page<Feature>> {
    let page = api
        .app
        .feature_list(&api.actor, product_id.into(), list.page)
        .await?;
    Ok(Json(Page::of(page, Feature::from)))
}

/// Creates a feature of a product.
#[utoipa::path(post, path = "/v1/products/{id}/features", tag = "features",
    params(("id" = ProductId, Path, description = "The product.")), request_body = CreateFeature,
    responses((status = 200, description = "The feature is created.", body = change::Changed<Feature>)),
    extensions(("x-problems" = json!(["product_not_found", "product_archived", "feature_code_taken", "feature_limit", "@code"]))))]
async fn create_feature(
    api: Caller,
    PathId(product_id): PathId<ProductId>,
    command: Command<CreateFeature>,
) -> Act<Feature> {
    let new = feature::CreateFeature {
        product_id: product_id.into(),
        code: field("/code", Code::parse(&command.body.code))?,
        name: field("/name", Name::parse(&command.body.name))?,
    };
    let changed = api
        .app
        .feature_create(&api.actor, command.retry, new)
        .await?;
    api.feature_done(&changed).await
}

/// Archives a feature: licenses that have it keep it, nothing new is granted.
#[utoipa::path(post, path = "/v1/features/{id}/archive", tag = "features",
    params(("id" = FeatureId, Path, description = "The feature.")),
    responses((status = 200, description = "The feature is archived.", body = change::Changed<Feature>)),
    extensions(("x-problems" = json!(["feature_not_found", "feature_archived"]))))]
async fn archive_feature(
    api: Caller,
    PathId(id): PathId<FeatureId>,
    command: Command<NoBody>,
) -> Act<Feature> {
    let changed = api
        .app
        .feature_archive(&api.actor, command.retry, id.into())
        .await?;
    api.feature_done(&changed).await
}

/// Takes a feature out of the archive.
#[utoipa::path(post, path = "/v1/features/{id}/unarchive", tag = "features",
    params(("id" = FeatureId, Path, description = "The feature.")),
    responses((status = 200, description = "The feature is active again.", body = change::Changed<Feature>)),
    extensions(("x-problems" = json!(["feature_not_found", "feature_not_archived"]))))]
async fn unarchive_feature(
    api: Caller,
    PathId(id): PathId<FeatureId>,
    command: Command<NoBody>,
) -> Act<Feature> {
    let changed = api
        .app
        .feature_unarchive(&api.actor, command.retry, id.into())
        .await?;
    api.feature_done(&changed).await
}

impl Caller {
    async fn feature_done(&self, changed: &Changed<domain::FeatureId>) -> Act<Feature> {
        let feature = self.app.feature_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, feature))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_features, create_feature))
        .routes(routes!(archive_feature))
        .routes(routes!(unarchive_feature))
}
