//! From the last key or the click that filters the list of activations to the rows it leaves.

use anyhow::Result;
use serde_json::json;

use super::Extent;
use crate::report::Report;
use crate::window::page::{Page, Taken};

const PATH: &str = "/activations";

/// In many names, in some, and in few; in several scripts.
const FRAGMENTS: [&str; 6] = [
    "kiosk",
    "prüfstand 7 (frau",
    "ноутбук",
    "build-agent-003",
    "大阪工場",
    "halle b",
];

const MOST_MILLIS: f64 = 300.0;

pub(super) async fn measure(report: &mut Report, page: &Page, extent: &Extent) -> Result<()> {
    let (mut fragments, mut states, mut unseen) = (Vec::new(), Vec::new(), Vec::new());
    for fragment in FRAGMENTS.iter().cycle().take(extent.rounds) {
        page.load(PATH).await?;
        fragments.push(page.type_into("awaitFragment", fragment).await?);
        all(page).await?;
        page.call::<()>("openStates", &[]).await?;
        let state = json!("deactivated");
        states.push(page.call::<Taken>("chooseState", &[state]).await?);
        all(page).await?;
        unseen.push(page.call::<Taken>("openUnseen", &[]).await?);
    }
    for (what, waits) in [
        ("filtering by a fragment of the friendly name", fragments),
        ("filtering by state", states),
        ("filtering by not seen for 90 days", unseen),
    ] {
        extent.add_waits(report, what, &waits, MOST_MILLIS)?;
    }
    Ok(())
}

async fn all(page: &Page) -> Result<()> {
    page.quiet().await?;
    page.call::<()>("openAll", &[json!(PATH)]).await?;
    page.quiet().await
}
