//! `cargo xtask check`: the loop while working. All that `test` does, but the browser and the window.

use crate::command::test::for_tests;
use crate::postgres::Postgres;
use crate::steps::Steps;
use crate::{cargo, command, debian, process, ui};
use anyhow::Result;

/// Runs the quick checks.
pub(crate) fn run() -> Result<()> {
    debian::ensure(&[debian::BUILD, debian::LIBRARIES])?;
    ui::ensure_dist()?;

    let mut steps = Steps::default();
    steps.step("format", &[], "run `cargo fmt --all`", cargo::format_check);
    steps.step(
        "tidy",
        &[],
        "each line above says where and what",
        command::tidy::run,
    );
    steps.step("clippy", &[], "mend what is reported above", cargo::clippy);
    steps.step(
        "rust tests",
        &[],
        "one test alone: `cargo xtask test NAME`",
        rust_tests,
    );
    steps.step(
        "ui packages",
        &[],
        "mend what is reported above",
        ui::install,
    );
    steps.step(
        "ui types",
        &["ui packages"],
        "mend what is reported above",
        || ui::script("typecheck"),
    );
    steps.step(
        "ui tests",
        &["ui packages"],
        "cd ui && npx vitest run NAME",
        || ui::script("test"),
    );
    steps.finish()
}

/// The libraries' tests on both databases. The tests of the whole (`tests/`) need a window.
fn rust_tests() -> Result<()> {
    let postgres = Postgres::start()?;
    let mut tests = cargo::command()?;
    tests.args([
        "test",
        "--workspace",
        "--exclude",
        "latchkey-tests",
        "--quiet",
    ]);
    for_tests(&postgres, &mut tests);
    process::run(&mut tests)
}
