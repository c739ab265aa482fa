//! What a reseller's own people did, from the ledger.

use axum::Json;
use axum::response::Response;
use latchkey_app::ledger;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::{List, PathId, Table};
use crate::id::{ChangeId, ResellerId};
use crate::import::FileBytes;
use crate::ledger::EntityKind;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;
use crate::verb::Verb;

/// Something that one of a reseller's people did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResellerAct {
    /// Its place in the vendor's ledger.
    #[schema(example = 41)]
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub verb: Verb,
    /// To what kind of thing.
    pub entity_kind: EntityKind,
    /// The thing's id.
    #[schema(example = "lic_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub entity_id: String,
    /// What a person called the thing then.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub entity_label: String,
    /// Who did it.
    #[schema(example = "Ina")]
    pub actor_name: String,
    /// The request it was part of.
    pub change_id: ChangeId,
    /// True when that request was undone.
    pub undone: bool,
}

impl From<ledger::LedgerEntryView> for ResellerAct {
    fn from(entry: ledger::LedgerEntryView) -> Self {
        Self {
            index: entry.row.index,
            at: entry.row.at.into(),
            verb: entry.row.verb.into(),
            entity_kind: entry.row.entity.into(),
            entity_id: entry.entity_id,
            entity_label: entry.entity_label,
            actor_name: entry.actor_name,
            change_id: entry.row.change.into(),
            undone: entry.row.undone,
        }
    }
}

csv_row!(ResellerAct {
    index,
    at,
    verb,
    entity_kind,
    entity_id,
    entity_label,
    actor_name,
    change_id,
    undone,
});

/// Lists what a reseller's own people did, newest first: for them and for the vendor.
#[utoipa::path(get, path = "/v1/resellers/{id}/acts", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), PageQuery),
    responses((status = 200, description = "A page of acts.", body = Page<ResellerAct>)),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn list_reseller_acts(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    list: List<NoFilter>,
) -> Answer<Page<ResellerAct>> {
    let page = api
        .app
        .reseller_acts(&api.actor, id.into(), list.page)
        .await?;
    Ok(Json(Page::of(page, ResellerAct::from)))
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
        Ok(page.map(ResellerAct::from))
    };
    csv::answer(api, "acts", table.query, id, read).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_reseller_acts))
        .routes(routes!(export_reseller_acts_csv))
}
