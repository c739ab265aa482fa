//! Exporting 10,000 license files as one change, and handing them out as one archive.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use latchkey_app::StoreUrl;
use latchkey_app::filter::LicenseFilter;
use latchkey_app::license_file::ExportLicenseFiles;

use crate::ground::Ground;
use crate::report::{Report, Row, Target};
use crate::samples::median;

pub(crate) async fn measure(report: &mut Report, folder: &Path, quick: bool) -> Result<()> {
    let (files, runs) = if quick { (1_000, 3) } else { (10_000, 3) };
    let mut ground = Ground::new(StoreUrl::file(&folder.join("export.db")), false).await?;
    ground.grow(files, 1).await?;
    let (mut both, mut signing, mut zipping, mut bytes) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..runs {
        let began = Instant::now();
        let command = ExportLicenseFiles {
            filter: LicenseFilter::default(),
            valid_days: None,
        };
        let change = ground
            .app
            .license_files_export(&ground.actor, None, command)
            .await?
            .change;
        signing.push(began.elapsed().as_secs_f64());
        let change = change.context("files were exported")?;
        let began_archive = Instant::now();
        let archive = ground
            .app
            .license_files_archive(&ground.actor, change, Vec::new())
            .await?;
        zipping.push(began_archive.elapsed().as_secs_f64());
        both.push(began.elapsed().as_secs_f64());
        bytes = archive.len();
    }
    let note = format!(
        "signing and recording {:.2} s, archive {:.2} s, {} KiB",
        median(&signing),
        median(&zipping),
        bytes / 1024
    );
    report.add(
        Row::new(
            format!("export: {files} license files, with the archive"),
            "s",
            both,
            Target::AtMost(3.0),
        )
        .noting(note),
    )?;
    ground.close().await?;
    Ok(())
}
