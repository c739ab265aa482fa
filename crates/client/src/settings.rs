//! What a client is made with, checked where it is said: addresses, keys, codes, limits of time.

mod error;

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use latchkey_verify::RootKey;
use reqwest::header::HeaderValue;
use reqwest::{Certificate, Url};
use zeroize::Zeroizing;

pub use self::error::SettingsError;
use crate::license_key;
use crate::retry::Retry;

/// For how long an answer holds while the server cannot be reached, unless said otherwise.
pub const DEFAULT_OFFLINE_GRACE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How long one try may take, unless said otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a request is tried, unless said otherwise.
pub const DEFAULT_TRIES: u32 = 4;

/// What the wait before the second try is at most, unless said otherwise.
const DEFAULT_FIRST_WAIT: Duration = Duration::from_millis(500);
const MACHINE_CODE_CHARS_MAX: usize = 128;
const PRODUCT_CODE_CHARS_MAX: usize = 64;
const TOKEN_CHARS_MAX: usize = 256;
const NAME_CHARS_MAX: usize = 64;
const OWN_NAME: &str = concat!("latchkey-client/", env!("CARGO_PKG_VERSION"));

/// What this copy of an app asks about.
#[derive(Clone, Copy)]
pub struct Licensed<'a> {
    /// The code of the app's own product, built into the app: a license for another product of the
    /// same vendor opens nothing.
    pub product_code: &'a str,
    /// The license key as the user typed it.
    pub license_key: &'a str,
    /// What the app calls the machine it runs on: 1 to 128 visible ASCII characters, always the same
    /// on the same machine.
    pub machine_code: &'a str,
}

/// What a client is made with. Begin with [`Settings::new`]; the rest has defaults.
#[derive(Clone)]
pub struct Settings {
    pub(crate) server: Url,
    pub(crate) root_key: RootKey,
    pub(crate) product_code: String,
    pub(crate) license_key: String,
    pub(crate) machine_code: String,
    pub(crate) credential: Credential,
    pub(crate) state_file: Option<PathBuf>,
    pub(crate) offline_grace: Duration,
    pub(crate) timeout: Duration,
    pub(crate) retry: Retry,
    pub(crate) user_agent: String,
    pub(crate) authority: Option<Certificate>,
}

/// What the app shows the server.
#[derive(Clone)]
pub(crate) enum Credential {
    /// The license key itself.
    LicenseKey,
    /// A token that the vendor has built into the app.
    AccessToken(Zeroizing<String>),
}

impl Settings {
    /// Settings for this server and this license, with the license key itself as the credential.
    ///
    /// `server` is an `https` address; plain `http` is taken for this machine's own addresses only.
    /// `root_key` is the vendor's, built into the app: it is never asked of the server.
    pub fn new(
        server: &str,
        root_key: RootKey,
        licensed: Licensed<'_>,
    ) -> Result<Self, SettingsError> {
        let license_key =
            license_key::canonical(licensed.license_key).ok_or(SettingsError::LicenseKey)?;
        let machine_code = licensed.machine_code.trim();
        if !is_visible(machine_code, MACHINE_CODE_CHARS_MAX) {
            return Err(SettingsError::MachineCode);
        }
        let in_code = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
        let product_code = licensed.product_code;
        if !is_made_of(product_code, PRODUCT_CODE_CHARS_MAX, in_code) {
            return Err(SettingsError::ProductCode);
        }
        Ok(Self {
            server: address(server)?,
            root_key,
            product_code: product_code.to_owned(),
            license_key,
            machine_code: machine_code.to_owned(),
            credential: Credential::LicenseKey,
            state_file: None,
            offline_grace: DEFAULT_OFFLINE_GRACE,
            timeout: DEFAULT_TIMEOUT,
            retry: Retry {
                tries: DEFAULT_TRIES,
                first_wait: DEFAULT_FIRST_WAIT,
            },
            user_agent: OWN_NAME.to_owned(),
            authority: None,
        })
    }

