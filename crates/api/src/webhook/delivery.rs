//! What webhooks were sent, sending it again, and sending something to try one out.

use axum::Json;
use latchkey_app::filter::DeliveryFilter;
use latchkey_app::view::{WebhookAttempt as AttemptView, WebhookDelivery as DeliveryView};
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Webhook, done};
use crate::ApiState;
use crate::answer::{Act, Answer};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::WebhookId;
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::time::Timestamp;
use crate::verb::Verb;

/// An event that a webhook is sent, or was. It is remembered for 30 days.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WebhookDelivery {
    /// The entry of the ledger that it is.
    #[schema(example = 41)]
    pub ledger_index: u64,
    /// What was done.
    pub verb: Verb,
    /// When that was.
    pub at: Timestamp,
    /// What has become of it.
    pub state: DeliveryState,
    /// Attempts that failed since it was asked for.
    #[schema(example = 0)]
    pub failures: u32,
    /// When it is tried next; null if it is not waiting.
    #[schema(required)]
    pub due_at: Option<Timestamp>,
}

/// What has become of an event that a webhook is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is to be sent, for the first time or again.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// It was tried often enough.
    GivenUp,
}

mirror!(
    DeliveryState = domain::webhook::DeliveryState {
        Waiting,
        Delivered,
        GivenUp
    }
);

impl From<DeliveryView> for WebhookDelivery {
    fn from(view: DeliveryView) -> Self {
        let state = view.state.into();
        Self {
            ledger_index: view.index,
            verb: view.verb.into(),
            at: view.at.into(),
            state,
            failures: view.failures,
            due_at: (state == DeliveryState::Waiting).then(|| view.due_at.into()),
        }
    }
}

/// One attempt to send an event.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WebhookAttempt {
    /// The entry of the ledger that was sent.
    #[schema(example = 41)]
    pub ledger_index: u64,
    /// When.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    #[schema(example = 84)]
    pub millis: u32,
    /// The status of the answer; null if there was none.
    #[schema(required, example = 200)]
    pub status: Option<u16>,
    /// Why there was no answer; null if there was one.
    #[schema(required)]
    pub error: Option<String>,
    /// How the answer begins: 500 bytes at most.
    pub answer: String,
}

impl From<AttemptView> for WebhookAttempt {
    fn from(view: AttemptView) -> Self {
        Self {
            ledger_index: view.index,
            at: view.at.into(),
            millis: view.millis,
            status: view.status,
            error: view.error,
            answer: view.answer,
        }
    }
}

/// Selects from what a webhook is sent.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only what this has become of.
    #[param(required = false, inline)]
    pub state: Option<DeliveryState>,
}

/// Selects attempts.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttemptQuery {
    /// Only of this entry of the ledger.
    #[param(required = false)]
    pub ledger_index: Option<u64>,
}

/// Which events are to be sent again.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReplayWebhook {
    /// One.
    One {
        /// The entry of the ledger that it is.
        ledger_index: u64,
    },
    /// All that were given up, of those that happened at this moment or later.
    GivenUpSince {
        /// Since when.
        at: Timestamp,
    },
}

impl From<ReplayWebhook> for domain::webhook::Replay {
    fn from(replay: ReplayWebhook) -> Self {
        match replay {
            ReplayWebhook::One { ledger_index } => Self::One {
                index: ledger_index,
            },
            ReplayWebhook::GivenUpSince { at } => Self::GivenUpSince { at: at.into() },
        }
    }
}

/// Lists what a webhook is sent and was sent in the last 30 days, newest first.
#[utoipa::path(get, path = "/v1/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook."), DeliveryQuery, PageQuery),
    responses((status = 200, description = "A page of deliveries.", body = Page<WebhookDelivery>)),
    extensions(("x-problems" = json!(["webhook_not_found"]))))]
async fn list_webhook_deliveries(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    list: List<DeliveryQuery>,
) -> Answer<Page<WebhookDelivery>> {
    let filter = DeliveryFilter {
        webhook_id: id.into(),
        state: list.filter.state.map(Into::into),
        index: None,
    };
    let page = api
        .app
        .webhook_delivery_list(&api.actor, filter, list.page)
        .await?;
    Ok(Json(Page::of(page, WebhookDelivery::from)))
}

/// Lists the attempts to send to a webhook in the last 30 days, newest first.
#[utoipa::path(get, path = "/v1/webhooks/{id}/attempts", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook."), AttemptQuery, PageQuery),
    responses((status = 200, description = "A page of attempts.", body = Page<WebhookAttempt>)),
    extensions(("x-problems" = json!(["webhook_not_found"]))))]
async fn list_webhook_attempts(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    list: List<AttemptQuery>,
) -> Answer<Page<WebhookAttempt>> {
    let filter = DeliveryFilter {
        webhook_id: id.into(),
        state: None,
        index: list.filter.ledger_index,
    };
    let page = api
        .app
        .webhook_attempt_list(&api.actor, filter, list.page)
        .await?;
    Ok(Json(Page::of(page, WebhookAttempt::from)))
}

/// Sends a webhook a test event, `webhook.test`, whatever kinds of things it is told of.
#[utoipa::path(post, path = "/v1/webhooks/{id}/test", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The test event is on its way.", body = change::Changed<Webhook>)),
    extensions(("x-problems" = json!(["webhook_not_found", "webhook_not_on"]))))]
async fn test_webhook(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<NoBody>,
) -> Act<Webhook> {
    let changed = api
        .app
        .webhook_test(&api.actor, command.retry, id.into())
        .await?;
    done(&api, &changed).await
}

/// Sends a webhook again what it was sent before: one event, or all that were given up since a moment.
#[utoipa::path(post, path = "/v1/webhooks/{id}/replay", tag = "webhooks", request_body = ReplayWebhook,
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The events are on their way.", body = change::Changed<Webhook>)),
    extensions(("x-problems" = json!(["webhook_not_found", "webhook_not_on", "webhook_delivery_not_found"]))))]
async fn replay_webhook(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<ReplayWebhook>,
) -> Act<Webhook> {
    let replay = command.body.into();
    let changed = api
        .app
        .webhook_replay(&api.actor, command.retry, id.into(), replay)
        .await?;
    done(&api, &changed).await
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_webhook_deliveries))
        .routes(routes!(list_webhook_attempts))
        .routes(routes!(test_webhook))
        .routes(routes!(replay_webhook))
}
