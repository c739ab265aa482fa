//! Calling cargo, always for the whole workspace: a single package would unify features
//! differently and recompile a hundred crates.

use crate::{paths, process};
use anyhow::Result;
use std::process::Command;

/// `cargo`, building into the folder this program came from. In continuous integration clippy's compiler compiles our
/// own crates: there nothing is built yet, and others' crates need not be built once to be checked and once to be run.
pub(crate) fn command() -> Result<Command> {
    let mut command = process::command("cargo");
    command.env("CARGO_TARGET_DIR", paths::target()?);
    if in_ci() {
        command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env(
            "CLIPPY_ARGS",
            ["--deny", "warnings", ""].join("__CLIPPY_HACKERY__"),
        );
    }
    Ok(command)
}

/// Whether this is continuous integration.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| !ci.is_empty())
}

/// `cargo fmt`, changing nothing.
pub(crate) fn format_check() -> Result<()> {
    process::run(command()?.args(["fmt", "--all", "--check"]))
}

/// All lints of all targets, warnings being errors.
pub(crate) fn clippy() -> Result<()> {
    if in_ci() {
        return build_all();
    }
    process::run(command()?.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ]))
}

/// Builds one program without those that need a window's libraries.
pub(crate) fn build_program(name: &str) -> Result<()> {
    process::run(command()?.args(["build", "--workspace", "--bin", name]))
}

/// Builds all programs.
pub(crate) fn build_programs() -> Result<()> {
    process::run(command()?.args(["build", "--workspace", "--bins"]))
}

/// Builds programs and tests.
pub(crate) fn build_all() -> Result<()> {
    process::run(command()?.args(["build", "--workspace", "--all-targets"]))
}
