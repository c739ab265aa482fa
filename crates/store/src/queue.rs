//! What waits to be done together: jobs of those who act, for the writer, or of those who only look.

use latchkey_domain::VendorId;
use tokio::sync::mpsc;

use crate::store::Scope;
use crate::work::Job;

/// Jobs in one batch at most. More gain nothing, and the first would wait for the last.
pub(crate) const JOBS_PER_BATCH_MAX: usize = 512;

/// How often others are let run before what waits is taken, so that those who were just answered can ask again.
const YIELDS_MAX: usize = 16;

/// A job, and whose it is.
pub(crate) struct Queued {
    pub(crate) scope: Scope,
    pub(crate) job: Box<dyn Job>,
}

/// What waits, and for whom it is worth waiting a moment.
pub(crate) struct Intake {
    queue: mpsc::Receiver<Queued>,
    waiting: Vec<Queued>,
    /// As many as were answered last: they are likely to come again.
    pub(crate) expected: usize,
}

impl Intake {
    /// Nobody has been answered yet.
    pub(crate) fn of(queue: mpsc::Receiver<Queued>) -> Self {
        Self {
            queue,
            waiting: Vec::new(),
            expected: 0,
        }
    }

    /// Returns once so many jobs wait; answers false when they will not come any more. Nothing is lost if it is dropped
    /// before.
    pub(crate) async fn so_many_wait(&mut self, count: usize) -> bool {
        while self.waiting.len() < count {
            match self.queue.recv().await {
                Some(queued) => self.waiting.push(queued),
                None => return false,
            }
        }
        true
    }

    /// Whether so many wait before something else is done.
    pub(crate) async fn so_many_before(
        &mut self,
        count: usize,
        done: impl Future<Output = bool>,
    ) -> bool {
        tokio::select! {
            biased;
            _ = done => false,
            wait = self.so_many_wait(count) => wait,
        }
    }

    /// Takes jobs of one vendor, of whoever waits longest: as many as `share` makes of those who wait.
    pub(crate) async fn take(
        &mut self,
        share: impl FnOnce(usize) -> usize,
    ) -> Option<(Scope, Vec<Box<dyn Job>>)> {
        self.drain();
        // A moment for those who are expected, but never asleep.
        for _ in 0..YIELDS_MAX {
            if self.waiting.len() >= self.expected {
                break;
            }
            tokio::task::yield_now().await;
            self.drain();
        }
        let scope = self.waiting.first()?.scope.clone();
        let jobs = self.take_of(scope.vendor_id, share(self.waiting.len()));
        Some((scope, jobs))
    }

    /// Takes jobs of a vendor, so many at most.
    pub(crate) fn take_of(&mut self, vendor_id: VendorId, mut left: usize) -> Vec<Box<dyn Job>> {
        self.drain();
        let (taken, others): (Vec<Queued>, Vec<Queued>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|queued| {
                let is_taken = queued.scope.vendor_id == vendor_id && left > 0;
                left -= usize::from(is_taken);
                is_taken
            });
        self.waiting = others;
        taken.into_iter().map(|queued| queued.job).collect()
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
