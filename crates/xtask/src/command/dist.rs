//! `cargo xtask dist`: a Debian package of the desktop program, and proof that it starts.

use crate::session::Session;
use crate::{debian, paths, process, ui};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What can be said to `dist`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Optimised, as it is given to people; without it, quickly built
    #[arg(long)]
    release: bool,
    /// Install the package on this machine, start it, and remove it again (needs root or sudo);
    /// without it, the package is unpacked and started from there
    #[arg(long)]
    install: bool,
}

/// How long a window may take to appear on a busy machine.
const WINDOW_SECONDS: u64 = 60;

const PROGRAM: &str = "usr/bin/latchkey-desktop";

/// Builds, checks and starts the package.
pub(crate) fn run(options: &Options) -> Result<()> {
    debian::ensure(&[debian::BUILD, debian::WINDOW])?;
    ui::build()?;
    let profile = if options.release { "release" } else { "debug" };
    let bundles = paths::target()?.join(profile).join("bundle/deb");
    // What an earlier version left would be taken for this one's.
    if bundles.exists() {
        fs::remove_dir_all(&bundles).with_context(|| format!("removing {}", bundles.display()))?;
    }
    let mut build = process::command(ui::folder().join("node_modules/.bin/tauri"));
    build
        .args(["build", "--bundles", "deb"])
        .env("CARGO_TARGET_DIR", paths::target()?);
    if !options.release {
        build.arg("--debug");
    }
    process::run(&mut build)?;

    let package = only_package(&bundles)?;
    process::run(process::command("dpkg-deb").arg("--info").arg(&package))?;
    // Every package it depends on can be had, and nothing stands in the way.
    process::run(
        process::command("apt-get")
            .args(["install", "--simulate", "--quiet"])
            .arg(&package),
    )?;
    check_license_files_open(&package)?;
    let session = Session::start()?;
    if options.install {
        install_and_start(&package, &session)?;
    } else {
        unpack_and_start(&package, &session)?;
    }
    println!("{} installs and starts.", package.display());
    Ok(())
}

/// A double click on a license file has to find the program: its kind is declared, and the
/// program says that it takes it.
fn check_license_files_open(package: &Path) -> Result<()> {
    const KIND: &str = "application/vnd.latchkey.license-file+json";
    let text = |file: &str| {
        let archive = process::output(
            process::command("sh")
                .args([
                    "-c",
                    "dpkg-deb --fsys-tarfile \"$0\" | tar -xO --wildcards \"$1\"",
                ])
                .arg(package)
                .arg(file),
        )?;
        anyhow::Ok(archive)
    };
    let kinds = text("*/share/mime/packages/*.xml")?;
    let entry = text("*/share/applications/*.desktop")?;
    let takes_a_file = entry
        .lines()
        .any(|line| line.starts_with("Exec=") && line.contains('%'));
    let says_so = entry
        .lines()
        .any(|line| line.starts_with("MimeType=") && line.contains(KIND));
    if !(kinds.contains(KIND) && takes_a_file && says_so) {
        bail!("the package does not open license files:\n{entry}\n{kinds}");
    }
    Ok(())
}

fn only_package(folder: &Path) -> Result<PathBuf> {
    fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|end| end == "deb"))
        .with_context(|| format!("no package in {}", folder.display()))
}

fn unpack_and_start(package: &Path, session: &Session) -> Result<()> {
    let folder = paths::target()?.join("xtask/package");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    process::run(
        process::command("dpkg-deb")
            .arg("--extract")
            .arg(package)
            .arg(&folder),
    )?;
    start(&folder.join(PROGRAM), session)
}

fn install_and_start(package: &Path, session: &Session) -> Result<()> {
    debian::apt_get(&debian::INSTALL, &[package])?;
    let started = start(&Path::new("/").join(PROGRAM), session);
    let name = process::output(
        process::command("dpkg-deb")
            .args(["--field"])
            .arg(package)
            .arg("Package"),
    )?;
    debian::apt_get(&["remove", "--yes"], &[name.trim()])?;
    started
}

/// Starts the program in a fresh home and waits for its window.
fn start(program: &Path, session: &Session) -> Result<()> {
    let home = paths::target()?.join("xtask/home");
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| format!("removing {}", home.display()))?;
    }
    fs::create_dir_all(&home).with_context(|| format!("creating {}", home.display()))?;
    let mut command = Command::new(program);
    command.current_dir("/").env("HOME", &home);
    for name in [
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
    ] {
        command.env_remove(name);
    }
    session.enter(&mut command);
    let mut child = command
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let window = wait_for_window(&mut child, session);
    let _ = child.kill();
    let _ = child.wait();
    window
}

fn wait_for_window(child: &mut Child, session: &Session) -> Result<()> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(WINDOW_SECONDS) {
        if let Some(status) = child.try_wait()? {
            bail!("the program ended before it showed a window ({status})");
        }
        let mut search = process::command("xdotool");
        search.args(["search", "--onlyvisible", "--name", "Latchkey"]);
        session.enter(&mut search);
        if search.output().is_ok_and(|output| output.status.success()) {
            println!(
                "The window appeared after {:.1} s.",
                start.elapsed().as_secs_f64()
            );
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    bail!("no window appeared within {WINDOW_SECONDS} s")
}
