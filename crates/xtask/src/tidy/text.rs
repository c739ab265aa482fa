//! Words that have no place in the repository, in code or in prose.

use super::tree::lines;
use super::{Finding, Tree};

/// What must not stand anywhere, and what to do instead. The needles are in pieces so that this
/// table does not find itself.
const FORBIDDEN: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "finish it, or open an issue"),
    (concat!("FIX", "ME"), "mend it, or open an issue"),
    (
        concat!("#[ign", "ore"),
        "no test is ignored: mend it or delete it",
    ),
    (
        concat!("test.sk", "ip("),
        "no test is skipped: mend it or delete it",
    ),
    (
        concat!("it.sk", "ip("),
        "no test is skipped: mend it or delete it",
    ),
    (concat!("test.on", "ly("), "the other tests run too"),
    (concat!("it.on", "ly("), "the other tests run too"),
    (concat!("/ro", "ot/"), "a path of one machine"),
    (concat!("/ho", "me/"), "a path of one machine"),
    (concat!("/Us", "ers/"), "a path of one machine"),
    (concat!("/wo", "rk/"), "a path of one machine"),
];

/// Checked without regard to case.
const SPELLING: &[(&str, &str)] = &[(concat!("licen", "ce"), "the spelling is `license`")];

/// Files that show such words for a reason: beginning of the path, word, reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// The only registries that lock files and settings may name.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM: &str = "https://registry.npmjs.org/";

/// Checks every text file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.all().filter(|(path, _)| !is_data(path)) {
        for line in lines(text) {
            for (word, instead) in FORBIDDEN {
                if line.text.contains(word) && !excepted(path, word) {
                    findings.push(Finding::new(
                        path,
                        line.number,
                        format!("`{word}`: {instead}"),
                    ));
                }
            }
            let lower = line.text.to_lowercase();
            for (word, instead) in SPELLING {
                if lower.contains(word) && !excepted(path, word) {
                    findings.push(Finding::new(path, line.number, *instead));
                }
            }
        }
    }
    for (path, word, _) in EXCEPTIONS {
        let needed = tree
            .all()
            .any(|(file, text)| file.starts_with(path) && text.contains(word));
        if !needed {
            let what = format!("the exception for `{word}` in {path} is unneeded");
            findings.push(Finding::new(path, 1, what));
        }
    }
    findings.extend(registries(tree));
    findings
}

fn registries(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let settings = [
        "Cargo.lock",
        "package-lock.json",
        ".npmrc",
        ".cargo/config.toml",
    ];
    for (path, text) in tree.ending(&settings) {
        for line in lines(text) {
            let trimmed = line.text.trim();
            let foreign = match path {
                _ if path.ends_with("Cargo.lock") => {
                    trimmed.starts_with("source = ") && !trimmed.contains(CRATES)
                }
                _ if path.ends_with(".json") => {
                    trimmed.starts_with("\"resolved\"") && !trimmed.contains(NPM)
                }
                _ => trimmed.starts_with("registry") || trimmed.starts_with("[source"),
            };
            if foreign {
                let what = "packages come from the public registries, named nowhere else";
                findings.push(Finding::new(path, line.number, what));
            }
        }
    }
    findings
}

fn excepted(path: &str, word: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(begin, exception, _)| path.starts_with(begin) && *exception == word)
}

/// Files whose text is not ours to word.
fn is_data(path: &str) -> bool {
    path.ends_with("Cargo.lock") || path.ends_with("package-lock.json") || path.contains("/golden/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn every_forbidden_word_is_found_everywhere() {
        for (word, _) in FORBIDDEN {
            assert_eq!(
                found("docs/a.md", &format!("well\nso {word}x")),
                1,
                "{word}"
            );
        }
        assert_eq!(found("docs/a.md", concat!("The LICEN", "CE of")), 1);
        assert_eq!(found("docs/a.md", "The license of"), 0);
    }

    #[test]
    fn a_foreign_registry_is_found() {
        let cargo = |source: &str| found("Cargo.lock", &format!("source = \"{source}\"\n"));
        assert_eq!(cargo(CRATES), 0);
        assert_eq!(cargo("registry+https://mirror.example/index"), 1);
        let npm = |url: &str| {
            found(
                "ui/package-lock.json",
                &format!("  \"resolved\": \"{url}\","),
            )
        };
        assert_eq!(npm("https://registry.npmjs.org/a/-/a-1.tgz"), 0);
        assert_eq!(npm("https://mirror.example/a-1.tgz"), 1);
        assert_eq!(found("ui/.npmrc", "registry=https://mirror.example"), 1);
        assert_eq!(found("ui/.npmrc", "save-exact=true"), 0);
    }
}
