//! The log of machines that asked, and of what they were told.

use axum::Json;
use axum::response::Response;
use latchkey_app::filter::ValidationFilter;
use latchkey_app::view::ValidationView;
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::{List, Table};
use crate::id::{AccessTokenId, ActivationId, CustomerId, LicenseId};
use crate::import::FileBytes;
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;

/// A machine asked, and was told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Validation {
    /// When.
    pub at: Timestamp,
    /// About which license.
    pub license_id: LicenseId,
    /// That license's key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: String,
    /// What the licensed app knows the machine by.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
    /// What people call the machine; null if it is not known.
    #[schema(required, example = "Drawing office 3")]
    pub friendly_name: Option<String>,
    /// Its activation then; null if it had none.
    #[schema(required)]
    pub activation_id: Option<ActivationId>,
    /// The access token it came with; null if it came with the license key, or a person asked.
    #[schema(required)]
    pub access_token_id: Option<AccessTokenId>,
    /// What people call that access token.
    #[schema(required, example = "Build server")]
    pub access_token_name: Option<String>,
    /// What it asked for.
    pub asked: Asked,
    /// The code of why it may not; null if it may.
    #[schema(required, example = "license_suspended")]
    pub refusal: Option<String>,
}

csv_row!(Validation {
    at,
    license_id,
    license_key,
    machine_code,
    friendly_name,
    activation_id,
    access_token_id,
    access_token_name,
    asked,
    refusal
});

/// What a machine asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Whether it may use its license.
    Validate,
    /// To be activated, and was told no; where it was told yes, there is an entry of the ledger.
    Activate,
}

mirror!(Asked = domain::validation::Asked { Validate, Activate });

/// Which validations are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only those about this license.
    #[param(required = false)]
    pub license_id: Option<LicenseId>,
    /// Only those about licenses that this customer had then.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
    /// True for only those that were told no.
    #[param(required = false)]
    pub refused: Option<bool>,
}

impl From<ValidationView> for Validation {
    fn from(view: ValidationView) -> Self {
        let row = view.validation;
        Self {
            at: row.at.into(),
            license_id: row.license_id.into(),
            license_key: view.license_key.to_string(),
            machine_code: row.machine_code.to_string(),
            friendly_name: view.friendly_name.map(|name| name.to_string()),
            activation_id: row.activation_id.map(Into::into),
            access_token_id: row.access_token_id.map(Into::into),
            access_token_name: view.access_token_name.map(|name| name.to_string()),
            asked: row.asked.into(),
            refusal: row.refusal,
        }
    }
}

impl Which {
    fn filter(&self) -> ValidationFilter {
        ValidationFilter {
            license_id: self.license_id.map(Into::into),
            customer_id: self.customer_id.map(Into::into),
            reseller_id: None,
            refused: self.refused == Some(true),
            nothing: false,
        }
    }
}

/// Lists what machines asked and were told, newest first, for the last 90 days.
#[utoipa::path(get, path = "/v1/validations", tag = "validations", params(Which, PageQuery),
    responses((status = 200, description = "A page of validations.", body = Page<Validation>)))]
async fn list_validations(api: Caller, list: List<Which>) -> Answer<Page<Validation>> {
    let page = api
        .app
        .validation_list(&api.actor, &list.filter.filter(), list.page)
        .await?;
    Ok(Json(Page::of(page, Validation::from)))
}

/// Exports what machines asked and were told, newest first, for the last 90 days, as CSV.
#[utoipa::path(get, path = "/v1/validations/csv", tag = "validations", params(CsvQuery, Which),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")))]
async fn export_validations_csv(
    api: Caller,
    table: Table<Which, NoFilter>,
) -> Result<Response, Problem> {
    let read = |api: Caller, filter: ValidationFilter, page| async move {
        let found = api.app.validation_export(&api.actor, &filter, page).await?;
        Ok(found.map(Validation::from))
    };
    csv::answer(api, "validations", table.query, table.filter.filter(), read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_validations))
        .routes(routes!(export_validations_csv))
}
