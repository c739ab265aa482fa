//! What is noted of those who ask, and not recorded: that a machine asked and was seen, that an access token was used.
//!
//! Nobody waits for it. It is gathered for a moment and written together, through the store's one writer, so that what
//! is being decided knows it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use latchkey_domain::access_token::AccessToken;
use latchkey_domain::activation::Activation;
use latchkey_domain::actor::Actor;
use latchkey_domain::limits::VALIDATION_DAYS;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::validation::Validation;
use latchkey_domain::{AccessTokenId, ActivationId, ChangeId, Clock, Random, Timestamp};
use latchkey_store::{Batch, JobContext, Need, Needs, Scope, Store, StoreError, Work};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

/// Notes that may wait; more are lost, and it is said.
const WAITING_MAX: usize = 65_536;

/// Notes that are written at once.
const TOGETHER_MAX: usize = 8_192;

/// How long notes are gathered.
const GATHERING: Duration = Duration::from_secs(1);

/// How often the store is asked to take notes, before they are given up.
const TRIES: u32 = 5;

/// How often the log is pruned.
const PRUNED_EVERY_MILLIS: i64 = 3_600_000;

/// Rows that one pruning forgets at once, so that it does not keep others waiting.
const PRUNED_AT_ONCE: u32 = 5_000;

/// Something to be noted.
#[derive(Debug, Clone)]
pub(crate) enum Seen {
    /// A machine asked whether it may use its license.
    Machine {
        row: Validation,
        /// Its activation, if that is active, or was given back with a receipt.
        activation_id: Option<ActivationId>,
    },
    /// A machine that has given its license back would activate again.
    Returned(ActivationId, Timestamp),
    /// An access token was used.
    AccessToken(AccessTokenId, Timestamp),
}

/// Where notes are handed in.
pub(crate) struct Log {
    queue: mpsc::Sender<Seen>,
    is_full: AtomicBool,
    closing: Arc<Notify>,
    writing: JoinHandle<()>,
}

/// What the log is written with.
pub(crate) struct Pen {
    pub(crate) store: Arc<Store>,
    pub(crate) scope: Scope,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// In whose name: nothing of it is recorded.
    pub(crate) actor: Actor,
}

impl Log {
    /// Begins to write.
    pub(crate) fn begin(pen: Pen) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        let closing = Arc::new(Notify::new());
        let writing = tokio::spawn(pen.write_all(waiting, Arc::clone(&closing)));
        Self {
            queue,
            is_full: AtomicBool::new(false),
            closing,
            writing,
        }
    }

    /// Takes a note, without waiting.
    pub(crate) fn note(&self, seen: Seen) {
        let lost = self.queue.try_send(seen).is_err();
        if self.is_full.swap(lost, Ordering::Relaxed) != lost && lost {
            tracing::warn!("more is asked than can be logged: some of it is not");
        }
    }

    /// Writes what waits, and ends.
    pub(crate) async fn close(self) {
        self.closing.notify_one();
        drop(self.queue);
        if self.writing.await.is_err() {
            tracing::error!("the log of validations had stopped before it was closed");
        }
    }
}

impl Pen {
    async fn write_all(self, mut queue: mpsc::Receiver<Seen>, closing: Arc<Notify>) {
        let mut pruned_at = None;
        let mut notes = Vec::new();
        while queue.recv_many(&mut notes, TOGETHER_MAX).await > 0 {
            tokio::select! {
                () = tokio::time::sleep(GATHERING) => {}
                () = closing.notified() => {}
            }
            while notes.len() < TOGETHER_MAX
                && let Ok(seen) = queue.try_recv()
            {
                notes.push(seen);
            }
            self.write(std::mem::take(&mut notes)).await;
            let now = self.clock.now();
            if pruned_at.is_none_or(|at: Timestamp| now >= at.plus_millis(PRUNED_EVERY_MILLIS)) {
                pruned_at = Some(now);
                if let Err(error) = self.prune(now).await {
                    tracing::warn!(error = %error, "the log of validations was not pruned");
                }
            }
        }
    }

    async fn write(&self, notes: Vec<Seen>) {
        let count = notes.len();
        let work = Arc::new(Notes::of(notes));
        for again in (0..TRIES).rev() {
            let context = JobContext::unasked(
                self.actor.clone(),
                ChangeId::generate(self.clock.now(), &*self.random),
            );
            let work = TakeNotes(Arc::clone(&work));
            match self.store.write(&self.scope, context, work).await {
                Ok(_) => return,
                Err(error) if again == 0 => {
                    tracing::error!(notes = count, error = %error, "what was to be logged is lost");
                }
                Err(_) => tokio::time::sleep(GATHERING).await,
            }
        }
    }

    async fn prune(&self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.plus_millis(-i64::from(VALIDATION_DAYS) * DAY_MILLIS);
        let vendor_id = self.scope.vendor_id;
        let mut forgot = u64::from(PRUNED_AT_ONCE);
        while forgot == u64::from(PRUNED_AT_ONCE) {
            forgot = self
                .store
                .validation_prune(vendor_id, before, PRUNED_AT_ONCE)
                .await?;
        }
        Ok(())
    }
}

/// Notes, added up.
#[derive(Default)]
struct Notes {
    rows: Vec<Validation>,
    activations: HashMap<ActivationId, Timestamp>,
    access_tokens: HashMap<AccessTokenId, Timestamp>,
}

impl Notes {
    fn of(seen: Vec<Seen>) -> Self {
        let mut notes = Self::default();
        for seen in seen {
            match seen {
                Seen::Machine { row, activation_id } => {
                    if let Some(id) = activation_id {
                        let at = notes.activations.entry(id).or_insert(row.at);
                        *at = row.at.max(*at);
                    }
                    notes.rows.push(row);
                }
                Seen::Returned(id, seen_at) => {
                    let at = notes.activations.entry(id).or_insert(seen_at);
                    *at = seen_at.max(*at);
                }
                Seen::AccessToken(id, used_at) => {
                    let at = notes.access_tokens.entry(id).or_insert(used_at);
                    *at = used_at.max(*at);
                }
            }
        }
        notes
    }
}

/// Writes notes down.
struct TakeNotes(Arc<Notes>);

impl Work for TakeNotes {
    type Answer = ();
    type Refused = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for id in self.0.activations.keys() {
            needs.ask(Need::Activation(*id));
        }
        for id in self.0.access_tokens.keys() {
            needs.ask(Need::AccessToken(*id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), ()> {
        for (id, at) in &self.0.activations {
            let known = batch.get::<Activation>(*id).cloned();
            if let Some(mut activation) = known.filter(|known| known.last_seen_at < *at) {
                activation.seen(*at);
                batch.touch(activation);
            }
        }
        for (id, at) in &self.0.access_tokens {
            let known = batch.get::<AccessToken>(*id).cloned();
            if let Some(mut token) = known.filter(|known| known.last_used_at < Some(*at)) {
                token.last_used_at = Some(*at);
                batch.touch(token);
            }
        }
        batch.log(self.0.rows.iter().cloned());
        Ok(())
    }
}
