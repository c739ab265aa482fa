//! Looking: what has to be decided against rows of several kinds, and changes nothing.
//!
//! Questions that wait at the same time are answered together, as work that writes is: what all of them need to know is
//! loaded with one query per kind. A busy server so answers many with some five queries, and its writer hears of none.

use std::sync::Arc;

use latchkey_domain::actor::{Actor, Reach, Role};
use latchkey_domain::id::TypedId as _;
use latchkey_domain::{ActorId, ChangeId, Clock, Random, Timestamp};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::patience;
use crate::plan;
use crate::queue::{Intake, Queued};
use crate::store::{Inner, Scope, soon_on_either};
use crate::work::{Job, Reply, Typed};
use crate::{Batch, JobContext, Needs, Store, StoreError, Work};

/// What a use case asks of the store that changes nothing.
pub trait Look: Send + Sync + 'static {
    /// The answer.
    type Answer: Send + 'static;

    /// Asks for what it needs to know; see [`Work::needs`].
    fn needs(&self, batch: &Batch, needs: &mut Needs);

    /// Answers from what was found. It may be asked again.
    fn answer(&self, batch: &Batch) -> Self::Answer;
}

/// Looking as work that always says no, so that nothing is ever written.
struct OnlyLooks<L>(L);

impl<L: Look> Work for OnlyLooks<L> {
    type Answer = ();
    type Refused = L::Answer;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.0.needs(batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), L::Answer> {
        Err(self.0.answer(batch))
    }
}

/// Nobody acts where nothing is done.
fn nobody() -> JobContext {
    JobContext::unasked(
        Actor {
            id: ActorId::from_uuid(Uuid::nil()),
            name: String::new(),
            role: Role::Stranger,
            reach: Reach::default(),
            proved_at: None,
        },
        ChangeId::from_uuid(Uuid::nil()),
    )
}

impl Store {
    /// Answers a question, together with all others that wait. It is answered from what is committed.
    ///
    /// # Errors
    /// What went wrong with the store.
    pub async fn look<L: Look>(&self, scope: &Scope, look: L) -> Result<L::Answer, StoreError> {
        let (job, answer) = asked(look);
        let queued = Queued {
            scope: scope.clone(),
            job,
        };
        self.questions
            .send(queued)
            .await
            .map_err(|_| StoreError::Closed)?;
        let outcome = answer.await.map_err(|_| StoreError::Closed)??;
        match outcome.result {
            Err(answer) => Ok(answer),
            Ok(()) => Err(StoreError::Closed),
        }
    }
}

/// A question as a job, and where its answer comes.
fn asked<L: Look>(look: L) -> (Box<dyn Job>, oneshot::Receiver<Reply<OnlyLooks<L>>>) {
    let (reply, answer) = oneshot::channel();
    let job = Typed {
        work: OnlyLooks(look),
        context: nobody(),
        outcome: None,
        reply,
    };
    (Box::new(job), answer)
}

/// For tests only: how the database finds what a question needs to know.
///
/// # Errors
/// What went wrong with the store.
pub async fn plan_of<L: Look>(
    store: &Store,
    scope: &Scope,
    look: L,
    now: Timestamp,
    random: Arc<dyn Random>,
) -> Result<Vec<String>, StoreError> {
    let (job, _) = asked(look);
    let mut jobs = [job];
    // Asked here and not with others: plans are noted for the task that wants to know.
    let (looked, plan) = plan::of(async {
        soon_on_either!(&store.inner, patience::READ, database => database.look(scope, &mut jobs, now, random))
    })
    .await;
    looked.map(|()| plan)
}

/// Runs until the store is dropped.
pub(crate) async fn run(
    inner: Inner,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    queue: mpsc::Receiver<Queued>,
) {
    let mut intake = Intake::of(queue);
    while intake.so_many_wait(1).await {
        let Some((scope, mut jobs)) = intake.take(|waiting| waiting).await else {
            continue;
        };
        intake.expected = jobs.len();
        let (now, random) = (clock.now(), Arc::clone(&random));
        let looked = soon_on_either!(&inner, patience::READ, database => database.look(&scope, &mut jobs, now, random));
        if let Err(error) = &looked {
            tracing::error!(jobs = jobs.len(), error = %error, "questions could not be answered");
        }
        for job in jobs {
            job.settle(looked.as_ref().err().cloned());
        }
    }
}
