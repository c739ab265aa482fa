//! Why a typed text is refused, and what would help.

use thiserror::Error;

use super::CODE_CHARS_MAX;
use crate::refusal::{Refusal, RefusalKind};

/// Why a typed text is refused. `what` is what messages call the field: "friendly name".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing that can be seen.
    #[error("the {what} is empty")]
    Empty {
        /// The field.
        what: &'static str,
    },
    /// More characters than there may be.
    #[error("the {what} has {} characters, at most {max} are allowed", grouped(*.chars))]
    TooLong {
        /// The field.
        what: &'static str,
        /// Characters that there are.
        chars: usize,
        /// Characters that there may be.
        max: usize,
    },
    /// A character that cannot be seen, and changes how others are shown.
    #[error("character {position} of the {what} is invisible (U+{:04X})", u32::from(*.character))]
    Invisible {
        /// The field.
        what: &'static str,
        /// Which character it is, counted from 1.
        position: usize,
        /// The character.
        character: char,
    },
    /// A character that cannot stand in a code.
    #[error("character {position} of the {what}, “{}”, is not allowed there", .character.escape_debug())]
    CodeCharacter {
        /// The field.
        what: &'static str,
        /// Which character it is, counted from 1.
        position: usize,
        /// The character.
        character: char,
        /// A code made from what was typed.
        suggestion: Option<String>,
    },
    /// No e-mail address.
    #[error("this is not an e-mail address: {problem}")]
    Email {
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl Refusal for TextError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "text_empty",
            Self::TooLong { .. } => "text_too_long",
            Self::Invisible { .. } => "text_invisible_character",
            Self::CodeCharacter { .. } => "code_character",
            Self::Email { .. } => "email_address_malformed",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Empty { what } => format!("Enter a {what}."),
            Self::TooLong { what, max, .. } => format!("Shorten the {what} to {max} characters."),
            Self::Invisible { what, .. } => {
                format!("Type the {what} anew instead of pasting it, on one line.")
            }
            Self::CodeCharacter { suggestion, .. } => {
                let rule = format!(
                    "Use up to {CODE_CHARS_MAX} of a to z, 0 to 9, dot, dash and underscore, a letter or digit first"
                );
                match suggestion {
                    Some(suggestion) => format!("{rule}: for example “{suggestion}”."),
                    None => format!("{rule}."),
                }
            }
            Self::Email { .. } => "Enter one address, like name@example.com.".into(),
        })
    }
}

/// A number with a comma between thousands, as sentences write it.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}
