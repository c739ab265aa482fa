//! Proving anew, in a session, who one is: what is sensitive asks for it.

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::{Session, SessionRefusal, Token};
use latchkey_domain::{ActorId, SessionId};
use latchkey_store::{Batch, Need, Needs};

use super::proof::{Proof, Tried};
use super::{SESSION_TOKEN, kept};
use crate::act::{Act, Stop};
use crate::password::Password;
use crate::{App, AppError, Changed, Operation, Refused};

/// What somebody gives who proves anew who they are.
#[derive(Debug)]
pub struct ProveSession {
    /// In which session; none if they are in none.
    pub session_id: Option<SessionId>,
    /// Their password.
    pub password: Password,
    /// The code of their second factor, if they gave one.
    pub code: Option<GivenCode>,
    /// The network address, as far as it is known.
    pub address: Option<String>,
}

/// Somebody proved anew who they are.
#[derive(Debug)]
pub struct Proved {
    /// In which session, as it is now.
    pub session: Session,
    /// What opens it from now on, in place of what opened it before.
    pub token: Token,
}

struct Prove {
    id: SessionId,
    user_id: ActorId,
    proof: Proof,
    token_digest: String,
}

impl Act for Prove {
    type Value = Session;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        self.proof.needs(needs);
        needs.ask(Need::Session(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        let session = batch.get::<Session>(self.id);
        let mut session = session
            .filter(|session| session.user_id == self.user_id)
            .ok_or(SessionRefusal::NotFound)?
            .clone();
        session.prove(batch.now(), self.token_digest.clone())?;
        self.proof.spend(batch)?;
        batch.record(Verb::SessionProve, session.clone());
        Ok(session)
    }
}

impl App {
    /// Notes that whoever is signed in has given password and second factor anew. The session's token is another one from
    /// then on.
    ///
    /// # Errors
    /// If they are wrong, the actor is in no session or may not, or the store fails.
    pub async fn session_prove(
        &self,
        actor: &Actor,
        given: ProveSession,
    ) -> Result<Changed<Proved>, AppError> {
        self.permit(actor, Operation::ProveSession)?;
        let id = given.session_id;
        let id = id.ok_or_else(|| Refused::from(SessionRefusal::NotFound))?;
        let user = self.store.user_get(self.scope.vendor_id, actor.id).await?;
        let user = user.ok_or_else(|| Refused::from(SessionRefusal::NotFound))?;
        let (account, address) = (user.email.clone(), given.address.as_deref().map(kept));
        let tried = Tried {
            account: account.as_str(),
            address: address.as_deref(),
        };
        if !self.tries.begin(tried.account, tried.address, self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let proof = self.prove(&tried, Some(user), &given.password, given.code.as_ref());
        let (_, proof) = proof.await?;
        self.renew_session(actor, Operation::ProveSession, id, proof)
            .await
    }

    /// Notes in the actor's own session that they have proved anew who they are.
    pub(crate) async fn renew_session(
        &self,
        actor: &Actor,
        operation: Operation,
        id: SessionId,
        proof: Proof,
    ) -> Result<Changed<Proved>, AppError> {
        let token = Token::generate(SESSION_TOKEN, &*self.random);
        let act = Prove {
            id,
            user_id: actor.id,
            proof,
            token_digest: token.digest(),
        };
        let done = self.act(actor, operation, None, act).await?;
        Ok(done.map(|session| Proved { session, token }))
    }
}
