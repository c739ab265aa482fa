//! Asking whether a machine may use its license, with an answer that is signed.

pub mod log;

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};
use latchkey_app::validation::{self, ANSWER_SIGNATURE_HEADER};
use latchkey_domain::actor::Lock;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::MachineCode;
use latchkey_domain::validation::Nonce;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::caller::Caller;
use crate::extract::Command;
use crate::id::{ActivationId, LicenseId, ProductId};
use crate::license::LicenseState;
use crate::problem::{Problem, sentence};
use crate::text::{field, optional};
use crate::time::Timestamp;

/// Where the signature of an answer stands.
const SIGNATURE: HeaderName = HeaderName::from_static(ANSWER_SIGNATURE_HEADER);

/// A machine that asks whether it may use its license.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateLicense {
    /// The license key. It may be left out where the request comes with it in `Authorization: License`.
    #[serde(default)]
    #[schema(required = false, example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: Option<String>,
    /// What the licensed app knows the machine by.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
    /// What the answer is to repeat: 1 to 128 printable ASCII characters, new for each question.
    #[serde(default)]
    #[schema(required = false, example = "5b1e0f3c9a7d4e62")]
    pub nonce: Option<String>,
}

/// Whether a machine may use its license now. The header `latchkey-signature` is an issuer key's signature over exactly
/// these bytes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ValidatedLicense {
    /// What the question brought; null if it brought none.
    #[schema(required, example = "5b1e0f3c9a7d4e62")]
    pub nonce: Option<String>,
    /// When it was answered.
    pub answered_at: Timestamp,
    /// The license.
    pub license_id: LicenseId,
    /// Its key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: String,
    /// Its product.
    pub product_id: ProductId,
    /// What programs call that product.
    #[schema(example = "atlas-cad")]
    pub product_code: String,
    /// The machine that asked.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
    /// True when it may.
    pub valid: bool,
    /// The license's state.
    pub license_state: LicenseState,
    /// When the license begins.
    pub starts_at: Timestamp,
    /// When the license ends; null means never.
    #[schema(required)]
    pub expires_at: Option<Timestamp>,
    /// Whether only activated machines may use it.
    pub node_locked: bool,
    /// The machine's activation, active or not; null when it has none.
    #[schema(required)]
    pub activation_id: Option<ActivationId>,
    /// When the machine's seat would have been freed for being idle, had it not asked now: a warning, which this very
    /// question takes back; null when it was not about to be freed.
    #[schema(required)]
    pub reclaim_at: Option<Timestamp>,
    /// The features that the license has.
    pub features: Vec<ValidFeature>,
    /// Why it may not; null when it may.
    #[schema(required)]
    pub refusal: Option<Refusal>,
}

/// A feature that a license has.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ValidFeature {
    /// What programs call it.
    #[schema(example = "export-step")]
    pub code: String,
    /// How much of it, in its own unit; null means any.
    #[schema(required)]
    pub limit: Option<u32>,
}

/// A "no" inside an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Refusal {
    /// The stable code.
    #[schema(example = "license_suspended")]
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
    /// The smallest change that would help.
    #[schema(required)]
    pub fix: Option<String>,
}

impl Caller {
    /// The key in the body, or else the one that the request came with.
    fn key_meant(&self, typed: Option<&str>) -> Result<LicenseKey, Problem> {
        match (typed, &self.actor.reach.lock) {
            (Some(typed), _) => field("/license_key", LicenseKey::parse(typed)),
            (None, Some(Lock::Key(key))) => Ok(key.clone()),
            (None, _) => field("/license_key", LicenseKey::parse("")),
        }
    }
}

/// Tells a licensed app whether its machine may use the license now, in an answer that is signed. That the machine was
/// seen, and what it was told, is noted within a second or two, and stands in no ledger. An `Idempotency-Key` does
/// nothing here: asking again changes nothing.
#[utoipa::path(post, path = "/v1/validate", tag = "validations", request_body = ValidateLicense,
    responses((status = 200, description = "Whether it may.", body = ValidatedLicense,
        headers(("latchkey-signature" = String, description = "`keyid=\"…\", sig=\"…\"`: the signature of an issuer key over the body.")))),
    extensions(("x-problems" = json!(["license_not_found", "credential_locked", "signing_key_no_issuer", "nonce_invalid", "@license_key", "@text"]))))]
async fn validate_license(
    api: Caller,
    command: Command<ValidateLicense>,
) -> Result<Response, Problem> {
    let body = &command.body;
    let license_key = api.key_meant(body.license_key.as_deref())?;
    let machine_code = field("/machine_code", MachineCode::parse(&body.machine_code))?;
    let nonce = optional("/nonce", body.nonce.as_deref(), |text| {
        Nonce::parse(text).map(Some)
    })?;
    let asked = validation::ValidateLicense {
        license_key: license_key.clone(),
        machine_code: machine_code.clone(),
    };
    let (found, signer) = api.app.license_validate(&api.actor, asked).await?;
    let answer = ValidatedLicense {
        nonce: nonce.map(|nonce| nonce.to_string()),
        answered_at: found.at.into(),
        license_id: found.license_id.into(),
        license_key: license_key.to_string(),
        product_id: found.product_id.into(),
        product_code: found.product_code.to_string(),
        machine_code: machine_code.to_string(),
        valid: found.refusal.is_none(),
        license_state: found.license_state.into(),
        starts_at: found.starts_at.into(),
        expires_at: found.expires_at.map(Into::into),
        node_locked: found.node_locked,
        activation_id: found.activation_id.map(Into::into),
        reclaim_at: found.reclaim_at.map(Into::into),
        features: found
            .features
            .into_iter()
            .map(|feature| ValidFeature {
                code: feature.code.to_string(),
                limit: feature.limit,
            })
            .collect(),
        refusal: found.refusal.map(|refused| Refusal {
            code: refused.code.to_owned(),
            detail: sentence(&refused.sentence),
            fix: refused.fix,
        }),
    };
    let unwritten = |_| Problem::new("internal", "The answer could not be written.");
    let body = serde_json::to_vec(&answer).map_err(unwritten)?;
    let signature = HeaderValue::from_str(&signer.sign(&body));
    let signature =
        signature.map_err(|_| Problem::new("internal", "The answer could not be signed."))?;
    let json = HeaderValue::from_static("application/json");
    Ok(([(CONTENT_TYPE, json), (SIGNATURE, signature)], body).into_response())
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(validate_license))
        .merge(log::routes())
}
