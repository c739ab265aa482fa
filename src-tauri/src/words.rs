//! What the program itself says, in the person's language: the menu, and the pages before the
//! store is open. The words stand with the UI's own, in `ui/messages`, most of them in
//! `window.json`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| {
    Words::read(&[
        include_str!("../../ui/messages/en/common.json"),
        include_str!("../../ui/messages/en/license_file.json"),
        include_str!("../../ui/messages/en/window.json"),
    ])
});
static GERMAN: LazyLock<Words> = LazyLock::new(|| {
    Words::read(&[
        include_str!("../../ui/messages/de/common.json"),
        include_str!("../../ui/messages/de/license_file.json"),
        include_str!("../../ui/messages/de/window.json"),
    ])
});

impl Language {
    /// Of a locale's name, such as `de_AT.UTF-8`.
    pub(crate) fn of_locale(locale: &str) -> Self {
        if locale.starts_with("de") {
            Self::German
        } else {
            Self::English
        }
    }

    /// Its name in a page.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its words.
    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

/// Words by their keys.
pub(crate) struct Words(HashMap<String, String>);

impl Words {
    /// Messages that are more than a text, as plurals are, are left out. A test finds a file that
    /// cannot be read.
    fn read(files: &[&str]) -> Self {
        let messages = files
            .iter()
            .filter_map(|text| serde_json::from_str::<HashMap<String, Value>>(text).ok())
            .flatten();
        let texts = messages.filter_map(|(key, value)| match value {
            Value::String(text) => Some((key, text)),
            _ => None,
        });
        Self(texts.collect())
    }

    /// The words of a key.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The words of a key, if there are any.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The words of a key, with values in the places that have their names.
    pub(crate) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.get(key).to_owned();
        values.iter().fold(text, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }
}

/// A sentence with a capital at its beginning and a stop at its end.
pub(crate) fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first: String = chars
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    let end = if sentence.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys as they stand in a source, after `opening`.
    fn keys(source: &str, opening: &str) -> Vec<String> {
        let parts = source.split(opening).skip(1);
        parts
            .filter_map(|part| Some(part.trim_start().strip_prefix('"')?.split_once('"')?.0))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_key_that_is_asked_for_has_words_in_both_languages() {
        let menu = include_str!("menu.rs");
        let html = include_str!("start/html.rs");
        let verdict = include_str!("start/verdict.rs");
        let landing = include_str!("browser/landing.rs");
        let browser = include_str!("command/browser.rs");
        let mut asked = Vec::new();
        for source in [menu, html, verdict, landing, browser] {
            asked.extend(keys(source, "words.get("));
            asked.extend(keys(source, "words.with("));
        }
        asked.extend(keys(menu, "entry("));
        assert!(asked.len() > 30, "too few are found: {asked:?}");
        for language in [Language::English, Language::German] {
            for key in &asked {
                assert!(language.words().find(key).is_some(), "{language:?}: {key}");
            }
        }
    }

    #[test]
    fn places_take_their_values() {
        let words = Words(HashMap::from([("a".to_owned(), "{n} of {n}".to_owned())]));
        assert_eq!(words.with("a", &[("n", "3")]), "3 of 3");
        assert_eq!(words.get("b"), "b");
        assert_eq!(Language::of_locale("de_AT.UTF-8"), Language::German);
        assert_eq!(Language::of_locale("C"), Language::English);
    }
}