    /// Shows the server an access token instead of the license key.
    pub fn access_token(mut self, token: &str) -> Result<Self, SettingsError> {
        if !is_visible(token, TOKEN_CHARS_MAX) {
            return Err(SettingsError::AccessToken);
        }
        self.credential = Credential::AccessToken(Zeroizing::new(token.to_owned()));
        Ok(self)
    }

    /// Keeps the newest answer in this file, so that it also holds after a new start. Without one it
    /// is kept in memory, as long as the client lives.
    #[must_use]
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// For how long an answer holds while the server cannot be reached: a week unless said otherwise.
    #[must_use]
    pub fn offline_grace(mut self, grace: Duration) -> Self {
        self.offline_grace = grace;
        self
    }

    /// How long one try may take, from connecting to the last byte: ten seconds unless said otherwise.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a request is tried, from 1 to 10: four times unless said otherwise.
    #[must_use]
    pub fn tries(mut self, tries: u32) -> Self {
        self.retry.tries = tries;
        self
    }

    /// What the wait before the second try is at most: half a second unless said otherwise. It doubles
    /// from try to try, and each wait is random from nothing to that.
    #[must_use]
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.retry.first_wait = wait;
        self
    }

    /// Names the app and its version to the server.
    pub fn user_agent(mut self, product: &str, version: &str) -> Result<Self, SettingsError> {
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-+_".contains(&byte);
        if [product, version]
            .iter()
            .any(|text| !is_made_of(text, NAME_CHARS_MAX, in_name))
        {
            return Err(SettingsError::UserAgent);
        }
        self.user_agent = format!("{product}/{version} {OWN_NAME}");
        Ok(self)
    }

    /// Trusts only servers whose certificate this one, in PEM, has certified, instead of those that the
    /// system trusts: for a server inside a company that is its own authority.
    pub fn authority(mut self, certificate: &str) -> Result<Self, SettingsError> {
        let certificate = Certificate::from_pem(certificate.as_bytes());
        self.authority = Some(certificate.map_err(|_| SettingsError::Certificate)?);
        Ok(self)
    }

    /// The value of `Authorization`.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, SettingsError> {
        let text = Zeroizing::new(match &self.credential {
            Credential::LicenseKey => format!("License {}", self.license_key),
            Credential::AccessToken(token) => format!("Bearer {}", token.as_str()),
        });
        let mut value = HeaderValue::from_str(&text).map_err(|_| SettingsError::AccessToken)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Shows no token, and of the license key the last group only.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credential = match self.credential {
            Credential::LicenseKey => "license key",
            Credential::AccessToken(_) => "access token",
        };
        f.debug_struct("Settings")
            .field("server", &self.server.as_str())
            .field("root_key", &self.root_key.key_id())
            .field("product_code", &self.product_code)
            .field(
                "license_key",
                &format_args!("…-{}", license_key::hint(&self.license_key)),
            )
            .field("machine_code", &self.machine_code)
            .field("credential", &credential)
            .field("state_file", &self.state_file)
            .field("offline_grace", &self.offline_grace)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("user_agent", &self.user_agent)
            .finish()
    }
}

/// Whether a server is on this machine, so that nobody stands between.
pub(crate) fn is_loopback(server: &Url) -> bool {
    let host = server.host_str().unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || ip.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn address(text: &str) -> Result<Url, SettingsError> {
    let url = Url::parse(text.trim()).map_err(|_| SettingsError::ServerAddress)?;
    let host = url.host_str().ok_or(SettingsError::ServerAddress)?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            let host = host.to_owned();
            return Err(SettingsError::Plain { host });
        }
        _ => return Err(SettingsError::ServerAddress),
    }
    let more = !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some();
    if more || url.cannot_be_a_base() {
        return Err(SettingsError::ServerAddressParts);
    }
    Ok(url)
}

fn is_visible(text: &str, chars_max: usize) -> bool {
    is_made_of(text, chars_max, |byte| byte.is_ascii_graphic())
}

fn is_made_of(text: &str, chars_max: usize, allowed: impl Fn(u8) -> bool) -> bool {
    (1..=chars_max).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests;
