//! Looking as a customer's or a reseller's people do.

use latchkey_domain::user::Whose;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Done};
use crate::caller::Caller;
use crate::change::{Changed, NoBody};
use crate::extract::Command;
use crate::id::{CustomerId, ResellerId, SessionId};

/// As whose people to look: one of the two.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewAs {
    /// As this customer's administrators.
    #[serde(default)]
    #[schema(required = false)]
    pub customer_id: Option<CustomerId>,
    /// As this reseller's managers.
    #[serde(default)]
    #[schema(required = false)]
    pub reseller_id: Option<ResellerId>,
}

/// A session in which somebody looks as others do, or as themselves again.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ViewedAs {
    /// The session.
    pub session_id: SessionId,
}

/// Has one of the vendor's people look, in this session, as a customer's or a reseller's people do: they see the same, and
/// change nothing. It is recorded, and lasts until they look as themselves again.
#[utoipa::path(post, path = "/v1/sessions/view-as", tag = "sessions", request_body = ViewAs,
    responses((status = 200, description = "They look so.", body = Changed<ViewedAs>)),
    extensions(("x-problems" = json!(["session_not_found", "session_ended", "customer_not_found", "reseller_not_found",
        "views_so_already"]))))]
async fn view_as(api: Caller, command: Command<ViewAs>) -> Act<ViewedAs> {
    let whose = match (command.body.customer_id, command.body.reseller_id) {
        (Some(id), _) => Whose::Customer(id.into()),
        (None, Some(id)) => Whose::Reseller(id.into()),
        (None, None) => Whose::Vendor,
    };
    let changed = api
        .app
        .view_as(&api.actor, command.retry, api.session, whose)
        .await?;
    Ok(Done::changed(
        &changed,
        ViewedAs {
            session_id: changed.value.into(),
        },
    ))
}

/// Has them look as themselves again.
#[utoipa::path(post, path = "/v1/sessions/end-view-as", tag = "sessions",
    responses((status = 200, description = "They look as themselves.", body = Changed<ViewedAs>)),
    extensions(("x-problems" = json!(["session_not_found", "session_ended", "views_so_already"]))))]
async fn end_view_as(api: Caller, command: Command<NoBody>) -> Act<ViewedAs> {
    let changed = api
        .app
        .view_as_end(&api.actor, command.retry, api.session)
        .await?;
    Ok(Done::changed(
        &changed,
        ViewedAs {
            session_id: changed.value.into(),
        },
    ))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(view_as))
        .routes(routes!(end_view_as))
}
