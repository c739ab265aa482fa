//! Signing in, and the sessions that come of it.

pub mod hand_over;
pub mod prove;
pub mod view_as;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use latchkey_app::password::Password;
use latchkey_app::session;
use latchkey_domain as domain;
use latchkey_domain::second_factor::GivenCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zeroize::Zeroizing;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::{Caller, CameFrom};
use crate::change::{Changed, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{ActorId, SessionId};
use crate::me::Role;
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;

/// Somebody signed in, from one browser or program.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// How its token is carried.
    pub kind: SessionKind,
    /// The network address it was begun from, as far as it is known.
    #[schema(required, example = "192.0.2.7")]
    pub address: Option<String>,
    /// What the browser or program called itself.
    #[schema(required, example = "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0")]
    pub agent: Option<String>,
    /// What the computer is called whose window was let in from a browser; none unless it was.
    #[schema(required, example = "office-3")]
    pub computer: Option<String>,
    /// Whether it is the one that this request came in.
    pub current: bool,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Timestamp,
    /// When it runs out, however much it is used.
    pub expires_at: Timestamp,
    /// When password and second factor were last given in it.
    pub proved_at: Timestamp,
}

impl Session {
    fn of(session: domain::session::Session, caller: &Caller) -> Self {
        Self {
            current: caller.session == Some(session.id),
            proved_at: session.proved_at().into(),
            id: session.id.into(),
            kind: session.kind.into(),
            address: session.address,
            agent: session.agent,
            computer: session.computer.map(|name| name.to_string()),
            created_at: session.created_at.into(),
            last_used_at: session.last_used_at.into(),
            expires_at: session.expires_at.into(),
        }
    }
}

/// How a session's token is carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// In a cookie that the answer sets.
    #[default]
    Browser,
    /// In an `Authorization: Bearer` header; the token stands in the answer.
    Program,
}

mirror!(SessionKind = domain::session::SessionKind { Browser, Program });

/// Who wants to sign in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The e-mail address.
    #[schema(example = "ada@vendor.example")]
    pub email: String,
    /// The password.
    #[schema(example = "three words that do not belong together")]
    pub password: String,
    /// Where the account has a second factor: the code that the authenticator app shows, or a recovery code.
    #[serde(default)]
    #[schema(required = false, example = "492039")]
    pub code: Option<String>,
    /// How the session's token is to be carried.
    #[serde(default)]
    #[schema(required = false)]
    pub kind: SessionKind,
}

/// Somebody signed in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignedIn {
    /// Who.
    pub user_id: ActorId,
    /// Their name.
    #[schema(example = "Ada Lovelace")]
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The session.
    pub session_id: SessionId,
    /// What opens it, for a program; shown this once.
    #[schema(required, example = "lks_…")]
    pub token: Option<String>,
    /// Until when at most.
    pub expires_at: Timestamp,
}

impl SignedIn {
    fn of(signed_in: session::SignedIn, token: Option<String>) -> Self {
        Self {
            user_id: signed_in.actor.id.into(),
            name: signed_in.actor.name,
            role: signed_in.actor.role.into(),
            session_id: signed_in.session_id.into(),
            token,
            expires_at: signed_in.expires_at.into(),
        }
    }
}

/// The session that was ended.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EndedSession {
    /// Its id.
    pub id: SessionId,
}

/// A password for another.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present one.
    #[schema(example = "the one before")]
    pub present: String,
    /// The new one: 12 characters or more.
    #[schema(example = "three words that do not belong together")]
    pub new: String,
}

/// Whose password was changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangedPassword {
    /// The user.
    pub user_id: ActorId,
}

/// Signs a user in. Who has a second factor and gives no code is told so, if the password is right. Each request begins
/// a session of its own, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sign-in", tag = "sessions", request_body = SignIn,
    responses((status = 200, description = "The user is signed in; a browser gets a cookie.", body = SignedIn)),
    extensions(("x-problems" = json!(["credentials_wrong", "@factor", "too_many_tries"]))))]
