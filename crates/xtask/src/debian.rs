//! The Debian packages the project needs, and installing those that are missing.

use crate::process;
use anyhow::{Result, bail};
use std::ffi::OsStr;

/// What it takes to compile the desktop program, and to run it.
pub(crate) const BUILD: &[&str] = &[
    "build-essential",
    "file",
    "libdbus-1-dev",
    "libgtk-3-dev",
    "libjavascriptcoregtk-4.1-dev",
    "librsvg2-dev",
    "libsoup-3.0-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
];

/// A display and a keychain of the tests' own, and what looks for windows in it and takes pictures.
pub(crate) const WINDOW: &[&str] = &[
    "dbus",
    "fonts-dejavu-core",
    "fonts-liberation",
    "gnome-keyring",
    "imagemagick",
    "xdotool",
    "xvfb",
];

/// What drives the UI in a browser and in the window. Chromium without a window of its own: it draws the same, and takes
/// a quarter less time than the one that hides its window.
pub(crate) const DRIVERS: &[&str] = &["chromium-headless-shell", "webkit2gtk-driver"];

/// What the libraries' tests need: the second database, keychains, a stranger's tool to verify
/// license files with, a mail server.
pub(crate) const LIBRARIES: &[&str] = &[
    "dbus",
    "gnome-keyring",
    "openssl",
    "postgresql",
    "python3-aiosmtpd",
];

/// Installs those of the packages that are missing, saying exactly which.
pub(crate) fn ensure(groups: &[&[&str]]) -> Result<()> {
    let mut wanted: Vec<&str> = groups.concat();
    wanted.sort_unstable();
    wanted.dedup();
    if !process::exists("dpkg-query") || !process::exists("apt-get") {
        eprintln!(
            "This is no Debian, so nothing is installed. Make sure that what these Debian packages \
             hold is there: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing = missing(&wanted, &installed(&wanted)?);
    if missing.is_empty() {
        return Ok(());
    }
    install(&missing)
}

fn install(missing: &[&str]) -> Result<()> {
    let list = missing.join(" ");
    println!(
        "Installing {} Debian packages that are missing: {list}",
        missing.len()
    );
    if !process::is_root() {
        if !process::exists("sudo") {
            bail!(
                "these Debian packages are missing: {list}\n\
                 Neither root nor sudo is at hand. As root, run\n\
                 \x20   apt-get update && apt-get install --no-install-recommends {list}\n\
                 and then this command again."
            );
        }
        println!("sudo may ask for your password.");
    }
    apt_get(&["update"], &[""; 0])?;
    apt_get(&INSTALL, missing)
}

/// What `apt-get` is asked for, to install packages.
pub(crate) const INSTALL: [&str; 3] = ["install", "--yes", "--no-install-recommends"];

/// Runs `apt-get` as root. Debian upgrades itself now and then: that is waited for, ten minutes at most.
pub(crate) fn apt_get<S: AsRef<OsStr>>(words: &[&str], rest: &[S]) -> Result<()> {
    let apt_get = ["apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=600"];
    as_root(&[&apt_get, words].concat(), rest)
}

/// Runs a command as root, through sudo if we are not.
fn as_root<S: AsRef<OsStr>>(words: &[&str], rest: &[S]) -> Result<()> {
    let mut command = process::command(if process::is_root() { "env" } else { "sudo" });
    if !process::is_root() {
        command.arg("env");
    }
    process::run(
        command
            .arg("DEBIAN_FRONTEND=noninteractive")
            .args(words)
            .args(rest),
    )
}

/// `dpkg-query`'s answer for these packages. It fails if it never heard of one, which is an answer too.
fn installed(wanted: &[&str]) -> Result<String> {
    let output = process::command("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status} ${Package}\\n"])
        .args(wanted)
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn missing<'a>(wanted: &[&'a str], status: &str) -> Vec<&'a str> {
    let there: Vec<&str> = status
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|package| !there.contains(package))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_what_is_not_installed_whatever_else_it_is() {
        let status = "installed xvfb\nconfig-files postgresql\nnot-installed file\n";
        let wanted = ["file", "postgresql", "unheard-of", "xvfb"];
        assert_eq!(
            missing(&wanted, status),
            ["file", "postgresql", "unheard-of"]
        );
    }

    #[test]
    fn an_essential_package_is_installed_on_every_debian() {
        if process::exists("dpkg-query") {
            let status = installed(&["dpkg", "no-such-package-of-any-name"]).unwrap();
            assert_eq!(
                missing(&["dpkg", "no-such-package-of-any-name"], &status),
                ["no-such-package-of-any-name"]
            );
        }
    }
}
