//! One act on every license a filter finds.

use latchkey_app::{bulk, filter};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::LicenseFilter;
use crate::ApiState;
use crate::answer::Done;
use crate::bulk::{BulkReport, ids};
use crate::caller::Caller;
use crate::extract::Command;
use crate::id::LicenseId;
use crate::mirror::mirror;
use crate::problem::Problem;

/// An act on every license a filter finds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkUpdateLicenses {
    /// What to do.
    pub action: LicenseAction,
    /// To which licenses.
    pub filter: LicenseFilter,
    /// Only those among them with these ids: 2,000 at most.
    #[schema(max_items = 2000)]
    pub ids: Option<Vec<LicenseId>>,
    /// Only tell what would happen.
    #[serde(default)]
    pub dry_run: bool,
}

/// What can be done to many licenses at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenseAction {
    /// Suspend them.
    Suspend,
    /// Reinstate them.
    Reinstate,
    /// Renew each by its policy's term.
    Renew,
    /// Revoke them for ever.
    Revoke,
}

mirror!(
    LicenseAction = bulk::LicenseAction {
        Suspend,
        Reinstate,
        Renew,
        Revoke
    }
);

/// Suspends, reinstates, renews or revokes every license a filter finds, as one change. Revoking asks people for a
/// password that they gave a moment ago.
#[utoipa::path(post, path = "/v1/licenses/bulk", tag = "licenses", request_body = BulkUpdateLicenses,
    responses((status = 200, description = "What was done, or would be.", body = BulkReport)),
    extensions(("x-problems" = json!(["bulk_too_large", "factor_stale", "takes_two_people",
        "license_key_length", "license_key_character"]))))]
async fn bulk_update_licenses(
    api: Caller,
    command: Command<BulkUpdateLicenses>,
) -> Result<Done<BulkReport>, Problem> {
    let act = bulk::BulkLicenses {
        action: command.body.action.into(),
        filter: filter::LicenseFilter {
            ids: ids(command.body.ids),
            ..command.body.filter.parse("/filter")?
        },
        dry_run: command.body.dry_run,
    };
    let changed = api
        .app
        .licenses_bulk(&api.actor, command.retry, act)
        .await?;
    Ok(BulkReport::done(command.body.dry_run, changed))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(bulk_update_licenses))
}
