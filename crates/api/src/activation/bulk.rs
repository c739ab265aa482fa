//! One act on every activation a filter finds.

use latchkey_app::{bulk, filter};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::ActivationFilter;
use crate::ApiState;
use crate::answer::Done;
use crate::bulk::{BulkReport, ids};
use crate::caller::Caller;
use crate::extract::Command;
use crate::id::ActivationId;
use crate::mirror::mirror;
use crate::problem::Problem;

/// An act on every activation a filter finds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkUpdateActivations {
    /// What to do.
    pub action: ActivationAction,
    /// To which activations.
    pub filter: ActivationFilter,
    /// Only those among them with these ids: 2,000 at most.
    #[schema(max_items = 2000)]
    pub ids: Option<Vec<ActivationId>>,
    /// Only tell what would happen.
    #[serde(default)]
    pub dry_run: bool,
}

/// What can be done to many activations at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivationAction {
    /// Free their seats.
    Deactivate,
}

mirror!(ActivationAction = bulk::ActivationAction { Deactivate });

/// Deactivates every activation a filter finds, as one change.
#[utoipa::path(post, path = "/v1/activations/bulk", tag = "activations", request_body = BulkUpdateActivations,
    responses((status = 200, description = "What was done, or would be.", body = BulkReport)),
    extensions(("x-problems" = json!(["bulk_too_large", "text_too_long", "text_invisible_character"]))))]
async fn bulk_update_activations(
    api: Caller,
    command: Command<BulkUpdateActivations>,
) -> Result<Done<BulkReport>, Problem> {
    let act = bulk::BulkActivations {
        action: command.body.action.into(),
        filter: filter::ActivationFilter {
            ids: ids(command.body.ids),
            ..command.body.filter.parse("/filter")?
        },
        dry_run: command.body.dry_run,
    };
    let changed = api
        .app
        .activations_bulk(&api.actor, command.retry, act)
        .await?;
    Ok(BulkReport::done(command.body.dry_run, changed))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(bulk_update_activations))
}
