//! Signing in by a service of somebody else's (OpenID Connect).
//!
//! The service sends the browser back to a page of ours, `/sign-in/back`, and that page asks here: so the request is our
//! own page's, as every other is, and the answer is a problem document or a cookie.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use latchkey_app::sign_in_service as service;
use latchkey_domain::passkey::PasskeysMissing;
use latchkey_domain::second_factor::GivenCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zeroize::Zeroizing;

use crate::ApiState;
use crate::answer::{Act, Answer};
use crate::attempt_cookie::{By, KeptAttempt};
use crate::caller::{Caller, CameFrom};
use crate::change::NoBody;
use crate::extract::{Command, PathId};
use crate::id::ActorId;
use crate::problem::Problem;
use crate::user::User;

/// How people can sign in, beside with a password.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignInMethods {
    /// What people call the sign-in service; null where there is none.
    #[schema(required, example = "Nordlicht ID")]
    pub service: Option<String>,
    /// Whether passkeys are offered, and if not why.
    pub passkeys: PasskeyOffer,
}

/// Whether a server offers passkeys. They are bound to the name in the address that it was given as its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasskeyOffer {
    /// It does.
    Offered,
    /// It does not know the address at which people reach it.
    NoAddress,
    /// That address has no name, but numbers.
    NoName,
    /// That address is not one of HTTPS.
    NotSecure,
}

impl From<Result<(), PasskeysMissing>> for PasskeyOffer {
    fn from(offered: Result<(), PasskeysMissing>) -> Self {
        match offered {
            Ok(()) => Self::Offered,
            Err(PasskeysMissing::NoAddress) => Self::NoAddress,
            Err(PasskeysMissing::NoName) => Self::NoName,
            Err(PasskeysMissing::NotSecure) => Self::NotSecure,
        }
    }
}

/// What the way to the sign-in service is for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginServiceSignIn {
    /// Whether somebody who is signed in shows anew who they are. Otherwise they sign in.
    #[serde(default)]
    #[schema(required = false)]
    pub anew: bool,
}

/// The way to the sign-in service.
#[derive(Clone, Serialize, ToSchema)]
pub struct BegunServiceSignIn {
    /// Where the browser goes.
    #[schema(example = "https://id.example/authorize?client_id=latchkey&…")]
    pub url: String,
}

/// What the sign-in service has sent the browser back with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishServiceSignIn {
    /// What it gave back of the way there.
    #[schema(example = "lko_…")]
    pub state: String,
    /// Its code.
    #[schema(example = "SplxlOBeZQQYbYS6WxSbIA")]
    pub code: String,
}

/// The code of a second factor.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmServiceSignIn {
    /// The code that the authenticator app shows, or a recovery code.
    #[schema(example = "492039")]
    pub code: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct FinishedServiceSignIn {
    /// How far it is.
    pub outcome: ServiceSignInOutcome,
}

/// How far signing in by the service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceSignInOutcome {
    /// They are signed in, and the browser has the cookie.
    SignedIn,
    /// They have shown anew who they are, and the browser has another cookie.
    Proved,
    /// The account has a second factor: its code is to be given next.
    CodeNeeded,
}

/// Tells how people can sign in.
#[utoipa::path(get, path = "/v1/sign-in-methods", tag = "sessions",
    responses((status = 200, description = "How people can sign in.", body = SignInMethods)))]
async fn list_sign_in_methods(api: Caller) -> Answer<SignInMethods> {
    let service = api.app.sign_in_service_name(&api.actor)?;
    let passkeys = api.app.passkeys_offered(&api.actor)?.into();
    Ok(Json(SignInMethods {
        passkeys,
        service: service.map(str::to_owned),
    }))
}

/// Begins to sign in by the sign-in service, or to show anew who one is. For browsers: one keeps a cookie until it comes
/// back, for ten minutes at most. Each request begins another attempt, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sign-in-service/begin", tag = "sessions", request_body = BeginServiceSignIn,
    responses((status = 200, description = "Where the browser goes; it gets a cookie.", body = BegunServiceSignIn)),
    extensions(("x-problems" = json!(["sign_in_service_not_set_up", "sign_in_service_away", "session_not_found"]))))]
async fn begin_service_sign_in(
    api: Caller,
    command: Command<BeginServiceSignIn>,
) -> Result<Response, Problem> {
    let begun = api
        .app
        .service_sign_in_begin(&api.actor, api.session, command.body.anew)
        .await?;
    let mut headers = HeaderMap::new();
    add(&mut headers, By::Service.keep(&api, &begun.attempt));
    Ok((headers, Json(BegunServiceSignIn { url: begun.url })).into_response())
}

