//! The secret of a webhook, and what it signs: Standard Webhooks (<https://www.standardwebhooks.com>), symmetric.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Random, Timestamp};

/// How the text of a secret begins.
pub const SECRET_PREFIX: &str = "whsec_";

/// Random bytes of a secret: as many as the hash has.
const SECRET_BYTES: usize = 32;

/// What a receiver and this program share.
pub struct WebhookSecret(Zeroizing<[u8; SECRET_BYTES]>);

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

impl WebhookSecret {
    /// A new one.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        random.fill(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The secret of these bytes; none if they are not as many as it has.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// Its bytes: only for sealing it.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// As the receiver keeps it.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{SECRET_PREFIX}{}", STANDARD.encode(*self.0)))
    }

    /// Signs a message: one signature of the header `webhook-signature`.
    #[must_use]
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.expose()).ok()?;
        mac.update(format!("{id}.{}.", at.seconds()).as_bytes());
        mac.update(body.as_bytes());
        Some(format!(
            "v1,{}",
            STANDARD.encode(mac.finalize().into_bytes())
        ))
    }
}
