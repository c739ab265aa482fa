//! Letters that wait in the store until the mail server takes them: what nobody would ask for anew.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::limits::LETTER_DAYS;
use latchkey_store::{Batch, Needs, Work};
use tokio::sync::watch;

use super::{Letter, Mail};
use crate::{App, AppError};

/// How often it is looked for letters that are due.
const LOOKED_EVERY: Duration = Duration::from_secs(5);

/// How long a mail server may take for a letter.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long the letter that is under way is waited for when the program stops. Given up, it is tried again by who comes next.
const PARTING: Duration = Duration::from_secs(5);

/// How long a letter is held by who carries it: longer than the mail server is waited for.
const HELD_MILLIS: i64 = 300_000;

/// How long is waited before a letter is tried again: after the first failure, the second, and so on; then as after the last.
const WAITS_MILLIS: [i64; 5] = [10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000];

/// Writes letters down that are about nothing that is decided along with them.
pub(crate) struct Write(pub(crate) Vec<Letter>);

impl Work for Write {
    type Answer = ();
    type Refused = Infallible;

    fn needs(&self, _: &Batch, _: &mut Needs) {}

    fn decide(&self, batch: &mut Batch) -> Result<(), Infallible> {
        for letter in &self.0 {
            batch.post(letter.clone());
        }
        Ok(())
    }
}

impl App {
    /// Carries letters that wait until it is told to stop.
    pub async fn letters_run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        while let Some(mail) = &self.mail
            && !*stopped.borrow()
        {
            let mut carrying = pin!(self.letter_carry(mail));
            let carried = tokio::select! {
                carried = &mut carrying => Some(carried),
                _ = stopped.wait_for(|asked| *asked) => None,
            };
            let Some(carried) = carried else {
                let _ = tokio::time::timeout(PARTING, carrying).await;
                break;
            };
            match carried {
                // There may be more at once.
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "letters that wait were not looked for"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOKED_EVERY) => {}
                // The sender lives as long as the program: an error means to stop as well.
                _ = stopped.wait_for(|asked| *asked) => break,
            }
        }
    }

    /// Carries the letters that are due at this moment; what [`App::letters_run`] does all the time.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn letters_send(&self) -> Result<(), AppError> {
        if let Some(mail) = &self.mail {
            while self.letter_carry(mail).await? {}
        }
        Ok(())
    }

    /// Carries a letter; answers whether to go on with the next one. One that is not taken ends it, for the mail server is
    /// likely away: so it is not asked for all of them while it is.
    async fn letter_carry(&self, mail: &Mail) -> Result<bool, AppError> {
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let until = now.plus_millis(HELD_MILLIS);
        let Some(taken) = self.store.letter_take(vendor_id, now, until).await? else {
            return Ok(false);
        };
        if now >= taken.written_at.plus_days(LETTER_DAYS) {
            tracing::error!("a letter was given up");
            self.store.letter_done(vendor_id, &taken).await?;
            return Ok(true);
        }
        let carried = tokio::time::timeout(PATIENCE, mail.carry(taken.letter.clone())).await;
        match carried.unwrap_or_else(|_| Err("the mail server took too long".to_owned())) {
            Ok(()) => {
                self.store.letter_done(vendor_id, &taken).await?;
                Ok(true)
            }
            Err(error) => {
                tracing::warn!(error, "a letter was not taken");
                let failures = usize::try_from(taken.failures).unwrap_or(usize::MAX);
                let [.., last] = WAITS_MILLIS;
                let wait = WAITS_MILLIS.get(failures).copied().unwrap_or(last);
                let due = self.now().plus_millis(wait);
                self.store.letter_failed(vendor_id, &taken, due).await?;
                Ok(false)
            }
        }
    }
}
