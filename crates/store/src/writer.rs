//! The writer: takes what waits and has it done batch by batch. While one batch is written, the next is decided: the
//! first is the database's work, the second the program's, and a busy store has both going at once.

use std::sync::Arc;

use latchkey_domain::limits::BULK_ROWS_MAX;
use latchkey_domain::{Clock, Random};
use tokio::sync::mpsc;

use crate::patience;
use crate::store::{Inner, Scope, soon_on_either};
use crate::work::Job;
use crate::{Batch, StoreError};

/// Jobs in one batch at most. More gain nothing, and the first would wait for the last.
const JOBS_PER_BATCH_MAX: usize = 512;

/// How often the writer lets others run before it takes what waits, so that those who were just answered can ask again.
const YIELDS_MAX: usize = 64;

/// Entries of a batch that another may be decided on while it is written: that one has to know all of its rows.
const FOLLOWED_ENTRIES_MAX: usize = 4096;

/// A job, and whose it is.
pub(crate) struct Queued {
    pub(crate) scope: Scope,
    pub(crate) job: Box<dyn Job>,
}

/// What the writer works with.
#[derive(Clone)]
struct Tools {
    inner: Inner,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

/// Jobs of one vendor, and what was decided on them, if anything was yet.
struct Pending {
    scope: Scope,
    jobs: Vec<Box<dyn Job>>,
    decided: Option<Batch>,
}

/// Runs until the store is dropped.
pub(crate) async fn run(
    inner: Inner,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    queue: mpsc::Receiver<Queued>,
) {
    let tools = Tools {
        inner,
        clock,
        random,
    };
    let mut intake = Intake {
        queue,
        waiting: Vec::new(),
        expected: 0,
    };
    let mut next: Option<Pending> = None;
    loop {
        let mut pending = match next.take() {
            Some(pending) => pending,
            None => {
                if !intake.some_wait().await {
                    return;
                }
                // Half of those who wait: the others are decided while these are written.
                match intake.take(|waiting| waiting.div_ceil(2)).await {
                    Some(pending) => pending,
                    None => continue,
                }
            }
        };
        if pending.decided.is_none() {
            match tools.decide(&mut pending).await {
                Ok(()) => {}
                Err(error) => {
                    settle(pending.jobs, Some(&error));
                    continue;
                }
            }
        }
        let scope = pending.scope.clone();
        let following = pending
            .decided
            .as_ref()
            .filter(|batch| batch.staged.len() <= FOLLOWED_ENTRIES_MAX)
            .map(|batch| batch.following(tools.clock.now()));
        let count = pending.jobs.len();
        let mut writing = tokio::spawn(tools.clone().write(pending));
        if let Some(following) = following {
            tokio::select! {
                biased;
                true = intake.some_wait() => {}
                written = &mut writing => {
                    intake.expected = count;
                    drop(written);
                    continue;
                }
            }
            next = intake.take(|waiting| waiting).await;
            if let Some(pending) = &mut next
                && pending.scope.vendor_id == scope.vendor_id
            {
                pending.decided = tools.decide_following(following, &mut pending.jobs).await;
            }
        }
        let as_decided = writing.await.unwrap_or(false);
        intake.expected = count;
        if let Some(pending) = next.as_mut().filter(|_| !as_decided) {
            pending.decided = None;
        }
    }
}

impl Tools {
    /// Decides on what is committed.
    async fn decide(&self, pending: &mut Pending) -> Result<(), StoreError> {
        let Pending {
            scope,
            jobs,
            decided,
        } = pending;
        let (now, random) = (self.clock.now(), Arc::clone(&self.random));
        *decided = soon_on_either!(&self.inner, patience::DECIDE, database => database.decide(scope, jobs, now, random))?;
        Ok(())
    }

    /// Decides on what another batch will have committed, if that can be known; an error is met again, and told, when it
    /// is decided once more.
    async fn decide_following(&self, mut batch: Batch, jobs: &mut [Box<dyn Job>]) -> Option<Batch> {
        let decided = soon_on_either!(&self.inner, patience::DECIDE, database => database.decide_following(&mut batch, jobs));
        matches!(decided, Ok(true)).then_some(batch)
    }

    /// Writes a batch and answers everybody. Answers whether it was written as it had been decided.
    async fn write(self, pending: Pending) -> bool {
        let Pending {
            scope,
            mut jobs,
            decided,
        } = pending;
        match self.commit(&scope, &mut jobs, decided).await {
            Ok(as_decided) => {
                settle(jobs, None);
                as_decided
            }
            // One job may have spoilt it for the others: each has its own try.
            Err(error) if error.is_constraint() && jobs.len() > 1 => {
                for job in jobs {
                    let mut alone = vec![job];
                    let failure = self.commit(&scope, &mut alone, None).await.err();
                    settle(alone, failure.as_ref());
                }
                false
            }
            Err(error) => {
                settle(jobs, Some(&error));
                false
            }
        }
    }

    async fn commit(
        &self,
        scope: &Scope,
        jobs: &mut [Box<dyn Job>],
        decided: Option<Batch>,
    ) -> Result<bool, StoreError> {
        let (now, random) = (self.clock.now(), Arc::clone(&self.random));
        let entries = decided
            .as_ref()
            .map_or(BULK_ROWS_MAX, |batch| batch.staged.len());
        soon_on_either!(&self.inner, patience::write(entries), database => database.write(scope, jobs, decided, now, random))
    }
}

/// What waits, and for whom it is worth waiting a moment.
struct Intake {
    queue: mpsc::Receiver<Queued>,
    waiting: Vec<Queued>,
    expected: usize,
}

impl Intake {
    /// Returns once a job waits; answers false when none will come any more. Nothing is lost if it is dropped before.
    async fn some_wait(&mut self) -> bool {
        if self.waiting.is_empty() {
            match self.queue.recv().await {
                Some(queued) => self.waiting.push(queued),
                None => return false,
            }
        }
        true
    }

    /// Takes jobs of one vendor, of whoever waits longest: as many as `share` makes of those who wait.
    async fn take(&mut self, share: impl FnOnce(usize) -> usize) -> Option<Pending> {
        self.drain();
        // As many as were answered last time are likely to come again: wait a moment for them, but never asleep.
        for _ in 0..YIELDS_MAX {
            if self.waiting.len() >= self.expected {
                break;
            }
            tokio::task::yield_now().await;
            self.drain();
        }
        let scope = self.waiting.first()?.scope.clone();
        let mut left = share(self.waiting.len());
        let (taken, others): (Vec<Queued>, Vec<Queued>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|queued| {
                let is_taken = queued.scope.vendor_id == scope.vendor_id && left > 0;
                left -= usize::from(is_taken);
                is_taken
            });
        self.waiting = others;
        Some(Pending {
            scope,
            jobs: taken.into_iter().map(|queued| queued.job).collect(),
            decided: None,
        })
    }

    fn drain(&mut self) {
        while self.waiting.len() < JOBS_PER_BATCH_MAX {
            let Ok(queued) = self.queue.try_recv() else {
                break;
            };
            self.waiting.push(queued);
        }
    }
}

fn settle(jobs: Vec<Box<dyn Job>>, failure: Option<&StoreError>) {
    if let Some(error) = failure {
        tracing::error!(jobs = jobs.len(), error = %error, "a batch failed and was taken back");
    }
    for job in jobs {
        job.settle(failure.cloned());
    }
}
