//! Letters that wait to be carried.

use latchkey_domain::Timestamp;

/// A letter, ready to go.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The receiver's e-mail address.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What lets somebody in stands in the text.
        f.write_str("Letter(…)")
    }
}

/// A letter that somebody is about to carry, and nobody else until [`LetterTaken::until`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTaken {
    /// Its place among the letters.
    pub seq: i64,
    /// The letter.
    pub letter: Letter,
    /// When it was written.
    pub written_at: Timestamp,
    /// How often it could not be carried so far.
    pub failures: u32,
    /// Until when it is held.
    pub until: Timestamp,
}
