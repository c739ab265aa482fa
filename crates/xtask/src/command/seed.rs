//! `cargo xtask seed`: fills a store with demo data, by the program's own command.

use crate::{cargo, passphrase, paths, process, ui};
use anyhow::Result;

/// What can be said to `seed`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The store, as `latchkey serve --store` takes it; without it, the user's own
    #[arg(long)]
    store: Option<String>,
    /// How many licenses to issue
    #[arg(long, default_value_t = 1000)]
    licenses: u32,
    /// What else to pass on to `latchkey seed`
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds the program and lets it fill the store.
pub(crate) fn run(options: &Options) -> Result<()> {
    ui::ensure_dist()?;
    cargo::build_program("latchkey")?;
    let mut seed = process::command(paths::program("latchkey")?);
    seed.arg("seed")
        .arg("--licenses")
        .arg(options.licenses.to_string());
    if let Some(store) = &options.store {
        seed.arg("--store").arg(store);
    }
    passphrase::enter(&mut seed)?;
    process::run(seed.args(&options.arguments))
}
