//! The operating system's keychain.
//!
//! The secret stands there as base64 text, because some keychains take only text. Every call runs
//! on a thread of its own and is waited for only so long: a locked keychain asks a person first,
//! and on a machine without one nobody would ever answer.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use zeroize::Zeroizing;

use crate::error::KeyError;
use crate::seal::SealingKey;

/// The name under which the keychain lists our secrets.
pub const KEYCHAIN_SERVICE: &str = "latchkey";

/// Refuses when no keychain answers in this session.
pub(crate) fn reach(wait: Duration) -> Result<(), KeyError> {
    within(wait, || store().map(drop))
}

pub(crate) fn find(account: &str, wait: Duration) -> Result<Option<SealingKey>, KeyError> {
    let name = account.to_owned();
    within(wait, move || read(&name))
}

/// Keeps a new key; answers what the keychain then holds.
pub(crate) fn keep(account: &str, key: SealingKey, wait: Duration) -> Result<SealingKey, KeyError> {
    let name = account.to_owned();
    within(wait, move || {
        let text = Zeroizing::new(BASE64.encode(key.expose()));
        entry(&name)?.set_password(&text).map_err(told)?;
        read(&name)?.ok_or(KeyError::KeychainAbsent(keyring_core::Error::NoEntry))
    })
}

/// A secret text of ours that is no sealing key, such as the token of a session; none if nothing is kept.
///
/// # Errors
/// Refuses where no keychain answers within `wait`.
pub fn find_secret(account: &str, wait: Duration) -> Result<Option<Zeroizing<String>>, KeyError> {
    let name = account.to_owned();
    within(wait, move || text_of(&name))
}

/// Keeps such a secret in the place of what was kept.
///
/// # Errors
/// Refuses where no keychain answers within `wait`.
pub fn keep_secret(
    account: &str,
    secret: Zeroizing<String>,
    wait: Duration,
) -> Result<(), KeyError> {
    let name = account.to_owned();
    within(wait, move || {
        entry(&name)?.set_password(&secret).map_err(told)
    })
}

/// Forgets such a secret, if one is kept.
///
/// # Errors
/// Refuses where no keychain answers within `wait`.
pub fn forget_secret(account: &str, wait: Duration) -> Result<(), KeyError> {
    let name = account.to_owned();
    within(wait, move || match entry(&name)?.delete_credential() {
        Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
        Err(error) => Err(told(error)),
    })
}

fn text_of(account: &str) -> Result<Option<Zeroizing<String>>, KeyError> {
    match entry(account)?.get_password() {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(keyring_core::Error::NoEntry) => Ok(None),
        Err(error) => Err(told(error)),
    }
}

fn read(account: &str) -> Result<Option<SealingKey>, KeyError> {
    let Some(text) = text_of(account)? else {
        return Ok(None);
    };
    let damaged = || KeyError::KeychainDamaged {
        account: account.to_owned(),
    };
    let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).map_err(|_| damaged())?);
    let mut key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| damaged())?;
    Ok(Some(SealingKey::take(&mut key)))
}

fn entry(account: &str) -> Result<keyring_core::Entry, KeyError> {
    store()?
        .build(KEYCHAIN_SERVICE, account, None)
        .map_err(told)
}

fn store() -> Result<Arc<keyring_core::CredentialStore>, KeyError> {
    let store =
        zbus_secret_service_keyring_store::Store::new().map_err(KeyError::KeychainAbsent)?;
    Ok(store)
}

fn told(error: keyring_core::Error) -> KeyError {
    match error {
        keyring_core::Error::NoStorageAccess(_) => KeyError::KeychainLocked(error),
        other => KeyError::KeychainAbsent(other),
    }
}

