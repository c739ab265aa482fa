//! What the program is started with: arguments, then the environment, then defaults.

use std::path::PathBuf;

/// The desktop window of Latchkey.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "latchkey-desktop", version)]
pub(crate) struct Settings {
    /// The store to open: `sqlite:PATH` or `postgres://USER@HOST/NAME`. Without it, the file
    /// `latchkey/latchkey.db` in the user's data folder.
    #[arg(
        long,
        value_name = "URL",
        env = "LATCHKEY_STORE",
        hide_env_values = true
    )]
    pub(crate) store: Option<String>,

    /// A file whose first line is the passphrase of the store's sealed key. Without it the
    /// keychain is used, and where there is none the window asks.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_PASSPHRASE_FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,

    /// A license file to show, or a link to a record (`latchkey://SERVER/licenses/lic_…`).
    #[arg(value_name = "LICENSE_FILE|LINK")]
    pub(crate) open: Option<String>,
}
