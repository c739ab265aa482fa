//! Licenses of a template from a file.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::caller::Caller;
use crate::extract::{PathId, Query, Upload};
use crate::id::TemplateId;
use crate::import::{FileBytes, ImportQuery, ImportReport};
use crate::problem::Problem;

/// Issues licenses from a template by a CSV file with a header, within its quota: all of them or none, unless refused
/// rows are skipped. A dry run shows row by row what would happen.
///
/// The fields are `customer` (the name of a customer of the reseller), `seats` and `expires`.
#[utoipa::path(post, path = "/v1/templates/{id}/licenses/import", tag = "resellers",
    params(("id" = TemplateId, Path, description = "The template."), ImportQuery),
    request_body(content = FileBytes, content_type = "text/csv", description = "The file, at most 16 MB."),
    responses((status = 200, description = "What was done, or would be.", body = ImportReport)),
    extensions(("x-problems" = json!(["@import", "template_not_found"]))))]
async fn import_from_template(
    api: Caller,
    PathId(id): PathId<TemplateId>,
    Query(query): Query<ImportQuery>,
    upload: Upload,
) -> Result<Done<ImportReport>, Problem> {
    let (file, options) = ((query.columns.as_deref(), &*upload.bytes), query.options());
    let changed = api
        .app
        .license_import_from_template(&api.actor, upload.retry, id.into(), file, options)
        .await?;
    Ok(ImportReport::done(changed))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(import_from_template))
}
