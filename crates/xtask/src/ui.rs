//! The UI's own tools: npm, and the scripts in `ui/package.json`.

use crate::{paths, process, stamp::Stamp};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The oldest Node that the UI's tools accept.
const NODE: (u32, u32) = (20, 19);

/// Folders in `ui/` that are made, not written.
const MADE: &[&str] = &["node_modules", "dist", "paraglide", "test-results"];

/// The UI's folder.
pub(crate) fn folder() -> PathBuf {
    paths::root().join("ui")
}

/// A command in the UI's folder.
pub(crate) fn command(program: &str) -> Command {
    let mut command = process::command(program);
    command.current_dir(folder());
    command
}

/// Installs the UI's packages if the lock file changed since the last time.
pub(crate) fn install() -> Result<()> {
    node_is_new_enough()?;
    let lock = folder().join("package-lock.json");
    let stamp = Stamp::of("npm", &[lock, folder().join("package.json")], &[])?;
    if stamp.is_current() && folder().join("node_modules/.package-lock.json").exists() {
        return Ok(());
    }
    println!("Installing the UI's packages as ui/package-lock.json names them.");
    // Not `npm ci`: it refuses a lock file that lacks packages of platforms the person who wrote
    // it could not reach. This installs what the file locks, and `--no-save` leaves it alone;
    // that both files say the same is `tidy`'s to check.
    process::run(command("npm").args(["install", "--no-save", "--no-audit", "--no-fund"]))?;
    stamp.set()
}

/// Builds `ui/dist`, which the programs carry, if a source of it changed.
pub(crate) fn build() -> Result<()> {
    install()?;
    let stamp = Stamp::of("ui", &[folder()], MADE)?;
    if stamp.is_current() && folder().join("dist/index.html").exists() {
        return Ok(());
    }
    script("build")?;
    // The build may itself write ignored files among the sources: look again.
    Stamp::of("ui", &[folder()], MADE)?.set()
}

/// Makes sure that `ui/dist` is there, since the programs do not compile without it.
pub(crate) fn ensure_dist() -> Result<()> {
    let page = folder().join("dist/index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder().join("dist"))
        .and_then(|()| {
            fs::write(
                &page,
                "<!doctype html><title>Latchkey</title><p>cargo xtask run</p>\n",
            )
        })
        .with_context(|| format!("writing {}", page.display()))
}

/// Runs a script of `ui/package.json`.
pub(crate) fn script(name: &str) -> Result<()> {
    process::run(
        command("npm")
            .env("CI", "1")
            .args(["run", "--silent", name]),
    )
}

fn node_is_new_enough() -> Result<()> {
    let (major, minor) = NODE;
    let wanted = format!("Node {major}.{minor} or newer is needed (nodejs.org, or your package)");
    if !process::exists("node") || !process::exists("npm") {
        bail!("{wanted}, and npm; `node` or `npm` was not found");
    }
    let version = process::output(command("node").arg("--version"))?;
    if version_of(&version).is_none_or(|found| found < NODE) {
        bail!("{wanted}; found {}", version.trim());
    }
    Ok(())
}

fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version_of("v20.20.2\n"), Some((20, 20)));
        assert!(version_of("v20.9.0") < Some(NODE));
        assert!(version_of("v22.1.0") > Some(NODE));
        assert_eq!(version_of("nonsense"), None);
    }
}
