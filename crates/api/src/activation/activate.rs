//! Activating and deactivating one machine.

use latchkey_app::Changed;
use latchkey_app::activation::{self, WhichLicense};
use latchkey_domain as domain;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::{FriendlyName, MachineCode};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Activation;
use crate::ApiState;
use crate::answer::{Act, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, PathId};
use crate::id::{ActivationId, LicenseId};
use crate::problem::Problem;
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

impl Caller {
    /// What was recorded, with the activation as it is now.
    pub(crate) async fn activation_done(
        &self,
        changed: &Changed<domain::ActivationId>,
    ) -> Act<Activation> {
        let activation = self.app.activation_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, activation))
    }
}

/// Activates a machine on a license. The same machine again is the same activation.
#[utoipa::path(post, path = "/v1/activations", tag = "activations", request_body = ActivateMachine,
    responses((status = 200, description = "The machine is active.", body = change::Changed<Activation>)),
    extensions(("x-problems" = json!(["license_not_found", "license_suspended", "license_expired", "license_revoked", "credential_locked", "seats_exhausted", "machine_returned", "machine_not_admitted", "license_choice", "@license_key", "@text"]))))]
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
    extensions(("x-problems" = json!(["activation_not_found", "credential_locked", "activation_deactivated", "returns_exhausted"]))))]
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

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(activate_machine))
        .routes(routes!(deactivate_activation))
}
