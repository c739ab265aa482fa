//! A license file as a QR code.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::caller::Caller;
use crate::extract::PathId;
use crate::id::LicenseFileId;
use crate::import::FileBytes;
use crate::problem::Problem;

/// Gives a license file as a QR code, if one is large enough. Its text counts as the file wherever files are verified.
#[utoipa::path(get, path = "/v1/license-files/{id}/qr", tag = "license files",
    params(("id" = LicenseFileId, Path, description = "The license file.")),
    responses((status = 200, description = "The code.", body = FileBytes, content_type = "image/svg+xml")),
    extensions(("x-problems" = json!(["license_file_not_found", "license_file_too_large_for_qr"]))))]
async fn get_license_file_qr(
    api: Caller,
    PathId(id): PathId<LicenseFileId>,
) -> Result<Response, Problem> {
    let svg = api.app.license_file_qr(&api.actor, id.into()).await?;
    Ok(([(CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_license_file_qr))
}
