//! Changes: what one request did, and taking it back.

use axum::Json;
use latchkey_app as app;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::bulk::count;
use crate::caller::Caller;
use crate::extract::{Command, PathId};
use crate::id::ChangeId;
use crate::time::Timestamp;
use crate::verb::Verb;

/// What a changing request left behind.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeRef {
    /// The change; its ledger entries carry the same id.
    pub id: ChangeId,
    /// Until when it can be undone; null when it cannot.
    #[schema(required)]
    pub undo_until: Option<Timestamp>,
}

impl ChangeRef {
    /// What a use case recorded, if anything.
    pub(crate) fn of<V>(changed: &app::Changed<V>) -> Option<Self> {
        let undo_until = changed.undo_until.map(Into::into);
        changed.change.map(|id| Self {
            id: id.into(),
            undo_until,
        })
    }
}

/// The answer of a changing request.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Changed<T> {
    /// What was recorded; null when nothing had to be changed.
    #[schema(required)]
    pub change: Option<ChangeRef>,
    /// The thing as it is now.
    pub item: T,
}

/// The body of a command that needs none: empty, or `{}`.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

/// One request that changed something.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// What was done.
    pub verb: Verb,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    #[schema(example = "Owner")]
    pub actor_name: String,
    /// How many ledger entries it has.
    #[schema(example = 1)]
    pub entries: u64,
    /// Until when it can be undone; null when it cannot.
    #[schema(required)]
    pub undo_until: Option<Timestamp>,
    /// The change that undid it; null when it stands.
    #[schema(required)]
    pub undone_by: Option<ChangeId>,
}

impl From<app::change::Change> for Change {
    fn from(change: app::change::Change) -> Self {
        Self {
            id: change.id.into(),
            verb: change.verb.into(),
            at: change.at.into(),
            actor_name: change.actor_name,
            entries: change.entries,
            undo_until: change.undo_until.map(Into::into),
            undone_by: change.undone_by.map(Into::into),
        }
    }
}

/// What an undo did.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Undone {
    /// How many things went back to what they were.
    #[schema(example = 1)]
    pub entries: u64,
}

/// Shows a change: who did what, and whether it can still be undone.
#[utoipa::path(get, path = "/v1/changes/{id}", tag = "changes",
    params(("id" = ChangeId, Path, description = "The change.")),
    responses((status = 200, description = "The change.", body = Change)),
    extensions(("x-problems" = json!(["change_not_found"]))))]
async fn get_change(api: Caller, PathId(id): PathId<ChangeId>) -> Answer<Change> {
    Ok(Json(
        api.app.change_get(&api.actor, id.into()).await?.into(),
    ))
}

/// Undoes a change as a whole. Undoing is itself a change.
#[utoipa::path(post, path = "/v1/changes/{id}/undo", tag = "changes",
    params(("id" = ChangeId, Path, description = "The change to undo.")),
    responses((status = 200, description = "The change is undone.", body = Changed<Undone>)),
    extensions(("x-problems" = json!(["change_not_found", "change_irreversible", "change_too_old", "change_undone", "change_nothing_left", "change_overtaken"]))))]
async fn undo_change(
    api: Caller,
    PathId(id): PathId<ChangeId>,
    command: Command<NoBody>,
) -> Act<Undone> {
    let changed = api
        .app
        .change_undo(&api.actor, command.retry, id.into())
        .await?;
    Ok(Done::changed(
        &changed,
        Undone {
            entries: count(changed.value),
        },
    ))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(get_change))
        .routes(routes!(undo_change))
}
