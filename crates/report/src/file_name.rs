//! File names made from what people typed, safe on every system.
//!
//! Letters, digits and marks of any script stay; everything else becomes a dash. So no name holds a path, begins with
//! a dot or a dash, is one of Windows' devices, or is longer than file systems allow.

use std::collections::{HashMap, HashSet};
use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes in a file name, its extension included. File systems allow 255.
pub const FILE_NAME_BYTES_MAX: usize = 150;
/// Bytes of what comes before the extension and before the number that makes it unique.
const STEM_BYTES_MAX: usize = 128;
/// Characters of an extension, which are ASCII.
const EXTENSION_CHARS_MAX: usize = 10;
/// What a name is made of when nothing of it can stay.
const NAMELESS: &str = "file";

/// A name for a file, without any path in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileName {
    stem: String,
    extension: String,
}

impl FileName {
    /// A name from parts like customer and product: "Nordwind GmbH" and "Studio Pro" become `Nordwind-GmbH_Studio-Pro`.
    /// Long parts are shortened, each to its share.
    #[must_use]
    pub fn new(parts: &[&str], extension: &str) -> Self {
        let share = (STEM_BYTES_MAX + 1) / parts.len().max(1);
        let slugs = parts.iter().map(|part| slug(part, share.saturating_sub(1)));
        let mut stem = slugs
            .filter(|slug| !slug.is_empty())
            .collect::<Vec<_>>()
            .join("_");
        if stem.is_empty() {
            stem.push_str(NAMELESS);
        }
        if is_device(&stem) {
            stem.push_str("_file");
        }
        let extension = extension
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(EXTENSION_CHARS_MAX);
        Self {
            stem,
            extension: extension.collect::<String>().to_ascii_lowercase(),
        }
    }

    /// A safe name from one that was stored or came from elsewhere. A name made here stays as it is.
    #[must_use]
    pub fn from_text(name: &str) -> Self {
        match name.rsplit_once('.') {
            Some((stem, extension)) => Self::new(&[stem], extension),
            None => Self::new(&[name], ""),
        }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stem)?;
        if self.extension.is_empty() {
            Ok(())
        } else {
            write!(f, ".{}", self.extension)
        }
    }
}

/// The names in one folder, told apart also where case does not count.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    taken: HashSet<String>,
    numbers: HashMap<String, usize>,
}

impl FileNames {
    /// This name, or with `-2`, `-3` and so on before its extension if it is taken.
    pub(crate) fn unique(&mut self, name: &FileName) -> String {
        let mut candidate = name.to_string();
        let number = self.numbers.entry(candidate.to_lowercase()).or_insert(1);
        while !self.taken.insert(candidate.to_lowercase()) {
            *number += 1;
            let FileName { stem, extension } = name;
            candidate = FileName {
                stem: format!("{stem}-{number}"),
                extension: extension.clone(),
            }
            .to_string();
        }
        candidate
    }

    pub(crate) fn len(&self) -> usize {
        self.taken.len()
    }
}

/// Letters, digits, marks and underscores of a text in NFKC (Unicode UAX #15), dashes between them.
fn slug(text: &str, bytes_max: usize) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for character in text.nfkc() {
        let stays = character.is_alphanumeric()
            || character == '_'
            || (is_combining_mark(character) && !slug.is_empty() && !gap);
        if !stays {
            gap = !slug.is_empty();
            continue;
        }
        let dash = usize::from(gap);
        if slug.len() + dash + character.len_utf8() > bytes_max {
            break;
        }
        if gap {
            slug.push('-');
        }
        gap = false;
        slug.push(character);
    }
    slug.trim_matches(['_', '-']).to_owned()
}

/// Names that Windows keeps for devices, whatever their extension (Microsoft, "Naming Files, Paths, and Namespaces").
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
    };
    matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN" | "CONOUT"
    ) || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(parts: &[&str]) -> String {
        FileName::new(parts, "lkl").to_string()
    }

    #[test]
    fn a_name_keeps_letters_and_digits_of_any_script() {
        assert_eq!(
            name(&["Nordwind GmbH & Co. KG", "Studio Pro 2.0"]),
            "Nordwind-GmbH-Co-KG_Studio-Pro-2-0.lkl"
        );
        assert_eq!(
            name(&["株式会社 日本", "Ｓｔｕｄｉｏ"]),
            "株式会社-日本_Studio.lkl"
        );
        assert_eq!(name(&["हिन्दी"]), "हिन्दी.lkl");
        assert_eq!(name(&["Re\u{301}sumé"]), "Résumé.lkl");
    }

    #[test]
    fn a_name_holds_no_path_and_nothing_hidden() {
        for (text, safe) in [
            ("../../etc/passwd", "etc-passwd.lkl"),
            ("..\\..\\windows\\win.ini", "windows-win-ini.lkl"),
            ("C:\\x", "C-x.lkl"),
            (".hidden", "hidden.lkl"),
            ("-rf", "rf.lkl"),
            ("a／b∕c", "a-b-c.lkl"),
            ("a\u{202e}b\0c\n", "a-b-c.lkl"),
            ("~", "file.lkl"),
            ("", "file.lkl"),
            ("con", "con_file.lkl"),
            ("COM¹", "COM1_file.lkl"),
            ("console", "console.lkl"),
        ] {
            assert_eq!(name(&[text]), safe);
        }
        assert_eq!(FileName::new(&["a"], "../sh").to_string(), "a.sh");
        assert_eq!(FileName::new(&["a"], "").to_string(), "a");
        assert_eq!(FileName::new(&[], "lkl").to_string(), "file.lkl");
    }

    #[test]
    fn a_long_name_is_shortened_between_characters_each_part_to_its_share() {
        assert_eq!(name(&[&"x".repeat(128)]).len(), 128 + 4);
        assert_eq!(name(&[&"x".repeat(129)]).len(), 128 + 4);
        let long = name(&[&"日".repeat(200), &"y".repeat(200)]);
        assert_eq!(long, format!("{}_{}.lkl", "日".repeat(21), "y".repeat(63)));
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_also_where_only_case_differs() {
        let mut names = FileNames::default();
        let mut unique = |text| names.unique(&FileName::new(&[text], "lkl"));
        assert_eq!(unique("Nordwind"), "Nordwind.lkl");
        assert_eq!(unique("NORDWIND"), "NORDWIND-2.lkl");
        assert_eq!(unique("nordwind 2"), "nordwind-2-2.lkl");
        assert_eq!(unique("Nordwind"), "Nordwind-3.lkl");
    }

    #[test]
    fn a_hundred_thousand_equal_names_are_told_apart_in_no_time() {
        let mut names = FileNames::default();
        let name = FileName::new(&["Nordwind"], "lkl");
        let longest = (0..100_000).map(|_| names.unique(&name).len()).max();
        assert_eq!(
            (names.len(), longest),
            (100_000, Some("Nordwind-100000.lkl".len()))
        );
    }

    proptest! {
        #[test]
        fn any_name_is_safe_bounded_and_stays_as_it_is(
            parts in prop::collection::vec(any::<String>(), 0..5), extension in any::<String>(),
        ) {
            let parts: Vec<_> = parts.iter().map(String::as_str).collect();
            let name = FileName::new(&parts, &extension);
            let text = name.to_string();
            prop_assert!(!text.is_empty() && text.len() <= FILE_NAME_BYTES_MAX - 7);
            prop_assert!(!text.starts_with(['.', '-']) && !text.ends_with(['.', ' ']));
            prop_assert!(!text.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) && !text.contains(char::is_control));
            prop_assert_eq!(FileName::from_text(&text).to_string(), text);
        }
    }
}
