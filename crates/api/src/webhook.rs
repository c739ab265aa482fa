//! Webhooks: other programs are told of what happens here.

pub mod delivery;

use axum::Json;
use latchkey_app::Changed;
use latchkey_app::webhook::WithSecret;
use latchkey_domain as domain;
use latchkey_domain::text::Name;
use latchkey_domain::webhook::{WebhookEdit, WebhookTerms, WebhookUrl};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::WebhookId;
use crate::ledger::EntityKind;
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::text::field;
use crate::time::Timestamp;

/// Where another program is told of what happens. The secret itself is shown once, when it is made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// What people call it.
    #[schema(example = "Shop")]
    pub name: String,
    /// Where events are posted to.
    #[schema(example = "https://shop.example/latchkey")]
    pub url: String,
    /// The kinds of things whose changes it is told of; none means every kind.
    pub kinds: Vec<EntityKind>,
    /// Whether it is sent anything.
    pub state: WebhookState,
    /// Until when the secret before the present one signs as well; null if there is none.
    #[schema(required)]
    pub old_secret_until: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// Whether a webhook is sent anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    /// It is.
    On,
    /// Somebody paused it: what happens meanwhile is sent when it goes on.
    Paused,
    /// It failed for five days, and the program switched it off.
    SwitchedOff,
    /// It was removed.
    Removed,
}

mirror!(
    WebhookState = domain::webhook::WebhookState {
        On,
        Paused,
        SwitchedOff,
        Removed
    }
);

impl From<domain::webhook::Webhook> for Webhook {
    fn from(webhook: domain::webhook::Webhook) -> Self {
        Self {
            id: webhook.id.into(),
            name: webhook.name.to_string(),
            url: webhook.url.as_str().to_owned(),
            kinds: webhook.kinds.into_iter().map(Into::into).collect(),
            state: webhook.state.into(),
            old_secret_until: webhook.old_secret_until.map(Into::into),
            created_at: webhook.created_at.into(),
            version: webhook.version,
        }
    }
}

/// What a webhook is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWebhook {
    /// What people call it.
    #[schema(example = "Shop")]
    pub name: String,
    /// Where events are posted to: HTTPS; HTTP on the server's own computer alone.
    #[schema(example = "https://shop.example/latchkey")]
    pub url: String,
    /// The kinds of things whose changes it is told of; none, or left out, means every kind.
    #[serde(default)]
    #[schema(required = false)]
    pub kinds: Vec<EntityKind>,
}

impl CreateWebhook {
    fn terms(self) -> Result<WebhookTerms, Problem> {
        Ok(WebhookTerms {
            name: field("/name", Name::parse(&self.name))?,
            url: field("/url", WebhookUrl::parse(&self.url))?,
            kinds: self.kinds.into_iter().map(Into::into).collect(),
        })
    }
}

/// What is to become different about a webhook; what is left out stays as it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateWebhook {
    /// What people call it.
    #[serde(default)]
    #[schema(required = false, nullable = false, example = "Shop")]
    pub name: Option<String>,
    /// Where events are posted to.
    #[serde(default)]
    #[schema(
        required = false,
        nullable = false,
        example = "https://shop.example/latchkey"
    )]
    pub url: Option<String>,
    /// The kinds of things whose changes it is told of; an empty list means every kind.
    #[serde(default)]
    #[schema(required = false, nullable = false)]
    pub kinds: Option<Vec<EntityKind>>,
}

impl UpdateWebhook {
    fn edit(self) -> Result<WebhookEdit, Problem> {
        let name = self.name.map(|name| field("/name", Name::parse(&name)));
        let url = self.url.map(|url| field("/url", WebhookUrl::parse(&url)));
        let kinds = self.kinds;
        Ok(WebhookEdit {
            name: name.transpose()?,
            url: url.transpose()?,
            kinds: kinds.map(|kinds| kinds.into_iter().map(Into::into).collect()),
        })
    }
}

/// A webhook with its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    pub webhook: Webhook,
    /// The secret that its messages are signed with. Shown this once; null in the answer to a repeated request.
    #[schema(required, example = "whsec_…")]
    pub secret: Option<String>,
}

async fn with_secret(api: &Caller, changed: &Changed<WithSecret>) -> Act<WebhookWithSecret> {
    let WithSecret { id, secret } = &changed.value;
    let item = WebhookWithSecret {
        webhook: api.app.webhook_get(&api.actor, *id).await?.into(),
        secret: secret.as_ref().map(|secret| secret.to_string()),
    };
    Ok(Done::changed(changed, item))
}

pub(super) async fn done(api: &Caller, changed: &Changed<domain::WebhookId>) -> Act<Webhook> {
    let webhook = api.app.webhook_get(&api.actor, changed.value).await?;
    Ok(Done::changed(changed, webhook))
}

