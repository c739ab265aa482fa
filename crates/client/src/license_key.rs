//! License keys as people type them, brought into the one spelling that the server answers with.
//!
//! Whether a key was issued, and whether its check symbols fit, is the server's to say.

/// Symbols in a license key, dashes not counted.
const SYMBOLS: usize = 25;
/// Symbols between two dashes.
const GROUP: usize = 5;

/// The canonical spelling, `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`; nothing if the text is no license key.
/// In any case, with any dashes and spaces, with `O` for `0` and `I` or `L` for `1`.
pub(crate) fn canonical(typed: &str) -> Option<String> {
    let mut key = String::with_capacity(SYMBOLS + SYMBOLS / GROUP);
    let mut symbols = 0;
    for character in typed.chars().filter(|character| !is_separator(*character)) {
        if symbols == SYMBOLS {
            return None;
        }
        if symbols > 0 && symbols % GROUP == 0 {
            key.push('-');
        }
        key.push(symbol(character)?);
        symbols += 1;
    }
    (symbols == SYMBOLS).then_some(key)
}

/// The last group: enough to tell one key from another, not enough to use it.
pub(crate) fn hint(canonical: &str) -> &str {
    canonical.rsplit('-').next().unwrap_or_default()
}

/// Spaces, and every dash that a word processor makes of one; also what mail programs leave unseen.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}')
        || matches!(
            character,
            '\u{2060}' | '\u{2212}' | '\u{fe63}' | '\u{feff}' | '\u{ff0d}'
        )
}

fn symbol(character: char) -> Option<char> {
    let half_width = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)?,
        other => other,
    };
    match half_width.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        'U' => None,
        letter => letter.is_ascii_alphanumeric().then_some(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ";

    #[test]
    fn a_key_is_read_however_it_is_typed() {
        for typed in [
            KEY,
            " 0a1b2 c3d4e 5f6g7 8h9j0 kmnpq\n",
            "OA1B2C3D4E5F6G78H9JOKMNPQ",
            "oaib2\u{2013}c3d4e\u{2014}5f6g7\u{ad}-8h9j0-kmnpq",
            "\u{ff10}A1B2-C3D4E-5F6G7-8H9J0-KMNP\u{ff31}",
        ] {
            assert_eq!(canonical(typed).as_deref(), Some(KEY), "{typed}");
        }
        assert_eq!(hint(KEY), "KMNPQ");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for typed in [
            "",
            "0A1B2-C3D4E-5F6G7-8H9J0-KMNP",
            "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ0",
            "UA1B2-C3D4E-5F6G7-8H9J0-KMNPQ",
            "0A1B2-C3D4E-5F6G7-8H9J0-KMNP\u{e4}",
            "0A1B2_C3D4E-5F6G7-8H9J0-KMNPQ",
        ] {
            assert_eq!(canonical(typed), None, "{typed}");
        }
    }
}
