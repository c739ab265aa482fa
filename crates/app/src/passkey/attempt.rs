//! What a browser keeps of a question to a passkey until it has the answer, sealed: any server of the store can go on
//! with it, and no other browser. That it counts once is seen to where the answer is taken: a passkey's answers count in
//! the order in which they were asked for, and what a device calls a passkey is added once.

use latchkey_domain::passkey::PasskeyRefusal;
use latchkey_domain::{ActorId, SessionId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::App;
use crate::sign_in_service::Kept;

/// How long an answer may take.
const ATTEMPT_MILLIS: i64 = 5 * 60_000;

/// A question that was asked.
#[derive(Serialize, Deserialize)]
pub(super) struct Attempt {
    /// When.
    pub(super) asked_at: Timestamp,
    /// In which session; none if in none.
    pub(super) session_id: Option<SessionId>,
    pub(super) purpose: Purpose,
    /// What is needed to check the answer.
    pub(super) state: Value,
}

/// What for.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Purpose {
    /// To add a passkey of this user.
    Add { user_id: ActorId },
    /// To sign in.
    SignIn,
    /// To show anew, in the session, who one is.
    Prove,
}

impl App {
    pub(super) fn seal_question(&self, attempt: &Attempt) -> Kept {
        // Texts, numbers and ids can always be written down; what could not be would never open.
        let plain = serde_json::to_vec(attempt).unwrap_or_default();
        Kept {
            sealed: (self.vault).seal_for(&self.question_purpose(), &plain, &*self.random),
            until: attempt.asked_at.plus_millis(ATTEMPT_MILLIS),
        }
    }

    /// Opens a question that a browser kept. Who signs in may be in a session still; for all else it has to be the one
    /// that it was asked in.
    pub(super) fn open_question(
        &self,
        sealed: Option<&str>,
        in_session: Option<SessionId>,
    ) -> Result<Attempt, PasskeyRefusal> {
        let plain = sealed.and_then(|sealed| self.vault.open_for(&self.question_purpose(), sealed));
        let attempt: Option<Attempt> = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        attempt
            .filter(|attempt| self.now() < attempt.asked_at.plus_millis(ATTEMPT_MILLIS))
            .filter(|attempt| {
                attempt.purpose == Purpose::SignIn || attempt.session_id == in_session
            })
            .ok_or(PasskeyRefusal::AttemptOver)
    }

    /// What it is sealed for: one vendor's questions are not another's.
    fn question_purpose(&self) -> String {
        format!("{}/passkey-question", self.scope.vendor_id)
    }
}
