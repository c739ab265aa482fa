//! The address of a webhook.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::{Host, Url};

use crate::limits::WEBHOOK_URL_BYTES_MAX;
use crate::refusal::Refusal;

/// An address that events may be sent to: HTTPS, or plain HTTP on this computer.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookUrl(Url);

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookUrlError {
    /// It is too long.
    #[error("the address has more than {WEBHOOK_URL_BYTES_MAX} characters")]
    TooLong,
    /// It is none.
    #[error("this is not a whole address such as https://shop.example/latchkey")]
    Malformed,
    /// Others could read along.
    #[error("events are sent by HTTPS; plain HTTP is for this computer's own addresses alone")]
    Plain,
    /// A name or password stands in it.
    #[error("a user name or password in the address is not sent")]
    Credentials,
}

impl Refusal for WebhookUrlError {
    fn code(&self) -> &'static str {
        "webhook_url_unusable"
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::TooLong => "Take a shorter address.",
            Self::Malformed | Self::Plain => "Write it as https://NAME/PATH.",
            Self::Credentials => {
                "Leave it out: the receiver knows by the signature who has sent an event."
            }
        };
        Some(fix.into())
    }
}

impl WebhookUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// Why it is none that events may be sent to.
    pub fn parse(text: &str) -> Result<Self, WebhookUrlError> {
        let text = text.trim();
        if text.len() > WEBHOOK_URL_BYTES_MAX {
            return Err(WebhookUrlError::TooLong);
        }
        let mut url = Url::parse(text).map_err(|_| WebhookUrlError::Malformed)?;
        url.set_fragment(None);
        let plain = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => return Err(WebhookUrlError::Malformed),
        };
        match url.scheme() {
            "https" => {}
            "http" if plain => {}
            "http" => return Err(WebhookUrlError::Plain),
            _ => return Err(WebhookUrlError::Malformed),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebhookUrlError::Credentials);
        }
        if url.as_str().len() > WEBHOOK_URL_BYTES_MAX {
            return Err(WebhookUrlError::TooLong);
        }
        Ok(Self(url))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookUrl(…)")
    }
}

impl Serialize for WebhookUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for WebhookUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
