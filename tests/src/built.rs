//! Where the built programs are: beside this test.

use std::path::PathBuf;

/// The path of a built program.
pub(crate) fn program(name: &str) -> PathBuf {
    let path = target().join(name);
    assert!(
        path.exists(),
        "{} is not built: run `cargo build --workspace` first",
        path.display()
    );
    path
}

/// A folder for what the tests leave to look at.
pub(crate) fn output(name: &str) -> PathBuf {
    let folder = target().parent().unwrap().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// `target/debug`: this test is in its `deps`.
fn target() -> PathBuf {
    std::env::current_exe()
        .unwrap()
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .to_owned()
}
