//! Products: the things sold.

use axum::Json;
use latchkey_app::{Changed, filter, product};
use latchkey_domain as domain;
use latchkey_domain::text::{Code, Name};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::ProductId;
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::text::{field, fragment};
use crate::time::Timestamp;

/// A thing sold.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// The short name programs use; unique, never changed.
    #[schema(example = "atlas")]
    pub code: String,
    /// The name for people.
    #[schema(example = "Atlas CAD")]
    pub name: String,
    /// Whether it is offered.
    pub state: ArchiveState,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Whether a thing is in use or put away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveState {
    /// In use.
    Active,
    /// Put away: what refers to it stays, nothing new is made from it.
    Archived,
}

mirror!(ArchiveState = domain::product::Archival { Active, Archived });

impl From<domain::product::Product> for Product {
    fn from(product: domain::product::Product) -> Self {
        Self {
            id: product.id.into(),
            code: product.code.to_string(),
            name: product.name.to_string(),
            state: product.state.into(),
            version: product.version,
            created_at: product.created_at.into(),
        }
    }
}

/// Which products are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductFilter {
    /// Only those in this state.
    #[param(required = false)]
    pub state: Option<ArchiveState>,
    /// Only those whose code or name has this fragment.
    #[param(required = false, example = "atlas")]
    pub q: Option<String>,
}

/// A new product.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProduct {
    /// The short name programs use: lower-case letters, digits and dashes.
    #[schema(example = "atlas")]
    pub code: String,
    /// The name for people.
    #[schema(example = "Atlas CAD")]
    pub name: String,
}

/// A product's new name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameProduct {
    /// The name for people.
    #[schema(example = "Atlas CAD 2")]
    pub name: String,
}

/// Lists products, newest first.
#[utoipa::path(get, path = "/v1/products", tag = "products", params(PageQuery, ProductFilter),
    responses((status = 200, description = "A page of products.", body = Page<Product>)),
    extensions(("x-problems" = json!(["text_too_long"]))))]
async fn list_products(api: Caller, list: List<ProductFilter>) -> Answer<Page<Product>> {
    let filter = filter::ProductFilter {
        state: list.filter.state.map(Into::into),
        fragment: fragment("/q", list.filter.q.as_deref())?,
    };
    let page = api.app.product_list(&api.actor, &filter, list.page).await?;
    Ok(Json(Page::of(page, Product::from)))
}

/// Creates a product.
#[utoipa::path(post, path = "/v1/products", tag = "products", request_body = CreateProduct,
    responses((status = 200, description = "The product is created.", body = change::Changed<Product>)),
    extensions(("x-problems" = json!(["@code", "product_code_taken"]))))]
async fn create_product(api: Caller, command: Command<CreateProduct>) -> Act<Product> {
    let new = product::CreateProduct {
        code: field("/code", Code::parse(&command.body.code))?,
        name: field("/name", Name::parse(&command.body.name))?,
    };
    let changed = api
        .app
        .product_create(&api.actor, command.retry, new)
        .await?;
    api.product_done(&changed).await
}

/// Shows a product.
#[utoipa::path(get, path = "/v1/products/{id}", tag = "products",
    params(("id" = ProductId, Path, description = "The product.")),
    responses((status = 200, description = "The product.", body = Product)),
    extensions(("x-problems" = json!(["product_not_found"]))))]
async fn get_product(api: Caller, PathId(id): PathId<ProductId>) -> Answer<Product> {
    Ok(Json(
        api.app.product_get(&api.actor, id.into()).await?.into(),
    ))
}

/// Gives a product another name.
#[utoipa::path(patch, path = "/v1/products/{id}", tag = "products",
    params(("id" = ProductId, Path, description = "The product.")), request_body = RenameProduct,
    responses((status = 200, description = "The product has the name.", body = change::Changed<Product>)),
    extensions(("x-problems" = json!(["product_not_found", "@text"]))))]
async fn rename_product(
    api: Caller,
    PathId(id): PathId<ProductId>,
    command: Command<RenameProduct>,
) -> Act<Product> {
    let name = field("/name", Name::parse(&command.body.name))?;
    let changed = api
        .app
        .product_rename(&api.actor, command.retry, id.into(), name)
        .await?;
    api.product_done(&changed).await
}

/// Archives a product: its licenses stay, nothing new is made from it.
#[utoipa::path(post, path = "/v1/products/{id}/archive", tag = "products",
    params(("id" = ProductId, Path, description = "The product.")),
    responses((status = 200, description = "The product is archived.", body = change::Changed<Product>)),
    extensions(("x-problems" = json!(["product_not_found", "product_archived"]))))]
async fn archive_product(
    api: Caller,
    PathId(id): PathId<ProductId>,
    command: Command<NoBody>,
) -> Act<Product> {
    let changed = api
        .app
        .product_archive(&api.actor, command.retry, id.into())
        .await?;
    api.product_done(&changed).await
}

/// Takes a product out of the archive.
#[utoipa::path(post, path = "/v1/products/{id}/unarchive", tag = "products",
    params(("id" = ProductId, Path, description = "The product.")),
    responses((status = 200, description = "The product is active again.", body = change::Changed<Product>)),
    extensions(("x-problems" = json!(["product_not_found", "product_not_archived"]))))]
async fn unarchive_product(
    api: Caller,
    PathId(id): PathId<ProductId>,
    command: Command<NoBody>,
) -> Act<Product> {
    let changed = api
        .app
        .product_unarchive(&api.actor, command.retry, id.into())
        .await?;
    api.product_done(&changed).await
}

impl Caller {
    async fn product_done(&self, changed: &Changed<domain::ProductId>) -> Act<Product> {
        let product = self.app.product_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, product))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_products, create_product))
        .routes(routes!(get_product, rename_product))
        .routes(routes!(archive_product))
        .routes(routes!(unarchive_product))
}
