//! Texts that people type, parsed once at the edge: who holds a [`FriendlyName`] holds a valid one.
//!
//! Every text is trimmed and normalised to NFC (Unicode UAX #15), so that the same name typed on two systems is the
//! same name; lengths count Unicode characters after that. Control characters and the marks that turn the direction
//! of writing around are refused: in a list or a file they would show something else than they are. [`fold`] makes
//! the form that searches compare.

mod email;
mod error;
mod fold;
mod line;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use error::TextError;
pub(crate) use error::grouped;
pub use fold::fold;

/// Characters in a friendly name.
pub const FRIENDLY_NAME_CHARS_MAX: usize = 120;
/// Characters in a machine code.
pub const MACHINE_CODE_CHARS_MAX: usize = 128;
/// Characters in the name of a product, feature, policy or customer.
pub const NAME_CHARS_MAX: usize = 200;
/// Characters in the code of a product or feature.
pub const CODE_CHARS_MAX: usize = 64;
/// Bytes in an e-mail address (RFC 5321 §4.5.3.1.3, without the angle brackets).
pub const EMAIL_ADDRESS_BYTES_MAX: usize = 254;
/// Characters in a reference.
pub const REFERENCE_CHARS_MAX: usize = 100;

macro_rules! text_type {
    ($(#[$attribute:meta])* $name:ident, $what:literal, $check:expr) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// What messages call it.
            pub const WHAT: &'static str = $what;

            /// Trims, normalises and checks what was typed.
            ///
            /// # Errors
            /// [`TextError`] says what is wrong with it and what would help.
            pub fn parse(typed: &str) -> Result<Self, TextError> {
                let check: fn(&'static str, &str) -> Result<String, TextError> = $check;
                check(Self::WHAT, typed).map(Self)
            }

            /// The same where it may be left out: nothing but spaces is `None`.
            ///
            /// # Errors
            /// As [`Self::parse`].
            pub fn parse_optional(typed: &str) -> Result<Option<Self>, TextError> {
                match Self::parse(typed) {
                    Ok(text) => Ok(Some(text)),
                    Err(TextError::Empty { .. }) => Ok(None),
                    Err(error) => Err(error),
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;

            fn try_from(typed: String) -> Result<Self, TextError> {
                Self::parse(&typed)
            }
        }

        impl std::str::FromStr for $name {
            type Err = TextError;

            fn from_str(typed: &str) -> Result<Self, TextError> {
                Self::parse(typed)
            }
        }
    };
}

text_type!(
    /// What people call a machine, in any script.
    #[derive(Debug)]
    FriendlyName, "friendly name", |what, typed| line::line(what, typed, FRIENDLY_NAME_CHARS_MAX)
);
text_type!(
    /// What an app reports to tell one device from another: a serial number, a UUID, a hash. Its case matters.
    #[derive(Debug)]
    MachineCode, "machine code", |what, typed| line::line(what, typed, MACHINE_CODE_CHARS_MAX)
);
text_type!(
    /// The name of a product, feature, policy or customer, in any script.
    #[derive(Debug)]
    Name, "name", |what, typed| line::line(what, typed, NAME_CHARS_MAX)
);
text_type!(
    /// What apps and scripts call a product or feature: `[a-z0-9][a-z0-9._-]*`.
    #[derive(Debug)]
    Code, "code", line::code
);
text_type!(
    /// An e-mail address that mail could be sent to. Its domain is in lower case.
    EmailAddress, "e-mail address", email::address
);
text_type!(
    /// The vendor's own number for something: a customer number, an order number.
    #[derive(Debug)]
    Reference, "reference", |what, typed| line::line(what, typed, REFERENCE_CHARS_MAX)
);

impl EmailAddress {
    /// As it is compared: nobody means another person by another case.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Shows the domain only: addresses of people do not belong in logs.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = self.0.rsplit_once('@').map_or("", |(_, domain)| domain);
        write!(f, "EmailAddress(…@{domain})")
    }
}
