//! Passwords: hashed with argon2id (RFC 9106), beside the tasks that answer requests, behind them where processors are few,
//! and only so many at once.

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use latchkey_domain::Random;
use latchkey_domain::limits::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use latchkey_domain::random::bytes_16;
use latchkey_domain::refusal::{Refusal, RefusalKind};
use latchkey_domain::user::PasswordHash;
use tokio::sync::{Semaphore, oneshot};
use zeroize::Zeroizing;

/// Memory of one hash in KiB, passes and lanes: OWASP's first recommendation for argon2id (Password Storage Cheat Sheet).
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes at once: those who sign in wait for each other, not everybody else for them.
const AT_ONCE: usize = 2;

/// How far the threads that hash stand back, as a nice value: a tenth of the processor that another thread gets, where both
/// want all of it (`sched(7)`). Signing in takes a little longer then; validating would take several times as long.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// What a person typed as a password.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes what was typed.
    #[must_use]
    pub fn typed(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Refuses what is too short to choose, or too long to hash. Which characters it has is nobody's business (NIST SP
    /// 800-63B §3.1.1.2).
    fn choosable(&self) -> Result<(), PasswordRefusal> {
        if self.0.chars().count() < PASSWORD_CHARS_MIN {
            return Err(PasswordRefusal::TooShort);
        }
        self.hashable()
    }

    fn hashable(&self) -> Result<(), PasswordRefusal> {
        if self.0.len() > PASSWORD_BYTES_MAX {
            return Err(PasswordRefusal::TooLong);
        }
        Ok(())
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefusal {
    /// Too few characters.
    #[error("a password has at least {PASSWORD_CHARS_MIN} characters")]
    TooShort,
    /// Too many bytes.
    #[error("a password has at most {PASSWORD_BYTES_MAX} bytes")]
    TooLong,
}

impl Refusal for PasswordRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort => "password_too_short",
            Self::TooLong => "password_too_long",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::TooShort => {
                "Take a few words that do not belong together, or let a password manager make one."
            }
            Self::TooLong => "Take a shorter one.",
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        Some("/password")
    }
}

/// Hashes and compares passwords.
pub(crate) struct Hasher {
    turns: Arc<Semaphore>,
}

impl Hasher {
    pub(crate) fn new() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// The hash of a new password.
    pub(crate) async fn hash(
        &self,
        password: &Password,
        random: &dyn Random,
    ) -> Result<PasswordHash, PasswordRefusal> {
        password.choosable()?;
        let (password, salt) = (password.clone(), bytes_16(random));
        self.in_turn(move || hash(&password, &salt))
            .await
            .map(PasswordHash::new)
            .ok_or(PasswordRefusal::TooLong)
    }

    /// Whether it is the password with this hash. Where there is none it takes as long to say no.
    pub(crate) async fn verify(&self, password: &Password, known: Option<&PasswordHash>) -> bool {
        if password.hashable().is_err() {
            return false;
        }
        let (password, known) = (password.clone(), known.cloned());
        self.in_turn(move || match known {
            Some(known) => argon2()?
                .verify_password(password.0.as_bytes(), known.as_str())
                .ok(),
            None => hash(&password, &[0; 16]).and(None),
        })
        .await
        .is_some()
    }

    /// Has a thread of its own do it. Whoever goes away meanwhile leaves the turn taken: the hash is not broken off.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Option<T> + Send + 'static,
    ) -> Option<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let (done, doing) = oneshot::channel();
        let thread = std::thread::Builder::new().name("password".into());
        let started = thread.spawn(move || {
            stand_back();
            // Nobody may be waiting for it any more.
            drop(done.send(work()));
            drop(turn);
        });
        if let Err(error) = started {
            tracing::error!(%error, "no thread for a password");
        }
        doing.await.ok().flatten()
    }
}

/// Lets the other threads go first. On Linux a priority is that of a thread (`setpriority(2)`).
#[cfg(target_os = "linux")]
fn stand_back() {
    let this = rustix::thread::gettid();
    if let Err(error) = rustix::process::setpriority_process(Some(this), NICENESS) {
        tracing::debug!(%error, "a password is hashed like everything else");
    }
}

#[cfg(not(target_os = "linux"))]
const fn stand_back() {}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &Password, salt: &[u8]) -> Option<String> {
    let hash = argon2()?.hash_password_with_salt(password.0.as_bytes(), salt);
    hash.ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use latchkey_domain::random::SeededRandom;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let (hasher, random) = (Hasher::new(), SeededRandom::new(1));
        let password = Password::typed("korrekt-pferd-batterie".into());
        let known = hasher.hash(&password, &random).await.unwrap();
        assert!(
            known
                .as_str()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        assert!(hasher.verify(&password, Some(&known)).await);
        let other = Password::typed("korrekt-pferd-batteriE".into());
        assert!(!hasher.verify(&other, Some(&known)).await);
        assert!(!hasher.verify(&password, None).await);
        let again = hasher.hash(&password, &random).await.unwrap();
        assert_ne!(known, again, "each has a salt of its own");
    }

    #[tokio::test]
    async fn the_limits_are_what_they_say() {
        let (hasher, random) = (Hasher::new(), SeededRandom::new(1));
        let hash = async |text: String| {
            let hashed = hasher.hash(&Password::typed(text), &random).await;
            hashed.map(drop)
        };
        let short = "ü".repeat(PASSWORD_CHARS_MIN - 1);
        assert_eq!(hash(short).await, Err(PasswordRefusal::TooShort));
        assert_eq!(hash("ü".repeat(PASSWORD_CHARS_MIN)).await, Ok(()));
        assert_eq!(hash("x".repeat(PASSWORD_BYTES_MAX)).await, Ok(()));
        let long = "x".repeat(PASSWORD_BYTES_MAX + 1);
        assert_eq!(hash(long.clone()).await, Err(PasswordRefusal::TooLong));
        assert!(!hasher.verify(&Password::typed(long), None).await);
    }
}
