//! Files fit the head: past a soft limit a file is split, or listed here with its reason.

use super::{Finding, Tree};

/// Of a source file, without the tests at its end.
const LIMIT_BYTES: usize = 12 * 1024;

/// Of a Rust file with its tests, or of tests alone.
const LIMIT_WITH_TESTS_BYTES: usize = 16 * 1024;

const SOURCES: &[&str] = &[".rs", ".ts", ".tsx", ".css", ".sql", ".sh"];

/// Files that may be larger: path, their own limit in bytes, why.
const EXCEPTIONS: &[(&str, usize, &str)] = &[
    (
        "crates/api/src/codes.rs",
        26_000,
        "one table of all problem codes",
    ),
    (
        "crates/app/src/permission/operation.rs",
        13_000,
        "one list of all operations",
    ),
    (
        "crates/app/tests/app/permission.rs",
        26_000,
        "one list of all operations, as they are asked for",
    ),
    (
        "crates/api/src/policy.rs",
        13_000,
        "one entity's wire types and routes",
    ),
    (
        "crates/app/tests/app/license_file.rs",
        17_000,
        "one story told in order",
    ),
];

/// Files that are generated.
const GENERATED: &[&str] = &["ui/src/api/schema.d.ts", "ui/src/routeTree.gen.ts"];

/// Checks the size of every source file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(SOURCES) {
        if GENERATED.contains(&path) {
            continue;
        }
        let exception = EXCEPTIONS.iter().find(|(exception, ..)| *exception == path);
        let usual = if path.contains("/tests/") {
            LIMIT_WITH_TESTS_BYTES
        } else {
            LIMIT_BYTES
        };
        let limit = exception.map_or(usual, |(_, limit, _)| *limit);
        let size = text
            .split("\n#[cfg(test)]\nmod ")
            .next()
            .unwrap_or(text)
            .len();
        let with_tests = text.len();
        if exception.is_none() && size <= limit && with_tests > LIMIT_WITH_TESTS_BYTES {
            let what = format!(
                "{with_tests} bytes, past {LIMIT_WITH_TESTS_BYTES}: move its tests to a file"
            );
            findings.push(Finding::new(path, 1, what));
        }
        if size > limit {
            let what = format!("{size} bytes, past {limit}: split it by what it does");
            findings.push(Finding::new(path, 1, what));
        }
        if exception.is_some() && size <= usual {
            findings.push(Finding::new(
                path,
                1,
                "its exception in tidy's sizes is unneeded",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_at_the_limit_passes_and_one_past_it_does_not() {
        let found = |path: &str, size: usize| check(&Tree::of(&[(path, &"x".repeat(size))])).len();
        assert_eq!(found("crates/app/src/a.rs", LIMIT_BYTES), 0);
        assert_eq!(found("crates/app/src/a.rs", LIMIT_BYTES + 1), 1);
        let tested = |size: usize| {
            let text = format!("//! a\n#[cfg(test)]\nmod tests {}", "x".repeat(size));
            check(&Tree::of(&[("crates/app/src/a.rs", &text)])).len()
        };
        assert_eq!(tested(LIMIT_WITH_TESTS_BYTES - 100), 0, "tests may be long");
        assert_eq!(tested(LIMIT_WITH_TESTS_BYTES), 1, "but not endless");
        assert_eq!(found("ui/src/a.tsx", LIMIT_BYTES + 1), 1);
        assert_eq!(
            found("ui/src/api/schema.d.ts", LIMIT_BYTES + 1),
            0,
            "generated"
        );
        assert_eq!(found("docs/a.md", LIMIT_BYTES + 1), 0, "prose");
    }
}
