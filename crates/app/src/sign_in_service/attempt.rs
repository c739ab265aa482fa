//! What a browser keeps of an attempt while it is at the sign-in service, sealed.

use latchkey_domain::sign_in_service::{Identity, SignInServiceRefusal};
use latchkey_domain::{ActorId, SessionId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Challenge, Kept};
use crate::App;

/// How long an attempt may take.
const ATTEMPT_MILLIS: i64 = 10 * 60_000;

/// An attempt to sign in, or to show anew who one is.
#[derive(Serialize, Deserialize)]
pub(super) struct Attempt {
    /// Until when it counts.
    pub(super) until: Timestamp,
    /// The session in which somebody is to show anew who they are; none if they sign in.
    pub(super) session_id: Option<SessionId>,
    pub(super) stage: Stage,
}

/// How far it is.
#[derive(Serialize, Deserialize)]
pub(super) enum Stage {
    /// They were sent to the service.
    Sent { at: Timestamp, challenge: Challenge },
    /// The service has told who they are, and a code is asked for as well.
    Known {
        user_id: ActorId,
        identity: Identity,
    },
}

impl Attempt {
    pub(super) fn new(session_id: Option<SessionId>, stage: Stage, now: Timestamp) -> Self {
        Self {
            until: now.plus_millis(ATTEMPT_MILLIS),
            session_id,
            stage,
        }
    }
}

impl App {
    pub(super) fn seal_attempt(&self, attempt: &Attempt) -> Kept {
        // Texts, numbers and ids can always be written down; what could not be would never open.
        let plain = serde_json::to_vec(attempt).unwrap_or_default();
        Kept {
            sealed: self.vault.seal_for(&self.purpose(), &plain, &*self.random),
            until: attempt.until,
        }
    }

    /// Opens an attempt that a browser kept; it has to be one of this session, or of none.
    pub(super) fn open_attempt(
        &self,
        sealed: Option<&str>,
        in_session: Option<SessionId>,
    ) -> Result<Attempt, SignInServiceRefusal> {
        let plain = sealed.and_then(|sealed| self.vault.open_for(&self.purpose(), sealed));
        let attempt: Option<Attempt> = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        attempt
            .filter(|attempt| self.now() < attempt.until)
            // Who signs in may be in a session still; who shows anew who they are must be in that one.
            .filter(|attempt| attempt.session_id.is_none() || attempt.session_id == in_session)
            .ok_or(SignInServiceRefusal::AttemptOver)
    }

    /// What it is sealed for: one vendor's attempts are not another's.
    fn purpose(&self) -> String {
        format!("{}/sign-in-attempt", self.scope.vendor_id)
    }
}
