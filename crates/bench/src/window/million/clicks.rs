//! From a click on a link of the navigation to the first row of that list.

use anyhow::Result;
use serde_json::json;

use super::Extent;
use crate::report::Report;
use crate::window::page::{Page, Taken};

const LISTS: [&str; 4] = ["/licenses", "/activations", "/customers", "/ledger"];

const MOST_MILLIS: f64 = 300.0;

pub(super) async fn measure(report: &mut Report, page: &Page, extent: &Extent) -> Result<()> {
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for round in 0..extent.rounds {
        page.load("/").await?;
        for visits in [&mut first, &mut again] {
            for place in 0..LISTS.len() {
                let Some(list) = LISTS.get((round + place) % LISTS.len()) else {
                    continue;
                };
                visits.push(page.call::<Taken>("visit", &[json!(list)]).await?);
                page.quiet().await?;
            }
        }
    }
    for (what, visits) in [
        ("first page after a click, of a list not seen before", first),
        ("first page after a click, of a list seen before", again),
    ] {
        extent.add_waits(report, what, &visits, MOST_MILLIS)?;
    }
    Ok(())
}
