//! Passkeys: added, named and removed by whoever they belong to, and taken away by an owner.
//!
//! A browser hands the options to `PublicKeyCredential.parse…OptionsFromJSON`, and sends what comes of it as `toJSON`
//! writes it. Meanwhile it keeps a cookie that no script can read.

pub mod sign_in;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::SET_COOKIE;
use latchkey_app::Changed;
use latchkey_domain as domain;
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::attempt_cookie::{By, KeptQuestion};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{ActorId, PasskeyId};
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::text::field;
use crate::time::Timestamp;
use crate::user::User;

/// A key pair on a person's device or in their password manager, with which they sign in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What its user calls it.
    #[schema(example = "Laptop")]
    pub name: String,
    /// Whether it lets in.
    pub state: PasskeyState,
    /// Whether it is kept elsewhere as well, in an account of a password manager for example.
    pub backed_up: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last let its user in; null if it never has.
    #[schema(required)]
    pub last_used_at: Option<Timestamp>,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// Whether a passkey lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasskeyState {
    /// It does.
    Active,
    /// It does not: it counted back, so there seems to be a copy of it.
    Suspect,
    /// It was removed.
    Removed,
}

impl From<domain::passkey::Passkey> for Passkey {
    fn from(passkey: domain::passkey::Passkey) -> Self {
        use domain::passkey::PasskeyState as State;
        Self {
            id: passkey.id.into(),
            name: passkey.name.to_string(),
            state: match passkey.state {
                State::Active => PasskeyState::Active,
                State::Suspect => PasskeyState::Suspect,
                State::Removed => PasskeyState::Removed,
            },
            backed_up: passkey.backed_up,
            created_at: passkey.created_at.into(),
            last_used_at: passkey.last_used_at.map(Into::into),
            version: passkey.version,
        }
    }
}

/// A question to a person's devices.
#[derive(Clone, Serialize, ToSchema)]
pub struct PasskeyQuestion {
    /// What the browser is given: `publicKey` as `PublicKeyCredential.parse…OptionsFromJSON` takes it.
    #[schema(value_type = Object)]
    pub options: Value,
}

/// A passkey that was made.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePasskey {
    /// What to call it.
    #[schema(example = "Laptop")]
    pub name: String,
    /// What the browser gave back, as `toJSON` writes it.
    #[schema(value_type = Object)]
    pub answer: Value,
}

/// Another name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenamePasskey {
    /// The name.
    #[schema(example = "Laptop")]
    pub name: String,
}

/// A question, with the cookie that is kept until it is answered.
fn asked(api: &Caller, begun: latchkey_app::passkey::BegunPasskey) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(cookie) = By::Passkey.keep(api, &begun.attempt) {
        headers.append(SET_COOKIE, cookie);
    }
    let options = begun.options;
    (headers, Json(PasskeyQuestion { options })).into_response()
}

/// Lists the passkeys of whoever asks that were not removed, newest first.
#[utoipa::path(get, path = "/v1/passkeys", tag = "passkeys", params(PageQuery),
    responses((status = 200, description = "A page of passkeys.", body = Page<Passkey>)))]
async fn list_passkeys(api: Caller, list: List<NoFilter>) -> Answer<Page<Passkey>> {
    let page = api.app.passkey_list(&api.actor, list.page).await?;
    Ok(Json(Page::of(page, Passkey::from)))
}

/// Begins to add a passkey for whoever asks. For browsers: one keeps a cookie until the passkey is made, for five minutes
/// at most. Each request begins another attempt, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/passkeys/begin", tag = "passkeys",
    responses((status = 200, description = "What the browser is given; it gets a cookie.", body = PasskeyQuestion)),
    extensions(("x-problems" = json!(["passkeys_not_offered", "user_not_found", "passkey_not_believed"]))))]
