//! The vendor: its name, locking it down in an emergency, and whether some acts take two people.

use latchkey_app::Changed;
use latchkey_domain::text::Name;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::Command;
use crate::me::MyVendor;
use crate::text::field;

/// Another name for the vendor.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameVendor {
    /// The name.
    #[schema(example = "Nordlicht Software GmbH")]
    pub name: String,
}

/// Gives the vendor another name. It stands in the trust bundle, which is signed anew, and in license files from now on.
#[utoipa::path(patch, path = "/v1/vendor", tag = "me", request_body = RenameVendor,
    responses((status = 200, description = "The vendor has the name.", body = change::Changed<MyVendor>)),
    extensions(("x-problems" = json!(["@text"]))))]
async fn rename_vendor(api: Caller, command: Command<RenameVendor>) -> Act<MyVendor> {
    let name = field("/name", Name::parse(&command.body.name))?;
    let changed = api
        .app
        .vendor_rename(&api.actor, command.retry, name)
        .await?;
    api.vendor_done(&changed).await
}

/// Locks the vendor down: until an owner lifts it, nobody but owners may change anything. Looking, validating and
/// signing in go on.
#[utoipa::path(post, path = "/v1/vendor/lock-down", tag = "me",
    responses((status = 200, description = "The vendor is locked down.", body = change::Changed<MyVendor>)),
    extensions(("x-problems" = json!(["vendor_locked_down_already"]))))]
async fn lock_down_vendor(api: Caller, command: Command<NoBody>) -> Act<MyVendor> {
    let changed = api.app.vendor_lock_down(&api.actor, command.retry).await?;
    api.vendor_done(&changed).await
}

/// Lifts the vendor's lockdown.
#[utoipa::path(post, path = "/v1/vendor/lift-lockdown", tag = "me",
    responses((status = 200, description = "The vendor is not locked down any more.", body = change::Changed<MyVendor>)),
    extensions(("x-problems" = json!(["vendor_not_locked_down", "takes_two_people"]))))]
async fn lift_lockdown(api: Caller, command: Command<NoBody>) -> Act<MyVendor> {
    let changed = api
        .app
        .vendor_lift_lockdown(&api.actor, command.retry)
        .await?;
    api.vendor_done(&changed).await
}

/// Has revoking licenses in bulk and lifting a lockdown take two people from now on: one asks for an approval, another
/// gives it. It is ended in the same way.
#[utoipa::path(post, path = "/v1/vendor/require-two-people", tag = "me",
    responses((status = 200, description = "Some acts take two people.", body = change::Changed<MyVendor>)),
    extensions(("x-problems" = json!(["two_people_already", "two_owners_missing"]))))]
async fn require_two_people(api: Caller, command: Command<NoBody>) -> Act<MyVendor> {
    let changed = api
        .app
        .vendor_require_two_people(&api.actor, command.retry)
        .await?;
    api.vendor_done(&changed).await
}

impl Caller {
    async fn vendor_done<T>(&self, changed: &Changed<T>) -> Act<MyVendor> {
        let vendor = self.app.vendor(&self.actor).await?;
        Ok(Done::changed(changed, vendor))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(rename_vendor))
        .routes(routes!(lock_down_vendor))
        .routes(routes!(lift_lockdown))
        .routes(routes!(require_two_people))
}
