//! Where settings come from: the file, the environment, the flags, each over the one before.
//!
//! A setting has one name: `tls_key` in the file is `LATCHKEY_TLS_KEY` in the environment and
//! `--tls-key` as a flag. clap reads the last two; here the file is put underneath, and it is kept
//! where each value came from. What is in none of the three has its default where it is used.

mod file;
mod secret;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::parser::ValueSource;
use toml::Spanned;

use crate::arguments::{Arguments, Command};
use crate::told::Told;
use file::File;
pub(crate) use secret::without_secrets;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    File { path: PathBuf, line: usize },
    Environment(String),
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(formatter, "{}, line {line}", path.display()),
            Self::Environment(name) => write!(formatter, "environment, {name}"),
            Self::Flag(name) => write!(formatter, "flag, {name}"),
        }
    }
}

/// Where the values came from that are no defaults, by the setting's name.
pub(crate) type Origins = BTreeMap<&'static str, Origin>;

/// Fills in from the configuration file what neither flags nor environment say.
pub(crate) fn complete(arguments: &mut Arguments, matches: &ArgMatches) -> Result<Origins, Told> {
    let file = match &arguments.general.config {
        Some(path) => file::read(path)?,
        None => File::default(),
    };
    let mut origins = Origins::new();
    let mut settings = Settings {
        given: innermost(matches),
        path: file.path,
        text: file.text,
        origins: &mut origins,
    };
    let found = file.found;
    let general = &mut arguments.general;
    settings.complete("log", &mut general.log, found.log);
    settings.complete("log_format", &mut general.log_format, found.log_format);
    if let Some(store) = arguments.command.store() {
        let address = found.store.map(|store| {
            let span = store.span();
            Spanned::new(span, store.into_inner().0)
        });
        settings.complete("store", &mut store.store, address);
        settings.complete(
            "passphrase_file",
            &mut store.passphrase_file,
            found.passphrase_file,
        );
    }
    if let Command::Serve(serve) | Command::Config(serve) = &mut arguments.command {
        let web = &mut serve.web;
        settings.complete("listen", &mut web.listen, found.listen);
        settings.complete(
            "tls_certificate",
            &mut web.tls_certificate,
            found.tls_certificate,
        );
        settings.complete("tls_key", &mut web.tls_key, found.tls_key);
        settings.complete("behind_proxy", &mut web.behind_proxy, found.behind_proxy);
        settings.complete(
            "metrics_listen",
            &mut web.metrics_listen,
            found.metrics_listen,
        );
        let mail = &mut serve.mail;
        settings.complete("mail", &mut mail.mail, found.mail);
        settings.complete("mail_from", &mut mail.mail_from, found.mail_from);
        settings.complete("url", &mut mail.url, found.url);
        let oidc = &mut serve.oidc;
        settings.complete("oidc_issuer", &mut oidc.oidc_issuer, found.oidc_issuer);
        settings.complete(
            "oidc_client_id",
            &mut oidc.oidc_client_id,
            found.oidc_client_id,
        );
        settings.complete(
            "oidc_client_secret_file",
            &mut oidc.oidc_client_secret_file,
            found.oidc_client_secret_file,
        );
        settings.complete("oidc_name", &mut oidc.oidc_name, found.oidc_name);
        settings.complete(
            "webhook_private_networks",
            &mut serve.webhook.webhook_private_networks,
            found.webhook_private_networks,
        );
    }
    Ok(origins)
}

/// The matches of the command that was meant; global flags are among them.
fn innermost(matches: &ArgMatches) -> &ArgMatches {
    match matches.subcommand() {
        Some((_, within)) => innermost(within),
        None => matches,
    }
}

struct Settings<'a> {
    given: &'a ArgMatches,
    path: PathBuf,
    text: String,
    origins: &'a mut Origins,
}

impl Settings<'_> {
    fn complete<T>(
        &mut self,
        name: &'static str,
        value: &mut Option<T>,
        found: Option<Spanned<T>>,
    ) {
        let origin = if value.is_some() {
            match self.given.value_source(name) {
                Some(ValueSource::EnvVariable) => {
                    Origin::Environment(format!("LATCHKEY_{}", name.to_uppercase()))
                }
                _ => Origin::Flag(format!("--{}", name.replace('_', "-"))),
            }
        } else if let Some(found) = found {
            let line = file::line_at(&self.text, found.span().start);
            *value = Some(found.into_inner());
            Origin::File {
                path: self.path.clone(),
                line,
            }
        } else {
            return;
        };
        self.origins.insert(name, origin);
    }
}

#[cfg(test)]
mod tests;