/// Lists webhooks, newest first.
#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks", params(PageQuery),
    responses((status = 200, description = "A page of webhooks.", body = Page<Webhook>)))]
async fn list_webhooks(api: Caller, list: List<NoFilter>) -> Answer<Page<Webhook>> {
    let page = api.app.webhook_list(&api.actor, list.page).await?;
    Ok(Json(Page::of(page, Webhook::from)))
}

/// Makes a webhook. It is sent what happens from then on; the first event is that it was made.
#[utoipa::path(post, path = "/v1/webhooks", tag = "webhooks", request_body = CreateWebhook,
    responses((status = 200, description = "The webhook is made.", body = change::Changed<WebhookWithSecret>)),
    extensions(("x-problems" = json!(["@text", "webhook_url_unusable", "webhook_limit", "webhooks_not_sent"]))))]
async fn create_webhook(api: Caller, command: Command<CreateWebhook>) -> Act<WebhookWithSecret> {
    let terms = command.body.terms()?;
    let changed = api
        .app
        .webhook_create(&api.actor, command.retry, terms)
        .await?;
    with_secret(&api, &changed).await
}

/// Shows a webhook, without its secret.
#[utoipa::path(get, path = "/v1/webhooks/{id}", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The webhook.", body = Webhook)),
    extensions(("x-problems" = json!(["webhook_not_found"]))))]
async fn get_webhook(api: Caller, PathId(id): PathId<WebhookId>) -> Answer<Webhook> {
    let webhook = api.app.webhook_get(&api.actor, id.into()).await?;
    Ok(Json(webhook.into()))
}

/// Gives a webhook another name, address, or other kinds of things.
#[utoipa::path(patch, path = "/v1/webhooks/{id}", tag = "webhooks", request_body = UpdateWebhook,
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The webhook is changed.", body = change::Changed<Webhook>)),
    extensions(("x-problems" = json!(["@text", "webhook_url_unusable", "webhook_not_found"]))))]
async fn update_webhook(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<UpdateWebhook>,
) -> Act<Webhook> {
    let edit = command.body.edit()?;
    let changed = api
        .app
        .webhook_update(&api.actor, command.retry, id.into(), edit)
        .await?;
    done(&api, &changed).await
}

/// Sends a webhook nothing until it goes on.
#[utoipa::path(post, path = "/v1/webhooks/{id}/pause", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The webhook is paused.", body = change::Changed<Webhook>)),
    extensions(("x-problems" = json!(["webhook_not_found", "webhook_not_on"]))))]
async fn pause_webhook(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<NoBody>,
) -> Act<Webhook> {
    let changed = api
        .app
        .webhook_pause(&api.actor, command.retry, id.into())
        .await?;
    done(&api, &changed).await
}

/// A webhook goes on where it stopped: it is sent what happened meanwhile.
#[utoipa::path(post, path = "/v1/webhooks/{id}/resume", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The webhook is on.", body = change::Changed<Webhook>)),
    extensions(("x-problems" = json!(["webhook_not_found", "webhook_on"]))))]
async fn resume_webhook(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<NoBody>,
) -> Act<Webhook> {
    let changed = api
        .app
        .webhook_resume(&api.actor, command.retry, id.into())
        .await?;
    done(&api, &changed).await
}

/// Gives a webhook another secret. The one before signs as well for a day.
#[utoipa::path(post, path = "/v1/webhooks/{id}/rotate-secret", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The webhook has another secret.",
        body = change::Changed<WebhookWithSecret>)),
    extensions(("x-problems" = json!(["webhook_not_found"]))))]
async fn rotate_webhook_secret(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<NoBody>,
) -> Act<WebhookWithSecret> {
    let changed = api
        .app
        .webhook_rotate(&api.actor, command.retry, id.into())
        .await?;
    with_secret(&api, &changed).await
}

/// Removes a webhook, for ever. It is sent nothing any more, also of what was waiting.
#[utoipa::path(post, path = "/v1/webhooks/{id}/remove", tag = "webhooks",
    params(("id" = WebhookId, Path, description = "The webhook.")),
    responses((status = 200, description = "The webhook is removed.", body = change::Changed<Webhook>)),
    extensions(("x-problems" = json!(["webhook_not_found"]))))]
async fn remove_webhook(
    api: Caller,
    PathId(id): PathId<WebhookId>,
    command: Command<NoBody>,
) -> Act<Webhook> {
    let changed = api
        .app
        .webhook_remove(&api.actor, command.retry, id.into())
        .await?;
    done(&api, &changed).await
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, update_webhook))
        .routes(routes!(pause_webhook))
        .routes(routes!(resume_webhook))
        .routes(routes!(rotate_webhook_secret))
        .routes(routes!(remove_webhook))
        .merge(delivery::routes())
}
