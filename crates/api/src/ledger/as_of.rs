//! Records as they were.

use std::collections::BTreeMap;

use axum::Json;
use latchkey_app::ledger::as_of;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{LedgerEntry, not_recorded};
use crate::ApiState;
use crate::answer::Answer;
use crate::bulk::count;
use crate::caller::Caller;
use crate::extract::Query;
use crate::time::Timestamp;

/// Which record is wanted, and of when.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOfQuery {
    /// The record's id.
    #[param(example = "lic_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub entity_id: String,
    /// The moment.
    pub at: Timestamp,
}

/// A record as it was.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordAsOf {
    /// The moment.
    pub at: Timestamp,
    /// The entry that made it so; its `after` is the record. Null when the record was not there yet.
    #[schema(required)]
    pub entry: Option<LedgerEntry>,
    /// What belonged to it: a license's active seats, or a customer's licenses. Null for other records.
    #[schema(required)]
    pub parts: Option<PartsAsOf>,
}

/// What belonged to a record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartsAsOf {
    /// How many there were.
    #[schema(example = 12)]
    pub count: u64,
    /// The first 200, by name.
    pub items: Vec<PartAsOf>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartAsOf {
    /// Its id.
    #[schema(example = "act_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub id: String,
    /// What people called it then: a machine's friendly name, or a license's key.
    #[schema(example = "Drawing office 3")]
    pub name: String,
    /// It, as the ledger has it.
    pub record: BTreeMap<String, serde_json::Value>,
}

impl From<as_of::PartsAsOf> for PartsAsOf {
    fn from(parts: as_of::PartsAsOf) -> Self {
        let item = |part: as_of::PartAsOf| PartAsOf {
            id: part.id,
            name: part.name,
            record: part.record.into_iter().collect(),
        };
        Self {
            count: count(parts.count),
            items: parts.items.into_iter().map(item).collect(),
        }
    }
}

/// Tells what a record was at a moment of the past.
#[utoipa::path(get, path = "/v1/ledger/as-of", tag = "ledger", params(AsOfQuery),
    responses((status = 200, description = "The record as it was.", body = RecordAsOf)))]
async fn get_record_as_of(api: Caller, Query(query): Query<AsOfQuery>) -> Answer<RecordAsOf> {
    let found = api
        .app
        .record_as_of(&api.actor, &query.entity_id, query.at.into())
        .await?
        .ok_or_else(not_recorded)?;
    Ok(Json(RecordAsOf {
        at: query.at,
        entry: found.entry.map(LedgerEntry::from),
        parts: found.parts.map(PartsAsOf::from),
    }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_record_as_of))
}
