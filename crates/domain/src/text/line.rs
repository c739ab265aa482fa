//! The checks that texts share: one line, trimmed, in NFC, nothing invisible, bounded.

use unicode_normalization::UnicodeNormalization;

use super::{CODE_CHARS_MAX, TextError};

/// NFC joins at most this many characters into one (U+1F82 and its like), so that a text with more characters than
/// this many times its limit is too long however it is normalised.
const NFC_JOINS_MAX: usize = 4;

/// One line of text, at most `chars_max` characters of it.
pub(super) fn line(what: &'static str, typed: &str, chars_max: usize) -> Result<String, TextError> {
    let trimmed =
        typed.trim_matches(|character: char| character.is_whitespace() || is_blank(character));
    let too_long = |chars| TextError::TooLong {
        what,
        chars,
        max: chars_max,
    };
    let typed_chars = trimmed.chars().count();
    if typed_chars > chars_max * NFC_JOINS_MAX {
        return Err(too_long(typed_chars));
    }
    if let Some((at, character)) = trimmed
        .chars()
        .enumerate()
        .find(|(_, character)| is_treacherous(*character))
    {
        return Err(TextError::Invisible {
            what,
            position: at + 1,
            character,
        });
    }
    let text = if trimmed.is_ascii() {
        trimmed.to_owned()
    } else {
        trimmed.nfc().collect::<String>()
    };
    let chars = text.chars().count();
    if chars > chars_max {
        return Err(too_long(chars));
    }
    if text.is_empty() {
        return Err(TextError::Empty { what });
    }
    Ok(text)
}

/// The code of a product or feature: `[a-z0-9][a-z0-9._-]*`.
pub(super) fn code(what: &'static str, typed: &str) -> Result<String, TextError> {
    let code = line(what, typed, CODE_CHARS_MAX)?;
    let wrong = code
        .chars()
        .enumerate()
        .find(|(at, character)| !match character {
            'a'..='z' | '0'..='9' => true,
            '.' | '_' | '-' => *at > 0,
            _ => false,
        });
    match wrong {
        None => Ok(code),
        Some((at, character)) => Err(TextError::CodeCharacter {
            what,
            position: at + 1,
            character,
            suggestion: suggestion(&code),
        }),
    }
}

/// What a person probably means by "Studio Pro": "studio-pro".
fn suggestion(code: &str) -> Option<String> {
    let kept = |character: char| {
        if character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-') {
            character
        } else {
            '-'
        }
    };
    let lower = code
        .to_ascii_lowercase()
        .chars()
        .map(kept)
        .collect::<String>();
    let suggestion = lower
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let suggestion = suggestion.trim_start_matches(['.', '_', '-']);
    (!suggestion.is_empty()).then(|| suggestion.to_owned())
}

/// Characters without width that pasting leaves at the ends of a text. Joiners (U+200C, U+200D) and direction marks
/// (U+200E, U+200F) have a meaning inside words of several scripts and stay there.
fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{3164}' | '\u{2800}'
    )
}

/// Control characters, line breaks, and the overrides of writing direction that make a text look like another one
/// (CVE-2021-42574; Unicode UTR #36).
fn is_treacherous(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
