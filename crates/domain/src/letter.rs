//! What letters say: the texts that the program has, and those that a vendor has put in their place.
//!
//! A text has places, written `{name}`, that are filled in when a letter is written. What is filled in is never read as a
//! text with places again, so nobody's name can bring another place in.

mod standard;

use serde::{Deserialize, Serialize};

use crate::entity::closed_enum;
use crate::limits::{LETTER_BODY_CHARS_MAX, LETTER_SUBJECT_CHARS_MAX};
use crate::refusal::Refusal;

closed_enum! {
    /// The languages that letters are written in.
    Language {
        /// English.
        English = "en",
        /// German.
        German = "de",
    }
}

closed_enum! {
    /// What a letter is about.
    LetterKind {
        /// Somebody is invited.
        Invitation = "invitation",
        /// Somebody has lost their password.
        PasswordReset = "password_reset",
        /// Somebody asks for an approval.
        ApprovalAsked = "approval_asked",
        /// Licenses are about to end.
        Expiring = "expiring",
        /// Idle seats will be freed.
        IdleSeats = "idle_seats",
    }
}

closed_enum! {
    /// A place in a letter's text.
    Place {
        /// The name of whoever it is for.
        Name = "name",
        /// The e-mail address of whoever it is for.
        Email = "email",
        /// The vendor's name.
        Vendor = "vendor",
        /// Where the letter leads.
        Link = "link",
        /// Until when that is of use.
        Until = "until",
        /// Who asks.
        Asker = "asker",
        /// What they ask for.
        Act = "act",
        /// The licenses, a line each.
        Licenses = "licenses",
        /// The seats, a line each.
        Seats = "seats",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the enum is written by a macro, which derives for all of them alike"
)]
impl Default for Language {
    fn default() -> Self {
        Self::English
    }
}

impl LetterKind {
    /// The places that its text may have.
    #[must_use]
    pub fn places(self) -> &'static [Place] {
        match self {
            Self::Invitation | Self::PasswordReset => &[
                Place::Name,
                Place::Email,
                Place::Vendor,
                Place::Link,
                Place::Until,
            ],
            Self::ApprovalAsked => &[
                Place::Name,
                Place::Vendor,
                Place::Asker,
                Place::Act,
                Place::Link,
                Place::Until,
            ],
            Self::Expiring => &[Place::Vendor, Place::Licenses, Place::Link],
            Self::IdleSeats => &[Place::Vendor, Place::Seats, Place::Link],
        }
    }

    /// The place that its text must have, since the letter is of no use without.
    #[must_use]
    pub fn needed(self) -> Place {
        match self {
            Self::Invitation | Self::PasswordReset | Self::ApprovalAsked => Place::Link,
            Self::Expiring => Place::Licenses,
            Self::IdleSeats => Place::Seats,
        }
    }
}

/// What a letter of a kind says in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterText {
    /// What it is about.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// Its subject, one line with places.
    pub subject: String,
    /// Its text, plain, with places.
    pub body: String,
}

impl LetterText {
    /// A text that was written for letters of this kind. Line ends become those of Unix; spaces around it go.
    ///
    /// # Errors
    /// [`LetterRefusal`] for a text that is too long, empty, or has other places than the kind knows.
    pub fn new(
        kind: LetterKind,
        language: Language,
        subject: &str,
        body: &str,
    ) -> Result<Self, LetterRefusal> {
        let subject = subject.trim().to_owned();
        let body = format!("{}\n", body.replace("\r\n", "\n").trim());
        if subject.is_empty() || subject.chars().count() > LETTER_SUBJECT_CHARS_MAX {
            return Err(LetterRefusal::Subject);
        }
        if subject.chars().any(char::is_control) {
            return Err(LetterRefusal::Subject);
        }
        let unshown = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
        if body.chars().count() > LETTER_BODY_CHARS_MAX || body.chars().any(unshown) {
            return Err(LetterRefusal::Body);
        }
        for (at, text) in [("/subject", &subject), ("/body", &body)] {
            for word in pieces(text).filter_map(Piece::place) {
                let known = Place::parse(word).is_some_and(|place| kind.places().contains(&place));
                if !known {
                    return Err(LetterRefusal::UnknownPlace {
                        word: word.to_owned(),
                        kind,
                        at,
                    });
                }
            }
        }
        let needed = kind.needed();
        if !pieces(&body).any(|piece| piece.place() == Some(needed.as_str())) {
            return Err(LetterRefusal::MissingPlace(needed));
        }
        Ok(Self {
            kind,
            language,
            subject,
            body,
        })
    }

