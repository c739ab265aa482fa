//! License keys: the string a person types.
//!
//! A key is 25 symbols of Crockford's base32 in five groups, `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`: 23 random symbols
//! (115 bits) and two check symbols. The check tells a typing error from a key that nobody issued, without a look-up;
//! it proves nothing about who made the key. This module knows neither licenses nor where keys are stored.

pub(crate) mod checksum;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::random::Random;
use crate::refusal::{Refusal, RefusalKind};

/// Symbols in a license key, check symbols included and dashes not.
pub const LICENSE_KEY_SYMBOLS: usize = 25;
/// Symbols between two dashes.
pub const LICENSE_KEY_GROUP_SYMBOLS: usize = 5;
/// Characters of a license key as it is written, with its dashes.
pub const LICENSE_KEY_CHARS: usize = 29;

pub(crate) const RANDOM_SYMBOLS: usize = LICENSE_KEY_SYMBOLS - checksum::CHECK_SYMBOLS;

/// Added to the check, so that a key of nothing but zeros is refused.
const OFFSET: [u8; checksum::CHECK_SYMBOLS] = [0x0b, 0x16];

/// Crockford's alphabet: digits and letters without I, L, O and U (<https://www.crockford.com/base32.html>).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A license key in its one canonical spelling: upper case, with dashes, and with a check that fits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct LicenseKey(String);

impl LicenseKey {
    /// A new key: 115 random bits and their check symbols.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let mut symbols = [0_u8; RANDOM_SYMBOLS];
        random.fill(&mut symbols);
        // 32 divides 256, so that the lower five bits of a random byte are as random as the byte.
        for symbol in &mut symbols {
            *symbol &= 0x1f;
        }
        let check = checksum::check_symbols(&symbols, OFFSET);
        Self(written(symbols.iter().chain(&check)))
    }

    /// Reads a key as people type it: in any case, with any dashes and spaces, also with `O` for `0` and with `I` or
    /// `L` for `1`, as Crockford's base32 wants it.
    ///
    /// # Errors
    /// When a character cannot stand in a key, when there are too few or too many, or when the check does not fit.
    pub fn parse(typed: &str) -> Result<Self, LicenseKeyError> {
        let symbols = symbols(typed)?;
        if symbols.len() != LICENSE_KEY_SYMBOLS {
            return Err(LicenseKeyError::Length {
                found: symbols.len(),
            });
        }
        let (random, check) = symbols.split_at(RANDOM_SYMBOLS);
        if checksum::check_symbols(random, OFFSET) != check {
            return Err(LicenseKeyError::Mistyped);
        }
        Ok(Self(written(&symbols)))
    }

    /// The canonical spelling of the beginning of a key, for finding keys that start with it.
    ///
    /// # Errors
    /// When a character cannot stand in a key, or when there are more than in a whole key.
    pub fn canonical_prefix(typed: &str) -> Result<String, LicenseKeyError> {
        let symbols = symbols(typed)?;
        if symbols.len() > LICENSE_KEY_SYMBOLS {
            return Err(LicenseKeyError::Length {
                found: symbols.len(),
            });
        }
        Ok(written(&symbols))
    }

    /// The key in its canonical spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last group: enough to tell keys apart in a log or on a screen, not enough to use one.
    #[must_use]
    pub fn hint(&self) -> &str {
        self.0
            .get(LICENSE_KEY_CHARS - LICENSE_KEY_GROUP_SYMBOLS..)
            .unwrap_or_default()
    }
}

impl fmt::Display for LicenseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows the last group only, so that a key never slips into a log whole.
impl fmt::Debug for LicenseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LicenseKey(…-{})", self.hint())
    }
}

impl std::str::FromStr for LicenseKey {
    type Err = LicenseKeyError;

    fn from_str(typed: &str) -> Result<Self, LicenseKeyError> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for LicenseKey {
    type Error = LicenseKeyError;

    fn try_from(typed: String) -> Result<Self, LicenseKeyError> {
        Self::parse(&typed)
    }
}

/// Why a text is no license key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LicenseKeyError {
    /// Too few or too many symbols.
    #[error(
        "a license key has {LICENSE_KEY_SYMBOLS} letters and digits in five groups of five, this one has {found}"
    )]
    Length {
        /// How many there were, dashes and spaces not counted.
        found: usize,
    },
    /// A character that stands in no license key.
    #[error("the {} typed, “{}”, stands in no license key", ordinal(*.position), .character.escape_debug())]
    Character {
        /// The character.
        character: char,
        /// Which character it is, counted from 1 without dashes and spaces.
        position: usize,
    },
    /// The check symbols do not fit the rest.
    #[error(
        "this license key has a typing error: at least one of its letters or digits is not what was issued"
    )]
    Mistyped,
}

impl Refusal for LicenseKeyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "license_key_length",
            Self::Character { .. } => "license_key_character",
            Self::Mistyped => "license_key_mistyped",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::Length { .. } => "Copy the whole key, from its first group to its fifth.",
            Self::Character { .. } => {
                "Use digits and the letters A to Z without U, and compare with the key as issued."
            }
            Self::Mistyped => {
                "Compare the key group by group with the one that was issued, or copy and paste it."
            }
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        Some("/license_key")
    }
}

/// The symbols of what was typed, as numbers below 32. Stops at the first that is not one, and soon after too many.
pub(crate) fn symbols(typed: &str) -> Result<Vec<u8>, LicenseKeyError> {
    let mut symbols = Vec::with_capacity(LICENSE_KEY_SYMBOLS);
    for character in typed.chars().filter(|character| !is_separator(*character)) {
        let position = symbols.len() + 1;
        symbols.push(symbol(character).ok_or(LicenseKeyError::Character {
            character,
            position,
        })?);
    }
    Ok(symbols)
}

/// Spaces, and every dash that a word processor makes of one; also what mail programs leave behind unseen.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2060}')
        || matches!(character, '\u{2212}' | '\u{fe63}' | '\u{feff}' | '\u{ff0d}')
}

fn symbol(character: char) -> Option<u8> {
    let letter = match half_width(character).to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET
        .iter()
        .position(|symbol| char::from(*symbol) == letter)?;
    u8::try_from(at).ok()
}

/// The ASCII form of a full-width letter or digit, which East Asian keyboards produce.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

/// Symbols as a person reads them: in groups, with dashes.
pub(crate) fn written<'a>(symbols: impl IntoIterator<Item = &'a u8>) -> String {
    let mut key = String::with_capacity(LICENSE_KEY_CHARS);
    for (at, symbol) in symbols.into_iter().enumerate() {
        if at > 0 && at % LICENSE_KEY_GROUP_SYMBOLS == 0 {
            key.push('-');
        }
        key.extend(ALPHABET.get(usize::from(*symbol)).copied().map(char::from));
    }
    key
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} character")
}
