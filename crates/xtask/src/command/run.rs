//! `cargo xtask run`: from a fresh clone to a running program.

use crate::{cargo, debian, passphrase, paths, process, ui};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;

/// What can be said to `run`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Serve the UI at a loopback address even if there is a display
    #[arg(long)]
    serve: bool,
    /// What to pass on to the program
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Installs, builds, and becomes the program.
pub(crate) fn run(options: &Options) -> Result<()> {
    debian::ensure(&[debian::BUILD])?;
    ui::build()?;
    cargo::build_programs()?;

    let mut program = if options.serve || !passphrase::has_display() {
        if !options.serve {
            println!("There is no display, so the same UI is served for a browser.");
        }
        let mut program = process::command(paths::program("latchkey")?);
        program.arg("serve");
        program
    } else {
        process::command(paths::program("latchkey-desktop")?)
    };
    passphrase::enter(&mut program)?;
    // We become the program: its exit code is ours, and Ctrl-C and SIGTERM reach it directly.
    let error = program.args(&options.arguments).exec();
    Err(error).context("starting the program")
}
