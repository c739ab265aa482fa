//! What happens to a license after it is issued.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::License;
use crate::ApiState;
use crate::answer::Act;
use crate::caller::Caller;
use crate::change::{Changed, NoBody};
use crate::extract::{Command, PathId};
use crate::id::{CustomerId, LicenseId};
use crate::time::Timestamp;

/// How to renew a license.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewLicense {
    /// Until when it runs; left out, its policy's term is added.
    pub expires_at: Option<Timestamp>,
}

/// Why a license is suspended.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspendLicense {
    /// The reason, for the ledger.
    #[schema(example = "Invoice 2026-118 is unpaid")]
    pub reason: Option<String>,
}

/// The confirmation that a license is to be revoked for ever.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeLicense {
    /// The license key, typed by the person who revokes.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub confirm: String,
}

/// Who gets a license.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferLicense {
    /// The new owner.
    pub customer_id: CustomerId,
}

/// Lets a license run longer; an expired one becomes active again.
#[utoipa::path(post, path = "/v1/licenses/{id}/renew", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license.")), request_body(content = Option<RenewLicense>),
    responses((status = 200, description = "The license runs longer.", body = Changed<License>)),
    extensions(("x-problems" = json!(["license_not_found", "license_revoked", "license_perpetual", "license_end_not_later", "license_end_passed",
        "template_withdrawn", "template_term_exceeded", "template_renewal_too_early", "template_not_found"]))))]
async fn renew_license(
    api: Caller,
    PathId(id): PathId<LicenseId>,
    command: Command<RenewLicense>,
) -> Act<License> {
    let to = command.body.expires_at.map(Into::into);
    let changed = api
        .app
        .license_renew(&api.actor, command.retry, id.into(), to)
        .await?;
    api.license_done(&changed).await
}

/// Suspends a license: it cannot be used until it is reinstated.
#[utoipa::path(post, path = "/v1/licenses/{id}/suspend", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license.")), request_body(content = Option<SuspendLicense>),
    responses((status = 200, description = "The license is suspended.", body = Changed<License>)),
    extensions(("x-problems" = json!(["license_not_found", "license_suspended", "license_expired", "license_revoked", "license_reason_too_long"]))))]
async fn suspend_license(
    api: Caller,
    PathId(id): PathId<LicenseId>,
    command: Command<SuspendLicense>,
) -> Act<License> {
    let changed = api
        .app
        .license_suspend(&api.actor, command.retry, id.into(), command.body.reason)
        .await?;
    api.license_done(&changed).await
}

/// Reinstates a suspended license.
#[utoipa::path(post, path = "/v1/licenses/{id}/reinstate", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license.")),
    responses((status = 200, description = "The license can be used again.", body = Changed<License>)),
    extensions(("x-problems" = json!(["license_not_found", "license_not_suspended", "license_revoked"]))))]
async fn reinstate_license(
    api: Caller,
    PathId(id): PathId<LicenseId>,
    command: Command<NoBody>,
) -> Act<License> {
    let changed = api
        .app
        .license_reinstate(&api.actor, command.retry, id.into())
        .await?;
    api.license_done(&changed).await
}

/// Revokes a license for ever. Its key must be typed to confirm.
#[utoipa::path(post, path = "/v1/licenses/{id}/revoke", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license.")), request_body = RevokeLicense,
    responses((status = 200, description = "The license is revoked.", body = Changed<License>)),
    extensions(("x-problems" = json!(["license_not_found", "license_revoked", "license_not_confirmed"]))))]
async fn revoke_license(
    api: Caller,
    PathId(id): PathId<LicenseId>,
    command: Command<RevokeLicense>,
) -> Act<License> {
    let changed = api
        .app
        .license_revoke(&api.actor, command.retry, id.into(), command.body.confirm)
        .await?;
    api.license_done(&changed).await
}

/// Gives a license to another customer.
#[utoipa::path(post, path = "/v1/licenses/{id}/transfer", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license.")), request_body = TransferLicense,
    responses((status = 200, description = "The license has a new owner.", body = Changed<License>)),
    extensions(("x-problems" = json!(["license_not_found", "license_revoked", "license_same_customer", "license_in_use", "customer_not_found", "customer_archived",
        "customer_not_of_reseller"]))))]
async fn transfer_license(
    api: Caller,
    PathId(id): PathId<LicenseId>,
    command: Command<TransferLicense>,
) -> Act<License> {
    let customer_id = command.body.customer_id.into();
    let changed = api
        .app
        .license_transfer(&api.actor, command.retry, id.into(), customer_id)
        .await?;
    api.license_done(&changed).await
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(renew_license))
        .routes(routes!(suspend_license))
        .routes(routes!(reinstate_license))
        .routes(routes!(revoke_license))
        .routes(routes!(transfer_license))
}
