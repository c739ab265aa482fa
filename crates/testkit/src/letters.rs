//! Letters that an application sends in tests, kept to be read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use latchkey_app::mail::{Carried, Letter, Post};

/// Keeps every letter, unless it is away.
#[derive(Debug, Default)]
pub struct Letters {
    kept: Mutex<Vec<Letter>>,
    away: AtomicBool,
    silent: AtomicBool,
}

impl Letters {
    /// The letters sent so far, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Letter> {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// From now on no letter is taken, or each is again.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// From now on nothing is ever said to a letter.
    pub fn fall_silent(&self) {
        self.silent.store(true, Ordering::SeqCst);
    }
}

impl Post for Letters {
    fn carry(&self, letter: Letter) -> Carried<'_> {
        if self.silent.load(Ordering::SeqCst) {
            return Box::pin(std::future::pending());
        }
        let done = if self.away.load(Ordering::SeqCst) {
            Err("it is away".to_owned())
        } else {
            self.kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(letter);
            Ok(())
        };
        Box::pin(std::future::ready(done))
    }
}
