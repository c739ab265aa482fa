//! Manifests: package names, versions in one place, and which crate may depend on which.

use super::{Finding, Tree};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// The house: what each package may depend on among our own. A package that is not here is new:
/// say where it stands. Tests may use what they like (`[dev-dependencies]`).
const HOUSE: &[(&str, &[&str])] = &[
    ("verify", &[]),
    ("client", &["verify"]),
    ("domain", &["verify"]),
    ("keys", &[]),
    ("mail", &[]),
    ("oidc", &[]),
    ("report", &["domain"]),
    ("store", &["domain"]),
    ("app", &["domain", "keys", "report", "store", "verify"]),
    ("api", &["app", "domain", "report"]),
    ("webauthn", &["app", "domain"]),
    ("webhook", &["app", "domain"]),
    (
        "server",
        &[
            "api", "app", "domain", "keys", "mail", "oidc", "report", "store", "verify",
            "webauthn", "webhook",
        ],
    ),
    (
        "desktop",
        &["api", "app", "domain", "keys", "store", "verify"],
    ),
    (
        "testkit",
        &[
            "api", "app", "domain", "keys", "report", "store", "verify", "webauthn", "webhook",
        ],
    ),
    (
        "tests",
        &[
            "api", "app", "client", "domain", "keys", "store", "testkit", "verify",
        ],
    ),
    (
        "bench",
        &["api", "app", "domain", "keys", "store", "testkit", "verify"],
    ),
    ("xtask", &[]),
];

/// Heavy or far-reaching dependencies (by the beginning of their names) and who may have them.
const ONLY: &[(&str, &[&str], &str)] = &[
    ("sqlx", &["store"], "only `store` speaks SQL"),
    ("libsqlite3-sys", &["store"], "only `store` speaks SQL"),
    ("axum", &["api"], "only `api` speaks HTTP"),
    ("utoipa", &["api"], "only `api` describes HTTP"),
    (
        "tauri",
        &["desktop"],
        "only `src-tauri` knows there is a window",
    ),
    (
        "reqwest",
        &["client", "desktop", "oidc", "tests", "webhook"],
        "only the window and licensed apps call a server, and the server a sign-in service and webhooks",
    ),
    ("lettre", &["mail"], "only `mail` sends letters"),
    (
        "webauthn",
        &["webauthn"],
        "only `webauthn` checks what passkeys sign",
    ),
    ("keyring", &["keys"], "only `keys` speaks to a keychain"),
    ("zbus", &["keys"], "only `keys` speaks to a keychain"),
    (
        "getrandom",
        &["bench", "client", "keys", "server", "desktop"],
        "randomness is an argument below the binaries and the library in others' apps",
    ),
    (
        "rand",
        &["testkit", "tests"],
        "randomness is an argument below the binaries",
    ),
];

/// Exceptions to [`ONLY`]: package, dependency, why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "testkit",
    "sqlx",
    "makes and drops a PostgreSQL database for each test",
)];

/// Crates that are synchronous: they take what they need as arguments.
const SYNCHRONOUS: &[&str] = &["verify", "domain", "report"];
const ASYNCHRONOUS: &[&str] = &["tokio", "futures", "async-trait", "smol"];

const TABLES: &[&str] = &["dependencies", "build-dependencies", "dev-dependencies"];

/// Checks every `Cargo.toml`.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for (path, text) in tree.ending(&["/Cargo.toml"]) {
        match text.parse::<Table>() {
            Ok(manifest) => Member {
                path,
                text,
                manifest: &manifest,
            }
            .check(&mut used, &mut findings),
            Err(error) => findings.push(Finding::new(path, 1, format!("no TOML: {error}"))),
        }
    }
    if let Some(text) = tree.get("Cargo.toml") {
        findings.extend(unused(text, &used));
    }
    findings
}

struct Member<'a> {
    path: &'a str,
    text: &'a str,
    manifest: &'a Table,
}

