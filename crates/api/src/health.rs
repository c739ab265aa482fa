//! Whether the program is up and its store answers; for those who start and watch it.

use axum::extract::State;

use crate::ApiState;
use crate::problem::Problem;

/// Answers `ok` when the store does.
pub(crate) async fn healthz(State(api): State<ApiState>) -> Result<&'static str, Problem> {
    api.app.ping().await?;
    Ok("ok")
}
