//! `cargo xtask <command>`: everything the project does to itself.
//!
//! It compiles with nothing but a C linker, so that it can install the rest. It never links
//! another crate of this workspace: programs of the project are built and called like any other.
#![expect(
    clippy::disallowed_methods,
    reason = "a program: it reads the environment and measures its own steps"
)]

mod cargo;
mod command;
mod debian;
mod guard;
mod passphrase;
mod paths;
mod postgres;
mod process;
mod random;
mod session;
mod stamp;
mod steps;
mod tidy;
mod ui;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, and open the window (or serve, without a display)
    Run(command::run::Options),
    /// Run every test there is, with the databases, display and keychain they need
    Test(command::test::Options),
    /// The minute-long loop: formatting, tidy, lints, and the tests that need no window
    Check,
    /// Write openapi.json and schema.d.ts from the code
    Codegen(command::codegen::Options),
    /// Check the workspace's invariants
    Tidy,
    /// Measure what is promised, beside the raw floor, and write target/bench/report.md
    Bench(command::bench::Options),
    /// Fill a store with demo data
    Seed(command::seed::Options),
    /// Run a command beside the tests' database, display and keychain
    Services(command::services::Options),
    /// Build a .deb and see it start
    Dist(command::dist::Options),
    /// Make the icon set from icons/latchkey.svg
    Icons,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Run(options) => command::run::run(&options),
        Command::Test(options) => command::test::run(&options),
        Command::Check => command::check::run(),
        Command::Codegen(options) => command::codegen::run(&options),
        Command::Tidy => command::tidy::run(),
        Command::Bench(options) => command::bench::run(&options),
        Command::Seed(options) => command::seed::run(&options),
        Command::Services(options) => command::services::run(&options),
        Command::Dist(options) => command::dist::run(&options),
        Command::Icons => command::icons::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
