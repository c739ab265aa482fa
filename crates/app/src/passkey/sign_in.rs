//! Signing in with a passkey, and proving anew with one who one is.

use latchkey_domain::actor::Actor;
use latchkey_domain::passkey::{Passkey, PasskeyAnswer, PasskeyRefusal};
use latchkey_domain::refusal::Refusal as _;
use latchkey_domain::session::{SessionKind, SessionRefusal};
use latchkey_domain::user::User;
use latchkey_domain::{PasskeyId, SessionId};
use serde_json::Value;

use super::attempt::Purpose;
use super::change::SuspectPasskey;
use super::{AskPasskeys, BegunPasskey, refused};
use crate::session::{Place, Proof, Proved, SignedIn, kept};
use crate::{App, AppError, Changed, Operation, Refused};

/// Who comes with a passkey's answer.
pub struct FinishPasskeySignIn {
    /// The session that they are in, if they are in one.
    pub session_id: Option<SessionId>,
    /// What the browser kept.
    pub attempt: Option<String>,
    /// The answer.
    pub answer: Value,
    /// The network address, as far as it is known.
    pub address: Option<String>,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub enum PasskeySignedIn {
    /// They are signed in.
    SignedIn(SignedIn),
    /// They have shown anew who they are, in their session.
    Proved(Changed<Proved>),
}

/// Signing in with a passkey: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Asks for a passkey to sign in with: any, as nobody is known yet. Or, if they are to show `anew` who they are in
    /// their session, for one of the actor's own.
    pub async fn passkey_sign_in_begin(
        &self,
        actor: &Actor,
        in_session: Option<SessionId>,
        anew: bool,
    ) -> Result<BegunPasskey, AppError> {
        self.permit(actor, Operation::BeginPasskeySignIn)?;
        let asks = self.asks_passkeys()?;
        let (purpose, session_id, known) = if anew {
            let id = in_session.ok_or_else(|| Refused::from(SessionRefusal::NotFound))?;
            let known = self.known_of(actor.id).await?;
            if known.is_empty() {
                return Err(Refused::from(PasskeyRefusal::None).into());
            }
            (Purpose::Prove, Some(id), known)
        } else {
            (Purpose::SignIn, None, Vec::new())
        };
        let question = asks.ask(&known);
        let question = question.map_err(|fault| refused(&fault, PasskeyRefusal::Wrong))?;
        Ok(self.begun(purpose, session_id, question))
    }

    /// Lets somebody in by the answer of a passkey; or notes in their session that they have shown anew who they are.
    /// It is two factors in one, so no code is asked for. Wrong passwords for the account do not count here: whoever
    /// guesses keeps nobody from their passkey.
    pub async fn passkey_sign_in_finish(
        &self,
        actor: &Actor,
        given: FinishPasskeySignIn,
    ) -> Result<PasskeySignedIn, AppError> {
        let operation = Operation::FinishPasskeySignIn;
        self.permit(actor, operation)?;
        let asks = self.asks_passkeys()?;
        let address = given.address.as_deref().map(kept);
        if !self.tries.begin_passkey(address.as_deref(), self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let attempt = self.open_question(given.attempt.as_deref(), given.session_id);
        let attempt = attempt.map_err(Refused::from)?;
        if matches!(attempt.purpose, Purpose::Add { .. }) {
            return Err(Refused::from(PasskeyRefusal::AttemptOver).into());
        }
        let proves = attempt.purpose == Purpose::Prove;
        let (passkey, user) = self.claimed(asks, &given.answer, proves).await?;
        let verified = asks.verify(&attempt.state, &given.answer, &passkey.credential);
        let verified = verified.map_err(|fault| refused(&fault, PasskeyRefusal::Wrong))?;
        // Only whoever has the private key comes here; all else is told in the same words.
        let theirs = !proves || user.id == actor.id;
        if !theirs || user.active().is_err() {
            return Err(Refused::from(PasskeyRefusal::Wrong).into());
        }
        passkey.lets_in().map_err(Refused::from)?;
        let answer = PasskeyAnswer {
            asked_at: attempt.asked_at,
            counter: verified.counter,
            backed_up: verified.backed_up,
        };
        let proof = Proof::by_passkey(user.id, passkey.id, answer);
        let done = match attempt.session_id {
            Some(id) if proves => {
                let proved = self.renew_session(actor, operation, id, proof).await;
                proved.map(PasskeySignedIn::Proved)
            }
            _ => {
                let place = Place {
                    kind: SessionKind::Browser,
                    proved_at: None,
                    address: address.clone(),
                    agent: given.agent,
                };
                let signed_in = self.begin_session(operation, &user, proof, place).await;
                signed_in.map(PasskeySignedIn::SignedIn)
            }
        };
        match done {
            Ok(done) => {
                self.tries.forgive_passkey(address.as_deref());
                Ok(done)
            }
            Err(AppError::Refused(no)) if no.code == PasskeyRefusal::Suspect.code() => {
                self.suspect(operation, &user, passkey.id).await?;
                Err(AppError::Refused(no))
            }
            Err(error) => Err(error),
        }
    }

    /// The passkey that an answer says it is from, and whose it is. A device that was asked for any passkey tells whose
    /// the one is that it chose.
    async fn claimed(
        &self,
        asks: &dyn AskPasskeys,
        answer: &Value,
        known: bool,
    ) -> Result<(Passkey, User), AppError> {
        let wrong = || AppError::from(Refused::from(PasskeyRefusal::Wrong));
        let claimed = asks.claimed(answer).ok_or_else(wrong)?;
        let vendor_id = self.scope.vendor_id;
        let name = &claimed.credential_id;
        let found = self.store.passkey_by_credential(vendor_id, name).await?;
        let (passkey, user) = found.ok_or_else(wrong)?;
        let fits = claimed.user_id.map_or(known, |id| id == user.id);
        if fits {
            Ok((passkey, user))
        } else {
            Err(wrong())
        }
    }

    /// Notes that there seems to be a copy of a passkey. Whoever came with it is not let in; the entry is in its user's
    /// name, as its private key was used.
    async fn suspect(
        &self,
        operation: Operation,
        user: &User,
        id: PasskeyId,
    ) -> Result<(), AppError> {
        tracing::warn!(passkey = %id, "a passkey counts back: there seems to be a copy of it");
        let actor = user.actor(self.scope.vendor_id);
        let act = SuspectPasskey { id };
        self.act(&actor, operation, None, act).await?;
        Ok(())
    }
}
