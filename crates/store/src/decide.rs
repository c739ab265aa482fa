//! Deciding: each piece of work in order, in memory, against what the batch has loaded and what those before it decided.

use crate::work::{Decision, Job, Remembered};
use crate::{Batch, StoreError};

/// Decides all jobs. A refusal takes back what its own job had recorded; an error spoils the batch.
pub(crate) fn decide(batch: &mut Batch, jobs: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    for job in jobs {
        let context = job.context().clone();
        if let Some(idempotency) = &context.idempotency
            && let Some(earlier) = batch.remembered.get(&idempotency.key)
        {
            if earlier.request == idempotency.request {
                job.replay(&earlier.answer, earlier.at)?;
            } else {
                job.refuse(StoreError::IdempotencyMismatch);
            }
            continue;
        }
        batch.begin(context.clone());
        match job.decide(batch) {
            Decision::Yes(answer) => {
                if let (Some(answer), Some(idempotency)) = (answer, context.idempotency) {
                    let remembered = Remembered {
                        request: idempotency.request,
                        answer: answer.clone(),
                        at: batch.now(),
                    };
                    batch.remembered.insert(idempotency.key.clone(), remembered);
                    batch.answers.push((idempotency, answer));
                }
            }
            Decision::No => batch.roll_back(),
        }
        if let Some(failure) = batch.take_failure() {
            return Err(failure);
        }
    }
    Ok(())
}
