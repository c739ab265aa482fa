//! The machine code that the library makes is the one that the collection script makes, which a customer's IT rolls out.

use std::path::{Path, PathBuf};
use std::process::Command;

use latchkey_client::machine_code;

fn script() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("dist/collect/latchkey-collect.sh")
}

/// What the script prints.
fn collected(folder: Option<&Path>) -> String {
    let done = Command::new("sh")
        .arg(script())
        .args(folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn the_collection_script_prints_the_code_that_apps_send() {
    let printed = collected(None);
    let (code, name) = printed.trim_end().split_once('\t').unwrap();
    assert_eq!(code, machine_code().unwrap());
    assert!(!name.is_empty());
    assert_eq!(printed.lines().count(), 1);
}

#[test]
fn it_writes_a_file_for_each_machine_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = collected(Some(folder.path()));
    let file = Path::new(file.trim_end());
    assert_eq!(file.parent(), Some(folder.path()));
    assert_eq!(std::fs::read_to_string(file).unwrap(), collected(None));
    let nowhere = folder.path().join("nowhere");
    let failed = Command::new("sh").arg(script()).arg(nowhere).output();
    assert!(!failed.unwrap().status.success(), "nothing is lost unsaid");
}

#[test]
fn the_script_for_windows_follows_the_same_recipe() {
    // There is no PowerShell here: that it says the same is all that can be seen.
    let windows = script().with_extension("ps1");
    let text = std::fs::read_to_string(windows).unwrap();
    for part in [
        "'latchkey-machine-code/1:'",
        "MachineGuid",
        "SHA256",
        "Substring(0, 32)",
    ] {
        assert!(text.contains(part), "{part}");
    }
}
