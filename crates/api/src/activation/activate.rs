//! Activating, validating and deactivating one machine.

use axum::Json;
use latchkey_app::Changed;
use latchkey_app::activation::{self, WhichLicense};
use latchkey_domain as domain;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::{FriendlyName, MachineCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Activation;
use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, PathId};
use crate::id::{ActivationId, LicenseId};
use crate::license::LicenseState;
use crate::problem::{Problem, sentence};
use crate::text::{field, optional};

/// A machine to activate. Exactly one of `license_id` and `license_key` is given.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateMachine {
    /// The license, by id.
    pub license_id: Option<LicenseId>,
    /// The license, by its key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: Option<String>,
    /// What the licensed app knows the machine by.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
    /// What people call the machine; left out, the machine code or the name it has.
    #[schema(example = "Drawing office 3")]
    pub friendly_name: Option<String>,
}

/// A machine that asks whether its license is good.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateActivation {
    /// The license key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: String,
    /// What the licensed app knows the machine by.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
}

/// Whether a machine may use a license now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Validation {
    /// True when it may.
    pub valid: bool,
    /// The license's state.
    pub license_state: LicenseState,
    /// Why not; null when it may.
    #[schema(required)]
    pub refusal: Option<Refusal>,
    /// The machine's activation; null when it has none.
    #[schema(required)]
    pub activation: Option<Activation>,
    /// The codes of the features it may use.
    #[schema(example = json!(["export-step"]))]
    pub features: Vec<String>,
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

impl ActivateMachine {
    fn license(&self) -> Result<WhichLicense, Problem> {
        match (self.license_id, &self.license_key) {
            (Some(id), None) => Ok(WhichLicense::Id(id.into())),
            (None, Some(key)) => Ok(WhichLicense::Key(field(
                "/license_key",
                LicenseKey::parse(key),
            )?)),
            _ => Err(Problem::new(
                "license_choice",
                "Exactly one of license_id and license_key is needed.",
            )
            .fix("Name the license by its id or by its key, not by both.")),
        }
    }
}

impl From<(String, String, Option<String>)> for Refusal {
    fn from((code, detail, fix): (String, String, Option<String>)) -> Self {
        Self {
            code,
            detail: sentence(&detail),
            fix,
        }
    }
}

impl Caller {
    async fn activation_done(&self, changed: &Changed<domain::ActivationId>) -> Act<Activation> {
        let activation = self.app.activation_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, activation))
    }
}

/// Activates a machine on a license. The same machine again is the same activation.
#[utoipa::path(post, path = "/v1/activations", tag = "activations", request_body = ActivateMachine,
    responses((status = 200, description = "The machine is active.", body = change::Changed<Activation>)),
    extensions(("x-problems" = json!(["license_not_found", "license_suspended", "license_expired", "license_revoked", "seats_exhausted", "license_choice", "@license_key", "@text"]))))]
async fn activate_machine(api: Caller, command: Command<ActivateMachine>) -> Act<Activation> {
    let body = &command.body;
    let name = body.friendly_name.as_deref();
    let machine = activation::ActivateMachine {
        license: body.license()?,
        machine_code: field("/machine_code", MachineCode::parse(&body.machine_code))?,
        friendly_name: optional("/friendly_name", name, FriendlyName::parse_optional)?,
    };
    let changed = api
        .app
        .activation_activate(&api.actor, command.retry, machine)
        .await?;
    api.activation_done(&changed).await
}

/// Deactivates an activation: its seat is free.
#[utoipa::path(post, path = "/v1/activations/{id}/deactivate", tag = "activations",
    params(("id" = ActivationId, Path, description = "The activation.")),
    responses((status = 200, description = "The seat is free.", body = change::Changed<Activation>)),
    extensions(("x-problems" = json!(["activation_not_found", "activation_deactivated"]))))]
async fn deactivate_activation(
    api: Caller,
    PathId(id): PathId<ActivationId>,
    command: Command<NoBody>,
) -> Act<Activation> {
    let changed = api
        .app
        .activation_deactivate(&api.actor, command.retry, id.into())
        .await?;
    api.activation_done(&changed).await
}

/// Tells a licensed app whether its machine may use the license now, and notes that it was seen.
#[utoipa::path(post, path = "/v1/activations/validate", tag = "activations", request_body = ValidateActivation,
    responses((status = 200, description = "Whether it may.", body = Validation)),
    extensions(("x-problems" = json!(["license_not_found", "@license_key", "@text"]))))]
async fn validate_activation(
    api: Caller,
    command: Command<ValidateActivation>,
) -> Answer<Validation> {
    let machine = activation::ValidateActivation {
        license_key: field("/license_key", LicenseKey::parse(&command.body.license_key))?,
        machine_code: field(
            "/machine_code",
            MachineCode::parse(&command.body.machine_code),
        )?,
    };
    let found = api
        .app
        .activation_validate(&api.actor, command.retry, machine)
        .await?;
    let activation = match found.activation_id {
        Some(id) => Some(api.app.activation_get(&api.actor, id).await?.into()),
        None => None,
    };
    Ok(Json(Validation {
        valid: found.refusal.is_none(),
        license_state: found.license_state.into(),
        refusal: found.refusal.map(Into::into),
        activation,
        features: found.features,
    }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(activate_machine))
        .routes(routes!(deactivate_activation))
        .routes(routes!(validate_activation))
}
