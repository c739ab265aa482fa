//! The `latchkey` program: the server and its tools.
//!
//! Configuration and wiring, nothing else: each command opens a store, calls use cases of
//! `latchkey-app` and prints. What goes wrong is told with its causes and with what to do.

mod ambient;
mod arguments;
mod command;
mod opened;
mod place;
mod told;
mod web;

use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

use crate::arguments::{Arguments, Command, Ledger};

/// Statements of many rows are made of many small values: with the system's allocator a sixth of an import is allocation.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A command did what it was for; what it judged did not pass.
const REFUSED: u8 = 1;

/// A command could not do what it was for.
const FAILED: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("LATCHKEY_LOG").unwrap_or_else(|_| EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    let passed = match Arguments::parse().command {
        Command::Serve(arguments) => command::serve::run(&arguments).await,
        Command::Seed(arguments) => command::seed::run(&arguments).await,
        Command::Ledger(Ledger::Verify(arguments)) => command::ledger::verify(&arguments).await,
        Command::Verify(arguments) => command::verify::run(&arguments),
        Command::Backup(arguments) => command::backup::run(&arguments).await,
        Command::Restore(arguments) => command::restore::run(&arguments).await,
        Command::Doctor(arguments) => command::doctor::run(&arguments).await,
        Command::Openapi => command::openapi::run(),
    };
    match passed {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(REFUSED),
        Err(error) => {
            eprintln!("{}", told::chain(&error));
            ExitCode::from(FAILED)
        }
    }
}
