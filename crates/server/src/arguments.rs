//! What can be said to the program.

mod services;
mod vendor;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use latchkey_domain::vendor::VendorUrl;

use crate::logging::{LogFilter, LogFormat};
pub(crate) use services::{MailArguments, OidcArguments, WebhookArguments};
pub(crate) use vendor::{Vendor, VendorAdd, VendorList, VendorRelocate};

/// Licenses, seats and license files: the server and its tools.
#[derive(Debug, Parser)]
#[command(name = "latchkey", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) general: General,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What holds for every command. Whatever is left out here and below is looked for in the
/// environment and then in the configuration file; so nothing has a default that clap knows.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct General {
    /// A configuration file (TOML); its settings are called like the flags, with underscores.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_CONFIG", global = true)]
    pub(crate) config: Option<PathBuf>,

    /// What is logged on standard error, such as `info` or `warn,latchkey_store=debug` [default:
    /// warn].
    #[arg(long, value_name = "FILTER", env = "LATCHKEY_LOG", global = true)]
    pub(crate) log: Option<LogFilter>,

    /// How it is logged [default: text].
    #[arg(
        long,
        value_name = "FORMAT",
        env = "LATCHKEY_LOG_FORMAT",
        global = true
    )]
    pub(crate) log_format: Option<LogFormat>,
}

/// The program's commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the API and the UI.
    Serve(Serve),
    /// Print the settings `serve` would have, and where each comes from. Secrets are hidden.
    Config(Serve),
    /// Make the owner's account in a store, or invite the owner once more: prints a link that works
    /// once. From then on people sign in to what `serve` serves.
    Init(Init),
    /// The vendors of a store: a server can have several, each reached at an address of its own.
    #[command(subcommand)]
    Vendor(Vendor),
    /// Fill a store with demo data.
    Seed(Seed),
    /// The ledger.
    #[command(subcommand)]
    Ledger(Ledger),
    /// Check a license file, and print what it grants or why it is refused (exit code 1).
    Verify(Verify),
    /// Make a key pair for this machine, which has no network, and print its public key.
    MachineKey(crate::command::machine_key::MachineKeyArguments),
    /// Give a license file back on a machine without a network: writes a receipt, and destroys the
    /// file and the machine's key.
    Return(crate::command::return_license::ReturnArguments),
    /// Write a copy of an embedded store, also while it is being used.
    Backup(Backup),
    /// Put a copy made by `backup` in the place of a store.
    Restore(Restore),
    /// Bring a store with all it holds to another place, such as a server's database.
    Move(crate::command::move_store::Move),
    /// Say what is well and what is not, and what to do.
    Doctor(Doctor),
    /// Print the OpenAPI document.
    Openapi,
}

impl Command {
    /// Which store is meant, by those that work on one.
    pub(crate) fn store(&mut self) -> Option<&mut StoreArguments> {
        match self {
            Self::Serve(arguments) | Self::Config(arguments) => Some(&mut arguments.store),
            Self::Init(arguments) => Some(&mut arguments.store),
            Self::Vendor(Vendor::List(arguments)) => Some(&mut arguments.store),
            Self::Vendor(Vendor::Add(arguments)) => Some(&mut arguments.store),
            Self::Vendor(Vendor::Relocate(arguments)) => Some(&mut arguments.store),
            Self::Seed(arguments) => Some(&mut arguments.store),
            Self::Ledger(Ledger::Verify(arguments)) => Some(&mut arguments.store),
            Self::Backup(arguments) => Some(&mut arguments.store),
            Self::Restore(arguments) => Some(&mut arguments.store),
            Self::Doctor(arguments) => Some(&mut arguments.store),
            // A move is between two stores, both named.
            Self::Move(_)
            | Self::Verify(_)
            | Self::MachineKey(_)
            | Self::Return(_)
            | Self::Openapi => None,
        }
    }
}

