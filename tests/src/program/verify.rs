//! `latchkey verify`, on files that are good, expired, for another machine, or not what they seem.

use crate::home::Home;
use crate::program::harness::run;

#[test]
fn what_is_no_license_file_is_refused_and_what_is_missing_is_told() {
    let home = Home::new();
    home.write("notes.lkl", "not a license file");
    home.write("root.pem", ROOT);
    let said = run(&home, &["verify", "notes.lkl", "--root", "root.pem"]).exits(1);
    assert!(said.out.starts_with("refused: "), "{}", said.out);
    assert!(said.out.contains("what to do:"), "{}", said.out);

    let said = run(
        &home,
        &["verify", "notes.lkl", "--root", "root.pem", "--json"],
    )
    .exits(1);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["valid"], false);
    assert!(told["refusal"]["code"].is_string());

    let said = run(&home, &["verify", "none.lkl", "--root", "root.pem"]).exits(2);
    assert!(said.err.contains("[file_unreadable]"), "{}", said.err);
    let said = run(&home, &["verify", "notes.lkl", "--root", "notes.lkl"]).exits(2);
    assert!(said.err.contains("[root_key_unreadable]"), "{}", said.err);
    let said = run(
        &home,
        &["verify", "notes.lkl", "--root", "root.pem", "--at", "soon"],
    )
    .exits(2);
    assert!(said.err.contains("[time_unreadable]"), "{}", said.err);
}

/// A key of RFC 8032's first test.
const ROOT: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
";

#[test]
fn the_program_judges_the_golden_files_as_the_library_does() {
    let golden =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/verify/tests/golden");
    let home = Home::new();
    let mut judged = 0;
    for (kind, code) in [("accept", 0), ("refuse", 1)] {
        for entry in std::fs::read_dir(golden.join(kind)).unwrap() {
            let file = entry.unwrap().path();
            if file.extension().is_none_or(|ending| ending != "lkl") {
                continue;
            }
            let notes = std::fs::read_to_string(file.with_extension("txt")).unwrap();
            let note = |name: &str| {
                notes
                    .lines()
                    .find_map(|line| line.strip_prefix(name))
                    .map(str::trim)
            };
            let root = golden.join(note("root:").unwrap());
            let at = day(note("now:").unwrap());
            let (file, root) = (file.to_str().unwrap(), root.to_str().unwrap());
            let mut arguments = vec!["verify", file, "--root", root, "--at", &at];
            if let Some(machine) = note("machine:") {
                arguments.extend(["--machine", machine]);
            }
            let said = run(&home, &arguments).exits(code);
            let expected = notes.split_once("\n\n").unwrap().1.lines().next().unwrap();
            if code == 1 {
                assert!(
                    said.out.contains(&format!("[{expected}]")),
                    "{file}: {}",
                    said.out
                );
            } else {
                assert!(said.out.starts_with("valid: "), "{file}: {}", said.out);
            }
            judged += 1;
        }
    }
    assert!(
        judged > 20,
        "the golden files are not where they were: {judged}"
    );
}

/// Seconds since 1970 as the program takes a time.
fn day(seconds: &str) -> String {
    let at = format!("@{seconds}");
    let output = std::process::Command::new("date")
        .args(["--utc", "--date", &at, "+%Y-%m-%dT%H:%M:%SZ"])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
