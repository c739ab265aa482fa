//! Licenses from a file.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::caller::Caller;
use crate::extract::{Query, Upload};
use crate::import::{FileBytes, ImportQuery, ImportReport};
use crate::problem::Problem;

/// Issues licenses from a CSV file with a header. A dry run shows row by row what would happen.
///
/// The fields are `customer`, `policy`, `seats` and `expires`.
#[utoipa::path(post, path = "/v1/licenses/import", tag = "licenses", params(ImportQuery),
    request_body(content = FileBytes, content_type = "text/csv", description = "The file, at most 16 MB."),
    responses((status = 200, description = "What was done, or would be.", body = ImportReport)),
    extensions(("x-problems" = json!(["@import"]))))]
async fn import_licenses(
    api: Caller,
    Query(query): Query<ImportQuery>,
    upload: Upload,
) -> Result<Done<ImportReport>, Problem> {
    let (columns, options) = (query.columns.as_deref(), query.options());
    let changed = api
        .app
        .license_import(&api.actor, upload.retry, columns, &upload.bytes, options)
        .await?;
    Ok(ImportReport::done(changed))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(import_licenses))
}
