//! The real clock, the real randomness and the user's real folders: what everything below takes
//! as arguments.

#![expect(
    clippy::disallowed_methods,
    reason = "a program is where time and randomness come from"
)]

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use latchkey_domain::random::Random;
use latchkey_domain::time::{Clock, Timestamp};

/// The system's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A clock before 1970 is no clock; the first moment makes every later check refuse.
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The system's source of random bytes.
pub(crate) struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Keys of predictable bytes would be worse than no program.
            eprintln!("the system gives no random bytes: {error}");
            std::process::abort();
        }
    }
}

/// The folder for the user's data, by the XDG rules.
pub(crate) fn data_folder() -> anyhow::Result<PathBuf> {
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| Some(absolute("HOME")?.join(".local/share")))
        .map(|folder| folder.join("latchkey"))
        .ok_or_else(|| {
            anyhow::anyhow!("neither XDG_DATA_HOME nor HOME names a folder: say where with --store")
        })
}

/// What this computer is called, as far as people can read it.
pub(crate) fn computer_name() -> String {
    const CHARS_MAX: usize = 60;
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let letters = name.trim().chars().filter(|letter| !letter.is_control());
    let name: String = letters.take(CHARS_MAX).collect();
    if name.is_empty() {
        "Linux".to_owned()
    } else {
        name
    }
}

/// The system's locale, such as `de_DE.UTF-8`.
pub(crate) fn locale() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty())
        .unwrap_or_default()
}
