//! License files: signed documents for offline use. Here is what one looks like and how to get it.

mod archive;
pub mod export;
mod qr;
pub mod verify;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use latchkey_app::license_file::LicenseFileItem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::attachment::attachment;
use crate::caller::Caller;
use crate::extract::{List, PathId, Query};
use crate::id::{ChangeId, LicenseFileId, LicenseId};
use crate::import::FileBytes;
use crate::page::{Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;

/// A license file that was exported.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LicenseFile {
    /// Its id.
    pub id: LicenseFileId,
    /// The license it is for.
    pub license_id: LicenseId,
    /// That license's key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: String,
    /// The license's owner.
    #[schema(example = "Nordwind GmbH")]
    pub customer_name: String,
    /// The license's product.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// The friendly names of the machines it is bound to; empty when to none.
    #[schema(example = json!(["Drawing office 3"]))]
    pub machines: Vec<String>,
    /// When it was exported.
    pub issued_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// The ledger entry that records it.
    #[schema(example = 41)]
    pub ledger_index: u64,
    /// The name to save it under.
    #[schema(example = "atlas-nordwind-0a1b2.lkl")]
    pub file_name: String,
}

impl From<LicenseFileItem> for LicenseFile {
    fn from(item: LicenseFileItem) -> Self {
        let LicenseFileItem {
            view,
            machines,
            file_name,
        } = item;
        Self {
            id: view.file.id.into(),
            license_id: view.file.license_id.into(),
            license_key: view.license_key.to_string(),
            customer_name: view.customer_name.to_string(),
            product_name: view.product_name.to_string(),
            machines,
            issued_at: view.file.issued_at.into(),
            expires_at: view.file.expires_at.into(),
            ledger_index: view.file.ledger_index,
            file_name: file_name.to_string(),
        }
    }
}

/// Which license files are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LicenseFileFilter {
    /// Only those of this license.
    #[param(required = false)]
    pub license_id: Option<LicenseId>,
}

/// Which export is wanted.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArchiveQuery {
    /// The change that exported the files.
    pub change_id: ChangeId,
}

/// The media type of license files.
const MEDIA_TYPE: &str = "application/vnd.latchkey.license-file+json";

/// Lists exported license files, newest first.
#[utoipa::path(get, path = "/v1/license-files", tag = "license files", params(PageQuery, LicenseFileFilter),
    responses((status = 200, description = "A page of license files.", body = Page<LicenseFile>)),
    extensions(("x-problems" = json!(["license_not_found"]))))]
async fn list_license_files(
    api: Caller,
    list: List<LicenseFileFilter>,
) -> Answer<Page<LicenseFile>> {
    let license_id = list.filter.license_id.map(Into::into);
    let page = api
        .app
        .license_file_list(&api.actor, license_id, list.page)
        .await?;
    Ok(Json(Page::of(page, LicenseFile::from)))
}

/// Downloads a license file.
#[utoipa::path(get, path = "/v1/license-files/{id}/content", tag = "license files",
    params(("id" = LicenseFileId, Path, description = "The license file.")),
    responses((status = 200, description = "The file.", body = FileBytes,
        content_type = "application/vnd.latchkey.license-file+json")),
    extensions(("x-problems" = json!(["license_file_not_found"]))))]
async fn download_license_file(
    api: Caller,
    PathId(id): PathId<LicenseFileId>,
) -> Result<Response, Problem> {
    let file = api.app.license_file_content(&api.actor, id.into()).await?;
    let headers = [
        (CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (CONTENT_DISPOSITION, attachment(&file.file_name)),
    ];
    Ok((headers, file.content).into_response())
}

/// Downloads all license files of one export as a zip archive.
#[utoipa::path(get, path = "/v1/license-files/archive", tag = "license files", params(ArchiveQuery),
    responses((status = 200, description = "The archive.", body = FileBytes, content_type = "application/zip")),
    extensions(("x-problems" = json!(["change_not_found", "license_file_nothing"]))))]
async fn download_license_files(
    api: Caller,
    Query(query): Query<ArchiveQuery>,
) -> Result<Response, Problem> {
    let body = archive::stream(&api, query.change_id.into()).await?;
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, attachment("license-files.zip")),
    ];
    Ok((headers, body).into_response())
}

/// The routes of this entity.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_license_files))
        .routes(routes!(download_license_file))
        .routes(routes!(download_license_files))
        .merge(export::routes())
        .merge(qr::routes())
        .merge(verify::routes())
}
