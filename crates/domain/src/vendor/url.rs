//! Where people reach a vendor: what tells the vendors of one server apart.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Bytes in an address: a name has at most 253 (RFC 1035 §2.3.4), a port five.
const URL_BYTES_MAX: usize = 280;
/// Bytes between two dots of a name (RFC 1035 §2.3.4).
const LABEL_BYTES_MAX: usize = 63;

/// The address under which people reach a vendor: a scheme and a host, such as `https://licenses.acme.example`, in lower
/// case and without the port that goes without saying (an origin, RFC 6454 §4).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VendorUrl(String);

/// Why a text is no address of a vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VendorUrlError {
    /// It begins with neither `https://` nor `http://`.
    #[error("it does not begin with https://")]
    Scheme,
    /// HTTP hides nothing on the way.
    #[error(
        "plain HTTP is for addresses of this machine alone, such as http://acme.localhost:7878"
    )]
    Plain,
    /// Vendors are told apart by hosts, not by what stands behind.
    #[error("nothing may stand behind the host and the port")]
    Path,
    /// No name and no address of a machine.
    #[error("its host is no name, written in ASCII, and no IP address")]
    Host,
    /// No port.
    #[error("its port is no number from 1 to 65535")]
    Port,
}

impl VendorUrl {
    /// Reads an address; a slash at its end may be left out.
    ///
    /// # Errors
    /// [`VendorUrlError`] says what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, VendorUrlError> {
        let typed = typed.trim().to_ascii_lowercase();
        let (scheme, rest) = typed.split_once("://").ok_or(VendorUrlError::Scheme)?;
        let usual = usual_port(scheme).ok_or(VendorUrlError::Scheme)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains(['/', '?', '#', '@', '\\']) {
            return Err(VendorUrlError::Path);
        }
        let (host, port) = split_port(authority);
        if typed.len() > URL_BYTES_MAX || !is_host(host) {
            return Err(VendorUrlError::Host);
        }
        if scheme == "http" && !is_here(host) {
            return Err(VendorUrlError::Plain);
        }
        let port = match port.map(str::parse::<u16>) {
            None => usual,
            Some(Ok(port)) if port > 0 => port,
            Some(_) => return Err(VendorUrlError::Port),
        };
        let end = if port == usual {
            String::new()
        } else {
            format!(":{port}")
        };
        Ok(Self(format!("{scheme}://{host}{end}")))
    }

    /// The text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a request that was sent to this host, as its `Host` says (RFC 9110 §7.2), was sent here.
    #[must_use]
    pub fn is_at(&self, host: &str) -> bool {
        let Some((scheme, own)) = self.0.split_once("://") else {
            return false;
        };
        let (name, port) = split_port(host);
        let usual = usual_port(scheme).map(|port| port.to_string());
        let port = port.filter(|port| Some(*port) != usual.as_deref());
        let (own_name, own_port) = split_port(own);
        let name = name.strip_suffix('.').unwrap_or(name);
        name.eq_ignore_ascii_case(own_name) && port == own_port
    }
}

/// The port of a scheme that goes without saying.
fn usual_port(scheme: &str) -> Option<u16> {
    match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

/// Host and port; the colons of an IPv6 address stand in brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = bracketed(host) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
    };
    host.split('.').all(label)
}

/// Whether a host is this machine, whatever a name server says (RFC 6761 §6.3).
fn is_here(host: &str) -> bool {
    if let Some(address) = bracketed(host) {
        return address.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback());
    }
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

fn bracketed(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

impl FromStr for VendorUrl {
    type Err = VendorUrlError;

    fn from_str(typed: &str) -> Result<Self, VendorUrlError> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for VendorUrl {
    type Error = VendorUrlError;

    fn try_from(text: String) -> Result<Self, VendorUrlError> {
        Self::parse(&text)
    }
}

impl From<VendorUrl> for String {
    fn from(url: VendorUrl) -> Self {
        url.0
    }
}

impl fmt::Display for VendorUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for VendorUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VendorUrl({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_form() {
        for (typed, kept) in [
            (
                "https://licenses.acme.example",
                "https://licenses.acme.example",
            ),
            (
                " HTTPS://Licenses.ACME.example/ ",
                "https://licenses.acme.example",
            ),
            ("https://acme.example:443", "https://acme.example"),
            ("https://acme.example:8443/", "https://acme.example:8443"),
            ("http://acme.localhost:7878", "http://acme.localhost:7878"),
            ("http://localhost:80", "http://localhost"),
            ("http://127.0.0.2:7878", "http://127.0.0.2:7878"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(VendorUrl::parse(typed).unwrap().as_str(), kept, "{typed}");
            assert_eq!(VendorUrl::parse(kept).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_why() {
        use VendorUrlError as E;
        for (typed, why) in [
            ("", E::Scheme),
            ("acme.example", E::Scheme),
            ("ftp://acme.example", E::Scheme),
            ("http://acme.example", E::Plain),
            ("http://localhost.acme.example", E::Plain),
            ("http://[2001:db8::1]", E::Plain),
            ("https://acme.example/licenses", E::Path),
            ("https://acme.example?x", E::Path),
            ("https://olga@acme.example", E::Path),
            ("https://", E::Host),
            ("https://ac me.example", E::Host),
            ("https://-acme.example", E::Host),
            ("https://acme..example", E::Host),
            ("https://bücher.example", E::Host),
            ("https://[acme]", E::Host),
            ("https://acme.example:", E::Port),
            ("https://acme.example:0", E::Port),
            ("https://acme.example:65536", E::Port),
        ] {
            assert_eq!(VendorUrl::parse(typed), Err(why), "{typed}");
        }
        let long = format!("https://{}.example", ["a"; 140].join("."));
        assert_eq!(VendorUrl::parse(&long), Err(E::Host));
    }

    #[test]
    fn a_request_is_here_if_its_host_is_this_one() {
        let at = |url: &str, host: &str| VendorUrl::parse(url).unwrap().is_at(host);
        assert!(at("https://acme.example", "acme.example"));
        assert!(at("https://acme.example", "ACME.example:443"));
        assert!(at("https://acme.example", "acme.example."));
        assert!(!at("https://acme.example", "acme.example:80"));
        assert!(!at("https://acme.example", "acme.example.evil.example"));
        assert!(!at("https://acme.example", "www.acme.example"));
        assert!(!at("https://acme.example", ""));
        assert!(at("https://acme.example:8443", "acme.example:8443"));
        assert!(!at("https://acme.example:8443", "acme.example"));
        assert!(at("http://[::1]:7878", "[::1]:7878"));
        assert!(!at("http://[::1]:7878", "[::1]"));
    }
}
