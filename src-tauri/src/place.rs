//! Where a store is: in a file on this computer, or behind a server.

use std::fmt;
use std::path::PathBuf;

use reqwest::Url;
use serde::{Deserialize, Serialize};
use url::Host;

use crate::refusal::Refusal;
use crate::remote::Fingerprint;

/// The id of the store that the program was started with.
const OWN: &str = "own";

/// A store that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Place {
    /// The one that the program was started with: in the user's data folder, if nothing else was said.
    Own,
    /// In another file.
    Store {
        /// From the root.
        path: PathBuf,
    },
    /// Behind a Latchkey server.
    Server {
        /// Where it answers.
        address: ServerAddress,
        /// The one certificate that is believed; none where the system decides.
        pin: Option<Fingerprint>,
    },
}

impl Place {
    /// What the page knows it by.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Own => OWN.to_owned(),
            Self::Store { path } => format!("sqlite:{}", path.display()),
            Self::Server { address, .. } => address.to_string(),
        }
    }
}

/// Where a server answers: a scheme, a host and perhaps a port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct ServerAddress(Url);

impl ServerAddress {
    /// Reads what a person typed. Without a scheme HTTPS is meant. Plain HTTP is for servers on this computer alone:
    /// passwords and keys go that way.
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let url = whole
            .parse::<Url>()
            .ok()
            .filter(|url| url.username().is_empty() && url.password().is_none())
            .filter(|url| url.host().is_some())
            .ok_or_else(|| Refusal::server_address(text))?;
        match url.scheme() {
            "https" => {}
            "http" if is_here(&url) => {}
            "http" => return Err(Refusal::server_address_plain(text)),
            _ => return Err(Refusal::server_address(text)),
        }
        // A page's address was pasted: the server behind it is meant.
        url.join("/")
            .map(|mut url| {
                url.set_query(None);
                url.set_fragment(None);
                Self(url)
            })
            .map_err(|_| Refusal::server_address(text))
    }

    /// With a slash at the end.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// Host, and port where it is not the scheme's own.
    pub(crate) fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}

/// Whether a server is on this computer.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl TryFrom<String> for ServerAddress {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|refusal| refusal.to_string())
    }
}

impl From<ServerAddress> for String {
    fn from(address: ServerAddress) -> Self {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_a_person_means_by_it() {
        for (typed, meant) in [
            ("licenses.vendor.example", "https://licenses.vendor.example"),
            (" https://a.example:8443/ ", "https://a.example:8443"),
            (
                "https://a.example/licenses?state=active#x",
                "https://a.example",
            ),
            ("http://localhost:7878", "http://localhost:7878"),
            ("http://[::1]:7878/", "http://[::1]:7878"),
            ("127.0.0.1:7878", "https://127.0.0.1:7878"),
        ] {
            assert_eq!(ServerAddress::parse(typed).unwrap().to_string(), meant);
        }
        let address = ServerAddress::parse("https://A.example:443").unwrap();
        assert_eq!(address.authority(), "a.example");
        assert_eq!(address.url().as_str(), "https://a.example/");
    }

    #[test]
    fn an_address_that_is_none_or_not_safe_is_refused() {
        for (typed, code) in [
            ("", "server_address"),
            ("https://", "server_address"),
            ("ftp://a.example", "server_address"),
            ("https://olga:secret@a.example", "server_address"),
            ("http://a.example", "server_address_plain"),
            ("http://127.0.0.1.a.example", "server_address_plain"),
        ] {
            assert_eq!(
                ServerAddress::parse(typed).unwrap_err().code(),
                code,
                "{typed}"
            );
        }
    }
}
