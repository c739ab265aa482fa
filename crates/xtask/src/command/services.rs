//! `cargo xtask services`: the tests' database, display and keychain for a command of one's own.

use crate::command::test::Services;
use crate::{debian, process};
use anyhow::{Context, Result};

/// What can be said to `services`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The command to run beside them; without one, a shell
    #[arg(last = true)]
    command: Vec<String>,
}

/// Starts the services, runs the command, stops the services.
pub(crate) fn run(options: &Options) -> Result<()> {
    debian::ensure(&[debian::LIBRARIES, debian::WINDOW, debian::DRIVERS])?;
    let services = Services::start()?;
    let shell = [std::env::var("SHELL").unwrap_or_else(|_| "/bin/sh".to_owned())];
    let words = if options.command.is_empty() {
        &shell[..]
    } else {
        &options.command
    };
    let (program, arguments) = words.split_first().context("an empty command")?;
    let mut command = process::command(program);
    command.args(arguments);
    services.enter(&mut command);
    process::run(&mut command)
}
