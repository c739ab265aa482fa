//! Customers as CSV.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Customer, CustomerFilter, CustomerOrder};
use crate::ApiState;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::Table;
use crate::import::FileBytes;
use crate::problem::Problem;

csv_row!(Customer {
    id,
    name,
    email,
    reference,
    reseller_id,
    controlled_activation,
    reclaim_idle_days,
    reclaim_warning_days,
    state,
    version,
    created_at,
} without licenses);

/// Downloads customers as CSV: all that the filter finds, in the order of the list.
#[utoipa::path(get, path = "/v1/customers/csv", tag = "customers", params(CsvQuery, CustomerFilter, CustomerOrder),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")),
    extensions(("x-problems" = json!(["text_too_long"]))))]
async fn export_customers_csv(
    api: Caller,
    table: Table<CustomerFilter, CustomerOrder>,
) -> Result<Response, Problem> {
    let filter = table.filter.ordered(table.sort)?;
    let read = |api: Caller, filter, page| async move {
        let page = api.app.customer_table(&api.actor, &filter, page).await?;
        Ok(page.map(Customer::from))
    };
    csv::answer(api, "customers", table.query, filter, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export_customers_csv))
}
