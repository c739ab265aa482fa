//! Whether the program is up, and whether it can work; for those who start and watch it.

use std::time::Duration;

use axum::extract::State;

use crate::ApiState;
use crate::problem::Problem;

/// How long the store has to answer: shorter than those who watch wait for us.
const READY: Duration = Duration::from_secs(2);

/// Answers `ok`: the process runs and takes requests. A store that is away is no reason to start it anew.
pub(crate) async fn healthz() -> &'static str {
    "ok"
}

/// Answers `ready` when the store does; whoever spreads requests sends none here otherwise.
pub(crate) async fn readyz(State(api): State<ApiState>) -> Result<&'static str, Problem> {
    let why = match tokio::time::timeout(READY, api.vendors.ping()).await {
        Ok(Ok(())) => return Ok("ready"),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("nothing came within {} seconds", READY.as_secs()),
    };
    tracing::warn!(why, "not ready: the store does not answer");
    Err(
        Problem::new("store_unavailable", "The store does not answer.")
            .fix("Start the database, or mend the way to it. Nothing has to be done here."),
    )
}
