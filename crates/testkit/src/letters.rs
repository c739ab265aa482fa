//! Letters that an application sends in tests, kept to be read.

use std::sync::{Mutex, PoisonError};

use latchkey_app::mail::{Carried, Letter, Post};

/// Keeps every letter.
#[derive(Debug, Default)]
pub struct Letters(Mutex<Vec<Letter>>);

impl Letters {
    /// The letters sent so far, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Letter> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Post for Letters {
    fn carry(&self, letter: Letter) -> Carried<'_> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(letter);
        Box::pin(std::future::ready(Ok(())))
    }
}
