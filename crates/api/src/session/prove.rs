//! Proving anew, in a session, who one is.

use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use latchkey_app::password::Password;
use latchkey_app::session;
use latchkey_domain::session::SessionKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{add, given};
use crate::ApiState;
use crate::answer::Done;
use crate::caller::{Caller, CameFrom};
use crate::change::Changed;
use crate::extract::Command;
use crate::id::SessionId;
use crate::problem::Problem;
use crate::time::Timestamp;

/// Who one is, proved anew.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProveSession {
    /// The password.
    #[schema(example = "three words that do not belong together")]
    pub password: String,
    /// Where the account has a second factor: the code that the authenticator app shows, or a recovery code.
    #[serde(default)]
    #[schema(required = false, example = "492039")]
    pub code: Option<String>,
}

/// A session whose user has proved anew who they are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvedSession {
    /// Its id.
    pub id: SessionId,
    /// When that was.
    pub proved_at: Timestamp,
    /// What opens it from now on, for a program; shown this once.
    #[schema(required, example = "lks_…")]
    pub token: Option<String>,
}

/// Notes that whoever asks has given their password, and a code if they have a second factor, anew. What is sensitive
/// asks for that when it was longer ago than five minutes (`factor_stale`). What opens the session is another token from
/// then on: a browser gets it as a cookie, a program in the answer. Each request makes another one, so an
/// `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sessions/prove", tag = "sessions", request_body = ProveSession,
    responses((status = 200, description = "It is proved; a browser gets another cookie.", body = Changed<ProvedSession>)),
    extensions(("x-problems" = json!(["session_not_found", "session_ended", "credentials_wrong", "@factor",
        "too_many_tries"]))))]
async fn prove_session(
    api: Caller,
    from: CameFrom,
    command: Command<ProveSession>,
) -> Result<Response, Problem> {
    let ProveSession { password, code } = command.body;
    let asked = session::ProveSession {
        session_id: api.session,
        password: Password::typed(password),
        code: given(code),
        address: from.address,
    };
    let changed = api.app.session_prove(&api.actor, asked).await?;
    let session::Proved { session, token } = &changed.value;
    let mut headers = HeaderMap::new();
    let shown = match session.kind {
        SessionKind::Program => Some(token.reveal().to_owned()),
        SessionKind::Browser => {
            let cookie = api.doors.cookie(token, session.expires_at, api.app.now());
            add(&mut headers, cookie);
            None
        }
    };
    let item = ProvedSession {
        id: session.id.into(),
        proved_at: session.proved_at().into(),
        token: shown,
    };
    let done: Done<Changed<ProvedSession>> = Done::changed(&changed, item);
    Ok((headers, done).into_response())
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(prove_session))
}