/// Which store, and what opens its keys.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoreArguments {
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`; without it, the file `latchkey/latchkey.db` in
    /// the user's data folder.
    #[arg(
        long,
        value_name = "URL",
        env = "LATCHKEY_STORE",
        hide_env_values = true
    )]
    pub(crate) store: Option<String>,

    /// A file whose first line is the passphrase of the store's sealed key; without it, the
    /// keychain is used.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_PASSPHRASE_FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    #[command(flatten)]
    pub(crate) web: WebArguments,

    #[command(flatten)]
    pub(crate) mail: MailArguments,

    #[command(flatten)]
    pub(crate) oidc: OidcArguments,

    #[command(flatten)]
    pub(crate) webhook: WebhookArguments,
}

/// Where and how to listen.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct WebArguments {
    /// Where to listen: an address and a port; port 0 takes a free one. One that other machines reach
    /// takes accounts (`init`) and HTTPS [default: 127.0.0.1:7878].
    #[arg(long, value_name = "ADDRESS", env = "LATCHKEY_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,

    /// The server's certificate and those between it and its authority, as PEM: with --tls-key,
    /// HTTPS is spoken.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_TLS_CERTIFICATE")]
    pub(crate) tls_certificate: Option<PathBuf>,

    /// The certificate's private key, as PEM.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_TLS_KEY")]
    pub(crate) tls_key: Option<PathBuf>,

    /// A proxy of yours speaks HTTPS for this server: plain HTTP is meant, and the proxy's
    /// `x-request-id` and `X-Forwarded-For` are believed [default: false].
    #[arg(
        long,
        value_name = "BOOL",
        env = "LATCHKEY_BEHIND_PROXY",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub(crate) behind_proxy: Option<bool>,

    /// A second loopback address, where `/metrics` tells Prometheus what was done; without it
    /// nothing is counted.
    #[arg(long, value_name = "ADDRESS", env = "LATCHKEY_METRICS_LISTEN")]
    pub(crate) metrics_listen: Option<SocketAddr>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// What the vendor is called: in license files, among others. Without it the name stays.
    #[arg(long, value_name = "NAME")]
    pub(crate) vendor: Option<String>,

    /// What the owner will sign in with; needed the first time.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,

    /// What people call the owner.
    #[arg(long, value_name = "NAME", default_value = "Owner")]
    pub(crate) name: String,

    /// The address under which browsers reach the server; where it has several vendors, that of the one meant.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7878")]
    pub(crate) url: String,
}

#[derive(Debug, Args)]
pub(crate) struct Seed {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// Which of several vendors: the address that it is reached at.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<VendorUrl>,

    /// How many licenses to issue.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub(crate) licenses: u32,

    /// How many machines to activate on each.
    #[arg(long, value_name = "M", default_value_t = 3)]
    pub(crate) activations_per_license: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    /// Recompute everything from the entries, and name the first thing that does not fit.
    Verify(LedgerVerify),
}

#[derive(Debug, Args)]
pub(crate) struct LedgerVerify {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// Which of several vendors: the address that it is reached at. Without it, all of them.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<VendorUrl>,

    /// The vendor's root key as somebody has kept it outside of the store: PEM, or base64 of its 32
    /// bytes. Without it the one in the store is believed.
    #[arg(long, value_name = "FILE")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The license file.
    pub(crate) file: PathBuf,

    /// The vendor's root key: PEM, or base64 of its 32 bytes.
    #[arg(long, value_name = "FILE")]
    pub(crate) root: PathBuf,

    /// The machine code of the machine that asks; without it, the machine is not compared.
    #[arg(long, value_name = "CODE")]
    pub(crate) machine: Option<String>,

    /// The time to judge at, such as 2027-01-31 or 2027-01-31T12:00:00Z; without it, now.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,

    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// The new file.
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,

    /// A file whose first line is a passphrase for the copy of the store's key beside the backup.
    /// Needed where the key is in a keychain, so that the backup can be used elsewhere.
    #[arg(long, value_name = "FILE")]
    pub(crate) key_passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// The file that `backup` wrote.
    #[arg(long, value_name = "FILE")]
    pub(crate) from: PathBuf,

    /// Replace the store that is there; it is kept beside the new one.
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) store: StoreArguments,
}
