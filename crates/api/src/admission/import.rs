//! Machines to admit from a list, as IT collects it from its machines.

use latchkey_app::import::ImportOptions;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::caller::Caller;
use crate::extract::{Query, Upload};
use crate::id::CustomerId;
use crate::import::{FileBytes, ImportReport};
use crate::problem::Problem;

/// How a list of machines to admit is to be imported.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportAdmissionsQuery {
    /// For whose licenses.
    pub customer_id: CustomerId,
    /// Only tell what would happen.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub dry_run: bool,
    /// Apply the good rows even when others are refused; otherwise one refused row refuses the list.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub skip_refused: bool,
}

/// Admits every machine of a list, those that wait or were refused as well.
///
/// The list has a machine code, a tab and a friendly name on each line, as the collection scripts write it: the outputs of
/// several machines one after the other are a list. Or it is CSV with a header that names the columns `machine_code` and
/// `friendly_name` in any order.
#[utoipa::path(post, path = "/v1/admissions/import", tag = "admissions", params(ImportAdmissionsQuery),
    request_body(content = FileBytes, content_type = "text/csv", description = "The list, at most 16 MB."),
    responses((status = 200, description = "What was done, or would be.", body = ImportReport)),
    extensions(("x-problems" = json!(["customer_not_found", "@import"]))))]
async fn import_admissions(
    api: Caller,
    Query(query): Query<ImportAdmissionsQuery>,
    upload: Upload,
) -> Result<Done<ImportReport>, Problem> {
    let options = ImportOptions {
        dry_run: query.dry_run,
        skip_refused: query.skip_refused,
    };
    let customer_id = query.customer_id.into();
    let changed = api
        .app
        .admission_import(
            &api.actor,
            upload.retry,
            customer_id,
            &upload.bytes,
            options,
        )
        .await?;
    Ok(ImportReport::done(changed))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(import_admissions))
}
