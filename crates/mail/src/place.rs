//! Where letters go.

use std::path::PathBuf;

use url::{Host, Url};

use crate::MailError;

/// Where letters go.
#[derive(Debug, PartialEq)]
pub(crate) enum Place {
    /// To a mail server.
    Smtp(String),
    /// Into a folder.
    Folder(PathBuf),
}

impl Place {
    /// Reads an address. Without TLS it has to be this machine's own: what reads along could come in by the links.
    pub(crate) fn read(text: &str) -> Result<Self, MailError> {
        if let Some(folder) = text
            .strip_prefix("file:")
            .filter(|folder| !folder.is_empty())
        {
            return Ok(Self::Folder(folder.into()));
        }
        let url: Url = text.parse().map_err(|_| MailError::Address)?;
        let tls = url
            .query_pairs()
            .any(|(name, value)| name == "tls" && value == "required");
        match (url.scheme(), url.host_str()) {
            (_, None | Some("")) => Err(MailError::Address),
            ("smtps", _) => Ok(Self::Smtp(text.to_owned())),
            ("smtp", _) if tls || is_here(&url) => Ok(Self::Smtp(text.to_owned())),
            ("smtp", _) => Err(MailError::Plain),
            _ => Err(MailError::Address),
        }
    }
}

fn is_here(url: &Url) -> bool {
    // The host of a scheme that the standard does not know is not read as an address.
    let host = url.host_str().and_then(|host| Host::parse(host).ok());
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_or_a_link_never_leaves_this_machine_in_the_clear() {
        for address in [
            "smtps://latchkey:secret@mail.example",
            "smtp://latchkey:secret@mail.example:587?tls=required",
            "smtp://127.0.0.1:1025",
            "smtp://localhost",
            "smtp://[::1]:25",
        ] {
            let read = Place::read(address).unwrap();
            assert_eq!(read, Place::Smtp(address.to_owned()));
        }
        for address in [
            "smtp://mail.example",
            "smtp://mail.example?tls=opportunistic",
            "smtp://127.0.0.1.mail.example",
        ] {
            assert!(
                matches!(Place::read(address), Err(MailError::Plain)),
                "{address}"
            );
        }
        for address in [
            "",
            "file:",
            "mail.example",
            "smtp://",
            "https://mail.example",
        ] {
            assert!(
                matches!(Place::read(address), Err(MailError::Address)),
                "{address}"
            );
        }
        let folder = Place::read("file:/var/lib/latchkey/letters").unwrap();
        assert_eq!(folder, Place::Folder("/var/lib/latchkey/letters".into()));
    }
}
