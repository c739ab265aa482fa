//! Names of machines as they are in the world: any script, and every sign that a query language likes.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const LETTERS: &[&str] = &[
    "a",
    "b",
    "A",
    "Z",
    "ä",
    "Ö",
    "ß",
    "ẞ",
    "İ",
    "ı",
    "é",
    "Ñ",
    "漢",
    "字",
    "東",
    "ア",
    "ﾊ",
    "Ж",
    "ж",
    "Ю",
    "م",
    "ك",
    "ت",
    "ب",
    "🖥",
    "👩🏽‍💻",
    "🇩🇪",
    "%",
    "_",
    "'",
    "\"",
    "\\",
    "*",
    "-",
    "^",
    ":",
    "(",
    ")",
    "{",
    "Σ",
    "ς",
    "σ",
    "0",
    "1",
    "OR",
    "AND",
    "NOT",
    "NEAR",
    " ",
    ".",
    "ﬁ",
    "Ǆ",
    "ก",
    "ำ",
    "ह",
    "ि",
    "한",
];

/// A text of some of them.
pub(crate) fn text(letters: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(LETTERS), letters)
        .prop_map(|letters| letters.concat())
}

/// A runner that draws the same values in every run.
pub(crate) fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Names that a machine can have.
pub(crate) fn names(count: usize) -> Vec<String> {
    let mut runner = runner(1);
    let strategy = text(1..14);
    let mut names = vec![
        "Laptop Ωmega 100%".to_owned(),
        "STRASSE_7".to_owned(),
        "büro \"Nord\"".to_owned(),
    ];
    while names.len() < count {
        let name = strategy.new_tree(&mut runner).unwrap().current();
        if latchkey_domain::text::FriendlyName::parse(&name).is_ok() {
            names.push(name);
        }
    }
    names
}
