//! A link by e-mail for whoever has lost a password.

use axum::Json;
use latchkey_domain::limits::INVITATION_DAYS;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::{Caller, CameFrom};
use crate::extract::{Command, Spoken};

/// Who has lost a password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPasswordReset {
    /// The e-mail address of the account.
    #[schema(example = "ada@vendor.example")]
    pub email: String,
}

/// If there is such an account, a letter is on its way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskedPasswordReset {
    /// For how long the link in it works, in days.
    #[schema(example = 3)]
    pub link_days: u32,
}

/// Sends a link for another password to an e-mail address, if there is an account with it; whether there is one is not
/// told. The letter is written in the language that the browser names first, English or German. Each request makes another
/// link, so an `Idempotency-Key` does nothing here.
#[utoipa::path(post, path = "/v1/password-reset", tag = "users", request_body = AskPasswordReset,
    responses((status = 200, description = "If there is such an account, a letter is on its way.", body = AskedPasswordReset)),
    extensions(("x-problems" = json!(["mail_not_set_up", "too_many_tries"]))))]
async fn ask_password_reset(
    api: Caller,
    from: CameFrom,
    Spoken(language): Spoken,
    command: Command<AskPasswordReset>,
) -> Answer<AskedPasswordReset> {
    let AskPasswordReset { email } = command.body;
    api.app
        .password_reset_ask(&api.actor, &email, from.address.as_deref(), language)
        .await?;
    Ok(Json(AskedPasswordReset {
        link_days: INVITATION_DAYS,
    }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(ask_password_reset))
}