impl Member<'_> {
    fn check(&self, used: &mut BTreeSet<String>, findings: &mut Vec<Finding>) {
        let folder = self
            .path
            .trim_end_matches("/Cargo.toml")
            .rsplit('/')
            .next()
            .unwrap_or("");
        let role = if folder == "src-tauri" {
            "desktop"
        } else {
            folder
        };
        let expected = format!("latchkey-{role}");
        let name = self
            .at(&["package", "name"])
            .and_then(Value::as_str)
            .unwrap_or_default();
        if name != expected {
            findings.push(self.finding(name, format!("the package is to be named `{expected}`")));
        }
        if self.at(&["lints", "workspace"]).and_then(Value::as_bool) != Some(true) {
            findings.push(self.finding("", "`[lints] workspace = true` is missing"));
        }
        for table in TABLES {
            for (dependency, value) in self.table(table) {
                used.insert(dependency.clone());
                self.dependency(role, table, dependency, value, findings);
            }
        }
        for (package, dependency, _) in EXCEPTIONS.iter().filter(|(package, ..)| *package == role) {
            if !TABLES
                .iter()
                .any(|table| self.table(table).any(|(name, _)| name == dependency))
            {
                let what = format!("the exception for `{dependency}` in `{package}` is unneeded");
                findings.push(self.finding("", what));
            }
        }
    }

    fn dependency(
        &self,
        role: &str,
        table: &str,
        name: &str,
        value: &Value,
        findings: &mut Vec<Finding>,
    ) {
        if value.get("workspace").and_then(Value::as_bool) != Some(true) {
            let what = format!("`{name}`: versions stand in the root's [workspace.dependencies]");
            findings.push(self.finding(name, what));
        }
        if let Some(own) = name.strip_prefix("latchkey-") {
            let allowed = HOUSE
                .iter()
                .find(|(package, _)| *package == role)
                .map(|(_, may)| *may);
            match allowed {
                None => findings.push(self.finding("", "say in tidy's HOUSE where it stands")),
                Some(may) if table == "dependencies" && !may.contains(&own) => {
                    let what = format!("`{role}` may not depend on `{own}`: see ARCHITECTURE.md");
                    findings.push(self.finding(name, what));
                }
                Some(_) => {}
            }
        }
        let excepted = EXCEPTIONS
            .iter()
            .any(|(who, what, _)| *who == role && *what == name);
        for (prefix, who, why) in ONLY {
            let matches = name == *prefix || name.starts_with(&format!("{prefix}-"));
            if matches && !who.contains(&role) && !excepted && table != "dev-dependencies" {
                findings.push(self.finding(name, format!("`{role}` names `{name}`: {why}")));
            }
        }
        let synchronous = SYNCHRONOUS.contains(&role) && table == "dependencies";
        if synchronous && ASYNCHRONOUS.contains(&name) {
            let what = format!("`{role}` is synchronous and does without `{name}`");
            findings.push(self.finding(name, what));
        }
    }

    /// What a table has, on whichever target (`[target.'cfg(…)'.dependencies]`).
    fn table(&self, name: &str) -> impl Iterator<Item = (&String, &Value)> {
        let targets = self.manifest.get("target").and_then(Value::as_table);
        let places = targets
            .into_iter()
            .flatten()
            .map(|(_, of_target)| of_target);
        self.manifest
            .get(name)
            .into_iter()
            .chain(places.filter_map(move |of_target| of_target.get(name)))
            .filter_map(Value::as_table)
            .flatten()
    }

    fn at(&self, keys: &[&str]) -> Option<&Value> {
        let (first, rest) = keys.split_first()?;
        rest.iter()
            .try_fold(self.manifest.get(*first)?, |value, key| value.get(key))
    }

    /// A finding at the first line that begins with this word.
    fn finding(&self, word: &str, what: impl Into<String>) -> Finding {
        let line = self
            .text
            .lines()
            .position(|line| !word.is_empty() && line.starts_with(word));
        Finding::new(self.path, line.map_or(1, |index| index + 1), what)
    }
}

