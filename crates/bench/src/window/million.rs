//! The window on a store of a million activations: how long a person waits in it, and what five minutes of scrolling
//! cost. All times are taken in the page.

mod clicks;
mod filters;
mod palette;
mod scrolling;

use std::path::Path;

use anyhow::Result;

use super::driver::{self, Driver};
use super::page::{Page, Taken};
use crate::ground::MACHINES_PER_LICENSE;
use crate::report::{Report, Row, Target};
use crate::samples::median;

/// How much is measured.
struct Extent {
    activations: usize,
    /// How often each thing is done.
    rounds: usize,
    /// How long is scrolled in all, and before memory is looked at for the first time.
    scroll_seconds: u32,
    first_seconds: u32,
}

const QUICK: Extent = Extent {
    activations: 100_000,
    rounds: 2,
    scroll_seconds: 20,
    first_seconds: 5,
};
const FULL: Extent = Extent {
    activations: 1_000_000,
    rounds: 6,
    scroll_seconds: 300,
    first_seconds: 30,
};

pub(crate) async fn measure(
    report: &mut Report,
    programs: &Path,
    folder: &Path,
    quick: bool,
) -> Result<()> {
    let extent = if quick { QUICK } else { FULL };
    let home = folder.canonicalize()?.join("home");
    std::fs::create_dir(&home)?;
    let licenses = extent.activations / MACHINES_PER_LICENSE;
    driver::seed(&home, programs, licenses, MACHINES_PER_LICENSE)?;

    let driver = Driver::start(&home).await?;
    let page = Page::open(&driver, programs).await?;
    let measured = async {
        clicks::measure(report, &page, &extent).await?;
        filters::measure(report, &page, &extent).await?;
        palette::measure(report, &page, &extent).await
    };
    let measured = measured.await;
    // A window that could not be measured is closed, too.
    measured.and(page.close().await)?;
    driver.stop().await?;

    // Another window: one that was used for long has memory to spare, and would hide what it takes.
    let driver = Driver::start(&home).await?;
    let page = Page::open(&driver, programs).await?;
    let measured = scrolling::measure(report, &page, driver.pid(), &extent).await;
    measured.and(page.close().await)
}

impl Extent {
    fn name(&self, what: &str) -> String {
        format!("million: {what}, {} activations", self.activations)
    }

    /// A row of what a person waits for, by the longest wait.
    fn add_waits(
        &self,
        report: &mut Report,
        what: &str,
        waits: &[Taken],
        most_millis: f64,
    ) -> Result<()> {
        let took: Vec<f64> = waits.iter().map(|wait| wait.took).collect();
        let mut note = format!("p50 {:.0} ms of {}", median(&took), took.len());
        let asked: Vec<f64> = waits.iter().filter_map(|wait| wait.asked).collect();
        let answered: Vec<f64> = waits.iter().filter_map(|wait| wait.answered).collect();
        if !answered.is_empty() {
            note += &format!(
                ", where the store was asked after {:.0} and had answered after {:.0}",
                median(&asked),
                median(&answered)
            );
        }
        let longest = waits
            .iter()
            .enumerate()
            .max_by(|(_, one), (_, other)| one.took.total_cmp(&other.took));
        if let Some((at, wait)) = longest {
            note += &format!("; the longest was number {}", at + 1);
            if let (Some(asked), Some(answered)) = (wait.asked, wait.answered) {
                note += &format!(": {asked:.0} and {answered:.0}");
            }
        }
        let worst = longest.map_or(0.0, |(_, wait)| wait.took);
        let target = Target::AtMost(most_millis);
        let mut row = Row::new(self.name(what), "ms at worst", took, target).noting(note);
        row.ours = worst;
        report.add(row)
    }
}