    /// The program's own text.
    #[must_use]
    pub fn standard(kind: LetterKind, language: Language) -> Self {
        let (subject, body) = standard::text(kind, language);
        Self {
            kind,
            language,
            subject: subject.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Subject and text with their places filled in; one that has no value stays empty.
    #[must_use]
    pub fn fill(&self, values: &[(Place, &str)]) -> (String, String) {
        let filled = |text: &str| -> String {
            pieces(text)
                .map(|piece| match piece {
                    Piece::Words(words) => words,
                    Piece::Place(word) => values
                        .iter()
                        .find(|(place, _)| place.as_str() == word)
                        .map_or("", |(_, value)| *value),
                })
                .collect()
        };
        let line = |letter: char| if letter.is_control() { ' ' } else { letter };
        let subject = filled(&self.subject).chars().map(line).collect();
        (subject, filled(&self.body))
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// What stands there as it is.
    Words(&'a str),
    /// The word of a place.
    Place(&'a str),
}

impl<'a> Piece<'a> {
    fn place(self) -> Option<&'a str> {
        match self {
            Self::Place(word) => Some(word),
            Self::Words(_) => None,
        }
    }
}

/// The pieces of a text. A brace that opens no place is a brace.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((word, after)) = place_at_start(rest) {
            rest = after;
            return Some(Piece::Place(word));
        }
        // Where the next place begins, after the first letter of this piece.
        let next = rest
            .char_indices()
            .skip(1)
            .find(|(at, letter)| {
                *letter == '{'
                    && rest
                        .get(*at..)
                        .is_some_and(|it| place_at_start(it).is_some())
            })
            .map_or(rest.len(), |(at, _)| at);
        let (words, after) = rest.split_at_checked(next)?;
        rest = after;
        Some(Piece::Words(words))
    })
}

/// The word of the place that a text begins with, and what follows.
fn place_at_start(text: &str) -> Option<(&str, &str)> {
    let (word, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_word = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    (!word.is_empty() && word.chars().all(is_word)).then_some((word, after))
}

/// Why a text is none for letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterRefusal {
    /// The subject.
    #[error("a subject is one line of 1 to {LETTER_SUBJECT_CHARS_MAX} characters")]
    Subject,
    /// The text.
    #[error(
        "a letter’s text has at most {LETTER_BODY_CHARS_MAX} characters, all of which can be shown"
    )]
    Body,
    /// A place that nothing is filled into.
    #[error("nothing is filled in at {{{word}}}")]
    UnknownPlace {
        /// Its word.
        word: String,
        /// What the letter is about.
        kind: LetterKind,
        /// Where it stands.
        at: &'static str,
    },
    /// The place that makes the letter of use is missing.
    #[error("the text does not say {{{}}}, without which the letter is of no use", .0.as_str())]
    MissingPlace(Place),
}

impl Refusal for LetterRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Subject => "letter_subject",
            Self::Body => "letter_body",
            Self::UnknownPlace { .. } => "letter_place_unknown",
            Self::MissingPlace(_) => "letter_place_missing",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Subject | Self::Body => Some("Make it shorter, or write it anew.".into()),
            Self::UnknownPlace { kind, .. } => {
                let places = kind.places().iter();
                let words: Vec<String> = places
                    .map(|place| format!("{{{}}}", place.as_str()))
                    .collect();
                Some(format!("Use one of {}.", words.join(", ")))
            }
            Self::MissingPlace(place) => Some(format!(
                "Write {{{}}} where it is to stand.",
                place.as_str()
            )),
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Subject => Some("/subject"),
            Self::UnknownPlace { at, .. } => Some(at),
            Self::Body | Self::MissingPlace(_) => Some("/body"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation(subject: &str, body: &str) -> Result<LetterText, LetterRefusal> {
        LetterText::new(LetterKind::Invitation, Language::English, subject, body)
    }

    #[test]
    fn the_programs_own_texts_keep_the_rules() {
        for kind in LetterKind::ALL {
            for language in Language::ALL {
                let own = LetterText::standard(*kind, *language);
                let again = LetterText::new(*kind, *language, &own.subject, &own.body);
                assert_eq!(again, Ok(own));
            }
        }
    }

    #[test]
    fn places_are_filled_once_and_braces_stay() {
        let text = invitation("Hello {name}", "{link} {not a place} {\r\n{name}{email}").unwrap();
        let values = [
            (Place::Name, "Ada {link}\nBcc: x"),
            (Place::Link, "https://x"),
        ];
        let (subject, body) = text.fill(&values);
        assert_eq!(
            subject, "Hello Ada {link} Bcc: x",
            "one line, and not filled again"
        );
        assert_eq!(body, "https://x {not a place} {\nAda {link}\nBcc: x\n");
    }

    #[test]
    fn other_places_and_missing_ones_are_refused_where_they_stand() {
        let unknown = invitation("{licenses}", "{link}").unwrap_err();
        assert_eq!(unknown.code(), "letter_place_unknown");
        assert_eq!(unknown.pointer(), Some("/subject"));
        assert_eq!(
            unknown.fix().unwrap(),
            "Use one of {name}, {email}, {vendor}, {link}, {until}."
        );
        let missing = invitation("{link}", "Hello").unwrap_err();
        assert_eq!(missing, LetterRefusal::MissingPlace(Place::Link));
    }

    #[test]
    fn lengths_hold_at_their_value_and_one_past_it() {
        let longest = "ä".repeat(LETTER_SUBJECT_CHARS_MAX);
        assert!(invitation(&longest, "{link}").is_ok());
        let refused = invitation(&format!("{longest}ä"), "{link}");
        assert_eq!(refused, Err(LetterRefusal::Subject));
        assert_eq!(invitation("a\nb", "{link}"), Err(LetterRefusal::Subject));
        assert_eq!(invitation(" ", "{link}"), Err(LetterRefusal::Subject));
        // The line's end counts.
        let body = format!("{{link}}{}", "x".repeat(LETTER_BODY_CHARS_MAX - 7));
        assert!(invitation("a", &body).is_ok());
        let refused = invitation("a", &format!("{body}x"));
        assert_eq!(refused, Err(LetterRefusal::Body));
        assert_eq!(invitation("a", "{link}\u{7}"), Err(LetterRefusal::Body));
    }
}
