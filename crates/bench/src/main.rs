//! `latchkey-bench`: what the program does in a second, beside the raw floor measured in the same run.
//!
//! `cargo xtask bench` builds and calls it. It is a benchmark and no test: it reports what falls short, and succeeds.
#![expect(
    clippy::disallowed_methods,
    reason = "a program: it measures time, and is where randomness comes from"
)]

mod activate;
mod ambient;
mod cpu;
mod export;
mod floor_postgres;
mod floor_sqlite;
mod ground;
mod http;
mod import;
mod ledger;
mod lists;
mod names;
mod permission;
mod report;
mod samples;
mod verify;
mod window;

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use crate::report::Report;

/// Statements of many rows are made of many small values: with the system's allocator a sixth of an import is allocation.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What can be said to it.
#[derive(Parser, Clone)]
#[command(name = "latchkey-bench")]
struct Arguments {
    /// Smaller stores and fewer runs
    #[arg(long)]
    quick: bool,
    /// Only what has this in its name: sqlite, postgres, lists, import, export, verify, permission, ledger, window, million, http, portal
    #[arg(long)]
    only: Option<String>,
    /// Where report.json and report.md are written
    #[arg(long, default_value = "target/bench")]
    report: PathBuf,
    /// Where the stores lie while they are measured: a real disk, or the sync costs nothing
    #[arg(long)]
    folder: Option<PathBuf>,
    /// A durable PostgreSQL server, as a superuser
    #[arg(long, env = "LATCHKEY_BENCH_POSTGRES")]
    postgres: Option<String>,
    /// The folder of `latchkey`, `latchkey-desktop` and `examples/empty_window`; a display is needed too
    #[arg(long)]
    window_programs: Option<PathBuf>,
    /// The folder of psql and pgbench
    #[arg(long, env = "LATCHKEY_BENCH_POSTGRES_PROGRAMS")]
    postgres_programs: Option<PathBuf>,
}

impl Arguments {
    fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| name.contains(only))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut report = Report::new(&arguments.report)?;
    let folder = match &arguments.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir_in(&arguments.report)?,
    };
    if arguments.wants("verify") {
        verify::measure(&mut report, arguments.quick)?;
    }
    if arguments.wants("permission") {
        permission::measure(&mut report, arguments.quick)?;
    }
    if let Some(programs) = &arguments.window_programs {
        if arguments.wants("window") {
            window::measure_start(&mut report, programs, arguments.quick).await?;
        }
        if arguments.wants("million") {
            let folder = folder.path();
            window::measure_million(&mut report, programs, folder, arguments.quick).await?;
        }
    }
    if let Some(programs) = arguments
        .window_programs
        .as_ref()
        .filter(|_| arguments.wants("http"))
    {
        http::measure(&mut report, folder.path(), programs, &arguments).await?;
    }
    if let Some(programs) = arguments
        .window_programs
        .as_ref()
        .filter(|_| arguments.wants("portal"))
    {
        http::portal::measure(&mut report, folder.path(), programs, &arguments).await?;
    }
    if arguments.wants("import") {
        import::measure(&mut report, folder.path(), arguments.quick).await?;
    }
    if arguments.wants("export") {
        export::measure(&mut report, folder.path(), arguments.quick).await?;
    }
    if arguments.wants("postgres") {
        floor_postgres::measure(&mut report, &arguments).await?;
    }
    if ["sqlite", "lists", "ledger"]
        .iter()
        .any(|name| arguments.wants(name))
    {
        activate::measure_sqlite(&mut report, folder.path(), &arguments).await?;
    }
    report.finish()
}