/// Goes on with what the sign-in service has sent the browser back with: signs the user in whom it vouches for, or notes
/// that they have shown anew who they are. Who comes in by it for the first time is known by a verified e-mail address, and
/// linked to what the service calls them; from then on that decides. The code works once, so an `Idempotency-Key` does
/// nothing here.
#[utoipa::path(post, path = "/v1/sign-in-service/finish", tag = "sessions", request_body = FinishServiceSignIn,
    responses((status = 200, description = "What came of it; the browser gets a cookie.", body = FinishedServiceSignIn)),
    extensions(("x-problems" = json!(["sign_in_service_not_set_up", "sign_in_service_away", "sign_in_attempt_over",
        "sign_in_service_not_believed", "sign_in_email_not_verified", "sign_in_no_account", "sign_in_other_identity",
        "sign_in_not_anew", "too_many_tries", "credentials_wrong", "second_factor_needed", "session_not_found",
        "session_ended"]))))]
async fn finish_service_sign_in(
    api: Caller,
    from: CameFrom,
    KeptAttempt(attempt): KeptAttempt,
    command: Command<FinishServiceSignIn>,
) -> Result<Response, Problem> {
    let FinishServiceSignIn { state, code } = command.body;
    let back = service::FinishSignIn {
        session_id: api.session,
        attempt,
        state,
        code,
        address: from.address,
        agent: from.agent,
    };
    let finished = api.app.service_sign_in_finish(&api.actor, back).await?;
    Ok(answer(&api, &finished))
}

/// Gives the code of a second factor after the sign-in service has told who somebody is. A code works once, so an
/// `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sign-in-service/confirm", tag = "sessions", request_body = ConfirmServiceSignIn,
    responses((status = 200, description = "What came of it; the browser gets a cookie.", body = FinishedServiceSignIn)),
    extensions(("x-problems" = json!(["sign_in_attempt_over", "sign_in_no_account", "sign_in_other_identity", "@factor",
        "too_many_tries", "credentials_wrong", "session_not_found", "session_ended"]))))]
async fn confirm_service_sign_in(
    api: Caller,
    from: CameFrom,
    KeptAttempt(attempt): KeptAttempt,
    command: Command<ConfirmServiceSignIn>,
) -> Result<Response, Problem> {
    let given = service::ConfirmSignIn {
        session_id: api.session,
        attempt,
        code: GivenCode::read(&Zeroizing::new(command.body.code)),
        address: from.address,
        agent: from.agent,
    };
    let finished = api.app.service_sign_in_confirm(&api.actor, given).await?;
    Ok(answer(&api, &finished))
}

fn answer(api: &Caller, finished: &service::Finished) -> Response {
    let mut headers = HeaderMap::new();
    let now = api.app.now();
    let outcome = match finished {
        service::Finished::SignedIn(signed_in) => {
            let cookie = api
                .doors
                .cookie(&signed_in.token, signed_in.expires_at, now);
            add(&mut headers, cookie);
            add(&mut headers, By::Service.forget(api));
            ServiceSignInOutcome::SignedIn
        }
        service::Finished::Proved(proved) => {
            let session = &proved.value.session;
            let cookie = api
                .doors
                .cookie(&proved.value.token, session.expires_at, now);
            add(&mut headers, cookie);
            add(&mut headers, By::Service.forget(api));
            ServiceSignInOutcome::Proved
        }
        service::Finished::CodeNeeded(kept) => {
            add(&mut headers, By::Service.keep(api, kept));
            ServiceSignInOutcome::CodeNeeded
        }
    };
    (headers, Json(FinishedServiceSignIn { outcome })).into_response()
}

fn add(headers: &mut HeaderMap, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        headers.append(SET_COOKIE, cookie);
    }
}

/// Takes away the link of whoever asks to the sign-in service, unless it is their only way in, and ends all their other
/// sessions.
#[utoipa::path(post, path = "/v1/sign-in-service/unlink", tag = "sessions",
    responses((status = 200, description = "The user is not linked.", body = crate::change::Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "user_not_linked", "user_only_way_in"]))))]
async fn unlink_sign_in_service(api: Caller, command: Command<NoBody>) -> Act<User> {
    let changed = api
        .app
        .sign_in_service_unlink(&api.actor, command.retry, api.session)
        .await?;
    api.user_done(&changed).await
}

/// Takes away a user's link to the sign-in service, who is somebody else there now, and ends all their sessions. They are
/// linked anew when they next come in by it.
#[utoipa::path(post, path = "/v1/users/{id}/unlink", tag = "users",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user is not linked.", body = crate::change::Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "user_not_linked", "user_last_owner"]))))]
async fn unlink_user(
    api: Caller,
    PathId(id): PathId<ActorId>,
    command: Command<NoBody>,
) -> Act<User> {
    let changed = api
        .app
        .user_unlink(&api.actor, command.retry, id.into())
        .await?;
    api.user_done(&changed).await
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_sign_in_methods))
        .routes(routes!(begin_service_sign_in))
        .routes(routes!(finish_service_sign_in))
        .routes(routes!(confirm_service_sign_in))
        .routes(routes!(unlink_sign_in_service))
        .routes(routes!(unlink_user))
}
