//! Second factors: one-time codes of an authenticator app beside the password.

use latchkey_app as app;
use latchkey_domain::second_factor::{GivenCode, RecoveryCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use zeroize::Zeroizing;

use crate::ApiState;
use crate::answer::{Act, Done};
use crate::caller::Caller;
use crate::change::{Changed, NoBody};
use crate::extract::{Command, PathId};
use crate::id::ActorId;
use crate::user::User;

/// What an authenticator app is told, once.
#[derive(Clone, Serialize, ToSchema)]
pub struct BegunSecondFactor {
    /// The secret in base32, to be typed.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    pub secret: String,
    /// The same as an address that apps read.
    #[schema(
        example = "otpauth://totp/Latchkey:ada%40vendor.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Latchkey"
    )]
    pub uri: String,
    /// The address as a QR code, in SVG.
    #[schema(example = "<svg></svg>")]
    pub qr: String,
}

/// The first code.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSecondFactor {
    /// The code that the authenticator app shows.
    #[schema(example = "492039")]
    pub code: String,
}

/// Codes that each do once what a code of the app does.
#[derive(Clone, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// The codes; shown this once.
    #[schema(example = json!(["7k2m-9x4p-h3rd-w8tn"]))]
    pub recovery_codes: Vec<String>,
}

impl RecoveryCodes {
    fn done(changed: &app::Changed<Vec<RecoveryCode>>) -> Done<Changed<Self>> {
        let codes = changed.value.iter().map(|code| code.reveal().to_string());
        let recovery_codes = codes.collect();
        Done::changed(changed, Self { recovery_codes })
    }
}

/// Whose second factor is off.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EndedSecondFactor {
    /// The user.
    pub user_id: ActorId,
}

/// Begins to set up a second factor for whoever asks. Codes are not asked for before one was confirmed. Begun once more,
/// the secret is another one, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/second-factor/begin", tag = "second factor",
    responses((status = 200, description = "The secret, shown once.", body = Changed<BegunSecondFactor>)),
    extensions(("x-problems" = json!(["user_not_found", "second_factor_on"]))))]
async fn begin_second_factor(api: Caller, _: Command<NoBody>) -> Act<BegunSecondFactor> {
    let changed = api.app.second_factor_begin(&api.actor).await?;
    let item = BegunSecondFactor {
        secret: changed.value.secret.to_string(),
        uri: changed.value.uri.to_string(),
        qr: changed.value.qr.to_string(),
    };
    Ok(Done::changed(&changed, item))
}

/// Turns on the second factor that was begun, with a first code of it, and ends all other sessions of whoever asks. The
/// answer is a secret, so it is not kept for an `Idempotency-Key`.
#[utoipa::path(post, path = "/v1/second-factor/confirm", tag = "second factor", request_body = ConfirmSecondFactor,
    responses((status = 200, description = "It is on.", body = Changed<RecoveryCodes>)),
    extensions(("x-problems" = json!(["user_not_found", "second_factor_on", "second_factor_not_begun",
        "second_factor_wrong", "too_many_tries"]))))]
async fn confirm_second_factor(
    api: Caller,
    command: Command<ConfirmSecondFactor>,
) -> Act<RecoveryCodes> {
    let code = GivenCode::read(&Zeroizing::new(command.body.code));
    let changed = api
        .app
        .second_factor_confirm(&api.actor, api.session, &code)
        .await?;
    Ok(RecoveryCodes::done(&changed))
}

/// Makes the recovery codes of whoever asks anew; those before work no more. The answer is a secret, so it is not kept
/// for an `Idempotency-Key`.
#[utoipa::path(post, path = "/v1/second-factor/recovery-codes", tag = "second factor",
    responses((status = 200, description = "The new codes.", body = Changed<RecoveryCodes>)),
    extensions(("x-problems" = json!(["user_not_found", "second_factor_off"]))))]
async fn renew_recovery_codes(api: Caller, _: Command<NoBody>) -> Act<RecoveryCodes> {
    let changed = api.app.recovery_codes_renew(&api.actor).await?;
    Ok(RecoveryCodes::done(&changed))
}

/// Turns off the second factor of whoever asks.
#[utoipa::path(post, path = "/v1/second-factor/end", tag = "second factor",
    responses((status = 200, description = "It is off.", body = Changed<EndedSecondFactor>)),
    extensions(("x-problems" = json!(["user_not_found", "second_factor_off"]))))]
async fn end_second_factor(api: Caller, command: Command<NoBody>) -> Act<EndedSecondFactor> {
    let changed = api.app.second_factor_end(&api.actor, command.retry).await?;
    let item = EndedSecondFactor {
        user_id: changed.value.into(),
    };
    Ok(Done::changed(&changed, item))
}

/// Takes a user's second factor away, who has lost it and all recovery codes: they sign in with their password alone.
#[utoipa::path(post, path = "/v1/users/{id}/reset-second-factor", tag = "second factor",
    params(("id" = ActorId, Path, description = "The user.")),
    responses((status = 200, description = "The user has no second factor.", body = Changed<User>)),
    extensions(("x-problems" = json!(["user_not_found", "second_factor_off"]))))]
async fn reset_second_factor(
    api: Caller,
    PathId(id): PathId<ActorId>,
    command: Command<NoBody>,
) -> Act<User> {
    let changed = api
        .app
        .second_factor_reset(&api.actor, command.retry, id.into())
        .await?;
    api.user_done(&changed).await
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(begin_second_factor))
        .routes(routes!(confirm_second_factor))
        .routes(routes!(renew_recovery_codes))
        .routes(routes!(end_second_factor))
        .routes(routes!(reset_second_factor))
}
