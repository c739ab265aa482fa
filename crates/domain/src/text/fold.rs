//! The form of a text that searches compare.

use unicode_normalization::UnicodeNormalization;

/// Folds a text for case-insensitive search in any script: the same fold over what is stored and what is looked for
/// makes "STRASSE" find "Straße", "οδος" find "ΟΔΟΣ", and "istanbul" find "İstanbul".
///
/// It is NFKC (Unicode UAX #15; full-width and other compatibility forms become plain ones), then each character to
/// lower, upper and lower case with Unicode's full mappings (which takes ẞ, ß and SS to ss, as case folding does),
/// then NFKC again. It works character by character, unlike [`str::to_lowercase`], because a final sigma must match one in the middle.
/// A dot above is dropped after `i`, so that the Turkish İ finds i and is found by it. Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let cased = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for character in cased.nfkc() {
        if character != COMBINING_DOT_ABOVE || !folded.ends_with('i') {
            folded.push(character);
        }
    }
    folded
}

const COMBINING_DOT_ABOVE: char = '\u{307}';
