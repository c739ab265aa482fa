//! Whether people sign in. Nobody's account is ever taken away whole, so once they do they always will.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use crate::{App, AppError};

/// For how long it is believed that nobody has an account.
const BELIEVED_MILLIS: i64 = 1_000;

/// What was found when somebody last looked.
#[derive(Debug, Default)]
pub(crate) struct People {
    sign_in: AtomicBool,
    looked_at_millis: AtomicI64,
}

impl People {
    /// Notes that the owner has an account.
    pub(super) fn sign_in(&self) {
        self.sign_in.store(true, Ordering::Release);
    }
}

impl App {
    /// Whether people sign in: the owner has an account, if only an invitation to it. That they have none is believed
    /// for a second.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn people_sign_in(&self) -> Result<bool, AppError> {
        let People {
            sign_in,
            looked_at_millis,
        } = &self.people;
        if sign_in.load(Ordering::Acquire) {
            return Ok(true);
        }
        let now = self.now().millis();
        let age = now.saturating_sub(looked_at_millis.load(Ordering::Acquire));
        if (0..BELIEVED_MILLIS).contains(&age) {
            return Ok(false);
        }
        let found = self.owner_user().await?.is_some();
        sign_in.fetch_or(found, Ordering::AcqRel);
        looked_at_millis.store(now, Ordering::Release);
        Ok(found)
    }
}
