//! The real clock, the real randomness and the user's real folders: what everything below takes
//! as arguments.

#![expect(
    clippy::disallowed_methods,
    reason = "a program is where time and randomness come from"
)]

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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

/// How long the program has been measuring: it never goes back, whatever is done to the clock.
pub(crate) fn running() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed()
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
