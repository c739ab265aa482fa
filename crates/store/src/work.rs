//! A piece of work: what a use case hands to the store, and how it is answered.

use std::sync::Arc;

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Permission;
use latchkey_domain::{ChangeId, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use crate::{Batch, Needs, StoreError};

/// What a use case asks of the store. It is decided in memory, against what the batch has loaded, and may be decided
/// again if the batch has to be repeated; so it must depend on nothing but the batch and itself.
pub trait Work: Send + Sync + 'static {
    /// The answer to a yes. It is remembered under the idempotency key, in JSON.
    type Answer: Serialize + DeserializeOwned + Send + 'static;
    /// The answer to a no.
    type Refused: Send + 'static;

    /// Asks for what it needs to know. Called again, with the earlier needs met, until it asks for nothing new.
    fn needs(&self, batch: &Batch, needs: &mut Needs);

    /// Decides, and records what changes. After a refusal everything it recorded is taken back.
    ///
    /// # Errors
    /// Whatever the use case refuses with.
    fn decide(&self, batch: &mut Batch) -> Result<Self::Answer, Self::Refused>;
}

/// Makes a repeated request harmless: the same key and request get the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// What the caller chose, at most [`latchkey_domain::limits::IDEMPOTENCY_KEY_CHARS_MAX`] characters.
    pub key: String,
    /// SHA-256 of what was asked.
    pub request: [u8; 32],
}

/// A remembered answer.
pub(crate) struct Remembered {
    pub(crate) request: [u8; 32],
    pub(crate) answer: String,
    pub(crate) at: Timestamp,
}

/// Who asks, and under which name it is recorded.
#[derive(Debug, Clone)]
pub struct JobContext {
    /// Who asks.
    pub actor: Actor,
    /// Why they may; stands in the entries of what they change.
    pub permission: Option<Arc<Permission>>,
    /// The change that it makes, if it makes one.
    pub change: ChangeId,
    /// The change that it takes back, if it is an undo.
    pub undoes: Option<ChangeId>,
    /// Makes a repetition harmless.
    pub idempotency: Option<Idempotency>,
}

impl JobContext {
    /// That of work which no request asks for, under this name, or which records nothing: no permission was asked for
    /// it, it takes nothing back, and is not repeated.
    #[must_use]
    pub fn unasked(actor: Actor, change: ChangeId) -> Self {
        Self {
            actor,
            permission: None,
            change,
            undoes: None,
            idempotency: None,
        }
    }
}

/// How a piece of work ended.
#[derive(Debug)]
pub struct Outcome<A, R> {
    /// The answer.
    pub result: Result<A, R>,
    /// When it was decided.
    pub at: Timestamp,
    /// Whether this is the remembered answer to an earlier request with the same idempotency key.
    pub replayed: bool,
}

/// A piece of work in the queue, whatever its type.
pub(crate) trait Job: Send {
    fn context(&self) -> &JobContext;
    fn needs(&self, batch: &Batch, needs: &mut Needs);
    /// Decides; answers with the answer's JSON to remember, if there is a yes and somebody wants it remembered.
    fn decide(&mut self, batch: &mut Batch) -> Decision;
    /// Answers from an earlier answer's JSON.
    fn replay(&mut self, answer: &str, at: Timestamp) -> Result<(), StoreError>;
    /// Answers with an error of its own, while the rest of the batch goes on.
    fn refuse(&mut self, error: StoreError);
    fn settle(self: Box<Self>, failure: Option<StoreError>);
}

/// What came of deciding.
pub(crate) enum Decision {
    /// Yes, with the answer in JSON if it is to be remembered.
    Yes(Option<String>),
    /// No: take everything back.
    No,
}

/// What whoever asked is answered.
pub(crate) type Reply<W> = Result<Outcome<<W as Work>::Answer, <W as Work>::Refused>, StoreError>;

pub(crate) struct Typed<W: Work> {
    pub(crate) work: W,
    pub(crate) context: JobContext,
    pub(crate) outcome: Option<Reply<W>>,
    pub(crate) reply: oneshot::Sender<Reply<W>>,
}

impl<W: Work> Job for Typed<W> {
    fn context(&self) -> &JobContext {
        &self.context
    }

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.work.needs(batch, needs);
    }

    fn decide(&mut self, batch: &mut Batch) -> Decision {
        let result = self.work.decide(batch);
        let decision = match &result {
            Ok(answer) if self.context.idempotency.is_some() => match serde_json::to_string(answer)
            {
                Ok(text) => Decision::Yes(Some(text)),
                Err(error) => {
                    batch.fail(error.into());
                    Decision::No
                }
            },
            Ok(_) => Decision::Yes(None),
            Err(_) => Decision::No,
        };
        self.outcome = Some(Ok(Outcome {
            result,
            at: batch.now(),
            replayed: false,
        }));
        decision
    }

    fn replay(&mut self, answer: &str, at: Timestamp) -> Result<(), StoreError> {
        let answer = serde_json::from_str(answer).map_err(StoreError::from)?;
        self.outcome = Some(Ok(Outcome {
            result: Ok(answer),
            at,
            replayed: true,
        }));
        Ok(())
    }

    fn refuse(&mut self, error: StoreError) {
        self.outcome = Some(Err(error));
    }

    fn settle(self: Box<Self>, failure: Option<StoreError>) {
        let reply = match (failure, self.outcome) {
            (Some(error), _) => Err(error),
            (None, Some(outcome)) => outcome,
            (None, None) => Err(StoreError::Closed),
        };
        // Whoever asked may have gone away; what was done is done.
        drop(self.reply.send(reply));
    }
}
