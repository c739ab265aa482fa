//! Validations: machines that asked whether they may use their license, and what they were told.
//!
//! They are many and change nothing, so they stand in a log of their own, which is pruned by age, and not in the ledger.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::entity::closed_enum;
use crate::limits::NONCE_CHARS_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::MachineCode;
use crate::{AccessTokenId, ActivationId, CustomerId, LicenseId, Timestamp};

closed_enum! {
    /// What a machine asked for.
    Asked {
        /// Whether it may use its license.
        Validate = "validate",
        /// To be activated; only a no is noted here, a yes stands in the ledger.
        Activate = "activate",
    }
}

/// A machine asked, and was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// When.
    pub at: Timestamp,
    /// About which license.
    pub license_id: LicenseId,
    /// Whose license it was; none in what was noted before this was kept.
    pub customer_id: Option<CustomerId>,
    /// Which machine.
    pub machine_code: MachineCode,
    /// The machine's activation, active or not, if it has one.
    pub activation_id: Option<ActivationId>,
    /// The access token it came with, if not with the license key or a person's session.
    pub access_token_id: Option<AccessTokenId>,
    /// What it asked for.
    pub asked: Asked,
    /// The code of why it may not; none if it may.
    pub refusal: Option<String>,
}

/// What an answer has to repeat, so that whoever asked knows that it is the answer to this question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nonce(String);

impl Nonce {
    /// Takes 1 to [`NONCE_CHARS_MAX`] printable ASCII characters.
    ///
    /// # Errors
    /// [`NonceRefusal`].
    pub fn parse(text: &str) -> Result<Self, NonceRefusal> {
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
        if printable && (1..=NONCE_CHARS_MAX).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NonceRefusal)
        }
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A nonce that cannot be repeated as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a nonce has 1 to {NONCE_CHARS_MAX} printable ASCII characters without spaces")]
pub struct NonceRefusal;

impl Refusal for NonceRefusal {
    fn code(&self) -> &'static str {
        "nonce_invalid"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }

    fn fix(&self) -> Option<String> {
        Some("Take 16 random bytes in hex.".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_printable_and_not_endless() {
        let longest = "x".repeat(NONCE_CHARS_MAX);
        for good in ["a", "0f3c", longest.as_str()] {
            assert_eq!(Nonce::parse(good).unwrap().to_string(), good);
        }
        let too_long = "x".repeat(NONCE_CHARS_MAX + 1);
        for bad in ["", "a b", "ä", "a\n", too_long.as_str()] {
            assert_eq!(Nonce::parse(bad), Err(NonceRefusal), "{bad:?}");
        }
    }
}