/// Central versions that no member uses.
fn unused(root: &str, used: &BTreeSet<String>) -> Vec<Finding> {
    let Ok(manifest) = root.parse::<Table>() else {
        return Vec::new();
    };
    let dependencies = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(Value::as_table);
    dependencies
        .into_iter()
        .flatten()
        .filter(|(name, _)| !used.contains(*name))
        .map(|(name, _)| {
            let line = root
                .lines()
                .position(|line| line.starts_with(name.as_str()));
            let line = line.map_or(1, |index| index + 1);
            Finding::new("Cargo.toml", line, format!("no member depends on `{name}`"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, dependencies: &str) -> Vec<String> {
        let folder = path.rsplit('/').nth(1).unwrap();
        let role = if folder == "src-tauri" {
            "desktop"
        } else {
            folder
        };
        let text = format!(
            "[package]\nname = \"latchkey-{role}\"\n[lints]\nworkspace = true\n{dependencies}"
        );
        check(&Tree::of(&[(path, &text)]))
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn a_good_manifest_has_no_findings() {
        let good = "[dependencies]\nlatchkey-domain.workspace = true\nsqlx.workspace = true\n";
        assert_eq!(found("crates/store/Cargo.toml", good), [""; 0]);
        let window = "[dependencies]\ntauri = { workspace = true, features = [] }\n";
        assert_eq!(found("src-tauri/Cargo.toml", window), [""; 0]);
    }

    #[test]
    fn a_version_outside_the_root_is_found() {
        let what = found("crates/app/Cargo.toml", "[dependencies]\nserde = \"1\"\n");
        assert!(what[0].contains("[workspace.dependencies]"), "{what:?}");
    }

    #[test]
    fn a_dependency_against_the_house_is_found() {
        let up = "[dependencies]\nlatchkey-app.workspace = true\n";
        assert!(found("crates/domain/Cargo.toml", up)[0].contains("may not depend on `app`"));
        let tests = "[dev-dependencies]\nlatchkey-testkit.workspace = true\n";
        assert_eq!(found("crates/app/Cargo.toml", tests), [""; 0], "tests may");
        let unknown = "[dependencies]\nlatchkey-domain.workspace = true\n";
        assert!(found("crates/newcomer/Cargo.toml", unknown)[0].contains("HOUSE"));
    }

    #[test]
    fn a_dependency_reserved_for_another_crate_is_found() {
        for (crate_name, dependency) in [
            ("app", "sqlx"),
            ("server", "axum"),
            ("app", "utoipa-axum"),
            ("server", "tauri-plugin-dialog"),
            ("domain", "getrandom"),
        ] {
            let path = format!("crates/{crate_name}/Cargo.toml");
            let what = found(
                &path,
                &format!("[dependencies]\n{dependency}.workspace = true\n"),
            );
            assert!(
                what[0].contains(dependency),
                "{crate_name} {dependency}: {what:?}"
            );
        }
    }

    #[test]
    fn a_synchronous_crate_with_tokio_is_found() {
        let what = found(
            "crates/report/Cargo.toml",
            "[dependencies]\ntokio.workspace = true\n",
        );
        assert!(what[0].contains("synchronous"), "{what:?}");
    }

    #[test]
    fn an_exception_nobody_needs_is_found() {
        let what = found("crates/testkit/Cargo.toml", "");
        assert!(what[0].contains("unneeded"), "{what:?}");
    }

    #[test]
    fn a_wrong_name_and_missing_lints_are_found() {
        let text = "[package]\nname = \"latchkey-stores\"\n";
        let findings = check(&Tree::of(&[("crates/store/Cargo.toml", text)]));
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(
            findings
                .iter()
                .any(|f| f.line == 1 && f.what.contains("[lints]"))
        );
    }

    #[test]
    fn what_one_target_alone_depends_on_counts() {
        let root = "[workspace.dependencies]\nsqlx = \"1\"\n";
        let member = "[package]\nname = \"latchkey-app\"\n[lints]\nworkspace = true\n\
                      [target.'cfg(unix)'.dependencies]\nsqlx.workspace = true\n";
        let tree = Tree::of(&[("Cargo.toml", root), ("crates/app/Cargo.toml", member)]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings
                .iter()
                .all(|f| f.what.contains("only `store` speaks SQL"))
        );
    }

    #[test]
    fn a_central_version_nobody_uses_is_found() {
        let root = "[workspace.dependencies]\nserde = \"1\"\nrayon = \"1\"\n";
        let member = "[package]\nname = \"latchkey-app\"\n[lints]\nworkspace = true\n\
                      [dependencies]\nserde.workspace = true\n";
        let tree = Tree::of(&[("Cargo.toml", root), ("crates/app/Cargo.toml", member)]);
        let findings = check(&tree);
        assert_eq!(
            findings,
            [Finding::new(
                "Cargo.toml",
                3,
                "no member depends on `rayon`"
            )]
        );
    }
}
