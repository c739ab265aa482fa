//! `cargo xtask test`: every test there is, with what it needs started and stopped.

mod browser;

use crate::postgres::{self, Postgres};
use crate::session::Session;
use crate::steps::Steps;
use crate::{cargo, command, debian, paths, process, ui};
use anyhow::Result;
use std::process::Command;

/// What can be said to `test`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only the Rust tests whose names contain this
    filter: Option<String>,
}

/// The UI's steps: name, script in `ui/package.json`, and what to do if it fails.
const UI_SCRIPTS: &[(&str, &str, &str)] = &[
    (
        "ui lint",
        "lint",
        "cd ui && npm run format, and mend what is left",
    ),
    ("ui types", "typecheck", "mend what is reported above"),
    (
        "ui tests",
        "test",
        "one test alone: cd ui && npx vitest run NAME",
    ),
    (
        "ui budget",
        "budget",
        "is the new weight worth it? If so, raise the budget and say why",
    ),
];

/// Runs everything, or the Rust tests that match.
pub(crate) fn run(options: &Options) -> Result<()> {
    debian::ensure(&[
        debian::BUILD,
        debian::LIBRARIES,
        debian::WINDOW,
        debian::DRIVERS,
    ])?;
    if let Some(filter) = &options.filter {
        ui::build()?;
        cargo::build_programs()?;
        return rust_tests(&["--", filter]);
    }

    let mut steps = Steps::default();
    steps.step("format", &[], "run `cargo fmt --all`", cargo::format_check);
    steps.step(
        "tidy",
        &[],
        "each line above says where and what",
        command::tidy::run,
    );
    steps.step("ui build", &[], "mend what is reported above", ui::build);
    steps.step(
        "clippy",
        &["ui build"],
        "mend what is reported above",
        cargo::clippy,
    );
    steps.step(
        "build",
        &["ui build"],
        "mend what is reported above",
        cargo::build_all,
    );
    steps.step(
        "generated code",
        &["build"],
        "run `cargo xtask codegen` and commit what it wrote",
        command::codegen::check,
    );
    steps.step(
        "rust tests",
        &["build"],
        "one test alone: `cargo xtask test NAME`; see docs/testing.md",
        || rust_tests(&[]),
    );
    for (name, script, next) in UI_SCRIPTS {
        steps.step(name, &["ui build"], next, || ui::script(script));
    }
    steps.step(
        "browser",
        &["build"],
        "traces are in target/e2e; see docs/testing.md",
        browser::run,
    );
    steps.finish()
}

/// All Rust tests, with both databases, a display and a keychain.
fn rust_tests(arguments: &[&str]) -> Result<()> {
    let services = Services::start()?;
    let mut tests = cargo::command()?;
    // Many tests wait for a database, a clock or a program: one more for each core keeps it busy.
    let threads = 2 * std::thread::available_parallelism().map_or(1, usize::from);
    tests
        .env("RUST_TEST_THREADS", threads.to_string())
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(arguments);
    services.enter(&mut tests);
    process::run(&mut tests)
}

/// What the tests need running beside them; dropped, it stops.
pub(crate) struct Services {
    postgres: Postgres,
    session: Session,
}

impl Services {
    /// Starts a database, a display and a keychain.
    pub(crate) fn start() -> Result<Self> {
        Ok(Self {
            postgres: Postgres::start()?,
            session: Session::start()?,
        })
    }

    /// Tells a command where they are.
    pub(crate) fn enter(&self, command: &mut Command) {
        self.session.enter(command);
        if let Some(folder) = paths::memory() {
            command.env("TMPDIR", folder);
        }
        for_tests(&self.postgres, command);
    }
}

/// Tells tests where the database is, and to judge snapshots rather than to write them.
pub(crate) fn for_tests(postgres: &Postgres, command: &mut Command) {
    command
        .env(postgres::VARIABLE, postgres.url())
        .env("INSTA_UPDATE", "no");
}
