//! Idle seats: when they are freed, and keeping one.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::activation::Activation;
use crate::answer::Act;
use crate::caller::Caller;
use crate::change;
use crate::customer::Customer;
use crate::extract::{Command, PathId};
use crate::id::{ActivationId, CustomerId};

/// When idle seats are to be freed.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReclaim {
    /// Days without a sign of life after which a seat counts as idle: 1 to 3,650; null ends it.
    #[schema(example = 90)]
    pub idle_days: Option<u32>,
    /// Days for which the machine is warned before its seat is freed: 1 to 90; 14 where it is left out.
    #[schema(example = 14)]
    pub warning_days: Option<u32>,
}

/// How long a machine is warned where nobody says.
const WARNING_DAYS_USUAL: u32 = 14;

/// Whether a seat is to be kept.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepSeat {
    /// True to keep it, false to let it be freed again.
    pub kept: bool,
}

/// Sets when idle seats of the customer are freed. A machine that was not heard of for so many days is warned in its next
/// answer, and the seat is freed after the days of warning, unless the machine was heard of.
#[utoipa::path(post, path = "/v1/customers/{id}/reclaim", tag = "reclaim",
    params(("id" = CustomerId, Path, description = "The customer.")), request_body = SetReclaim,
    responses((status = 200, description = "It is so from now on.", body = change::Changed<Customer>)),
    extensions(("x-problems" = json!(["customer_not_found", "reclaim_idle_days", "reclaim_warning_days"]))))]
async fn set_reclaim(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    command: Command<SetReclaim>,
) -> Act<Customer> {
    let SetReclaim {
        idle_days,
        warning_days,
    } = command.body;
    let days = idle_days.map(|idle| (idle, warning_days.unwrap_or(WARNING_DAYS_USUAL)));
    let changed = api
        .app
        .reclaim_set(&api.actor, command.retry, id.into(), days)
        .await?;
    api.customer_done(&changed).await
}

/// Keeps a seat from being freed for being idle, or lets it be freed again.
#[utoipa::path(post, path = "/v1/activations/{id}/keep", tag = "reclaim",
    params(("id" = ActivationId, Path, description = "The activation.")), request_body = KeepSeat,
    responses((status = 200, description = "It is so from now on.", body = change::Changed<Activation>)),
    extensions(("x-problems" = json!(["activation_not_found", "activation_deactivated", "seat_kept", "seat_not_kept"]))))]
async fn keep_seat(
    api: Caller,
    PathId(id): PathId<ActivationId>,
    command: Command<KeepSeat>,
) -> Act<Activation> {
    let kept = command.body.kept;
    let changed = api
        .app
        .seat_keep(&api.actor, command.retry, id.into(), kept)
        .await?;
    api.activation_done(&changed).await
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(set_reclaim))
        .routes(routes!(keep_seat))
}
