//! What is remembered between calls: the newest signed answer and the newest trust bundle, in memory
//! and, if the app has named one, in a file.
//!
//! The file is no secret and is not trusted: it holds the bytes that the server has signed, and they
//! are verified whenever they are read. What cannot be verified is as if it had never been there.

mod file;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use latchkey_verify::dsse::Envelope;
use latchkey_verify::{KeyRole, KeyState, RootKey, TrustBundle, TrustedKey};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Asked};
use crate::error::{Distrust, MemoryError};

/// For how long a trust bundle is used before the server is asked for a newer one in passing.
const BUNDLE_FRESH_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Remembers for one license on one machine.
pub(crate) struct Memory {
    file: Option<PathBuf>,
    root: RootKey,
    asked: Asked,
    kept: Mutex<State>,
}

/// Everything remembered, as it was received. Times are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    /// The newest time that this machine's clock has shown.
    newest_clock: i64,
    trust: Option<SignedTrust>,
    answer: Option<SignedAnswer>,
}

/// A trust bundle as the root key has signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedTrust {
    fetched_at: i64,
    envelope: String,
}

/// An answer as an issuer key has signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignedAnswer {
    /// When it came, by this machine's clock.
    pub(crate) received_at: i64,
    /// The exact body.
    pub(crate) body: String,
    /// The text of the header beside it.
    pub(crate) signature: String,
}

/// A trust bundle that was verified.
#[derive(Debug, Clone)]
pub(crate) struct Trust {
    pub(crate) bundle: TrustBundle,
    signed: SignedTrust,
}

/// What is remembered and was verified just now.
#[derive(Debug, Default)]
pub(crate) struct Recalled {
    pub(crate) newest_clock: i64,
    pub(crate) trust: Option<Trust>,
    pub(crate) answer: Option<(Answer, SignedAnswer)>,
}

impl Trust {
    /// Verifies the answer of `GET /v1/trust-bundle`.
    pub(crate) fn read(
        envelope: Vec<u8>,
        root: &RootKey,
        fetched_at: i64,
    ) -> Result<Self, Distrust> {
        let bundle = TrustBundle::verify(&Envelope::parse(&envelope)?, root)?;
        let is_compromised = |key: &TrustedKey| {
            key.public_key == *root.public_key() && key.state == KeyState::Compromised
        };
        if bundle.keys_of(KeyRole::Root).any(is_compromised) {
            return Err(Distrust::RootCompromised);
        }
        let envelope = String::from_utf8(envelope).map_err(|_| Distrust::Unreadable)?;
        let signed = SignedTrust {
            fetched_at,
            envelope,
        };
        Ok(Self { bundle, signed })
    }

    /// Whether it was fetched lately enough not to be asked for again.
    pub(crate) fn is_fresh(&self, now: i64) -> bool {
        let age = now.saturating_sub(self.signed.fetched_at);
        (0..BUNDLE_FRESH_MILLIS).contains(&age)
    }
}

impl Memory {
    pub(crate) fn new(file: Option<PathBuf>, root: RootKey, asked: Asked) -> Self {
        Self {
            file,
            root,
            asked,
            kept: Mutex::default(),
        }
    }

    /// The root key that everything is verified with.
    pub(crate) fn root(&self) -> &RootKey {
        &self.root
    }

    /// What is asked about.
    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// What is remembered, verified.
    pub(crate) fn recall(&self) -> Recalled {
        self.newest(&self.kept())
    }

    /// Remembers a bundle, before anything is verified with it: what it takes back stays taken back.
    pub(crate) fn learn(&self, trust: &Trust) {
        let mut kept = self.kept();
        let mut state = self.newest(&kept).to_state();
        state.trust = Some(trust.signed.clone());
        *kept = state;
        // If it cannot be written, it is in memory still; with the answer it is tried again.
        let _ = self.write(&kept);
    }

    /// Remembers a fresh answer and the bundle it was verified with. The clock starts anew with it: a
    /// clock that was once far ahead would else spoil every later grace.
    pub(crate) fn remember(&self, trust: &Trust, answer: SignedAnswer) -> Result<(), MemoryError> {
        let mut kept = self.kept();
        *kept = State {
            newest_clock: answer.received_at,
            trust: Some(trust.signed.clone()),
            answer: Some(answer),
        };
        self.write(&kept)
    }

    /// What is remembered, verified; and from now on, that the clock has shown this.
    pub(crate) fn recall_at(&self, clock: i64) -> Recalled {
        let mut kept = self.kept();
        let mut recalled = self.newest(&kept);
        if recalled.newest_clock < clock && recalled.answer.is_some() {
            recalled.newest_clock = clock;
            *kept = recalled.to_state();
            // If it cannot be written, it is in memory still, and the clock will be read again.
            let _ = self.write(&kept);
        }
        recalled
    }

    /// Forgets the answer, and keeps the trust bundle.
    pub(crate) fn forget_answer(&self) -> Result<(), MemoryError> {
        let mut kept = self.kept();
        *kept = State {
            answer: None,
            ..self.newest(&kept).to_state()
        };
        self.write(&kept).or_else(|error| match &self.file {
            // A disk that is full still lets go of files.
            Some(path) => file::delete(path).map_err(|_| error),
            None => Ok(()),
        })
    }

    /// Of what is kept in memory and in the file, the newer of each: a file that was put back to what
    /// it was does not undo what this process has been told. Answers count under the newest bundle.
    fn newest(&self, kept: &State) -> Recalled {
        let read = self.file.as_ref().and_then(|path| file::read(path));
        let states = [kept.clone(), read.unwrap_or_default()];
        let trusts = states.iter().filter_map(|state| state.trust.clone());
        let trust = trusts
            .filter_map(|signed| self.trust(signed))
            .max_by_key(|trust| trust.bundle.issued_at);
        let [ours, theirs] = states.map(|state| self.verified(state, trust.as_ref()));
        let age = |recalled: &Recalled| {
            let answer = recalled.answer.as_ref();
            (
                answer.map(|(answer, _)| answer.answered_at()),
                recalled.newest_clock,
            )
        };
        let newer = if age(&ours) > age(&theirs) {
            ours
        } else {
            theirs
        };
        Recalled { trust, ..newer }
    }

    fn trust(&self, signed: SignedTrust) -> Option<Trust> {
        Trust::read(signed.envelope.into_bytes(), &self.root, signed.fetched_at).ok()
    }

    /// The answer of a state, if this bundle vouches for it.
    fn verified(&self, state: State, trust: Option<&Trust>) -> Recalled {
        let newest_clock = state.newest_clock;
        let answer = state.answer.and_then(|signed| {
            let (body, bundle) = (signed.body.as_bytes(), &trust?.bundle);
            let answer = Answer::read(body, &signed.signature, bundle, &self.asked).ok()?;
            // The clock has shown the moment when the answer came, so the newest time is no older.
            (signed.received_at <= newest_clock).then_some((answer, signed))
        });
        Recalled {
            newest_clock,
            trust: None,
            answer,
        }
    }

    fn write(&self, state: &State) -> Result<(), MemoryError> {
        self.file
            .as_ref()
            .map_or(Ok(()), |path| file::write(path, state))
    }

    /// Nothing panics while it is held; if something did, what is kept would still be whole.
    fn kept(&self) -> MutexGuard<'_, State> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recalled {
    fn to_state(&self) -> State {
        State {
            newest_clock: self.newest_clock,
            trust: self.trust.as_ref().map(|trust| trust.signed.clone()),
            answer: self.answer.as_ref().map(|(_, signed)| signed.clone()),
        }
    }
}
