//! Letting the desktop window in from a browser: a session is handed over there and taken over here.

use axum::Json;
use latchkey_app::session;
use latchkey_domain::hand_over::Challenge;
use latchkey_domain::session::Token;
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::SignedIn;
use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::{Caller, CameFrom};
use crate::change::Changed;
use crate::extract::Command;
use crate::id::SessionId;
use crate::text::field;
use crate::time::Timestamp;

/// Which window is let in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverSession {
    /// SHA-256 of the verifier that the window keeps to itself, in base64url (RFC 7636, `S256`).
    #[schema(example = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")]
    pub challenge: String,
    /// What the computer is called that it is on.
    #[schema(example = "office-3")]
    pub computer: String,
    /// Whether whoever asks has to have shown a moment ago who they are.
    #[serde(default)]
    #[schema(required = false)]
    pub anew: bool,
}

/// A session that waits for the window.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandedOverSession {
    /// Its id.
    pub id: SessionId,
    /// What it is taken over with, once; shown this once.
    #[schema(example = "lkh_…")]
    pub code: String,
    /// Until when.
    pub expires_at: Timestamp,
}

/// What a session is taken over with.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOverSession {
    /// The code.
    #[schema(example = "lkh_…")]
    pub code: String,
    /// What the challenge was made of: 43 to 128 letters.
    #[schema(example = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    pub verifier: String,
}

/// Lets the desktop window in as whoever asks, who has to be in a browser's session. The answer has a code that counts
/// once, for a minute, and for whoever has the verifier of the challenge. What is done in the window is as fresh as what
/// was last given in the browser. Each code is one of its own, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sessions/hand-over", tag = "sessions", request_body = HandOverSession,
    responses((status = 200, description = "A session waits for the window.", body = Changed<HandedOverSession>)),
    extensions(("x-problems" = json!(["session_not_found", "session_ended", "user_not_found", "user_deactivated",
        "challenge_invalid", "hand_over_browser_only", "factor_stale", "@text"]))))]
async fn hand_over_session(
    api: Caller,
    command: Command<HandOverSession>,
) -> Act<HandedOverSession> {
    let HandOverSession {
        challenge,
        computer,
        anew,
    } = command.body;
    let asked = session::HandOver {
        session_id: api.session,
        challenge: field("/challenge", Challenge::parse(&challenge))?,
        computer: field("/computer", Name::parse(&computer))?,
        anew,
    };
    let changed = api.app.session_hand_over(&api.actor, asked).await?;
    let item = HandedOverSession {
        id: changed.value.session_id.into(),
        code: changed.value.code.reveal().to_owned(),
        expires_at: changed.value.until.into(),
    };
    Ok(Done::changed(&changed, item))
}

/// Signs the window in that has the code and its verifier. A session that it was in already ends, and has to be of the same
/// person. A code counts once, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/sessions/take-over", tag = "sessions", request_body = TakeOverSession,
    responses((status = 200, description = "The window is signed in.", body = SignedIn)),
    extensions(("x-problems" = json!(["hand_over_not_open", "hand_over_other_person", "too_many_tries"]))))]
async fn take_over_session(
    api: Caller,
    from: CameFrom,
    command: Command<TakeOverSession>,
) -> Answer<SignedIn> {
    let TakeOverSession { code, verifier } = command.body;
    let asked = session::TakeOver {
        code: Token::received(&code),
        verifier,
        replaces: api.session,
        address: from.address,
        agent: from.agent,
    };
    let signed_in = api.app.session_take_over(&api.actor, asked).await?;
    let token = signed_in.token.reveal().to_owned();
    Ok(Json(SignedIn::of(signed_in, Some(token))))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(hand_over_session))
        .routes(routes!(take_over_session))
}
