//! The UI's packages: exact versions, and a lock file that says the same.

use super::{Finding, Tree};
use serde_json::{Map, Value};

const MANIFEST: &str = "ui/package.json";
const LOCK: &str = "ui/package-lock.json";

/// Checks the manifest against its lock file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.get(MANIFEST) else {
        return Vec::new();
    };
    let manifest: Value = match serde_json::from_str(text) {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::new(MANIFEST, error.line(), "no JSON")],
    };
    let lock: Value = tree
        .get(LOCK)
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let mut findings = Vec::new();
    for table in ["dependencies", "devDependencies"] {
        let wanted = packages(&manifest, table);
        let locked = packages(lock.pointer("/packages/").unwrap_or(&Value::Null), table);
        for (name, version) in &wanted {
            let line = text
                .lines()
                .position(|line| line.contains(&format!("\"{name}\":")));
            let line = line.map_or(1, |index| index + 1);
            let exact = version
                .as_str()
                .is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit()));
            if !exact {
                let what =
                    format!("`{name}`: an exact version, as `npm install --save-exact` writes");
                findings.push(Finding::new(MANIFEST, line, what));
            }
            if locked.get(name) != Some(version) {
                let what = format!("`{name}` is not so in the lock file: run `npm install` in ui");
                findings.push(Finding::new(MANIFEST, line, what));
            }
        }
        for name in locked.keys().filter(|name| !wanted.contains_key(*name)) {
            let what = format!("`{name}` is not in package.json: run `npm install` in ui");
            findings.push(Finding::new(LOCK, 1, what));
        }
    }
    findings
}

fn packages(value: &Value, table: &str) -> Map<String, Value> {
    value
        .get(table)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(manifest: &str, locked: &str) -> Vec<String> {
        let manifest = format!("{{\"dependencies\": {{{manifest}}}}}");
        let lock = format!("{{\"packages\": {{\"\": {{\"dependencies\": {{{locked}}}}}}}}}");
        let tree = Tree::of(&[(MANIFEST, &manifest), (LOCK, &lock)]);
        check(&tree)
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    #[test]
    fn a_version_that_is_not_exact_is_found() {
        assert_eq!(found(r#""a": "1.2.3""#, r#""a": "1.2.3""#), [""; 0]);
        assert!(found(r#""a": "^1.2.3""#, r#""a": "^1.2.3""#)[0].contains("exact"));
    }

    #[test]
    fn a_lock_file_that_says_otherwise_is_found() {
        assert!(found(r#""a": "1.2.3""#, r#""a": "1.2.2""#)[0].contains("lock file"));
        assert!(found(r#""a": "1.2.3""#, "")[0].contains("lock file"));
        assert!(found("", r#""a": "1.2.3""#)[0].contains("not in package.json"));
    }
}