async fn begin_passkey(api: Caller, _: Command<NoBody>) -> Result<Response, Problem> {
    let begun = api.app.passkey_begin(&api.actor, api.session).await?;
    Ok(asked(&api, begun))
}

/// Adds the passkey that was made. An attempt works once, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/passkeys", tag = "passkeys", request_body = CreatePasskey,
    responses((status = 200, description = "The passkey is added.", body = change::Changed<Passkey>)),
    extensions(("x-problems" = json!(["passkeys_not_offered", "passkey_attempt_over", "passkey_not_believed",
        "passkey_known", "passkey_limit", "passkey_not_found", "user_not_found", "user_deactivated", "@text"]))))]
async fn create_passkey(
    api: Caller,
    KeptQuestion(attempt): KeptQuestion,
    command: Command<CreatePasskey>,
) -> Result<Response, Problem> {
    let CreatePasskey { name, answer } = command.body;
    let name = field("/name", Name::parse(&name))?;
    let attempt = attempt.as_deref();
    let changed = api
        .app
        .passkey_create(&api.actor, api.session, attempt, name, &answer)
        .await?;
    let mut headers = HeaderMap::new();
    if let Some(cookie) = By::Passkey.forget(&api) {
        headers.append(SET_COOKIE, cookie);
    }
    let done = api.passkey_done(&changed).await?;
    Ok((headers, done).into_response())
}

/// Gives a passkey of whoever asks another name.
#[utoipa::path(patch, path = "/v1/passkeys/{id}", tag = "passkeys",
    params(("id" = PasskeyId, Path, description = "The passkey.")), request_body = RenamePasskey,
    responses((status = 200, description = "The passkey has the name.", body = change::Changed<Passkey>)),
    extensions(("x-problems" = json!(["passkey_not_found", "@text"]))))]
async fn rename_passkey(
    api: Caller,
    PathId(id): PathId<PasskeyId>,
    command: Command<RenamePasskey>,
) -> Act<Passkey> {
    let name = field("/name", Name::parse(&command.body.name))?;
    let changed = api
        .app
        .passkey_rename(&api.actor, command.retry, id.into(), name)
        .await?;
    api.passkey_done(&changed).await
}

/// Removes a passkey of whoever asks: it opens nothing any more, and all their other sessions end.
#[utoipa::path(post, path = "/v1/passkeys/{id}/remove", tag = "passkeys",
    params(("id" = PasskeyId, Path, description = "The passkey.")),
    responses((status = 200, description = "The passkey is removed.", body = change::Changed<Passkey>)),
    extensions(("x-problems" = json!(["passkey_not_found"]))))]
async fn remove_passkey(
    api: Caller,
    PathId(id): PathId<PasskeyId>,
    command: Command<NoBody>,
) -> Act<Passkey> {
    let changed = api
        .app
        .passkey_remove(&api.actor, command.retry, api.session, id.into())
        .await?;
    api.passkey_done(&changed).await
}

/// Takes all passkeys of a user away, who has lost a device or was taken in, and ends all their sessions.
#[utoipa::path(post, path = "/v1/users/{id}/reset-passkeys", tag = "passkeys",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user has no passkeys.", body = change::Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "passkey_none"]))))]
async fn reset_passkeys(
    api: Caller,
    PathId(id): PathId<ActorId>,
    command: Command<NoBody>,
) -> Act<User> {
    let changed = api
        .app
        .passkeys_reset(&api.actor, command.retry, id.into())
        .await?;
    api.user_done(&changed).await
}

impl Caller {
    async fn passkey_done(&self, changed: &Changed<domain::PasskeyId>) -> Act<Passkey> {
        let passkey = self.app.passkey_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, passkey))
    }
}

/// The routes of this file and the one beside it.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_passkeys, create_passkey))
        .routes(routes!(begin_passkey))
        .routes(routes!(rename_passkey))
        .routes(routes!(remove_passkey))
        .routes(routes!(reset_passkeys))
        .merge(sign_in::routes())
}
