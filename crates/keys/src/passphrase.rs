//! A passphrase: what a person types to open the sealed file.

use zeroize::Zeroizing;

use crate::error::KeyError;

/// The fewest characters of a new passphrase.
pub const MIN_PASSPHRASE_CHARS: usize = 8;

/// The most bytes of any passphrase.
pub const MAX_PASSPHRASE_BYTES: usize = 1024;

/// A passphrase of bounded length. Erased from memory when dropped.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed, or read from a file: one line end at its end does not count.
    ///
    /// # Errors
    /// When it is too long.
    pub fn new(typed: &str) -> Result<Self, KeyError> {
        let text = typed.strip_suffix('\n').unwrap_or(typed);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.len() > MAX_PASSPHRASE_BYTES {
            return Err(KeyError::PassphraseTooLong {
                max_bytes: MAX_PASSPHRASE_BYTES,
            });
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// Refuses what is too short to protect a new file.
    pub(crate) fn check_new(&self) -> Result<(), KeyError> {
        if self.0.chars().count() < MIN_PASSPHRASE_CHARS {
            return Err(KeyError::PassphraseTooShort {
                min_chars: MIN_PASSPHRASE_CHARS,
            });
        }
        Ok(())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Passphrase(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_of_a_file_does_not_count() {
        assert_eq!(
            Passphrase::new("open sesame\r\n").unwrap().bytes(),
            b"open sesame"
        );
        assert_eq!(
            Passphrase::new("open sesame\n\n").unwrap().bytes(),
            b"open sesame\n"
        );
    }

    #[test]
    fn length_is_taken_at_the_limit_and_refused_one_past_it() {
        assert!(Passphrase::new(&"x".repeat(MAX_PASSPHRASE_BYTES)).is_ok());
        assert!(Passphrase::new(&"x".repeat(MAX_PASSPHRASE_BYTES + 1)).is_err());
        assert!(Passphrase::new("äöüäöüäö").unwrap().check_new().is_ok());
        assert!(Passphrase::new("äöüäöüä").unwrap().check_new().is_err());
    }
}
