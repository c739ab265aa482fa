//! One field that finds any record.

use axum::Json;
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::activation::Activation;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::customer::Customer;
use crate::extract::Query;
use crate::license::License;
use crate::policy::Policy;
use crate::product::Product;
use crate::text::field;

/// What is looked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// The beginning of a license key or of a machine code, or a fragment of a friendly name, of a customer's name,
    /// e-mail address or reference, of a product's name or code, or of a policy's name.
    #[param(example = "office")]
    pub q: String,
}

/// What was found: at most five of each kind, the newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Found {
    /// Licenses, by key.
    pub licenses: Vec<License>,
    /// Customers, by name, e-mail address and reference.
    pub customers: Vec<Customer>,
    /// Activations: at most five by friendly name, then at most five by machine code.
    pub activations: Vec<Activation>,
    /// Products, by name and code.
    pub products: Vec<Product>,
    /// Policies, by name.
    pub policies: Vec<Policy>,
}

/// Finds records of all kinds.
#[utoipa::path(get, path = "/v1/search", tag = "me", params(SearchQuery),
    responses((status = 200, description = "What was found.", body = Found)),
    extensions(("x-problems" = json!(["@text"]))))]
async fn search(api: Caller, Query(query): Query<SearchQuery>) -> Answer<Found> {
    let text = field("/q", Name::parse(&query.q))?;
    let found = api.app.search(&api.actor, text.as_str()).await?;
    Ok(Json(Found {
        licenses: found
            .licenses
            .into_iter()
            .map(License::at(api.app.now()))
            .collect(),
        customers: found.customers.into_iter().map(Customer::from).collect(),
        activations: found
            .activations
            .into_iter()
            .map(Activation::from)
            .collect(),
        products: found.products.into_iter().map(Product::from).collect(),
        policies: found.policies.into_iter().map(Policy::from).collect(),
    }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(search))
}
