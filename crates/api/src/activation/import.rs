//! Activations from a list as customers' IT collects it.

use latchkey_app::import::ImportOptions;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::caller::Caller;
use crate::extract::{Query, Upload};
use crate::id::LicenseId;
use crate::import::{FileBytes, ImportReport};
use crate::problem::Problem;

/// How a list of machines is to be imported.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportActivationsQuery {
    /// The license to activate the machines on.
    pub license_id: LicenseId,
    /// Only tell what would happen.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub dry_run: bool,
    /// Apply the good rows even when others are refused; otherwise one refused row refuses the list.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub skip_refused: bool,
}

/// Activates every machine of a list. A dry run shows row by row what would happen.
///
/// The list has a machine code, a tab and a friendly name on each line, or is CSV with a header that names the columns
/// `machine_code` and `friendly_name` in any order.
#[utoipa::path(post, path = "/v1/activations/import", tag = "activations", params(ImportActivationsQuery),
    request_body(content = FileBytes, content_type = "text/csv", description = "The list, at most 16 MB."),
    responses((status = 200, description = "What was done, or would be.", body = ImportReport)),
    extensions(("x-problems" = json!(["license_not_found", "license_suspended", "license_expired", "license_revoked", "@import"]))))]
async fn import_activations(
    api: Caller,
    Query(query): Query<ImportActivationsQuery>,
    upload: Upload,
) -> Result<Done<ImportReport>, Problem> {
    let options = ImportOptions {
        dry_run: query.dry_run,
        skip_refused: query.skip_refused,
    };
    let license_id = query.license_id.into();
    let changed = api
        .app
        .activation_import(&api.actor, upload.retry, license_id, &upload.bytes, options)
        .await?;
    Ok(ImportReport::done(changed))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(import_activations))
}
