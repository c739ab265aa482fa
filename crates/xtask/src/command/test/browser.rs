//! The UI in a browser, against the program that was just built; what failed is told by name and reason.

use crate::{paths, process, ui};
use anyhow::{Context, Error, Result};
use serde_json::Value;

/// How many failures the summary tells of; the output has all.
const TOLD: usize = 5;

/// How many lines of each: what was expected, of what, and what was there.
const LINES: usize = 8;

/// Runs Playwright; the error has the first failures in it.
pub(super) fn run() -> Result<()> {
    let report = paths::root().join("target/e2e.json");
    // What an earlier run found says nothing about this one.
    let _ = std::fs::remove_file(&report);
    let mut browser = ui::command("npm");
    browser
        .env("CI", "1")
        .env("LATCHKEY_PROGRAM", paths::program("latchkey")?)
        .args(["run", "--silent", "e2e"]);
    if let Some(folder) = paths::memory() {
        browser.env("TMPDIR", folder);
    }
    process::run(&mut browser).map_err(|error| match read(&report) {
        Ok(failures) => Error::msg(format!("{error:#}{failures}")),
        Err(_) => error,
    })
}

fn read(report: &std::path::Path) -> Result<String> {
    let report = std::fs::read(report).context("reading what Playwright reports")?;
    Ok(failures(&serde_json::from_slice(&report)?))
}

/// A paragraph for each of the first tests that failed, from Playwright's report as JSON.
fn failures(report: &Value) -> String {
    let mut found = Vec::new();
    collect(report, &mut found);
    let more = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    if more > 0 {
        found.push(format!("\nand {more} more"));
    }
    found.concat()
}

/// Suites are nested by file and by `describe`.
fn collect(suite: &Value, found: &mut Vec<String>) {
    for spec in list(&suite["specs"]) {
        let results = list(&spec["tests"])
            .iter()
            .flat_map(|test| list(&test["results"]));
        for result in results {
            // That the time was up is an error of its own; what was waited for is the one after it.
            let errors = list(&result["errors"]).iter();
            let told: Vec<String> = errors
                .filter_map(|error| Some(plain(error["message"].as_str()?)))
                .collect();
            let told: Vec<&str> = told
                .iter()
                .flat_map(|error| error.lines())
                .filter(|line| !line.trim().is_empty())
                .take(LINES)
                .collect();
            if told.is_empty() {
                continue;
            }
            let (file, line) = (&spec["file"], &spec["line"]);
            let title = spec["title"].as_str().unwrap_or_default();
            let file = file.as_str().unwrap_or_default();
            found.push(format!("\n{file}:{line} {title}\n  {}", told.join("\n  ")));
        }
    }
    for inner in list(&suite["suites"]) {
        collect(inner, found);
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Without the escape sequences that color a terminal (ECMA-48, SGR).
fn plain(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn failures_are_told_by_file_line_and_reason() {
        let passed = json!({ "title": "all is well", "file": "a.spec.ts", "line": 3, "tests": [{ "results": [{}] }] });
        let failed = json!({
            "title": "a seat is freed", "file": "b.spec.ts", "line": 7,
            "tests": [{ "results": [{ "errors": [
                { "message": "\u{1b}[31mTest timeout\u{1b}[39m of 60000ms exceeded." },
                { "message": "Error: two elements\n\nof that name" },
            ] }] }],
        });
        let report =
            json!({ "suites": [{ "specs": [passed], "suites": [{ "specs": [failed] }] }] });
        assert_eq!(
            failures(&report),
            "\nb.spec.ts:7 a seat is freed\n  Test timeout of 60000ms exceeded.\n  Error: two elements\n  of that name"
        );
        let many = json!({ "specs": vec![failed; TOLD + 2] });
        assert!(failures(&many).ends_with("and 2 more"));
    }

    #[test]
    fn a_report_without_failures_adds_nothing() {
        assert_eq!(failures(&json!({ "suites": [] })), "");
    }
}
