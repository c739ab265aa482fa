//! The same entity has the same file name in every layer, and no folder carries a prefix.

use super::{Finding, Tree};
use std::collections::BTreeSet;

/// The entities that people work with, and the layers that know them.
const ENTITIES: &[(&str, &[&str])] = &[
    ("access_token", LAYERS),
    ("activation", LAYERS),
    ("admission", LAYERS),
    ("approval", LAYERS),
    ("customer", LAYERS),
    ("entitlement", LAYERS),
    ("feature", LAYERS),
    ("ledger", LAYERS),
    ("license", LAYERS),
    ("license_file", LAYERS),
    ("machine", LAYERS),
    ("passkey", LAYERS),
    ("policy", LAYERS),
    ("product", LAYERS),
    ("quota", LAYERS),
    ("reseller", LAYERS),
    ("return_receipt", LAYERS),
    ("session", LAYERS),
    ("sign_up_link", LAYERS),
    ("signing_key", LAYERS),
    ("template", LAYERS),
    ("user", LAYERS),
    ("webhook", LAYERS),
];

const LAYERS: &[&str] = &["domain", "store", "app", "api"];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &[
    "common", "helper", "helpers", "manager", "misc", "service", "util", "utils",
];

/// Endings that make a second name for an entity's file.
const SECOND_NAMES: &[&str] = &[
    "_controller",
    "_dao",
    "_handler",
    "_handlers",
    "_manager",
    "_model",
    "_repo",
    "_repository",
    "_routes",
    "_service",
    "_store",
    "s",
];

/// Checks the names of files and folders.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let names = names(tree);
    for (entity, layers) in ENTITIES {
        for layer in *layers {
            let folder = format!("crates/{layer}/src/");
            // A layer that is not in this tree at all is not the subject of this check.
            if !names.iter().any(|(path, _)| path.starts_with(&folder)) {
                continue;
            }
            if !names
                .iter()
                .any(|(path, name)| path.starts_with(&folder) && name == entity)
            {
                let what = format!("`{entity}` has no file of its name here, as in other layers");
                findings.push(Finding::new(&folder, 1, what));
            }
        }
    }
    for (path, name) in &names {
        // Cargo's own custom is `common` for what several tests share.
        if EMPTY_NAMES.contains(&name.as_str()) && !path.contains("/tests/") {
            findings.push(Finding::new(
                path,
                1,
                format!("`{name}` says nothing: name the thing"),
            ));
        }
        let in_layer = LAYERS
            .iter()
            .any(|layer| path.starts_with(&format!("crates/{layer}/src/")));
        for (entity, _) in ENTITIES.iter().filter(|_| in_layer) {
            let ending = name
                .strip_prefix(entity)
                .or_else(|| plural_of_y(name, entity));
            if ending.is_some_and(|ending| SECOND_NAMES.contains(&ending)) {
                let what = format!("the file of `{entity}` is named `{entity}` in every layer");
                findings.push(Finding::new(path, 1, what));
            }
        }
        let prefixed = name.starts_with("latchkey_") || name.starts_with("latchkey-");
        if prefixed && path.starts_with("crates/") {
            findings.push(Finding::new(
                path,
                1,
                "folder and file names carry no prefix",
            ));
        }
    }
    findings
}

fn plural_of_y<'a>(name: &'a str, entity: &str) -> Option<&'a str> {
    let stem = entity.strip_suffix('y')?;
    (name.strip_suffix("ies") == Some(stem)).then_some("s")
}

/// Each Rust file and folder with its bare name.
fn names(tree: &Tree) -> BTreeSet<(String, String)> {
    let mut names = BTreeSet::new();
    for (path, _) in tree.rust() {
        let mut so_far = String::new();
        for part in path.trim_end_matches(".rs").split('/') {
            so_far.push_str(part);
            names.insert((so_far.clone(), part.to_owned()));
            so_far.push('/');
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<String> {
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "")).collect();
        check(&Tree::of(&files))
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    #[test]
    fn an_entity_missing_in_a_layer_is_found() {
        let all: Vec<String> = ENTITIES
            .iter()
            .map(|(entity, _)| format!("crates/app/src/{entity}.rs"))
            .collect();
        let mut paths: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(found(&paths), [""; 0]);
        paths.retain(|path| !path.ends_with("/machine.rs"));
        let what = found(&paths);
        assert!(what.len() == 1 && what[0].contains("`machine`"), "{what:?}");
        paths.push("crates/app/src/machine/rename.rs");
        assert_eq!(found(&paths), [""; 0], "a folder will do");
    }

    #[test]
    fn a_second_name_for_an_entity_is_found() {
        for name in ["licenses", "license_repo", "policies", "license_service"] {
            let what = found(&[&format!("crates/store/src/{name}.rs")]);
            assert!(
                what.iter().any(|line| line.contains("in every layer")),
                "{name}: {what:?}"
            );
        }
        let what = found(&["crates/store/src/license_key.rs"]);
        assert!(
            !what.iter().any(|line| line.contains("in every layer")),
            "{what:?}"
        );
    }

    #[test]
    fn an_empty_name_and_a_prefix_are_found() {
        assert!(found(&["crates/keys/src/utils.rs"])[0].contains("says nothing"));
        assert!(found(&["crates/latchkey-keys/src/lib.rs"])[0].contains("no prefix"));
    }
}
