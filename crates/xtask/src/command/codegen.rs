//! `cargo xtask codegen`: the contract, written from the code. Nothing else changes these files.
//!
//! The program prints `crates/api/openapi.json`; from that, `ui/src/api/schema.d.ts` is made.

use crate::{cargo, paths, process, ui};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// What can be said to `codegen`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail if something would change
    #[arg(long)]
    check: bool,
}

const CONTRACT: &str = "crates/api/openapi.json";
const SCHEMA: &str = "ui/src/api/schema.d.ts";

/// Writes both files, or compares them.
pub(crate) fn run(options: &Options) -> Result<()> {
    ui::ensure_dist()?;
    ui::install()?;
    cargo::build_program("latchkey")?;
    if options.check {
        return check();
    }
    for (file, text) in generate()? {
        if fs::read_to_string(paths::root().join(file)).is_ok_and(|before| before == text) {
            println!("{file} is as the code says");
            continue;
        }
        write(&paths::root().join(file), &text)?;
        println!("{file} written");
    }
    Ok(())
}

/// Fails if the committed files are not what the program says that was built last.
pub(crate) fn check() -> Result<()> {
    for (file, text) in generate()? {
        let committed = fs::read_to_string(paths::root().join(file))
            .with_context(|| format!("reading {file}"))?;
        if let Some(line) = first_difference(&committed, &text) {
            bail!("{file} is not what the code says (line {line}): run `cargo xtask codegen`");
        }
    }
    Ok(())
}

fn generate() -> Result<[(&'static str, String); 2]> {
    let contract = process::output(process::command(paths::program("latchkey")?).arg("openapi"))?;

    // The generator reads and writes files, and the clone's own are not to be touched by a check.
    let folder = paths::target()?.join("xtask/codegen");
    let (from, to) = (folder.join("openapi.json"), folder.join("schema.d.ts"));
    write(&from, &contract)?;
    process::output(
        ui::command("npx")
            .args(["--no-install", "openapi-typescript", "--alphabetize"])
            .arg(&from)
            .arg("--output")
            .arg(&to),
    )?;
    let schema = fs::read_to_string(&to).with_context(|| format!("reading {}", to.display()))?;
    Ok([(CONTRACT, contract), (SCHEMA, schema)])
}

fn write(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .with_context(|| format!("writing {}", file.display()))
}

fn first_difference(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return None;
    }
    let same = one
        .lines()
        .zip(other.lines())
        .take_while(|(one, other)| one == other)
        .count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\nb\n", "a\n"), Some(2));
        assert_eq!(first_difference("a\n", "a"), Some(2));
    }
}
