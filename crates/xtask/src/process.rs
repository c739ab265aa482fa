//! Running other programs: shown before they run, and judged by how they end.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command in the root of the clone.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(super::paths::root());
    command
}

/// Runs a command with our own input and output; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    eprintln!("$ {shown}");
    let status = command
        .status()
        .with_context(|| format!("starting `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command silently and returns what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting `{shown}`"))?;
    if !output.status.success() {
        bail!("`{shown}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed no UTF-8"))
}

/// Whether a program of this name can be started.
pub(crate) fn exists(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    })
}

/// Whether we are root, and so need no sudo and may not run PostgreSQL.
pub(crate) fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// A command as a person would type it.
fn show(command: &Command) -> String {
    let mut words = vec![quote(command.get_program())];
    words.extend(command.get_args().map(quote));
    let line = words.join(" ");
    match command
        .get_current_dir()
        .and_then(|folder| folder.strip_prefix(super::paths::root()).ok())
    {
        Some(folder) if folder != Path::new("") => format!("cd {} && {line}", folder.display()),
        _ => line,
    }
}

fn quote(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    if word.is_empty() || word.contains([' ', '\'', '"', '$', '*', ';', '&', '|']) {
        format!("'{}'", word.replace('\'', r"'\''"))
    } else {
        word.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut npm = command("npm");
        npm.args(["run", "a b"])
            .current_dir(crate::paths::root().join("ui"));
        assert_eq!(show(&npm), "cd ui && npm run 'a b'");
        assert_eq!(show(command("true").arg("it's")), r"true 'it'\''s'");
    }

    #[test]
    fn a_failure_names_the_command() {
        let error = run(command("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(error.to_string().contains("sh -c 'exit 3'"), "{error}");
        assert!(error.to_string().contains('3'), "{error}");
    }
}
