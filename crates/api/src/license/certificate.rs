//! A license's certificate.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use latchkey_domain as domain;
use latchkey_report as report;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::attachment::attachment;
use crate::caller::Caller;
use crate::extract::{PathId, Query};
use crate::id::LicenseId;
use crate::import::FileBytes;
use crate::mirror::mirror;
use crate::problem::Problem;

/// A language that documents are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

mirror!(Language = report::Language { English, German });
mirror!(Language = domain::letter::Language { English, German });

/// How a certificate is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CertificateQuery {
    /// In which language; English when left out.
    #[param(required = false)]
    pub lang: Option<Language>,
}

/// Gives a license's certificate: a sheet of A4 paper to print, as PDF.
#[utoipa::path(get, path = "/v1/licenses/{id}/certificate", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license."), CertificateQuery),
    responses((status = 200, description = "The certificate.", body = FileBytes, content_type = "application/pdf")),
    extensions(("x-problems" = json!(["license_not_found"]))))]
async fn get_license_certificate(
    api: Caller,
    PathId(id): PathId<LicenseId>,
    Query(query): Query<CertificateQuery>,
) -> Result<Response, Problem> {
    let language = query.lang.unwrap_or_default();
    let certificate = api
        .app
        .license_certificate(&api.actor, id.into(), language.into())
        .await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, attachment(&certificate.file_name)),
    ];
    Ok((headers, certificate.pdf).into_response())
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_license_certificate))
}
