//! `latchkey init`: the owner's account, and the link by which its password is chosen.

use anyhow::Result;
use latchkey_app::user::Invited;
use latchkey_app::{App, Changed};

use crate::arguments::Init;
use crate::opened;
use crate::told::Told;

/// Makes the account, or invites the owner once more.
pub(crate) async fn run(arguments: &Init) -> Result<bool> {
    let vendors = opened::open(&arguments.store).await?;
    let invited = match vendors.meant(arguments.url.parse().ok().as_ref()) {
        Ok(app) => invite(&app, arguments).await,
        Err(error) => Err(error.into()),
    };
    vendors.close().await;
    let (email, invited) = invited?;
    Ok(show(&arguments.url, &email, &invited.value))
}

/// Prints the link by which the owner chooses a password. Answers whether there is one.
pub(crate) fn show(url: &str, email: &str, invited: &Invited) -> bool {
    let Some(token) = &invited.token else {
        return false;
    };
    let url = url.trim_end_matches('/');
    let until = invited.expires_at.to_chrono();
    println!("The owner signs in as {email}, once a password is chosen at");
    println!("{url}/welcome#{}", token.reveal());
    println!(
        "The link works once, until {}.",
        until.format("%Y-%m-%d %H:%M UTC")
    );
    true
}

async fn invite(app: &App, arguments: &Init) -> Result<(String, Changed<Invited>)> {
    if let Some(vendor) = &arguments.vendor {
        app.vendor_rename(&app.owner(), None, vendor.parse()?)
            .await?;
    }
    // Whoever runs the store owns it, also where a rule shuts its owners out.
    app.free_owners().await?;
    if let Some(user) = app.owner_user().await? {
        let invited = app.user_invite(&app.owner(), None, user.id).await?;
        return Ok((user.email.to_string(), invited));
    }
    let email = arguments.email.as_deref().ok_or_else(|| {
        Told::new(
            "owner_address_missing",
            "the store has no owner's account yet, and an account needs an e-mail address",
            "Say it with --email, such as --email ada@vendor.example.",
        )
    })?;
    let (email, name) = (email.parse(), arguments.name.parse());
    let invited = app.owner_create(email?, name?).await?;
    let user = app.user_get(&app.owner(), invited.value.user_id).await?;
    Ok((user.email.to_string(), invited))
}
