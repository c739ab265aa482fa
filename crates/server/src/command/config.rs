//! `latchkey config`: the settings that count, as a configuration file, and where each comes from.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;

use crate::ambient::data_folder;
use crate::arguments::{General, Serve};
use crate::command::serve::DEFAULT_LISTEN;
use crate::settings::{Origins, without_secrets};

/// Prints them.
pub(crate) fn run(general: &General, serve: &Serve, origins: &Origins) -> Result<bool> {
    print!("{}", shown(general, serve, origins)?);
    Ok(true)
}

fn shown(general: &General, serve: &Serve, origins: &Origins) -> Result<String> {
    let path = |path: &Option<PathBuf>| {
        path.as_ref()
            .map(|path| quoted(&path.display().to_string()))
    };
    let (store, web, mail, oidc) = (&serve.store, &serve.web, &serve.mail, &serve.oidc);
    let address = match &store.store {
        Some(address) => without_secrets(address),
        None => format!("sqlite:{}", data_folder()?.join("latchkey.db").display()),
    };
    let listen = web.listen.unwrap_or(DEFAULT_LISTEN);
    let log = general.log.clone().unwrap_or_default();
    let log_format = general.log_format.unwrap_or_default();
    let private_networks = serve.webhook.webhook_private_networks.unwrap_or_default();
    let settings = [
        ("store", Some(quoted(&address))),
        ("passphrase_file", path(&store.passphrase_file)),
        ("listen", Some(quoted(&listen.to_string()))),
        ("tls_certificate", path(&web.tls_certificate)),
        ("tls_key", path(&web.tls_key)),
        (
            "behind_proxy",
            Some(web.behind_proxy.unwrap_or_default().to_string()),
        ),
        (
            "metrics_listen",
            web.metrics_listen
                .map(|address| quoted(&address.to_string())),
        ),
        ("mail", mail.mail.as_deref().map(hidden_and_quoted)),
        ("mail_from", mail.mail_from.as_deref().map(quoted)),
        ("url", mail.url.as_deref().map(quoted)),
        ("oidc_issuer", oidc.oidc_issuer.as_deref().map(quoted)),
        ("oidc_client_id", oidc.oidc_client_id.as_deref().map(quoted)),
        (
            "oidc_client_secret_file",
            path(&oidc.oidc_client_secret_file),
        ),
        ("oidc_name", oidc.oidc_name.as_deref().map(quoted)),
        (
            "webhook_private_networks",
            Some(private_networks.to_string()),
        ),
        ("log", Some(quoted(&log.to_string()))),
        ("log_format", Some(quoted(&log_format.to_string()))),
    ];
    let mut text = String::new();
    for (name, value) in settings {
        let origin = origins
            .get(name)
            .map_or_else(|| "default".to_owned(), ToString::to_string);
        match value {
            Some(value) => writeln!(text, "{name} = {value}  # {origin}")?,
            None => writeln!(text, "# {name} is not set")?,
        }
    }
    Ok(text)
}

fn hidden_and_quoted(address: &str) -> String {
    quoted(&without_secrets(address))
}

/// As a string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
