//! Ledger entries as CSV.

use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{LedgerEntry, LedgerFilter, LedgerOrder};
use crate::ApiState;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::Table;
use crate::import::FileBytes;
use crate::problem::Problem;

csv_row!(LedgerEntry {
    index,
    at,
    verb,
    entity_kind,
    entity_id,
    entity_label,
    actor_name,
    permission,
    change_id,
    undo_until,
    undone,
    before,
    after,
    leaf,
});

/// Downloads ledger entries as CSV: all that the filter finds, in the order of the list.
#[utoipa::path(get, path = "/v1/ledger/entries/csv", tag = "ledger", params(CsvQuery, LedgerFilter, LedgerOrder),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")))]
async fn export_ledger_entries_csv(
    api: Caller,
    table: Table<LedgerFilter, LedgerOrder>,
) -> Result<Response, Problem> {
    let filter = table.filter.ordered(table.sort)?;
    let read = |api: Caller, filter, page| async move {
        let page = api.app.ledger_table(&api.actor, &filter, page).await?;
        Ok(page.map(LedgerEntry::from))
    };
    csv::answer(api, "ledger-entries", table.query, filter, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(export_ledger_entries_csv))
}
