//! Notices before a license ends.

use axum::Json;
use latchkey_app::expiry_notice::NoticesView;
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change;
use crate::extract::Command;
use crate::license::certificate::Language;
use crate::problem::Problem;

/// When notices before a license ends are sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExpiryNotices {
    /// How many days before the end, the most first; none at all if no notices are sent.
    #[schema(example = json!([30, 7, 1]))]
    pub days: Vec<u32>,
    /// In which language letters are written.
    pub language: Language,
    /// Whether the program sends letters; without them a notice is an entry of the ledger, and an event for webhooks.
    pub sends_mail: bool,
}

/// When notices before a license ends are to be sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetExpiryNotices {
    /// How many days before the end: ten numbers at most, each from 1 to 365; none at all ends them.
    #[schema(example = json!([30, 7, 1]))]
    pub days: Vec<u32>,
    /// In which language letters are written.
    pub language: Language,
}

impl From<NoticesView> for ExpiryNotices {
    fn from(view: NoticesView) -> Self {
        let (days, language) = match view.notices {
            Some(notices) => (notices.days, notices.language.into()),
            None => (Vec::new(), Language::English),
        };
        Self {
            days,
            language,
            sends_mail: view.sends_mail,
        }
    }
}

/// Shows when notices before a license ends are sent.
#[utoipa::path(get, path = "/v1/vendor/expiry-notices", tag = "me",
    responses((status = 200, description = "When notices are sent.", body = ExpiryNotices)))]
async fn get_expiry_notices(api: Caller) -> Answer<ExpiryNotices> {
    Ok(Json(api.app.expiry_notices(&api.actor).await?.into()))
}

/// Sets when notices before a license ends are sent: a letter to the customer and its administrators, or to the managers of
/// the reseller that issued it, and an entry of the ledger, `license.expiring`. Each is sent once.
#[utoipa::path(post, path = "/v1/vendor/expiry-notices", tag = "me", request_body = SetExpiryNotices,
    responses((status = 200, description = "When notices are sent from now on.",
        body = change::Changed<ExpiryNotices>)),
    extensions(("x-problems" = json!(["expiry_notice_limit", "expiry_notice_days"]))))]
async fn set_expiry_notices(api: Caller, command: Command<SetExpiryNotices>) -> Act<ExpiryNotices> {
    let SetExpiryNotices { days, language } = command.body;
    let notices = domain::expiry_notice::ExpiryNotices::new(days, language.into())
        .map_err(|refusal| Problem::from(latchkey_app::Refused::from(refusal)))?;
    let changed = api
        .app
        .expiry_notices_set(&api.actor, command.retry, notices)
        .await?;
    let view = api.app.expiry_notices(&api.actor).await?;
    Ok(Done::changed(&changed, ExpiryNotices::from(view)))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_expiry_notices, set_expiry_notices))
}
