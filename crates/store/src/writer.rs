//! The writer: takes all work that waits, and has it done as one batch.

use std::sync::Arc;

use latchkey_domain::{Clock, Random};
use tokio::sync::mpsc;

use crate::StoreError;
use crate::store::{Inner, Scope};
use crate::work::Job;

/// Jobs in one batch at most. More gain nothing, and the first would wait for the last.
const JOBS_PER_BATCH_MAX: usize = 512;

/// How often the writer lets others run before it takes what waits, so that those who were just answered can ask again.
const YIELDS_MAX: usize = 64;

/// A job, and whose it is.
pub(crate) struct Queued {
    pub(crate) scope: Scope,
    pub(crate) job: Box<dyn Job>,
}

/// Runs until the store is dropped.
pub(crate) async fn run(
    inner: Inner,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    mut queue: mpsc::Receiver<Queued>,
) {
    let mut waiting: Vec<Queued> = Vec::new();
    let mut expected = 0;
    loop {
        if waiting.is_empty() && queue.recv_many(&mut waiting, JOBS_PER_BATCH_MAX).await == 0 {
            return;
        }
        // As many as were answered last time are likely to come again: wait a moment for them, but never asleep.
        for _ in 0..YIELDS_MAX {
            if waiting.len() >= expected {
                break;
            }
            tokio::task::yield_now().await;
            while waiting.len() < JOBS_PER_BATCH_MAX {
                let Ok(queued) = queue.try_recv() else { break };
                waiting.push(queued);
            }
        }
        // A batch is one vendor's: that of whoever waits longest.
        let Some(scope) = waiting.first().map(|queued| queued.scope.clone()) else {
            continue;
        };
        let (batch, others): (Vec<Queued>, Vec<Queued>) = std::mem::take(&mut waiting)
            .into_iter()
            .partition(|queued| queued.scope.vendor_id == scope.vendor_id);
        waiting = others;
        let mut jobs: Vec<Box<dyn Job>> = batch.into_iter().map(|queued| queued.job).collect();
        expected = jobs.len();
        let failure = inner
            .run(&scope, &mut jobs, clock.now(), Arc::clone(&random))
            .await
            .err();
        match failure {
            None => settle(jobs, None),
            // One job may have spoilt it for the others: each has its own try.
            Some(error) if error.is_constraint() && jobs.len() > 1 => {
                for job in jobs {
                    let mut alone = vec![job];
                    let failure = inner
                        .run(&scope, &mut alone, clock.now(), Arc::clone(&random))
                        .await
                        .err();
                    settle(alone, failure.as_ref());
                }
            }
            Some(error) => settle(jobs, Some(&error)),
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
