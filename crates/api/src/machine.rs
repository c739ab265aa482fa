//! Machines: devices, known by their machine code and named for people.

use axum::Json;
use latchkey_domain as domain;
use latchkey_domain::text::FriendlyName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::Changed;
use crate::extract::{Command, PathId};
use crate::id::{CustomerId, MachineId};
use crate::text::field;
use crate::time::Timestamp;

/// A device of a customer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Machine {
    /// Its id.
    pub id: MachineId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// What the licensed app knows it by.
    #[schema(example = "9F86D081-884C")]
    pub code: String,
    /// What people call it.
    #[schema(example = "Drawing office 3")]
    pub friendly_name: String,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was first seen.
    pub created_at: Timestamp,
}

impl From<domain::machine::Machine> for Machine {
    fn from(machine: domain::machine::Machine) -> Self {
        Self {
            id: machine.id.into(),
            customer_id: machine.customer_id.into(),
            code: machine.code.to_string(),
            friendly_name: machine.friendly_name.to_string(),
            version: machine.version,
            created_at: machine.created_at.into(),
        }
    }
}

/// A machine's new name.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameMachine {
    /// What people call it.
    #[schema(example = "Drawing office 3")]
    pub friendly_name: String,
}

/// Shows a machine.
#[utoipa::path(get, path = "/v1/machines/{id}", tag = "machines",
    params(("id" = MachineId, Path, description = "The machine.")),
    responses((status = 200, description = "The machine.", body = Machine)),
    extensions(("x-problems" = json!(["machine_not_found"]))))]
async fn get_machine(api: Caller, PathId(id): PathId<MachineId>) -> Answer<Machine> {
    Ok(Json(
        api.app.machine_get(&api.actor, id.into()).await?.into(),
    ))
}

/// Gives a machine another friendly name.
#[utoipa::path(patch, path = "/v1/machines/{id}", tag = "machines",
    params(("id" = MachineId, Path, description = "The machine.")), request_body = RenameMachine,
    responses((status = 200, description = "The machine has the name.", body = Changed<Machine>)),
    extensions(("x-problems" = json!(["machine_not_found", "machine_unchanged", "@text"]))))]
async fn rename_machine(
    api: Caller,
    PathId(id): PathId<MachineId>,
    command: Command<RenameMachine>,
) -> Act<Machine> {
    let name = field(
        "/friendly_name",
        FriendlyName::parse(&command.body.friendly_name),
    )?;
    let changed = api
        .app
        .machine_rename(&api.actor, command.retry, id.into(), name)
        .await?;
    let machine = api.app.machine_get(&api.actor, changed.value).await?;
    Ok(Done::changed(&changed, machine))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_machine, rename_machine))
}
