//! Customers from a file.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::caller::Caller;
use crate::extract::{Query, Upload};
use crate::import::{FileBytes, ImportQuery, ImportReport};
use crate::problem::Problem;

/// Creates and updates customers from a CSV file with a header. A dry run shows row by row what would happen.
///
/// The fields are `name`, `email` and `reference`; a row is matched to a customer by reference, else by name.
#[utoipa::path(post, path = "/v1/customers/import", tag = "customers", params(ImportQuery),
    request_body(content = FileBytes, content_type = "text/csv", description = "The file, at most 16 MB."),
    responses((status = 200, description = "What was done, or would be.", body = ImportReport)),
    extensions(("x-problems" = json!(["@import"]))))]
async fn import_customers(
    api: Caller,
    Query(query): Query<ImportQuery>,
    upload: Upload,
) -> Result<Done<ImportReport>, Problem> {
    let (columns, options) = (query.columns.as_deref(), query.options());
    let changed = api
        .app
        .customer_import(&api.actor, upload.retry, columns, &upload.bytes, options)
        .await?;
    Ok(ImportReport::done(changed))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(import_customers))
}
