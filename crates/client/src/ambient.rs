//! The machine's clock and its randomness. A library in somebody else's program is where both come
//! from, as the binaries are elsewhere; everything else in this crate takes them as arguments.

#![expect(
    clippy::disallowed_methods,
    reason = "the program around this library is not ours, so the clock and the randomness are read here, and only here"
)]

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};

/// Bytes of a nonce or of an `Idempotency-Key`.
const TOKEN_BYTES: usize = 16;

/// What the system's clock shows; one before 1970 counts as 1970.
pub(crate) fn now() -> DateTime<Utc> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
}

/// 128 random bits in hexadecimal; nothing if the system gives none.
pub(crate) fn token() -> Option<String> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// A random share of one, below 1. Without randomness a half: waits then differ from nobody's.
pub(crate) fn share() -> f64 {
    let bits = getrandom::u32().unwrap_or(u32::MAX / 2);
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

/// The system's own id of this machine, if it has one and tells.
#[cfg(not(any(windows, target_os = "macos")))]
pub(crate) fn machine_id() -> Option<String> {
    let read = |path: &&str| std::fs::read_to_string(path).ok();
    ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .filter_map(read)
        .find(|id| !id.trim().is_empty())
}

/// The system's own id of this machine: what its hardware is called.
#[cfg(target_os = "macos")]
pub(crate) fn machine_id() -> Option<String> {
    let said = said_by("ioreg", &["-rd1", "-c", "IOPlatformExpertDevice"])?;
    let line = said.lines().find(|line| line.contains("IOPlatformUUID"))?;
    line.split('"').nth(3).map(str::to_owned)
}

/// The system's own id of this machine, from the 64-bit view of its registry.
#[cfg(windows)]
pub(crate) fn machine_id() -> Option<String> {
    let key = r"HKLM\SOFTWARE\Microsoft\Cryptography";
    let said = said_by("reg", &["query", key, "/v", "MachineGuid", "/reg:64"])?;
    let line = said.lines().find(|line| line.contains("MachineGuid"))?;
    line.split_whitespace().last().map(str::to_owned)
}

/// What a program of the system's prints.
#[cfg(any(windows, target_os = "macos"))]
fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let said = std::process::Command::new(program)
        .args(arguments)
        .output()
        .ok()?;
    String::from_utf8(said.stdout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
        assert!((0.0..1.0).contains(&share()));
    }
}
