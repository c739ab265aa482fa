//! A display, a session bus and a keychain of the tests' own: nothing of the person's is touched.

use crate::guard::{Facts, Guard};
use anyhow::Result;
use std::process::Command;

/// A running session; dropped, it stops.
pub(crate) struct Session {
    facts: Facts,
    _guard: Guard,
}

impl Session {
    /// Starts Xvfb, a session bus and an unlocked gnome-keyring.
    pub(crate) fn start() -> Result<Self> {
        let (guard, facts) =
            Guard::start("a display with a keychain", include_str!("session.sh"), &[])?;
        Ok(Self {
            facts,
            _guard: guard,
        })
    }

    /// Lets a command live in this session.
    pub(crate) fn enter(&self, command: &mut Command) {
        command
            .envs(&self.facts)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1");
    }
}
