//! The scripts that IT rolls out to learn the codes of its machines.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::attachment::attachment;
use crate::caller::Caller;
use crate::extract::Query;
use crate::import::FileBytes;
use crate::problem::Problem;

/// The systems there is a script for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CollectionSystem {
    /// Windows, with its own PowerShell.
    Windows,
    /// Linux, with any shell.
    Linux,
    /// macOS; the same script as for Linux.
    Macos,
}

/// For which machines.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CollectionQuery {
    /// Their system.
    #[param(inline)]
    pub system: CollectionSystem,
}

impl CollectionSystem {
    /// The name of the script's file, and the script.
    fn script(self) -> (&'static str, &'static str) {
        match self {
            Self::Windows => (
                "latchkey-collect.ps1",
                include_str!("../../../../dist/collect/latchkey-collect.ps1"),
            ),
            Self::Linux | Self::Macos => (
                "latchkey-collect.sh",
                include_str!("../../../../dist/collect/latchkey-collect.sh"),
            ),
        }
    }
}

/// Downloads the script that prints a machine's code and name, in the form that a list of machines to admit takes.
#[utoipa::path(get, path = "/v1/collection-script", tag = "admissions", params(CollectionQuery),
    responses((status = 200, description = "The script.", body = FileBytes, content_type = "text/plain")))]
async fn get_collection_script(
    api: Caller,
    Query(query): Query<CollectionQuery>,
) -> Result<Response, Problem> {
    api.app.collection_script_may(&api.actor)?;
    let (name, script) = query.system.script();
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, attachment(name)),
    ];
    Ok((headers, script).into_response())
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_collection_script))
}
