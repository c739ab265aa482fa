//! Starting again: a program that was quit a moment ago still has its name on the session bus while
//! it closes its store. A start that finds it, and finds it gone when it hands over what it was
//! asked for, is the first program after all.

#![expect(
    clippy::disallowed_methods,
    reason = "a program is where the environment is read and time is waited"
)]

use std::process::Command;
use std::time::Duration;

/// How often a program starts again at most, and how long it waits before: five seconds in all.
const TIMES_MAX: u32 = 20;
const WAIT: Duration = Duration::from_millis(250);

/// Counts the starts.
const VARIABLE: &str = "LATCHKEY_STARTED_AGAIN";

/// The plugin that hands a start over to the program that runs already.
const SINGLE_INSTANCE: &str = "single-instance";

/// Starts the program again in this one's place, if it failed for a predecessor that was ending.
/// Answers the error where that is not so, or has been tried often enough.
pub(crate) fn unless_handed_over(error: tauri::Error) -> anyhow::Error {
    let was_ending = matches!(&error, tauri::Error::PluginInitialization(plugin, _) if plugin == SINGLE_INSTANCE);
    let before = std::env::var(VARIABLE)
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(0_u32);
    let error = anyhow::Error::from(error);
    if !was_ending || before >= TIMES_MAX {
        return error;
    }
    std::thread::sleep(WAIT);
    match start(before + 1) {
        Ok(never) => match never {},
        Err(cause) => error.context(cause),
    }
}

#[cfg(unix)]
fn start(count: u32) -> std::io::Result<std::convert::Infallible> {
    use std::os::unix::process::CommandExt as _;
    Err(Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, count.to_string())
        .exec())
}

#[cfg(not(unix))]
fn start(count: u32) -> std::io::Result<std::convert::Infallible> {
    Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, count.to_string())
        .spawn()?;
    std::process::exit(0)
}