fn within<T: Send + 'static>(
    wait: Duration,
    work: impl FnOnce() -> Result<T, KeyError> + Send + 'static,
) -> Result<T, KeyError> {
    let (answer, answered) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        // Nobody listens any more when the wait is over.
        let _ = answer.send(work());
    });
    match answered.recv_timeout(wait) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyError::KeychainSilent {
            seconds: wait.as_secs(),
        }),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyError::KeychainAbsent(
            keyring_core::Error::BadStoreFormat(
                "the keychain's client ended without an answer".to_owned(),
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    //! A session bus without, and one with, a keychain: each test starts its own with
    //! `dbus-run-session` and runs itself again inside it. Where that program or gnome-keyring is
    //! missing, the tests fail and say what to install.

    use std::process::{Command, Stdio};

    use super::*;
    use crate::place::{KeyPlace, sealing_key};

    const INSIDE: &str = "LATCHKEY_KEYS_TEST_INSIDE";
    const WAIT: Duration = Duration::from_secs(20);

    #[expect(
        clippy::disallowed_methods,
        reason = "tells the inner run of a test from the outer"
    )]
    /// Whether this process is already the one inside the session; starts that one if not.
    fn inside(test: &str, keychain: bool) -> bool {
        if std::env::var_os(INSIDE).is_some() {
            return true;
        }
        let home = tempfile::tempdir().unwrap();
        let unlock = if keychain {
            "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null &&"
        } else {
            ""
        };
        let script = format!("{unlock} exec \"$0\" --exact \"$1\" --nocapture");
        let program = std::env::current_exe().unwrap();
        let mut command = Command::new("dbus-run-session");
        // A bus that cannot start services: only what the script starts is there.
        let config = home.path().join("bus.conf");
        std::fs::write(&config, BUS).unwrap();
        command
            .arg("--config-file")
            .arg(&config)
            .args(["--", "sh", "-c", &script]);
        command.arg(program).arg(format!("keychain::tests::{test}"));
        command
            .env(INSIDE, "1")
            .env("HOME", home.path())
            .env_remove("DISPLAY");
        for (name, folder) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_RUNTIME_DIR", "run"),
            ("XDG_CONFIG_HOME", "config"),
        ] {
            let folder = home.path().join(folder);
            std::fs::create_dir(&folder).unwrap();
            command.env(name, folder);
        }
        let output = command
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| {
                panic!("dbus-run-session does not start ({error}): install the package dbus")
            });
        assert!(
            output.status.success(),
            "the test failed inside its session; it needs the packages dbus and gnome-keyring\n\
             {}\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        false
    }

    const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

    #[test]
    fn the_keychain_gives_the_same_key_again_and_another_to_another_store() {
        if !inside(
            "the_keychain_gives_the_same_key_again_and_another_to_another_store",
            true,
        ) {
            return;
        }
        once_it_answers();
        let place = |account: &str| KeyPlace::Keychain {
            account: account.to_owned(),
            wait: WAIT,
        };
        let mut next = 0_u8;
        let mut random = |buffer: &mut [u8]| {
            next += 1;
            buffer.fill(next);
        };
        assert!(find("/data/a.db", WAIT).unwrap().is_none());
        let first = sealing_key(&place("/data/a.db"), &mut random).unwrap();
        let second = sealing_key(&place("/data/b.db"), &mut random).unwrap();
        let again = sealing_key(&place("/data/a.db"), &mut random).unwrap();
        assert_eq!(first.expose(), &[1; 32]);
        assert_eq!(second.expose(), &[2; 32]);
        assert_eq!(again.expose(), first.expose());

        entry("/data/a.db")
            .unwrap()
            .set_password("not a key")
            .unwrap();
        assert_eq!(
            find("/data/a.db", WAIT).unwrap_err().code(),
            "keychain_damaged"
        );
    }

    /// Waits until the keychain that the session began with has its name on the bus.
    fn once_it_answers() {
        let mut tries = 0;
        while let Err(error) = reach(WAIT) {
            tries += 1;
            assert!(tries < 200, "{error}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    #[test]
    fn a_secret_is_kept_until_it_is_forgotten() {
        if !inside("a_secret_is_kept_until_it_is_forgotten", true) {
            return;
        }
        once_it_answers();
        let account = "session of https://licenses.example/";
        let kept = || find_secret(account, WAIT).unwrap();
        assert!(kept().is_none());
        for secret in ["lks_1", "lks_2"] {
            keep_secret(account, Zeroizing::new(secret.to_owned()), WAIT).unwrap();
            assert_eq!(kept().unwrap().as_str(), secret);
        }
        forget_secret(account, WAIT).unwrap();
        assert!(kept().is_none());
        forget_secret(account, WAIT).unwrap();
    }

    #[test]
    fn a_session_without_a_keychain_is_told_so() {
        if !inside("a_session_without_a_keychain_is_told_so", false) {
            return;
        }
        assert_eq!(reach(WAIT).unwrap_err().code(), "keychain_absent");
        let error = find("/data/a.db", WAIT).unwrap_err();
        assert_eq!(error.code(), "keychain_absent", "{error}");
        assert!(error.fix().contains("passphrase"));
    }

    #[test]
    fn a_keychain_that_stays_silent_is_not_waited_for_forever() {
        let silent = Duration::from_millis(20);
        let error = within::<()>(silent, || {
            std::thread::park();
            Ok(())
        })
        .unwrap_err();
        assert_eq!(error.code(), "keychain_silent");
    }
}
