//! A list of 100,000 lines, activated as one change.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use latchkey_app::StoreUrl;
use latchkey_app::import::ImportOptions;

use crate::ground::Ground;
use crate::names;
use crate::report::{Report, Row, Target};

pub(crate) async fn measure(report: &mut Report, folder: &Path, quick: bool) -> Result<()> {
    let (lines, runs) = if quick { (10_000, 3) } else { (100_000, 3) };
    let mut ground = Ground::new(StoreUrl::file(&folder.join("import.db")), false).await?;
    ground.grow(10, 0).await?;
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for run in 0..runs {
        let license = *ground.licenses.get(run).context("there are licenses")?;
        let list = names::list(20_000_000 + run * lines, lines);
        for seconds in [&mut first, &mut again] {
            let began = Instant::now();
            ground
                .app
                .activation_import(
                    &ground.actor,
                    None,
                    license,
                    &list,
                    ImportOptions::default(),
                )
                .await?;
            seconds.push(began.elapsed().as_secs_f64());
        }
    }
    report.add(Row::new(
        format!("import: activate a list of {lines} lines"),
        "s",
        first,
        Target::AtMost(10.0),
    ))?;
    report.add(Row::new(
        format!("import: the same {lines} lines again"),
        "s",
        again,
        Target::AtMost(10.0),
    ))?;
    ground.close().await?;
    Ok(())
}
