//! What Rust sources may name: SQL, HTTP, the window and the environment each have one home.

use super::tree::{code, code_without_tests, names};
use super::{Finding, Tree};

/// Names at the head of a path, the folders that may have them, and why the others may not.
const ONLY: &[(&[&str], &[&str], &str)] = &[
    (
        &["sqlx", "libsqlite3_sys"],
        &["crates/store/"],
        "only `store` speaks SQL",
    ),
    (
        &["axum", "axum_extra"],
        &["crates/api/"],
        "only `api` speaks HTTP",
    ),
    (
        &["utoipa", "utoipa_axum"],
        &["crates/api/"],
        "only `api` describes HTTP",
    ),
    (
        &["tauri", "tauri_build"],
        &["src-tauri/"],
        "only `src-tauri` knows there is a window",
    ),
];

/// Exceptions to [`ONLY`]: folder, name, why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "crates/testkit/",
    "sqlx",
    "makes and drops a PostgreSQL database for each test",
)];

/// Who may read the environment. `testkit` is handed the test database's address that way.
const ENVIRONMENT: &[&str] = &[
    "crates/server/",
    "crates/testkit/",
    "crates/xtask/",
    "src-tauri/",
    "tests/",
];

/// What a vendor's app gets when it embeds `verify`: nothing but reading and verifying.
const NOT_IN_VERIFY: &[&str] = &[
    "SigningKey",
    "std::net",
    "std::time",
    "std::fs",
    "std::env",
    "chrono::",
    "sqlx",
    "tokio",
];

/// Checks every Rust file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        for line in code(text) {
            for (heads, homes, why) in ONLY {
                let away = !homes.iter().any(|home| path.starts_with(home));
                for head in heads.iter().filter(|head| away && names(line.text, head)) {
                    if !excepted(path, head) {
                        findings.push(Finding::new(path, line.number, format!("`{head}`: {why}")));
                    }
                }
            }
        }
        if !ENVIRONMENT.iter().any(|home| path.starts_with(home)) && !path.contains("/tests") {
            for line in code_without_tests(text).filter(|line| reads_environment(line.text)) {
                let what = "only the binaries read the environment: take it as an argument";
                findings.push(Finding::new(path, line.number, what));
            }
        }
        if path.starts_with("crates/verify/src/") && !path.contains("test") {
            for line in code_without_tests(text) {
                for name in NOT_IN_VERIFY
                    .iter()
                    .filter(|name| line.text.contains(**name))
                {
                    let what = format!("`verify` only verifies: no `{name}`");
                    findings.push(Finding::new(path, line.number, what));
                }
            }
        }
    }
    findings
}

fn excepted(path: &str, head: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(folder, name, _)| path.starts_with(folder) && *name == head)
}

fn reads_environment(line: &str) -> bool {
    ["env::var(", "env::var_os(", "env::vars(", "env::vars_os("]
        .iter()
        .any(|call| line.contains(call))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn sql_outside_the_store_is_found() {
        assert_eq!(found("crates/store/src/lib.rs", "use sqlx::Row;"), 0);
        assert_eq!(found("crates/app/src/license.rs", "use sqlx::Row;"), 1);
        assert_eq!(
            found("crates/app/src/license.rs", "// sqlx::Row is the store's"),
            0
        );
    }

    #[test]
    fn http_outside_the_api_is_found() {
        assert_eq!(found("crates/api/src/lib.rs", "use axum::Router;"), 0);
        assert_eq!(found("crates/server/src/main.rs", "axum::serve(a, b);"), 1);
        assert_eq!(
            found("crates/app/src/lib.rs", "#[derive(utoipa::ToSchema)]"),
            1
        );
    }

    #[test]
    fn the_window_outside_src_tauri_is_found() {
        assert_eq!(found("src-tauri/src/main.rs", "use tauri::Manager;"), 0);
        assert_eq!(found("crates/api/src/lib.rs", "use tauri::Manager;"), 1);
    }

    #[test]
    fn the_environment_below_the_binaries_is_found() {
        assert_eq!(
            found("crates/server/src/main.rs", "std::env::var(\"A\")"),
            0
        );
        assert_eq!(found("crates/keys/src/lib.rs", "std::env::var(\"A\")"), 1);
        assert_eq!(found("crates/keys/src/lib.rs", "env::var_os(\"A\")"), 1);
        assert_eq!(
            found("crates/keys/src/lib.rs", "env!(\"CARGO_PKG_VERSION\")"),
            0
        );
    }

    #[test]
    fn signing_and_clocks_in_verify_are_found() {
        assert_eq!(
            found("crates/verify/src/key.rs", "use ed25519_dalek::SigningKey;"),
            1
        );
        assert_eq!(
            found("crates/verify/src/key.rs", "use std::time::SystemTime;"),
            1
        );
        let test = "#[cfg(test)]\nmod tests { use ed25519_dalek::SigningKey; }";
        assert_eq!(found("crates/verify/src/key.rs", test), 0);
    }
}
