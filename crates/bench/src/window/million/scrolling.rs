//! Scrolling through the activations without a pause: what it leaves behind in memory, and how many rows are in the page.

use std::time::Duration;

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use super::Extent;
use crate::report::{Report, Row, Target};
use crate::window::memory::{self, Memory};
use crate::window::page::Page;

/// Between two looks at what came of it.
const STRETCH_SECONDS: u32 = 5;

/// So many stretches down, then one up.
const STRETCHES_DOWN: u32 = 4;

/// Some hundred rows a second.
const PX_PER_SECOND: i32 = 4_000;

/// After scrolling: what is garbage by then is given back.
const SETTLING: Duration = Duration::from_secs(10);

const MIB: f64 = 1_048_576.0;
const MB: f64 = 1_000_000.0;

/// What came of it, added up.
#[derive(Default, Deserialize)]
struct Scrolled {
    frames: f64,
    /// Rows that went by.
    passed: f64,
    /// Rows in the page at once.
    most: f64,
}

pub(super) async fn measure(
    report: &mut Report,
    page: &Page,
    pid: u32,
    extent: &Extent,
) -> Result<()> {
    page.load("/activations").await?;
    let mut all = Scrolled::default();
    let mut first = Memory::default();
    let mut seconds = 0;
    while seconds < extent.scroll_seconds {
        let down = seconds / STRETCH_SECONDS % (STRETCHES_DOWN + 1) < STRETCHES_DOWN;
        let pace = if down { PX_PER_SECOND } else { -PX_PER_SECOND };
        let arguments = [json!(STRETCH_SECONDS), json!(pace)];
        page.call::<()>("scroll", &arguments).await?;
        tokio::time::sleep(Duration::from_secs(u64::from(STRETCH_SECONDS))).await;
        let scrolled: Scrolled = page.call("scrolled", &[]).await?;
        all.frames += scrolled.frames;
        all.passed += scrolled.passed;
        all.most = all.most.max(scrolled.most);
        seconds += STRETCH_SECONDS;
        if seconds == extent.first_seconds {
            tokio::time::sleep(SETTLING).await;
            first = memory::below(pid)?;
        }
    }
    tokio::time::sleep(SETTLING).await;
    let last = memory::below(pid)?;
    let note = format!(
        "from {:.0} to {:.0} MiB; {:.0} MB more in no file; {:.0} rows went by in {:.0} frames a second",
        first.all,
        last.all,
        (last.anonymous - first.anonymous) * MIB / MB,
        all.passed,
        all.frames / f64::from(seconds)
    );
    let name = |what| extent.name(&format!("{what} in {seconds} s of scrolling"));
    let growth = (last.all - first.all) * MIB / MB;
    report.add(
        Row::new(
            name("memory taken"),
            "MB",
            vec![growth],
            Target::AtMost(50.0),
        )
        .noting(note),
    )?;
    report.add(Row::new(
        name("rows in the page at once"),
        "rows",
        vec![all.most],
        Target::AtMost(60.0),
    ))
}
