//! Licenses as CSV.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{License, LicenseFilter, LicenseOrder};
use crate::ApiState;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::Table;
use crate::import::FileBytes;
use crate::problem::Problem;

csv_row!(License {
    id,
    key,
    product_id,
    product_name,
    policy_id,
    policy_name,
    policy_revision,
    renewal_revision,
    customer_id,
    customer_name,
    reseller_id,
    template_id,
    state,
    suspended_for,
    starts_at,
    expires_at,
    seats_max,
    seats_used,
    node_locked,
    license_file_days,
    returns,
    version,
    issued_at,
});

/// Downloads licenses as CSV: all that the filter finds, in the order of the list.
#[utoipa::path(get, path = "/v1/licenses/csv", tag = "licenses", params(CsvQuery, LicenseFilter, LicenseOrder),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")),
    extensions(("x-problems" = json!(["license_key_length", "license_key_character"]))))]
async fn export_licenses_csv(
    api: Caller,
    table: Table<LicenseFilter, LicenseOrder>,
) -> Result<Response, Problem> {
    let filter = table.filter.ordered(table.sort)?;
    let read = |api: Caller, filter, page| async move {
        let page = api.app.license_table(&api.actor, &filter, page).await?;
        Ok(page.map(License::at(api.app.now())))
    };
    csv::answer(api, "licenses", table.query, filter, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export_licenses_csv))
}
