//! `latchkey openapi`: the API's contract, as clients are generated from it.

use anyhow::Result;

/// Prints the document.
pub(crate) fn run() -> Result<bool> {
    println!(
        "{}",
        serde_json::to_string_pretty(&latchkey_api::openapi())?
    );
    Ok(true)
}
