//! Letting the desktop window in from a browser (RFC 8252): whoever is signed in there hands a session over, which waits
//! until the window takes it over with the code. That a code counts once is decided within the change, so it holds on all
//! servers of the store.

use latchkey_domain::actor::Actor;
use latchkey_domain::hand_over::{Challenge, HandOverRefusal, TakenOver};
use latchkey_domain::ledger::Verb;
use latchkey_domain::session::{Session, SessionKind, SessionRefusal, SessionState, Token};
use latchkey_domain::text::Name;
use latchkey_domain::user::{User, UserRefusal, Whose};
use latchkey_domain::{ActorId, Salt, SessionId, Timestamp};
use latchkey_store::{Batch, Need, Needs};

use super::{SESSION_TOKEN, SignedIn, kept};
use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Operation, Refused};

/// How the codes begin with which a session is taken over.
const HAND_OVER_CODE: &str = "lkh";

/// To whom somebody hands a session over.
#[derive(Debug)]
pub struct HandOver {
    /// In which session they are; none if they are in none.
    pub session_id: Option<SessionId>,
    /// What the taker has to show the verifier of.
    pub challenge: Challenge,
    /// What the computer is called that the window is on.
    pub computer: Name,
    /// Whether the window needs to know that they have just shown who they are.
    pub anew: bool,
}

/// A session was handed over.
#[derive(Debug)]
pub struct HandedOver {
    /// The session, which waits.
    pub session_id: SessionId,
    /// What it is taken over with, once.
    pub code: Token,
    /// Until when.
    pub until: Timestamp,
}

/// What a window takes a session over with.
#[derive(Debug)]
pub struct TakeOver {
    /// The code.
    pub code: Token,
    /// What the challenge was made of.
    pub verifier: String,
    /// The session that the window is in, which ends then; none if it is in none.
    pub replaces: Option<SessionId>,
    /// The network address, as far as it is known.
    pub address: Option<String>,
    /// What the program calls itself.
    pub agent: Option<String>,
}

/// Makes the session that waits.
struct Give {
    from: SessionId,
    session: Session,
}

impl Act for Give {
    type Value = SessionId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Session(self.from));
        needs.ask(Need::User(self.session.user_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<SessionId, Stop<SessionId>> {
        let user = batch.get::<User>(self.session.user_id);
        user.ok_or(UserRefusal::NotFound)?.active()?;
        let from = batch
            .get::<Session>(self.from)
            .filter(|from| from.user_id == self.session.user_id)
            .ok_or(SessionRefusal::NotFound)?;
        if from.state != SessionState::Open {
            return Err(SessionRefusal::Ended.into());
        }
        // Who looks as others do is them and nobody else in the window as well.
        if from.kind != SessionKind::Browser || from.viewing() != Whose::Vendor {
            return Err(HandOverRefusal::BrowserOnly.into());
        }
        let session = Session {
            // Nothing was given just now: it is as old as where it was given.
            proved_at: Some(from.proved_at()),
            ..self.session.clone()
        };
        batch.record(Verb::SessionHandOver, session);
        Ok(self.session.id)
    }
}

/// Has it taken over.
struct Take {
    id: SessionId,
    user_id: ActorId,
    asked: TakeOver,
    token_digest: String,
}

impl Act for Take {
    type Value = Timestamp;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Session(self.id));
        needs.ask(Need::User(self.user_id));
        if let Some(id) = self.asked.replaces {
            needs.ask(Need::Session(id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Timestamp, Stop<Timestamp>> {
        let user = batch.get::<User>(self.user_id);
        user.filter(|user| user.active().is_ok())
            .ok_or(HandOverRefusal::NotOpen)?;
        let session = batch.get::<Session>(self.id);
        let mut session = session.ok_or(HandOverRefusal::NotOpen)?.clone();
        let taken = TakenOver {
            verifier: &self.asked.verifier,
            token_digest: self.token_digest.clone(),
            address: self.asked.address.as_deref().map(kept),
            agent: self.asked.agent.as_deref().map(kept),
        };
        session.take_over(batch.now(), taken)?;
        let until = session.expires_at;
        let replaced = self.asked.replaces.and_then(|id| batch.get::<Session>(id));
        if let Some(mut replaced) = replaced.cloned() {
            if replaced.user_id != self.user_id {
                return Err(HandOverRefusal::OtherPerson.into());
            }
            if replaced.end_now().is_ok() {
                batch.record(Verb::SessionEnd, replaced);
            }
        }
        batch.record(Verb::SessionTakeOver, session);
        Ok(until)
    }
}

/// Letting the window in: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Hands a session of the actor's own over to the window that showed this challenge.
    pub async fn session_hand_over(
        &self,
        actor: &Actor,
        asked: HandOver,
    ) -> Result<Changed<HandedOver>, AppError> {
        let operation = Operation::HandOverSession;
        self.permit(actor, operation)?;
        if asked.anew {
            self.fresh_now(actor)?;
        }
        let from = asked.session_id;
        let from = from.ok_or_else(|| Refused::from(SessionRefusal::NotFound))?;
        let now = self.now();
        let code = Token::generate(HAND_OVER_CODE, &*self.random);
        let session = Session {
            id: SessionId::generate(now, &*self.random),
            user_id: actor.id,
            kind: SessionKind::Program,
            state: SessionState::Waiting,
            token_digest: code.digest(),
            address: None,
            agent: None,
            created_at: now,
            expires_at: Session::hand_over_end(now),
            proved_at: None,
            viewing_customer_id: None,
            viewing_reseller_id: None,
            computer: Some(asked.computer),
            challenge: Some(asked.challenge),
            version: 0,
            salt: Salt(latchkey_domain::random::bytes_16(&*self.random)),
            last_used_at: now,
        };
        let until = session.expires_at;
        let done = self.act(actor, operation, None, Give { from, session });
        let done = done.await?;
        Ok(done.map(|session_id| HandedOver {
            session_id,
            code,
            until,
        }))
    }

    /// Lets the window in that has the code and the verifier. Whatever does not hold is told in the same words.
    pub async fn session_take_over(
        &self,
        actor: &Actor,
        asked: TakeOver,
    ) -> Result<SignedIn, AppError> {
        let operation = Operation::TakeOverSession;
        self.permit(actor, operation)?;
        let address = asked.address.as_deref().map(kept);
        if !self.tries.begin_from(address.as_deref(), self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let vendor_id = self.scope.vendor_id;
        let digest = asked.code.digest();
        let found = self.store.session_by_digest(vendor_id, &digest).await?;
        let (session, user) = found.ok_or_else(|| Refused::from(HandOverRefusal::NotOpen))?;
        let token = Token::generate(SESSION_TOKEN, &*self.random);
        let act = Take {
            id: session.id,
            user_id: user.id,
            asked,
            token_digest: token.digest(),
        };
        let actor = user.actor(vendor_id);
        let taken = self.act(&actor, operation, None, act).await?;
        self.tries.forgive_from(address.as_deref());
        Ok(SignedIn {
            actor,
            session_id: session.id,
            token,
            expires_at: taken.value,
        })
    }
}
