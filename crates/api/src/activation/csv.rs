//! Activations as CSV.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Activation, ActivationFilter, ActivationOrder};
use crate::ApiState;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::Table;
use crate::import::FileBytes;
use crate::problem::Problem;

csv_row!(Activation {
    id,
    license_id,
    license_key,
    product_id,
    product_name,
    customer_id,
    customer_name,
    machine_id,
    machine_code,
    friendly_name,
    state,
    activated_at,
    last_seen_at,
    deactivated_at,
    machine_key,
    return_receipt_id,
    seen_after_return,
    kept,
    warned_at,
    reclaim_at,
    reclaimed_by,
    reclaim_undo_until,
    version,
});

/// Downloads activations as CSV: all that the filter finds, in the order of the list.
#[utoipa::path(get, path = "/v1/activations/csv", tag = "activations", params(CsvQuery, ActivationFilter, ActivationOrder),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")),
    extensions(("x-problems" = json!(["text_too_long", "text_invisible_character"]))))]
async fn export_activations_csv(
    api: Caller,
    table: Table<ActivationFilter, ActivationOrder>,
) -> Result<Response, Problem> {
    let filter = table.filter.ordered(table.sort)?;
    let read = |api: Caller, filter, page| async move {
        let page = api.app.activation_table(&api.actor, &filter, page).await?;
        Ok(page.map(Activation::from))
    };
    csv::answer(api, "activations", table.query, filter, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export_activations_csv))
}
