//! Activating on SQLite in stores of several sizes; the largest is then listed, searched and verified.

use std::path::Path;

use anyhow::{Context, Result};
use latchkey_app::StoreUrl;

use crate::floor_sqlite::Floor;
use crate::ground::{CALLERS, Ground, MACHINES_PER_LICENSE};
use crate::report::{Report, Row, Target};
use crate::samples::median;
use crate::{Arguments, cpu, ledger, lists};

/// What the C library does in one run.
const FLOOR_ACTIVATIONS: usize = 2_000;

/// The same with so many in one commit, as a batch of ours has: half of those who ask.
const FLOOR_TOGETHER: usize = CALLERS / 2;

/// A size, and what is measured there.
struct Size {
    rows: usize,
    runs: usize,
    activations: usize,
}

pub(crate) async fn measure_sqlite(
    report: &mut Report,
    folder: &Path,
    arguments: &Arguments,
) -> Result<()> {
    let size = |rows, runs, activations| Size {
        rows,
        runs,
        activations,
    };
    let sizes = if arguments.quick {
        vec![size(10_000, 3, 12_800), size(50_000, 3, 12_800)]
    } else {
        vec![
            size(10_000, 5, 12_800),
            size(100_000, 5, 25_600),
            size(1_000_000, 5, 25_600),
        ]
    };
    let path = folder.join("store.db");
    let mut ground = Ground::new(StoreUrl::file(&path), false).await?;
    let mut rates = Vec::new();
    let last = sizes.last().map_or(0, |size| size.rows);
    for size in sizes {
        if !arguments.wants("sqlite") && size.rows < last {
            continue;
        }
        ground
            .grow(size.rows / MACHINES_PER_LICENSE, MACHINES_PER_LICENSE)
            .await?;
        if arguments.wants("sqlite") {
            let copy = folder.join("floor.db");
            let closed = ground.close().await?;
            std::fs::copy(&path, &copy).context("copying the store for the floor")?;
            let mut floor = Floor::open(&copy)?;
            ground = closed.open().await?;
            // Both warm up once, then take turns.
            ground.activate(size.activations / 4).await?;
            floor.activate(200, 1)?;
            let (mut ours, mut peer, mut together) = (Vec::new(), Vec::new(), Vec::new());
            // What one activation computes: the writer's thread, the whole process, and the peer.
            let mut computed = [0.0; 3];
            for _ in 0..size.runs {
                let before = [cpu::seconds("sqlx-sqlite"), cpu::seconds("")];
                ours.push(ground.activate(size.activations).await?);
                let between = [cpu::seconds("sqlx-sqlite"), cpu::seconds("")];
                peer.push(floor.activate(FLOOR_ACTIVATIONS, 1)?);
                let [writer, all, peers] = &mut computed;
                let each = 1e6 / (size.activations * size.runs) as f64;
                *writer += (between[0] - before[0]) * each;
                *all += (between[1] - before[1]) * each;
                *peers +=
                    (cpu::seconds("") - between[1]) * 1e6 / (FLOOR_ACTIVATIONS * size.runs) as f64;
                together.push(floor.activate(FLOOR_ACTIVATIONS, FLOOR_TOGETHER)?);
            }
            drop(floor);
            for end in ["", "-wal", "-shm"] {
                drop(std::fs::remove_file(folder.join(format!("floor.db{end}"))));
            }
            rates.push(median(&ours));
            let [writer, all, floor] = computed;
            let note = format!(
                "CPU of one: writer's thread {writer:.0} µs, whole process {all:.0} µs; peer {floor:.0} µs"
            );
            let name = format!("sqlite: activate, {CALLERS} callers, {} rows", size.rows);
            report.add(
                Row::new(name, "/s", ours, Target::AtLeastAndTimes(12_000.0, 6.0))
                    .beside("C library, one commit each", peer)
                    .noting(note),
            )?;
            let name = format!(
                "sqlite: the C library, {FLOOR_TOGETHER} activations a commit, {} rows",
                size.rows
            );
            report.add(Row::new(name, "/s", together, Target::Nothing))?;
        }
    }
    if let (Some(first), Some(last)) = (rates.first(), rates.last()) {
        report.add(Row::new(
            "sqlite: activate, largest store by smallest",
            "×",
            vec![last / first],
            Target::AtLeast(0.8),
        ))?;
    }
    if arguments.wants("lists") || arguments.wants("ledger") {
        lists::set_some_aside(&ground).await?;
        let closed = ground.close().await?;
        if arguments.wants("lists") {
            lists::measure(report, &path, &closed.licenses, arguments.quick).await?;
        }
        if arguments.wants("ledger") {
            let ground = closed.open().await?;
            ledger::measure(report, &ground, arguments.quick).await?;
            ground.close().await?;
        }
    }
    Ok(())
}
