//! WebKitWebDriver on a port of its own, and the window that it starts.

#![expect(
    clippy::disallowed_methods,
    reason = "tests find their programs in the environment"
)]

use std::ffi::OsString;
use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::harness::PATIENCE;
use crate::built;
use crate::home::Home;

/// The driver. When it goes, the window goes with it.
pub(super) struct DriverProcess {
    child: Child,
    pub(super) address: String,
    log: PathBuf,
}

impl DriverProcess {
    pub(super) async fn start(name: &str, home: &Home, keychain: bool) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let log = built::output("screenshots").join(format!("window-{name}.log"));
        let file = File::create(&log).unwrap();
        let mut command = Command::new("WebKitWebDriver");
        if keychain {
            home.enter(&mut command);
        } else {
            home.enter_without_keychain(&mut command);
        }
        command
            .arg(format!("--port={port}"))
            .env("PATH", path(home))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .process_group(0);
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("WebKitWebDriver does not start ({error}): install webkit2gtk-driver")
        });
        let driver = Self {
            child,
            address: format!("http://127.0.0.1:{port}"),
            log,
        };
        let answers = tokio::time::timeout(PATIENCE, async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_err()
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(
            answers.await.is_ok(),
            "WebKitWebDriver does not answer:\n{}",
            driver.log()
        );
        driver
    }

    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether the program of the window still runs: it is in the driver's process group.
    pub(super) fn program_runs(&self) -> bool {
        let group = self.child.id().to_string();
        std::fs::read_dir("/proc")
            .unwrap()
            .flatten()
            .filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok())
            .any(|stat| is_program_of(&stat, &group))
    }
}

/// Where programs are found: those that a test has put into its home come first.
fn path(home: &Home) -> OsString {
    let mut path = home.path("bin").into_os_string();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}

/// Reads a line of `/proc/PID/stat` (proc(5)): `PID (NAME) STATE PARENT GROUP ...`, where the
/// kernel cuts the name after 15 characters, and a state of `Z` has ended once it has but one thread
/// left (the twentieth field): the others hold its files and its name on the bus a moment longer.
fn is_program_of(stat: &str, group: &str) -> bool {
    let Some((name, rest)) = stat.rsplit_once(')') else {
        return false;
    };
    let mut rest = rest.split_whitespace();
    let (state, of, threads) = (rest.next(), rest.nth(1), rest.nth(14));
    let ended = state == Some("Z") && matches!(threads, Some("0" | "1"));
    name.ends_with("(latchkey-deskto") && !ended && of == Some(group)
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        // The group, so that a window whose test failed goes too.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.child.wait();
    }
}
