//! A WebKitWebDriver that starts programs with a window in a home of their own, and the store in that home.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use thirtyfour::{Capabilities, WebDriver};

use super::memory;

/// How long a window may take until it counts as not coming.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Fills the store of a home; its key is kept in the keychain of the session, where the window finds it.
pub(super) fn seed(
    home: &Path,
    programs: &Path,
    licenses: usize,
    machines_each: usize,
) -> Result<()> {
    let seeded = at_home(Command::new(programs.join("latchkey")), home)
        .args(["seed", "--licenses", &licenses.to_string()])
        .args(["--activations-per-license", &machines_each.to_string()])
        .stdout(Stdio::null())
        .status()?;
    if !seeded.success() {
        bail!("the store for the window could not be filled");
    }
    Ok(())
}

/// Lets a command live in a home of its own, on the store there.
fn at_home(mut command: Command, home: &Path) -> Command {
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env_remove("LATCHKEY_STORE")
        .env_remove("LATCHKEY_PASSPHRASE_FILE");
    command
}

/// A WebKitWebDriver of one start; dropped, it stops.
pub(super) struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    pub(super) async fn start(home: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = at_home(Command::new("WebKitWebDriver"), home)
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("WebKitWebDriver does not start: install webkit2gtk-driver")?;
        let driver = Self {
            child,
            address: format!("http://127.0.0.1:{port}"),
        };
        let answers = tokio::time::timeout(PATIENCE, async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_err()
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        answers.await.context("WebKitWebDriver does not answer")?;
        Ok(driver)
    }

    /// Starts a program; answers with the page in its window.
    pub(super) async fn open(&self, program: &Path) -> Result<WebDriver> {
        let mut capabilities = Capabilities::new();
        // Scrollbars as they are without a graphics device: the driver would have them lie over the page.
        let options = serde_json::json!({ "binary": program, "useOverlayScrollbars": false });
        capabilities.set("webkitgtk:browserOptions", options)?;
        WebDriver::new(&self.address, capabilities)
            .await
            .context("the window does not open")
    }

    /// Waits until the closed window's processes are gone, and stops: whoever started the program next would be handed over
    /// to one that is still there.
    pub(super) async fn stop(self) -> Result<()> {
        let gone = tokio::time::timeout(PATIENCE, async {
            while !memory::descendants(self.pid())?.is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(())
        });
        gone.await.context("the window does not close")?
    }

    /// The process that the program and all of its processes are below of.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
