//! `latchkey vendor`: the vendors of a store, each reached at an address of its own.

use anyhow::Result;
use latchkey_app::vendors::NewVendor;

use crate::arguments::{VendorAdd, VendorList, VendorRelocate};
use crate::command::init;
use crate::opened;
use crate::told::Told;

/// Prints them.
pub(crate) async fn list(arguments: &VendorList) -> Result<bool> {
    let vendors = opened::open(&arguments.store).await?;
    for app in vendors.all().iter() {
        let url = app.url().map_or("(at every address)", |url| url.as_str());
        let vendor = app.vendor(&app.owner()).await?;
        println!("{}  {url}  {}", vendor.id, vendor.name);
    }
    vendors.close().await;
    Ok(true)
}

/// Adds one, and invites its owner.
pub(crate) async fn add(arguments: &VendorAdd) -> Result<bool> {
    let new = NewVendor {
        name: arguments.name.parse()?,
        url: arguments.url.clone(),
        owner_email: arguments.email.parse()?,
        owner_name: arguments.owner.parse()?,
    };
    let email = new.owner_email.to_string();
    let vendors = opened::open(&arguments.store).await?;
    let added = vendors.add(new).await;
    vendors.close().await;
    Ok(init::show(arguments.url.as_str(), &email, &added?.value))
}

/// Gives one another address.
pub(crate) async fn relocate(arguments: &VendorRelocate) -> Result<bool> {
    let id = arguments.id.parse().map_err(|_| {
        Told::new(
            "vendor_unknown",
            format!("{} is no vendor's id", arguments.id),
            "See `latchkey vendor list` for those there are and their addresses.",
        )
    })?;
    let vendors = opened::open(&arguments.store).await?;
    let relocated = vendors.relocate(id, arguments.url.clone()).await;
    vendors.close().await;
    relocated?;
    println!("{id} is reached at {}", arguments.url);
    Ok(true)
}
