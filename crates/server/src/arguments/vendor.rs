//! What can be said of the vendors of a store.

use clap::{Args, Subcommand};
use latchkey_domain::vendor::VendorUrl;

use super::StoreArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum Vendor {
    /// Print them, a line each: id, address, name.
    List(VendorList),
    /// Add one, and invite its owner: prints a link that works once.
    Add(VendorAdd),
    /// Give one another address. Passkeys belong to the old one, and have to be made anew.
    Relocate(VendorRelocate),
}

#[derive(Debug, Args)]
pub(crate) struct VendorList {
    #[command(flatten)]
    pub(crate) store: StoreArguments,
}

#[derive(Debug, Args)]
pub(crate) struct VendorAdd {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// What the vendor is called: in license files, among others.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,

    /// The address under which people reach it: a host that no other vendor has.
    #[arg(long, value_name = "URL")]
    pub(crate) url: VendorUrl,

    /// What its owner will sign in with.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: String,

    /// What people call the owner.
    #[arg(long, value_name = "NAME", default_value = "Owner")]
    pub(crate) owner: String,
}

#[derive(Debug, Args)]
pub(crate) struct VendorRelocate {
    #[command(flatten)]
    pub(crate) store: StoreArguments,

    /// Its id, as `vendor list` prints it.
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// The new address.
    #[arg(long, value_name = "URL")]
    pub(crate) url: VendorUrl,
}
