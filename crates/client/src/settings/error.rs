//! Why settings are not taken: a code, a sentence, and what to do about it.

use thiserror::Error;

use super::{MACHINE_CODE_CHARS_MAX, NAME_CHARS_MAX, PRODUCT_CODE_CHARS_MAX, TOKEN_CHARS_MAX};

/// Why settings are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// No address of a server.
    #[error("The address of the license server is not one of the form https://licenses.example")]
    ServerAddress,
    /// An address with a name and password, a question mark or a number sign in it.
    #[error("The address of the license server has more in it than a host, a port and a path")]
    ServerAddressParts,
    /// Plain HTTP to another machine.
    #[error("The license server {host} is not on this machine, so it is asked over https only")]
    Plain {
        /// The host.
        host: String,
    },
    /// Not 25 letters and digits.
    #[error("A license key has 25 letters and digits in five groups, and this text has not")]
    LicenseKey,
    /// Empty, too long, or with characters that are not visible ASCII.
    #[error("The machine code is not 1 to {MACHINE_CODE_CHARS_MAX} visible ASCII characters")]
    MachineCode,
    /// Not the form of a product code.
    #[error(
        "The product code is not 1 to {PRODUCT_CODE_CHARS_MAX} of a-z, 0-9, dot, dash and underscore"
    )]
    ProductCode,
    /// Empty, too long, or with characters that are not visible ASCII.
    #[error("The access token is not 1 to {TOKEN_CHARS_MAX} visible ASCII characters")]
    AccessToken,
    /// A name or version that cannot stand in a header.
    #[error(
        "The app's name and version are not 1 to {NAME_CHARS_MAX} of A-Z, a-z, 0-9, dot, dash, plus and underscore"
    )]
    UserAgent,
    /// Not a certificate.
    #[error("The certificate is not one in PEM")]
    Certificate,
    /// The system's certificates or TLS cannot be used.
    #[error("No secure connection can be made on this machine: {0}")]
    Tls(String),
}

impl SettingsError {
    /// A name for programs, which never changes its meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ServerAddress | Self::ServerAddressParts => "server_address_invalid",
            Self::Plain { .. } => "server_address_plain",
            Self::LicenseKey => "license_key_invalid",
            Self::MachineCode => "machine_code_invalid",
            Self::ProductCode => "product_code_invalid",
            Self::AccessToken => "access_token_invalid",
            Self::UserAgent => "user_agent_invalid",
            Self::Certificate => "certificate_invalid",
            Self::Tls(_) => "tls_unavailable",
        }
    }

    /// What to do about it.
    pub fn fix(&self) -> &'static str {
        match self {
            Self::ServerAddress | Self::ServerAddressParts => {
                "Give the address as https://, the host, and a path if there is one"
            }
            Self::Plain { .. } => "Write https:// instead of http://",
            Self::LicenseKey => "Copy the whole key, from its first group to its fifth",
            Self::MachineCode => "Make the code of letters, digits and dashes, such as a hash",
            Self::ProductCode => "Build the product's code into the app as Latchkey shows it",
            Self::AccessToken => {
                "Give the token as it was shown when it was made, without \"Bearer\""
            }
            Self::UserAgent => "Give a short name and version, such as atlas-cad and 7.2",
            Self::Certificate => {
                "Give the text between the lines BEGIN and END CERTIFICATE, with both"
            }
            Self::Tls(_) => "Install the system's certificates (the package ca-certificates)",
        }
    }
}
