//! The writer: takes what waits and has it done batch by batch. While one batch is written, the next is decided: the
//! first is the database's work, the second the program's, and a busy store has both going at once.

use std::sync::Arc;

use futures::FutureExt as _;
use latchkey_domain::limits::BULK_ROWS_MAX;
use latchkey_domain::{Clock, Random};
use tokio::sync::mpsc;

use crate::patience;
use crate::postgres_names;
use crate::queue::{Intake, JOBS_PER_BATCH_MAX, Queued};
use crate::store::{Inner, Scope, soon_on_either};
use crate::work::Job;
use crate::{Batch, StoreError};

/// Entries of a batch that another may be decided on while it is written: that one has to know all of its rows.
const FOLLOWED_ENTRIES_MAX: usize = 4096;

/// What the writer works with.
#[derive(Clone)]
struct Tools {
    inner: Inner,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    /// To be told that names may have been written.
    names: Option<mpsc::Sender<()>>,
}

/// Jobs of one vendor, and what was decided on them, if anything was yet.
struct Pending {
    scope: Scope,
    jobs: Vec<Box<dyn Job>>,
    decided: Option<Batch>,
}

impl Pending {
    fn undecided(scope: Scope, jobs: Vec<Box<dyn Job>>) -> Self {
        Self {
            scope,
            jobs,
            decided: None,
        }
    }
}

/// Runs until the store is dropped.
pub(crate) async fn run(
    inner: Inner,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    queue: mpsc::Receiver<Queued>,
) {
    let names = match &inner {
        Inner::Sqlite(_) => None,
        Inner::Postgres(database) => Some(postgres_names::tended(database.readers.clone())),
    };
    let tools = Tools {
        inner,
        clock,
        random,
        names,
    };
    let mut intake = Intake::of(queue);
    let mut next: Option<Pending> = None;
    loop {
        let mut pending = match next.take() {
            Some(pending) => pending,
            None => {
                if !intake.so_many_wait(1).await {
                    return;
                }
                // Half of those who wait: the others are decided while these are written.
                match intake.take(|waiting| waiting.div_ceil(2)).await {
                    Some((scope, jobs)) => Pending::undecided(scope, jobs),
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
        let following = pending
            .decided
            .as_ref()
            .filter(|batch| batch.staged.len() <= FOLLOWED_ENTRIES_MAX)
            .map(|batch| batch.following(tools.clock.now()));
        let count = pending.jobs.len();
        let writing = tokio::spawn(tools.clone().write(pending));
        let writing = writing.map(|written| written.unwrap_or(false)).shared();
        if let Some(following) = following {
            next = tools
                .decide_ahead(&mut intake, following, writing.clone())
                .await;
        }
        let as_decided = writing.await;
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

    /// Takes what comes while another batch is written, and decides it on what that one will have committed. Whoever comes
    /// later joins once they are as many as are decided already: so a busy store has few and large batches, and decides
    /// each in few steps.
    async fn decide_ahead(
        &self,
        intake: &mut Intake,
        mut batch: Batch,
        writing: impl Future<Output = bool> + Clone,
    ) -> Option<Pending> {
        if !intake.so_many_before(1, writing.clone()).await {
            return None;
        }
        let (scope, jobs) = intake.take(|waiting| waiting).await?;
        let mut ahead = Pending::undecided(scope, jobs);
        let vendor_id = batch.vendor_id();
        let mut known = ahead.scope.vendor_id == vendor_id
            && self.decide_following(&mut batch, &mut ahead.jobs).await;
        while known && ahead.jobs.len() < JOBS_PER_BATCH_MAX {
            let decided = ahead.jobs.len();
            if !intake.so_many_before(decided, writing.clone()).await {
                break;
            }
            let mut more = intake.take_of(vendor_id, JOBS_PER_BATCH_MAX - decided);
            if more.is_empty() {
                break;
            }
            known = self.decide_following(&mut batch, &mut more).await;
            ahead.jobs.append(&mut more);
        }
        ahead.decided = known.then_some(batch);
        Some(ahead)
    }

    /// Decides jobs on what another batch will have committed, if that can be known; otherwise, and after an error, the
    /// batch is of no use. An error is met again, and told, when they are decided once more.
    async fn decide_following(&self, batch: &mut Batch, jobs: &mut [Box<dyn Job>]) -> bool {
        let decided = soon_on_either!(&self.inner, patience::DECIDE, database => database.decide_following(batch, jobs));
        matches!(decided, Ok(true))
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
                if let Some(names) = &self.names {
                    // One that is told already need not be told again.
                    let _ = names.try_send(());
                }
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

fn settle(jobs: Vec<Box<dyn Job>>, failure: Option<&StoreError>) {
    if let Some(error) = failure {
        tracing::error!(jobs = jobs.len(), error = %error, "a batch failed and was taken back");
    }
    for job in jobs {
        job.settle(failure.cloned());
    }
}
