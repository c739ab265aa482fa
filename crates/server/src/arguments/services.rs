//! The services of others that a server uses: mail, signing in, and whoever listens to webhooks.

use std::path::PathBuf;

use clap::Args;

/// Where webhooks may be sent to.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct WebhookArguments {
    /// Webhooks may be sent to private networks and to this computer; without it, only to addresses
    /// that anybody on the internet may reach [default: false].
    #[arg(
        long,
        value_name = "BOOL",
        env = "LATCHKEY_WEBHOOK_PRIVATE_NETWORKS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub(crate) webhook_private_networks: Option<bool>,
}

/// How e-mail leaves: invitations, and links for another password.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct MailArguments {
    /// The mail server: `smtps://USER:PASSWORD@HOST`, `smtp://USER:PASSWORD@HOST?tls=required`, plain
    /// `smtp://` on this machine alone, or `file:FOLDER` to try it out. Without it no e-mail is sent.
    #[arg(
        long,
        value_name = "URL",
        env = "LATCHKEY_MAIL",
        hide_env_values = true
    )]
    pub(crate) mail: Option<String>,

    /// Who it is from, such as `Latchkey <no-reply@vendor.example>`.
    #[arg(long, value_name = "ADDRESS", env = "LATCHKEY_MAIL_FROM")]
    pub(crate) mail_from: Option<String>,

    /// The address under which browsers reach this server: links in e-mail begin with it, and the
    /// sign-in service sends browsers back there.
    #[arg(long, value_name = "URL", env = "LATCHKEY_URL")]
    pub(crate) url: Option<String>,
}

/// A service of somebody else's that people sign in by: OpenID Connect. There they are sent back to
/// the address of `--url` with `/sign-in/back` behind it.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct OidcArguments {
    /// The sign-in service: its issuer address, such as `https://id.vendor.example`. Without it people
    /// sign in with passwords alone.
    #[arg(long, value_name = "URL", env = "LATCHKEY_OIDC_ISSUER")]
    pub(crate) oidc_issuer: Option<String>,

    /// What this server is called there.
    #[arg(long, value_name = "ID", env = "LATCHKEY_OIDC_CLIENT_ID")]
    pub(crate) oidc_client_id: Option<String>,

    /// A file whose first line is the secret that the service has given this server.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_OIDC_CLIENT_SECRET_FILE")]
    pub(crate) oidc_client_secret_file: Option<PathBuf>,

    /// What people call the service: the button says “Sign in with NAME”.
    #[arg(long, value_name = "NAME", env = "LATCHKEY_OIDC_NAME")]
    pub(crate) oidc_name: Option<String>,
}
