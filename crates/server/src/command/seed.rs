//! `latchkey seed`: fills a store with as much demo data as wanted.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Result;
use latchkey_app::Vendors;
use latchkey_app::demo::SeedPlan;

use crate::arguments::Seed;
use crate::opened;

/// Fills the store.
pub(crate) async fn run(arguments: &Seed) -> Result<bool> {
    let vendors = opened::open(&arguments.store).await?;
    let made = seed(&vendors, arguments).await;
    vendors.close().await;
    println!("{}", made?);
    Ok(true)
}

async fn seed(vendors: &Vendors, arguments: &Seed) -> Result<String> {
    let app = vendors.meant(arguments.url.as_ref())?;
    let plan = SeedPlan {
        licenses: arguments.licenses,
        activations_per_license: arguments.activations_per_license,
    };
    let seeded = app
        .seed(&app.owner(), plan, |licenses| show(licenses, plan.licenses))
        .await?;
    Ok(format!(
        "{} customers, {} licenses and {} activations made in {}",
        seeded.customers,
        seeded.licenses,
        seeded.activations,
        app.store_url()
    ))
}

/// One line that counts, for a person who watches.
fn show(licenses: u32, of: u32) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let end = if licenses == of { "\n" } else { "" };
        // Nothing depends on its being seen.
        let _ = write!(err, "\r{licenses} of {of} licenses{end}");
    }
}
