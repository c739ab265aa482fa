//! Webhooks: from the settings to something that posts messages.

use std::sync::Arc;

use latchkey_app::webhook::PostMessages;
use latchkey_webhook::{Allowed, Poster};

use crate::arguments::WebhookArguments;
use crate::told::Told;

/// How messages are posted.
pub(crate) fn configured(arguments: &WebhookArguments) -> Result<Arc<dyn PostMessages>, Told> {
    let allowed = if arguments.webhook_private_networks.unwrap_or_default() {
        Allowed::Private
    } else {
        Allowed::Public
    };
    let poster = Poster::new(allowed).map_err(|error| {
        Told::new(
            "webhooks_unusable",
            format!("{:#}", anyhow::Error::new(error)),
            "Install the system's certificates: on Debian the package ca-certificates.",
        )
    })?;
    Ok(Arc::new(poster))
}
