//! What happened to all that a customer has.

use axum::Json;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery};
use crate::extract::{List, PathId, Table};
use crate::id::CustomerId;
use crate::import::FileBytes;
use crate::ledger::timeline::TimelineEntry;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;

/// Lists what happened to all that a customer has, newest first: to its licenses, seats, machines and files. Who of the
/// vendor's or a reseller's people did it is told to the vendor alone.
#[utoipa::path(get, path = "/v1/customers/{id}/timeline", tag = "customers",
    params(("id" = CustomerId, Path, description = "The customer."), PageQuery),
    responses((status = 200, description = "A page of entries.", body = Page<TimelineEntry>)),
    extensions(("x-problems" = json!(["customer_not_found"]))))]
async fn list_customer_timeline(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    list: List<NoFilter>,
) -> Answer<Page<TimelineEntry>> {
    let page = api
        .app
        .customer_timeline(&api.actor, id.into(), list.page)
        .await?;
    Ok(Json(Page::of(page, TimelineEntry::from)))
}

/// Downloads what happened to all that a customer has as CSV, in the order of the list.
#[utoipa::path(get, path = "/v1/customers/{id}/timeline/csv", tag = "customers",
    params(("id" = CustomerId, Path, description = "The customer."), CsvQuery),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")),
    extensions(("x-problems" = json!(["customer_not_found"]))))]
async fn export_customer_timeline_csv(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    table: Table<NoFilter, NoFilter>,
) -> Result<Response, Problem> {
    let read = move |api: Caller, id: CustomerId, page| async move {
        let page = api
            .app
            .customer_timeline_table(&api.actor, id.into(), page)
            .await?;
        Ok(page.map(TimelineEntry::from))
    };
    csv::answer(api, "timeline", table.query, id, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_customer_timeline))
        .routes(routes!(export_customer_timeline_csv))
}
