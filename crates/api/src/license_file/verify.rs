//! Checking a license file against the vendor's own root key.

use axum::Json;
use latchkey_app::license_file::LicenseFileVerdict;
use latchkey_domain as domain;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::extract::Upload;
use crate::id::{LicenseFileId, LicenseId};
use crate::import::FileBytes;
use crate::license::LicenseState;
use crate::problem::sentence;
use crate::time::Timestamp;
use crate::validation::Refusal;

/// What checking a license file found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LicenseFileVerification {
    /// True when the file is good now.
    pub valid: bool,
    /// Why it is not; null when it is.
    #[schema(required)]
    pub refusal: Option<Refusal>,
    /// What it grants; null when it is refused.
    #[schema(required)]
    pub grants: Option<LicenseFileGrants>,
    /// What the license is by now; null when this store does not know it. A file that was exported before its
    /// license was suspended or revoked stays good until its own end: it is offline.
    #[schema(required)]
    pub license_state: Option<LicenseState>,
}

/// What a license file grants.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LicenseFileGrants {
    /// The file's id.
    #[schema(value_type = LicenseFileId)]
    pub file_id: String,
    /// Who grants.
    #[schema(example = "My company")]
    pub vendor_name: String,
    /// The product's code.
    #[schema(example = "atlas")]
    pub product_code: String,
    /// The product's name.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// The license the file was made from.
    #[schema(value_type = LicenseId)]
    pub license_id: String,
    /// The last five characters of its key.
    #[schema(example = "KMNPQ")]
    pub license_key_hint: String,
    /// Who holds the license.
    #[schema(example = "Nordwind GmbH")]
    pub customer_name: String,
    /// The features it opens.
    pub features: Vec<GrantedFeature>,
    /// How many machines may use the license at once, over all files.
    #[schema(example = 5)]
    pub seats_max: u32,
    /// Whether only the machines listed may use it.
    pub node_locked: bool,
    /// The machines the file is for; empty when for any.
    pub machines: Vec<GrantedMachine>,
    /// From when the license counts.
    pub starts_at: Timestamp,
    /// Until when the license counts; null when for ever.
    #[schema(required)]
    pub expires_at: Option<Timestamp>,
    /// When the file was made.
    pub issued_at: Timestamp,
    /// Until when the file counts, whatever the license says.
    pub file_expires_at: Timestamp,
    /// The ledger entry that records the file.
    #[schema(example = 41)]
    pub ledger_index: u64,
}

/// A feature a license file opens.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GrantedFeature {
    /// The feature's code.
    #[schema(example = "export-step")]
    pub code: String,
    /// How much of it; null means without limit.
    #[schema(required, example = 100)]
    pub limit: Option<i64>,
}

/// A machine a license file is for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GrantedMachine {
    /// The machine code.
    #[schema(example = "9F86D081-884C")]
    pub code: String,
    /// What people call it.
    #[schema(example = "Drawing office 3")]
    pub friendly_name: String,
}

impl From<LicenseFileVerdict> for LicenseFileVerification {
    fn from(verdict: LicenseFileVerdict) -> Self {
        let license_state = verdict.license_state.map(Into::into);
        let grants = match verdict.grants {
            Ok(grants) => grants,
            Err(refusal) => {
                let refusal = Refusal {
                    code: refusal.code().to_owned(),
                    detail: sentence(&refusal.to_string()),
                    fix: Some(sentence(refusal.fix())),
                };
                return Self {
                    valid: false,
                    refusal: Some(refusal),
                    grants: None,
                    license_state,
                };
            }
        };
        let at = |seconds| Timestamp(domain::Timestamp::from_seconds(seconds));
        let features = grants.features.into_iter();
        let machines = grants.machines.into_iter();
        let grants = LicenseFileGrants {
            file_id: grants.file_id,
            vendor_name: grants.vendor.name,
            product_code: grants.product.code,
            product_name: grants.product.name,
            license_id: grants.license.id,
            license_key_hint: grants.license.key_hint,
            customer_name: grants.customer.name,
            features: features
                .map(|feature| GrantedFeature {
                    code: feature.code,
                    limit: feature.limit,
                })
                .collect(),
            seats_max: grants.seats_max,
            node_locked: grants.node_locked,
            machines: machines
                .map(|machine| GrantedMachine {
                    code: machine.code,
                    friendly_name: machine.friendly_name,
                })
                .collect(),
            starts_at: at(grants.starts_at),
            expires_at: grants.expires_at.map(at),
            issued_at: at(grants.issued_at),
            file_expires_at: at(grants.file_expires_at),
            ledger_index: grants.ledger_index,
        };
        Self {
            valid: true,
            refusal: None,
            grants: Some(grants),
            license_state,
        }
    }
}

/// Checks a license file against the vendor's root key, and tells what it grants or why it is refused.
#[utoipa::path(post, path = "/v1/license-files/verify", tag = "license files",
    request_body(content = FileBytes, content_type = "application/vnd.latchkey.license-file+json"),
    responses((status = 200, description = "What was found.", body = LicenseFileVerification)))]
async fn verify_license_file(api: Caller, upload: Upload) -> Answer<LicenseFileVerification> {
    let verdict = api
        .app
        .license_file_verify(&api.actor, &upload.bytes)
        .await?;
    Ok(Json(verdict.into()))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(verify_license_file))
}
