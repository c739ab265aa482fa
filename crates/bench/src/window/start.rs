//! The desktop window against an empty Tauri window: how soon it paints, how soon its first list can be used, and how
//! much memory it holds. Both are started by WebKitWebDriver, so what the driver costs, both pay.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use super::driver::{self, Driver, PATIENCE};
use super::memory;
use crate::report::{Report, Row, Target};

/// After the list is there: what is loaded behind it is part of the window.
const SETTLING: Duration = Duration::from_secs(2);

/// Milliseconds since 1970 of the first contentful paint (W3C Paint Timing), 0 before it.
const PAINTED_AT: &str = "const [paint] = performance.getEntriesByName('first-contentful-paint'); \
    return paint ? performance.timeOrigin + paint.startTime : 0;";

/// Whether a list with a record in it is there: on the overview, the newest entries.
const LIST_IS_THERE: &str = "return document.querySelector('main tbody tr') !== null;";

/// One start of one program, in milliseconds since it was asked for, and in MiB.
struct Start {
    painted: f64,
    usable: f64,
    memory: f64,
}

pub(crate) async fn measure(report: &mut Report, programs: &Path, quick: bool) -> Result<()> {
    let runs = if quick { 3 } else { 7 };
    let home = tempfile::tempdir()?;
    driver::seed(home.path(), programs, 3_000, 3)?;
    let ours = programs.join("latchkey-desktop");
    let empty = programs.join("examples/empty_window");
    // Both warm up once, then take turns.
    start(home.path(), &ours, true).await?;
    start(home.path(), &empty, false).await?;
    let (mut window, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        window.push(start(home.path(), &ours, true).await?);
        bare.push(start(home.path(), &empty, false).await?);
    }
    let all = |starts: &[Start], of: fn(&Start) -> f64| starts.iter().map(of).collect::<Vec<_>>();
    for (name, unit, of, peer) in [
        (
            "window: first paint",
            "ms",
            (|start| start.painted) as fn(&Start) -> f64,
            (|start| start.painted) as fn(&Start) -> f64,
        ),
        (
            "window: first usable list, in a store of 3,000 licenses",
            "ms",
            |start| start.usable,
            |start| start.painted,
        ),
        (
            "window: memory, all processes (PSS)",
            "MiB",
            |start| start.memory,
            |start| start.memory,
        ),
    ] {
        report.add(
            Row::new(name, unit, all(&window, of), Target::AtMostTimes(1.3))
                .beside("an empty Tauri window", all(&bare, peer)),
        )?;
    }
    Ok(())
}

/// Starts a program, waits for its first paint and, if there is to be one, its list.
async fn start(home: &Path, program: &Path, list: bool) -> Result<Start> {
    let driver = Driver::start(home).await?;
    let asked = now_ms();
    let page = driver.open(program).await?;
    let measured = tokio::time::timeout(PATIENCE, async {
        // The first page of the real window may be another than the one with the list.
        let painted = loop {
            let at = page.execute(PAINTED_AT, Vec::new()).await;
            match at.map(|at| at.json().as_f64().unwrap_or(0.0)) {
                Ok(at) if at > 0.0 => break at,
                _ => tokio::time::sleep(Duration::from_millis(2)).await,
            }
        };
        if !list {
            return (painted, painted);
        }
        loop {
            let there = page.execute(LIST_IS_THERE, Vec::new()).await;
            if there.is_ok_and(|there| there.json().as_bool() == Some(true)) {
                return (painted, now_ms());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    });
    let (painted, usable) = measured.await.context("the window shows nothing")?;
    tokio::time::sleep(SETTLING).await;
    let memory = memory::below(driver.pid())?.all;
    page.quit().await?;
    driver.stop().await?;
    Ok(Start {
        painted: painted - asked,
        usable: usable - asked,
        memory,
    })
}

fn now_ms() -> f64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    since.as_secs_f64() * 1000.0
}