async fn sign_in(
    api: Caller,
    from: CameFrom,
    command: Command<SignIn>,
) -> Result<Response, Problem> {
    let SignIn {
        email,
        password,
        code,
        kind,
    } = command.body;
    let asked = session::SignIn {
        email,
        password: Password::typed(password),
        code: given(code),
        kind: kind.into(),
        address: from.address,
        agent: from.agent,
    };
    let signed_in = api.app.sign_in(&api.actor, asked).await?;
    let mut headers = HeaderMap::new();
    let token = match kind {
        SessionKind::Program => Some(signed_in.token.reveal().to_owned()),
        SessionKind::Browser => {
            let cookie = api
                .doors
                .cookie(&signed_in.token, signed_in.expires_at, api.app.now());
            add(&mut headers, cookie);
            None
        }
    };
    Ok((headers, Json(SignedIn::of(signed_in, token))).into_response())
}

/// The code that was typed, if any was.
fn given(code: Option<String>) -> Option<GivenCode> {
    let code = code.map(Zeroizing::new)?;
    (!code.trim().is_empty()).then(|| GivenCode::read(&code))
}

fn add(headers: &mut HeaderMap, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        headers.insert(SET_COOKIE, cookie);
    }
}

/// Lists the sessions of whoever asks that were not ended, newest first.
#[utoipa::path(get, path = "/v1/sessions", tag = "sessions", params(PageQuery),
    responses((status = 200, description = "A page of sessions.", body = Page<Session>)))]
async fn list_sessions(api: Caller, list: List<NoFilter>) -> Answer<Page<Session>> {
    let page = api.app.session_list(&api.actor, list.page).await?;
    Ok(Json(Page::of(page, |session| Session::of(session, &api))))
}

/// Ends a session: signs out, if it is the one that the request came in. An owner may end anybody's.
#[utoipa::path(post, path = "/v1/sessions/{id}/end", tag = "sessions",
    params(("id" = SessionId, Path, description = "The session.")),
    responses((status = 200, description = "The session is ended.", body = Changed<EndedSession>)),
    extensions(("x-problems" = json!(["session_not_found", "session_ended"]))))]
async fn end_session(
    api: Caller,
    PathId(id): PathId<SessionId>,
    command: Command<NoBody>,
) -> Result<Response, Problem> {
    let changed = api
        .app
        .session_end(&api.actor, command.retry, id.into())
        .await?;
    let mut headers = HeaderMap::new();
    if api.session == Some(changed.value) {
        add(&mut headers, api.doors.no_cookie());
    }
    let ended = EndedSession {
        id: changed.value.into(),
    };
    let done: Done<Changed<EndedSession>> = Done::changed(&changed, ended);
    Ok((headers, done).into_response())
}

/// Changes the password of whoever asks, and ends all their other sessions. An `Idempotency-Key` does nothing here: the
/// present password is another one afterwards.
#[utoipa::path(post, path = "/v1/password", tag = "sessions", request_body = ChangePassword,
    responses((status = 200, description = "The password is changed.", body = Changed<ChangedPassword>)),
    extensions(("x-problems" = json!(["user_not_found", "credentials_wrong", "too_many_tries", "password_too_short",
        "password_too_long"]))))]
async fn change_password(api: Caller, command: Command<ChangePassword>) -> Act<ChangedPassword> {
    let ChangePassword { present, new } = command.body;
    let (present, new) = (Password::typed(present), Password::typed(new));
    let changed = api
        .app
        .password_change(&api.actor, api.session, &present, &new)
        .await?;
    let item = ChangedPassword {
        user_id: changed.value.into(),
    };
    Ok(Done::changed(&changed, item))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in))
        .routes(routes!(list_sessions))
        .routes(routes!(end_session))
        .routes(routes!(change_password))
        .merge(hand_over::routes())
        .merge(prove::routes())
        .merge(view_as::routes())
}
