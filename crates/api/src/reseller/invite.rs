//! The first manager of a reseller.

use latchkey_app::reseller;
use latchkey_domain::text::{EmailAddress, Name};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Done};
use crate::caller::Caller;
use crate::change;
use crate::extract::{Command, PathId, Spoken};
use crate::id::ResellerId;
use crate::text::field;
use crate::time::Timestamp;

/// Who is to be the first manager of a reseller.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstManager {
    /// What they will sign in with.
    #[schema(example = "ina@insel.example")]
    pub email: String,
    /// What people call them.
    #[schema(example = "Ina Insel")]
    pub name: String,
}

/// The first manager of a reseller, who was invited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InvitedManager {
    /// What lets them choose a password, once: the page `/welcome` takes it behind a `#`. Shown this once; null in the
    /// answer to a repeated request.
    #[schema(required, example = "lki_…")]
    pub token: Option<String>,
    /// Whether the same link is on its way to them by e-mail.
    pub mailed: bool,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Invites the first manager of a reseller, or invites them once more while nobody of it has come in. For the vendor, and
/// for managers of the reseller directly above; whoever comes after is invited by the reseller's own managers.
#[utoipa::path(post, path = "/v1/resellers/{id}/first-manager", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller.")), request_body = FirstManager,
    responses((status = 200, description = "They are invited.", body = change::Changed<InvitedManager>)),
    extensions(("x-problems" = json!(["reseller_not_found", "reseller_archived", "reseller_has_people", "@text",
        "@email", "user_email_taken", "user_limit", "user_not_found"]))))]
async fn invite_first_manager(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    Spoken(language): Spoken,
    command: Command<FirstManager>,
) -> Act<InvitedManager> {
    let new = reseller::FirstManager {
        reseller_id: id.into(),
        email: field("/email", EmailAddress::parse(&command.body.email))?,
        name: field("/name", Name::parse(&command.body.name))?,
    };
    let changed = api
        .app
        .first_manager_invite(&api.actor, command.retry, new)
        .await?;
    let invited = &changed.value;
    let mailed = api
        .app
        .invitation_send(&api.actor, invited, language)
        .await?;
    let item = InvitedManager {
        token: invited
            .token
            .as_ref()
            .map(|token| token.reveal().to_owned()),
        mailed,
        expires_at: invited.expires_at.into(),
    };
    Ok(Done::changed(&changed, item))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(invite_first_manager))
}
