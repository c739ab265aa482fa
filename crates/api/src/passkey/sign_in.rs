//! Signing in with a passkey, and proving anew with one who one is.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::SET_COOKIE;
use latchkey_app::passkey::{FinishPasskeySignIn as Finish, PasskeySignedIn};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{PasskeyQuestion, asked};
use crate::ApiState;
use crate::attempt_cookie::{By, KeptQuestion};
use crate::caller::{Caller, CameFrom};
use crate::extract::Command;
use crate::problem::Problem;

/// What a passkey is asked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginPasskeySignIn {
    /// Whether somebody who is signed in shows anew who they are. Otherwise they sign in.
    #[serde(default)]
    #[schema(required = false)]
    pub anew: bool,
}

/// A passkey's answer.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishPasskeySignIn {
    /// What the browser gave back, as `toJSON` writes it.
    #[schema(value_type = Object)]
    pub answer: Value,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct FinishedPasskeySignIn {
    /// How far it is.
    pub outcome: PasskeySignInOutcome,
}

/// What came of a passkey's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasskeySignInOutcome {
    /// They are signed in, and the browser has the cookie.
    SignedIn,
    /// They have shown anew who they are, and the browser has another cookie.
    Proved,
}

/// Asks for a passkey to sign in with, or to show anew who one is. For browsers: one keeps a cookie until the answer, for
/// five minutes at most. Each request is another question, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/passkey-sign-in/begin", tag = "passkeys", request_body = BeginPasskeySignIn,
    responses((status = 200, description = "What the browser is given; it gets a cookie.", body = PasskeyQuestion)),
    extensions(("x-problems" = json!(["passkeys_not_offered", "session_not_found", "passkey_none", "passkey_wrong"]))))]
async fn begin_passkey_sign_in(
    api: Caller,
    command: Command<BeginPasskeySignIn>,
) -> Result<Response, Problem> {
    let anew = command.body.anew;
    let begun = api
        .app
        .passkey_sign_in_begin(&api.actor, api.session, anew)
        .await?;
    Ok(asked(&api, begun))
}

/// Signs a user in by a passkey's answer, or notes that they have shown anew who they are. It is two factors in one, so no
/// code is asked for. An answer counts once, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/passkey-sign-in/finish", tag = "passkeys", request_body = FinishPasskeySignIn,
    responses((status = 200, description = "What came of it; the browser gets a cookie.", body = FinishedPasskeySignIn)),
    extensions(("x-problems" = json!(["passkeys_not_offered", "passkey_attempt_over", "passkey_wrong", "passkey_suspect",
        "too_many_tries", "credentials_wrong", "session_not_found", "session_ended"]))))]
async fn finish_passkey_sign_in(
    api: Caller,
    from: CameFrom,
    KeptQuestion(attempt): KeptQuestion,
    command: Command<FinishPasskeySignIn>,
) -> Result<Response, Problem> {
    let given = Finish {
        session_id: api.session,
        attempt,
        answer: command.body.answer,
        address: from.address,
        agent: from.agent,
    };
    let finished = api.app.passkey_sign_in_finish(&api.actor, given).await?;
    let now = api.app.now();
    let (outcome, cookie) = match &finished {
        PasskeySignedIn::SignedIn(signed_in) => {
            let (token, until) = (&signed_in.token, signed_in.expires_at);
            let cookie = api.doors.cookie(token, until, now);
            (PasskeySignInOutcome::SignedIn, cookie)
        }
        PasskeySignedIn::Proved(proved) => {
            let (token, until) = (&proved.value.token, proved.value.session.expires_at);
            (
                PasskeySignInOutcome::Proved,
                api.doors.cookie(token, until, now),
            )
        }
    };
    let mut headers = HeaderMap::new();
    for cookie in [cookie, By::Passkey.forget(&api)].into_iter().flatten() {
        headers.append(SET_COOKIE, cookie);
    }
    Ok((headers, Json(FinishedPasskeySignIn { outcome })).into_response())
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(begin_passkey_sign_in))
        .routes(routes!(finish_passkey_sign_in))
}
