//! A person's home of the test's own: nothing of the real one is read or written.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// An empty home.
pub(crate) struct Home {
    folder: TempDir,
}

/// The passphrase that tests use.
pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// What whoever runs the tests may have set.
const SETTINGS: [&str; 13] = [
    "BEHIND_PROXY",
    "CONFIG",
    "LISTEN",
    "LOG",
    "LOG_FORMAT",
    "MAIL",
    "MAIL_FROM",
    "METRICS_LISTEN",
    "PASSPHRASE_FILE",
    "STORE",
    "TLS_CERTIFICATE",
    "TLS_KEY",
    "URL",
];

impl Home {
    /// Makes one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("latchkey-")
            .tempdir()
            .unwrap();
        for name in ["data", "config", "cache", "state"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    /// A path inside.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where an embedded store is without further ado.
    pub(crate) fn store(&self) -> PathBuf {
        self.path("data/latchkey/latchkey.db")
    }

    /// Writes a file inside; answers its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A file with [`PASSPHRASE`] in it.
    pub(crate) fn passphrase_file(&self) -> PathBuf {
        self.write("passphrase", format!("{PASSPHRASE}\n"))
    }

    /// Lets a command live here.
    pub(crate) fn enter(&self, command: &mut Command) {
        let path: &Path = self.folder.path();
        command.env("HOME", path).current_dir(path);
        for (name, folder) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            command.env(name, path.join(folder));
        }
        for name in SETTINGS {
            command.env_remove(format!("LATCHKEY_{name}"));
        }
    }

    /// Lets a command live here, in a session without a keychain.
    pub(crate) fn enter_without_keychain(&self, command: &mut Command) {
        self.enter(command);
        let nowhere = format!("unix:path={}", self.path("no-bus").display());
        command.env("DBUS_SESSION_BUS_ADDRESS", nowhere);
    }
}
