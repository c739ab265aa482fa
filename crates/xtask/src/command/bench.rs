//! `cargo xtask bench`: measures what is promised, beside the raw floor in the same run. It judges nobody: a promise
//! that is not kept stands in the report, and the command succeeds.

use crate::postgres::{self, Postgres};
use crate::session::Session;
use crate::{cargo, debian, paths, process, ui};
use anyhow::Result;

/// What can be said to `bench`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Smaller stores and fewer runs: minutes become a minute
    #[arg(long)]
    quick: bool,
    /// Only one part: sqlite, postgres, lists, import, export, verify, ledger, window, million, http, portal
    #[arg(long)]
    only: Option<String>,
}

/// Builds the bench with optimisation, starts a durable database, and measures.
pub(crate) fn run(options: &Options) -> Result<()> {
    debian::ensure(&[debian::LIBRARIES, debian::WINDOW, debian::DRIVERS])?;
    ui::build()?;
    process::run(cargo::command()?.args([
        "build",
        "--workspace",
        "--bins",
        "--examples",
        "--profile",
        "measure",
    ]))?;
    let postgres = Postgres::start_durable()?;
    let session = Session::start()?;
    let programs = paths::target()?.join("measure");
    let mut bench = process::command(programs.join("latchkey-bench"));
    session.enter(&mut bench);
    bench
        .arg("--report")
        .arg(paths::target()?.join("bench"))
        .arg("--window-programs")
        .arg(&programs)
        .env("LATCHKEY_BENCH_POSTGRES", postgres.url())
        .env("LATCHKEY_BENCH_POSTGRES_PROGRAMS", postgres::programs()?);
    if options.quick {
        bench.arg("--quick");
    }
    if let Some(only) = &options.only {
        bench.arg("--only").arg(only);
    }
    process::run(&mut bench)
}
