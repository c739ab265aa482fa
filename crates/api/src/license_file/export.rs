//! Exporting license files, singly and for a selection.

use latchkey_app::{Changed, filter, license_file};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::LicenseFile;
use crate::ApiState;
use crate::answer::{Act, Done};
use crate::bulk::ids;
use crate::caller::Caller;
use crate::change;
use crate::extract::{Command, PathId};
use crate::id::{LicenseId, MachineId};
use crate::license::LicenseFilter;
use crate::problem::sentence;

/// A license file to export.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportLicenseFile {
    /// The machines to bind it to; left out or empty, none. A node-locked license needs at least one.
    #[serde(default)]
    pub machine_ids: Vec<MachineId>,
    /// How many days it is good for; left out, as many as the license allows.
    #[schema(example = 30, minimum = 1, maximum = 3650)]
    pub valid_days: Option<u32>,
}

/// License files to export, one for each license a filter finds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportLicenseFiles {
    /// For which licenses.
    pub filter: LicenseFilter,
    /// Only those among them with these ids: 2,000 at most.
    #[schema(max_items = 2000)]
    pub ids: Option<Vec<LicenseId>>,
    /// How many days they are good for; left out, as many as each license allows.
    #[schema(example = 30, minimum = 1, maximum = 3650)]
    pub valid_days: Option<u32>,
}

/// License files that were exported together.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExportedLicenseFiles {
    /// How many; `download_license_files` gives them for the change's id.
    #[schema(example = 120)]
    pub count: u64,
    /// How many licenses got none, because there can be none.
    #[schema(example = 2)]
    pub skipped: u64,
    /// The first 1,000 of those, each with the reason.
    pub skipped_licenses: Vec<SkippedLicense>,
}

/// A license that got no file, and the reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SkippedLicense {
    /// The license.
    pub license_id: LicenseId,
    /// The last five characters of its key.
    #[schema(example = "KMNPQ")]
    pub key_hint: String,
    /// The stable code of the reason.
    #[schema(example = "license_suspended")]
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
    /// The smallest change that would help.
    #[schema(required)]
    pub fix: Option<String>,
}

impl From<license_file::SkippedRow> for SkippedLicense {
    fn from(row: license_file::SkippedRow) -> Self {
        let license_file::SkippedRow {
            license_id,
            key_hint,
            code,
            detail,
            fix,
        } = row;
        Self {
            license_id: license_id.into(),
            key_hint,
            code,
            detail: sentence(&detail),
            fix,
        }
    }
}

impl From<license_file::ExportedLicenseFiles> for ExportedLicenseFiles {
    fn from(exported: license_file::ExportedLicenseFiles) -> Self {
        let skipped_licenses = exported
            .skipped_licenses
            .into_iter()
            .map(Into::into)
            .collect();
        Self {
            count: exported.count,
            skipped: exported.skipped,
            skipped_licenses,
        }
    }
}

/// Exports a license file.
#[utoipa::path(post, path = "/v1/licenses/{id}/files", tag = "license files",
    params(("id" = LicenseId, Path, description = "The license.")), request_body(content = Option<ExportLicenseFile>),
    responses((status = 200, description = "The file is exported.", body = change::Changed<LicenseFile>)),
    extensions(("x-problems" = json!(["license_not_found", "license_suspended", "license_expired", "license_revoked", "machine_not_found", "license_file_days_out_of_bounds", "license_file_needs_machine", "license_file_too_many_machines", "license_file_machine_not_active", "license_changed", "signing_key_no_issuer"]))))]
async fn export_license_file(
    api: Caller,
    PathId(license_id): PathId<LicenseId>,
    command: Command<ExportLicenseFile>,
) -> Act<LicenseFile> {
    let export = license_file::ExportLicenseFile {
        license_id: license_id.into(),
        machine_ids: command
            .body
            .machine_ids
            .into_iter()
            .map(Into::into)
            .collect(),
        valid_days: command.body.valid_days,
    };
    let changed = api
        .app
        .license_file_export(&api.actor, command.retry, export)
        .await?;
    let file = api.app.license_file_get(&api.actor, changed.value).await?;
    Ok(Done::changed(&changed, file))
}

/// Exports a license file for every license a filter finds, as one change.
#[utoipa::path(post, path = "/v1/license-files/bulk", tag = "license files", request_body = ExportLicenseFiles,
    responses((status = 200, description = "The files are exported.", body = change::Changed<ExportedLicenseFiles>)),
    extensions(("x-problems" = json!(["license_file_days_out_of_bounds", "license_key_length", "license_key_character",
        "bulk_too_large", "license_file_limit", "license_file_nothing", "license_changed", "signing_key_no_issuer"]))))]
async fn export_license_files(
    api: Caller,
    command: Command<ExportLicenseFiles>,
) -> Act<ExportedLicenseFiles> {
    let export = license_file::ExportLicenseFiles {
        filter: filter::LicenseFilter {
            ids: ids(command.body.ids),
            ..command.body.filter.parse("/filter")?
        },
        valid_days: command.body.valid_days,
    };
    let changed: Changed<license_file::ExportedLicenseFiles> = api
        .app
        .license_files_export(&api.actor, command.retry, export)
        .await?;
    Ok(Done::changed(&changed, changed.value.clone()))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(export_license_file))
        .routes(routes!(export_license_files))
}
