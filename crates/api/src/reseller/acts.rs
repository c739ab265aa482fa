//! What a reseller's own people did, from the ledger.

use axum::Json;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery};
use crate::extract::{List, PathId, Table};
use crate::id::ResellerId;
use crate::import::FileBytes;
use crate::ledger::timeline::TimelineEntry;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;

/// Lists what a reseller's own people did, newest first: for them and for the vendor.
#[utoipa::path(get, path = "/v1/resellers/{id}/acts", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), PageQuery),
    responses((status = 200, description = "A page of entries.", body = Page<TimelineEntry>)),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn list_reseller_acts(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    list: List<NoFilter>,
) -> Answer<Page<TimelineEntry>> {
    let page = api
        .app
        .reseller_acts(&api.actor, id.into(), list.page)
        .await?;
    Ok(Json(Page::of(page, TimelineEntry::from)))
}

/// Downloads what a reseller's own people did as CSV, in the order of the list.
#[utoipa::path(get, path = "/v1/resellers/{id}/acts/csv", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), CsvQuery),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn export_reseller_acts_csv(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    table: Table<NoFilter, NoFilter>,
) -> Result<Response, Problem> {
    let read = move |api: Caller, id: ResellerId, page| async move {
        let page = api
            .app
            .reseller_acts_table(&api.actor, id.into(), page)
            .await?;
        Ok(page.map(TimelineEntry::from))
    };
    csv::answer(api, "acts", table.query, id, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_reseller_acts))
        .routes(routes!(export_reseller_acts_csv))
}
