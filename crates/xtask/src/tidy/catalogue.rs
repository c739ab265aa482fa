//! Every message of the UI is there in each language, and nothing else is.

use super::{Finding, Tree};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const FOLDER: &str = "ui/messages/";
const REFERENCE: &str = "en/";

/// Compares every file of messages with the English one of the same name.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let files: Vec<(&str, &str)> = tree
        .ending(&[".json"])
        .filter_map(|(path, text)| Some((path.strip_prefix(FOLDER)?, text)))
        .collect();
    let mut findings = Vec::new();
    let mut parsed = Vec::new();
    for (path, text) in files {
        match serde_json::from_str::<Map<String, Value>>(text) {
            Ok(messages) => parsed.push((path, text, messages)),
            Err(error) => findings.push(finding(path, error.line(), "no JSON object")),
        }
    }
    let languages: BTreeSet<&str> = parsed
        .iter()
        .filter_map(|(path, ..)| path.split_once('/'))
        .map(|(one, _)| one)
        .collect();
    for (path, text, messages) in &parsed {
        findings.extend(empty(path, text, messages));
        let Some((_, name)) = path.split_once('/') else {
            continue;
        };
        let of = |language: &str| {
            let path = format!("{language}/{name}");
            parsed
                .iter()
                .find(|(other, ..)| *other == path)
                .map(|(.., messages)| messages)
        };
        if path.starts_with(REFERENCE) {
            for language in languages.iter().filter(|language| of(language).is_none()) {
                findings.push(finding(
                    &format!("{language}/{name}"),
                    1,
                    "the file is missing",
                ));
            }
        } else if let Some(english) = of(REFERENCE.trim_end_matches('/')) {
            for key in english.keys().filter(|key| !messages.contains_key(*key)) {
                findings.push(finding(path, 1, format!("the message `{key}` is missing")));
            }
            for key in messages.keys().filter(|key| !english.contains_key(*key)) {
                let what = format!("the message `{key}` is not in the English catalogue");
                findings.push(finding(path, line_of(text, key), what));
            }
        } else {
            findings.push(finding(path, 1, "there is no English file of this name"));
        }
    }
    findings
}

fn empty(path: &str, text: &str, messages: &Map<String, Value>) -> Vec<Finding> {
    messages
        .iter()
        .filter(|(_, value)| value.as_str().is_some_and(|text| text.trim().is_empty()))
        .map(|(key, _)| {
            finding(
                path,
                line_of(text, key),
                format!("the message `{key}` is empty"),
            )
        })
        .collect()
}

fn line_of(text: &str, key: &str) -> usize {
    let line = text
        .lines()
        .position(|line| line.contains(&format!("\"{key}\"")));
    line.map_or(1, |index| index + 1)
}

fn finding(path: &str, line: usize, what: impl Into<String>) -> Finding {
    Finding::new(&format!("{FOLDER}{path}"), line, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(english: &str, german: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("ui/messages/en/a.json", english),
            ("ui/messages/de/a.json", german),
        ]);
        check(&tree)
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    #[test]
    fn a_message_missing_on_either_side_is_found() {
        assert_eq!(found(r#"{"a":"A"}"#, r#"{"a":"Ä"}"#), [""; 0]);
        assert!(found(r#"{"a":"A","b":"B"}"#, r#"{"a":"Ä"}"#)[0].contains("`b` is missing"));
        assert!(found(r#"{"a":"A"}"#, r#"{"a":"Ä","b":"B"}"#)[0].contains("not in the English"));
    }

    #[test]
    fn an_empty_message_and_a_broken_file_are_found() {
        assert!(found(r#"{"a":"A"}"#, r#"{"a":" "}"#)[0].contains("empty"));
        assert!(found(r#"{"a":"A"}"#, "{")[0].contains("JSON"));
    }

    #[test]
    fn a_missing_file_is_found() {
        let tree = Tree::of(&[
            ("ui/messages/en/a.json", "{}"),
            ("ui/messages/en/b.json", "{}"),
            ("ui/messages/de/a.json", "{}"),
            ("ui/messages/de/c.json", "{}"),
        ]);
        let paths: Vec<String> = check(&tree)
            .into_iter()
            .map(|finding| finding.path)
            .collect();
        assert_eq!(paths, ["ui/messages/de/c.json", "ui/messages/de/b.json"]);
    }
}
