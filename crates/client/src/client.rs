//! The asynchronous client: what is asked in which order, and when an earlier answer is used.

mod ask;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, MutexGuard};

use self::ask::Answered;
use crate::ambient;
use crate::answer::Asked;
use crate::error::{Cause, Error, Recollection};
use crate::grace::{date, effective_now, holds_until};
use crate::http::{Call, Fault, Http};
use crate::memory::Memory;
use crate::settings::Settings;
use crate::verdict::Verdict;

/// Calls home, within a tokio runtime (with timers and sockets). Clones share one memory and one pool
/// of connections, and make one call after the other.
///
/// A call that is dropped before it has ended leaves nothing half done on this machine; whether the
/// server has done its part is then unknown, and calling again is harmless.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: Http,
    memory: Arc<Memory>,
    settings: Settings,
    clock: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Held by the one call that is made: of two answers the later is remembered.
    turn: Mutex<()>,
}

impl Client {
    /// A client that reads the system's clock.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        Self::with_clock(settings, ambient::now)
    }

    /// A client with another clock, such as one that nobody on the machine can set.
    pub fn with_clock(
        settings: Settings,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let asked = Asked {
            license_key: settings.license_key.clone(),
            machine_code: settings.machine_code.clone(),
        };
        let memory = Memory::new(
            settings.state_file.clone(),
            settings.root_key.clone(),
            asked,
        );
        Ok(Self(Arc::new(Inner {
            http: Http::new(&settings)?,
            memory: Arc::new(memory),
            settings,
            clock: Box::new(clock),
            turn: Mutex::default(),
        })))
    }

    /// Asks whether this machine may use the license. If the server gives no answer that counts, what
    /// it said last holds for the offline grace.
    pub async fn validate(&self) -> Result<Verdict, Error> {
        let _turn = self.turn().await?;
        let nonce = ambient::token().ok_or(Error::NoRandomness)?;
        match self.ask(nonce).await {
            Ok(answered) => self.take(answered).await,
            Err(Fault::Refused(problem)) => Err(Error::Refused(problem)),
            Err(Fault::Away(cause)) => self.recollect(cause).await,
        }
    }

    /// Gives this machine a seat of the license, then validates. The same machine again is the same
    /// activation. The name is what people will call the machine; without one it is called by its
    /// code, or as before.
    ///
    /// This cannot be done without the server. That no seat is left is [`Error::Refused`] with the
    /// code `seats_exhausted`.
    pub async fn activate<'a>(
        &self,
        friendly_name: impl Into<Option<&'a str>>,
    ) -> Result<Verdict, Error> {
        let _turn = self.turn().await?;
        let (key, nonce) = (ambient::token(), ambient::token());
        let (key, nonce) = key.zip(nonce).ok_or(Error::NoRandomness)?;
        let asked = self.0.memory.asked();
        let mut body = json!({
            "license_key": asked.license_key,
            "machine_code": asked.machine_code,
        });
        if let (Some(name), Some(members)) = (friendly_name.into(), body.as_object_mut()) {
            members.insert("friendly_name".to_owned(), name.into());
        }
        let path = ["v1", "activations"];
        self.change(&path, &body, key).await.map_err(only_online)?;
        let answered = self.ask(nonce).await.map_err(only_online)?;
        self.take(answered).await
    }

    /// Gives this machine's seat back. A machine without one has nothing to give back, and that is no
    /// error.
    ///
    /// The remembered answer is forgotten before the server is told: whatever becomes of the request,
    /// the app does not go on without the server on a seat that somebody else may have by then.
    pub async fn deactivate(&self) -> Result<(), Error> {
        let _turn = self.turn().await?;
        let (key, nonce) = (ambient::token(), ambient::token());
        let (key, nonce) = key.zip(nonce).ok_or(Error::NoRandomness)?;
        let answered = self.ask(nonce).await.map_err(only_online)?;
        self.at_disk(Memory::forget_answer).await??;
        let Some(activation) = answered.answer.activation_id else {
            return Ok(());
        };
        let path = ["v1", "activations", &activation, "deactivate"];
        match self.change(&path, &json!({}), key).await {
            Ok(()) => Ok(()),
            Err(Fault::Refused(problem)) if seat_is_free(&problem.code) => Ok(()),
            Err(fault) => Err(only_online(fault)),
        }
    }

    /// Waits until no other call is made. Without a runtime, reqwest and tokio would panic.
    async fn turn(&self) -> Result<MutexGuard<'_, ()>, Error> {
        if Handle::try_current().is_err() {
            return Err(Error::NoRuntime);
        }
        Ok(self.0.turn.lock().await)
    }

    /// Remembers a fresh answer and says what it means.
    async fn take(&self, answered: Answered) -> Result<Verdict, Error> {
        let Answered {
            answer,
            signed,
            trust,
        } = answered;
        let remembered = self
            .at_disk(move |memory| memory.remember(&trust, signed))
            .await?;
        let mut verdict = Verdict::online(answer, &self.0.settings.product_code);
        verdict.unsaved = remembered.err();
        Ok(verdict)
    }

    /// What a remembered answer means, if it still holds.
    async fn recollect(&self, cause: Cause) -> Result<Verdict, Error> {
        let clock = self.now();
        let recalled = self.at_disk(move |memory| memory.recall_at(clock)).await?;
        let Some((answer, signed)) = recalled.answer else {
            let memory = Recollection::Nothing;
            return Err(Error::Unreachable { cause, memory });
        };
        let Settings {
            offline_grace,
            product_code,
            ..
        } = &self.0.settings;
        let now = effective_now(clock, recalled.newest_clock);
        let (came, given, ends) = (
            signed.received_at,
            answer.answered_at(),
            answer.expires_at(),
        );
        let until = date(holds_until(came, given, ends, *offline_grace));
        Verdict::offline(answer, product_code, now, until).ok_or_else(|| {
            let memory = Recollection::GraceOver { until };
            Error::Unreachable { cause, memory }
        })
    }

    /// A request that changes something on the server.
    async fn change(
        &self,
        path: &[&str],
        body: &serde_json::Value,
        idempotency_key: String,
    ) -> Result<(), Fault> {
        let call = Call {
            path,
            body: Some(body.to_string().into_bytes()),
            idempotency_key: Some(idempotency_key),
        };
        self.0.http.send(call).await.map(drop)
    }

    /// Reads and writes the state file where waiting for a disk holds nobody up.
    async fn at_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Memory) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let memory = Arc::clone(&self.0.memory);
        let work = tokio::task::spawn_blocking(move || work(&memory));
        work.await.map_err(|_| Error::Ended)
    }

    fn now(&self) -> i64 {
        (self.0.clock)().timestamp_millis()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.0.settings).finish()
    }
}

/// The error of what cannot be done from memory.
fn only_online(fault: Fault) -> Error {
    match fault {
        Fault::Refused(problem) => Error::Refused(problem),
        Fault::Away(cause) => Error::Unreachable {
            cause,
            memory: Recollection::NotAsked,
        },
    }
}

/// Whether a refusal to deactivate says that it was done before.
fn seat_is_free(code: &str) -> bool {
    matches!(code, "activation_deactivated" | "activation_not_found")
}
