//! Invitations: what whoever was invited does with the link.

use axum::Json;
use latchkey_app::password::Password;
use latchkey_domain::session::Token;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change;
use crate::extract::Command;
use crate::id::ActorId;

/// An invitation, by what lets in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowInvitation {
    /// The token.
    #[schema(example = "lki_…")]
    pub token: String,
}

/// Whose invitation it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Invitation {
    /// What they will sign in with.
    #[schema(example = "ada@vendor.example")]
    pub email: String,
    /// What people call them.
    #[schema(example = "Ada Lovelace")]
    pub name: String,
}

/// A password, chosen.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The invitation's token.
    #[schema(example = "lki_…")]
    pub token: String,
    /// The password: 12 characters or more.
    #[schema(example = "three words that do not belong together")]
    pub password: String,
}

/// Who has a password now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AcceptedInvitation {
    /// The user.
    pub user_id: ActorId,
}

/// Shows whose invitation it is, to whoever holds it.
#[utoipa::path(post, path = "/v1/invitations/show", tag = "users", request_body = ShowInvitation,
    responses((status = 200, description = "Whose it is.", body = Invitation)),
    extensions(("x-problems" = json!(["invitation_not_open"]))))]
async fn show_invitation(api: Caller, command: Command<ShowInvitation>) -> Answer<Invitation> {
    let token = Token::received(&command.body.token);
    let user = api.app.invitation_show(&api.actor, &token).await?;
    Ok(Json(Invitation {
        email: user.email.to_string(),
        name: user.name.to_string(),
    }))
}

/// Chooses the password of whoever was invited; they can then sign in.
#[utoipa::path(post, path = "/v1/invitations/accept", tag = "users", request_body = AcceptInvitation,
    responses((status = 200, description = "The user has the password.", body = change::Changed<AcceptedInvitation>)),
    extensions(("x-problems" = json!(["invitation_not_open", "password_too_short", "password_too_long"]))))]
async fn accept_invitation(
    api: Caller,
    command: Command<AcceptInvitation>,
) -> Act<AcceptedInvitation> {
    let AcceptInvitation { token, password } = command.body;
    let (token, password) = (Token::received(&token), Password::typed(password));
    let changed = api
        .app
        .invitation_accept(&api.actor, command.retry, &token, &password)
        .await?;
    let item = AcceptedInvitation {
        user_id: changed.value.into(),
    };
    Ok(Done::changed(&changed, item))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(show_invitation))
        .routes(routes!(accept_invitation))
}
