//! A reseller's statement on paper.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Month, StatementFilter};
use crate::ApiState;
use crate::attachment::attachment;
use crate::caller::Caller;
use crate::extract::{PathId, Query};
use crate::id::ResellerId;
use crate::import::FileBytes;
use crate::license::certificate::Language;
use crate::problem::Problem;

/// Which statement is wanted on paper, and how it is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatementDocumentQuery {
    /// That of this month; without it all there is.
    #[param(required = false)]
    pub month: Option<Month>,
    /// In which language; English when left out.
    #[param(required = false)]
    pub lang: Option<Language>,
}

/// Downloads a reseller's statement as PDF: what it adds up to, and its first 2,000 lines. The table has all of them.
#[utoipa::path(get, path = "/v1/resellers/{id}/statement/pdf", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), StatementDocumentQuery),
    responses((status = 200, description = "The statement.", body = FileBytes, content_type = "application/pdf")),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn export_statement_pdf(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    Query(query): Query<StatementDocumentQuery>,
) -> Result<Response, Problem> {
    let filter = StatementFilter { month: query.month }.of(id);
    let language = query.lang.unwrap_or_default();
    let document = api
        .app
        .statement_document(&api.actor, &filter, language.into())
        .await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, attachment(&document.file_name)),
    ];
    Ok((headers, document.pdf).into_response())
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export_statement_pdf))
}
