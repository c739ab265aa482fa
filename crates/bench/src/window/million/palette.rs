//! From the last key typed into the command palette to the first record.

use anyhow::{Context, Result};
use serde_json::json;

use super::Extent;
use crate::report::Report;
use crate::window::page::{Page, Taken};

const MOST_MILLIS: f64 = 150.0;

/// Of friendly names: common ones, rare ones, in several scripts.
const FRAGMENTS: [&str; 6] = [
    "macbook",
    "frau öz",
    "лаборатория-00",
    "lab-pc 9 (bldg",
    "設計室",
    "atelier-010",
];

/// What is looked for: where it stands in a list, how much of it is typed, and what it is called.
const KINDS: [(&str, &str, usize, &str); 3] = [
    ("/licenses", "code", 8, "a license key"),
    ("/activations", "code", 8, "a machine code"),
    ("/customers", "[title]", 14, "a customer"),
];

pub(super) async fn measure(report: &mut Report, page: &Page, extent: &Extent) -> Result<()> {
    for (path, selector, letters, what) in KINDS {
        page.load(path).await?;
        let texts: Vec<String> = page.call("texts", &[json!(selector)]).await?;
        let beginnings = texts
            .iter()
            .step_by(3)
            .map(|text| text.chars().take(letters).collect::<String>());
        let beginnings: Vec<String> = beginnings.take(extent.rounds).collect();
        let found = find(page, &beginnings).await?;
        extent.add_waits(report, &format!("palette, {what}"), &found, MOST_MILLIS)?;
    }
    let fragments: Vec<String> = FRAGMENTS
        .map(str::to_owned)
        .into_iter()
        .take(extent.rounds)
        .collect();
    let found = find(page, &fragments).await?;
    extent.add_waits(report, "palette, a friendly name", &found, MOST_MILLIS)
}

async fn find(page: &Page, texts: &[String]) -> Result<Vec<Taken>> {
    let mut waits = Vec::new();
    for text in texts {
        page.call::<()>("openPalette", &[]).await?;
        let wait = page.type_into("awaitFound", text).await;
        waits.push(wait.with_context(|| format!("“{text}” is not found"))?);
        page.call::<()>("closePalette", &[]).await?;
        page.quiet().await?;
    }
    Ok(waits)
}
