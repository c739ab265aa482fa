//! The `latchkey` program: the server and its tools.
//!
//! Configuration and wiring, nothing else: each command opens a store, calls use cases of
//! `latchkey-app` and prints. What goes wrong is told with its causes and with what to do.

mod ambient;
mod arguments;
mod command;
mod equipment;
mod jobs;
mod logging;
mod mail;
mod oidc;
mod opened;
mod place;
mod prometheus;
mod reach;
mod settings;
mod stop;
mod tls;
mod told;
mod web;
mod webhook;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::arguments::{Arguments, Command, Ledger, Vendor};
use crate::settings::Origins;

/// Statements of many rows are made of many small values: with the system's allocator a sixth of an import is allocation.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A command did what it was for; what it judged did not pass.
const REFUSED: u8 = 1;

/// A command could not do what it was for.
const FAILED: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let mut arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let passed = match settings::complete(&mut arguments, &matches) {
        Ok(origins) => {
            logging::start(&arguments.general);
            run(arguments, &origins).await
        }
        Err(error) => Err(error.into()),
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

async fn run(arguments: Arguments, origins: &Origins) -> Result<bool> {
    let Arguments { general, command } = arguments;
    match command {
        Command::Serve(arguments) => command::serve::run(&arguments).await,
        Command::Config(arguments) => command::config::run(&general, &arguments, origins),
        Command::Init(arguments) => command::init::run(&arguments).await,
        Command::Vendor(Vendor::List(arguments)) => command::vendor::list(&arguments).await,
        Command::Vendor(Vendor::Add(arguments)) => command::vendor::add(&arguments).await,
        Command::Vendor(Vendor::Relocate(arguments)) => command::vendor::relocate(&arguments).await,
        Command::Seed(arguments) => command::seed::run(&arguments).await,
        Command::Ledger(Ledger::Verify(arguments)) => command::ledger::verify(&arguments).await,
        Command::Verify(arguments) => command::verify::run(&arguments),
        Command::MachineKey(arguments) => command::machine_key::run(&arguments),
        Command::Return(arguments) => command::return_license::run(&arguments),
        Command::Backup(arguments) => command::backup::run(&arguments).await,
        Command::Restore(arguments) => command::restore::run(&arguments).await,
        Command::Move(arguments) => command::move_store::run(&arguments).await,
        Command::Doctor(arguments) => command::doctor::run(&arguments).await,
        Command::Openapi => command::openapi::run(),
    }
}
