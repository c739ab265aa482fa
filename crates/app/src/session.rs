//! Signing in, and what stays of it: sessions.

mod hand_over;
mod proof;
mod prove;
mod view_as;
pub(crate) use proof::{Proof, Tried};

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::{Session, SessionKind, SessionRefusal, SessionState, Token};
use latchkey_domain::text::EmailAddress;
use latchkey_domain::user::{PasswordHash, User, UserRefusal};
use latchkey_domain::{ActorId, SessionId, Timestamp};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::password::Password;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};
pub use hand_over::{HandOver, HandedOver, TakeOver};
pub use prove::{ProveSession, Proved};

/// How the tokens of sessions begin.
pub const SESSION_TOKEN: &str = "lks";

/// How long after its last noted use a session's, or an access token's, next use is noted.
pub(crate) const NOTED_AFTER_MILLIS: i64 = 60_000;

/// Characters of an address or of a program's name that are kept.
const KEPT_CHARS_MAX: usize = 200;

/// Who wants to sign in, and from where.
#[derive(Debug)]
pub struct SignIn {
    /// Their e-mail address, as it was typed.
    pub email: String,
    /// Their password.
    pub password: Password,
    /// The code of their second factor, if they gave one.
    pub code: Option<GivenCode>,
    /// How the session's token will be carried.
    pub kind: SessionKind,
    /// The network address, as far as it is known.
    pub address: Option<String>,
    /// What the browser or program calls itself.
    pub agent: Option<String>,
}

/// Somebody signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub actor: Actor,
    /// In which session.
    pub session_id: SessionId,
    /// What opens it; known to nobody but whoever gets it now.
    pub token: Token,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Where a session is begun.
pub(crate) struct Place {
    /// How its token will be carried.
    pub(crate) kind: SessionKind,
    /// The network address, [as it is kept](kept).
    pub(crate) address: Option<String>,
    /// What the browser or program calls itself.
    pub(crate) agent: Option<String>,
    /// When they have shown who they are, if not just now.
    pub(crate) proved_at: Option<Timestamp>,
}

/// Begins a session.
struct CreateSession {
    session: Session,
    proof: Proof,
}

impl Act for CreateSession {
    type Value = SessionId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        self.proof.needs(needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<SessionId, Stop<SessionId>> {
        self.proof.spend(batch)?;
        batch.record(Verb::SessionCreate, self.session.clone());
        Ok(self.session.id)
    }
}

/// Ends a session.
struct EndSession {
    id: SessionId,
    by: Actor,
}

impl Act for EndSession {
    type Value = SessionId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Session(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<SessionId, Stop<SessionId>> {
        let session = batch.get::<Session>(self.id);
        // Nobody learns of others' sessions but an owner, who may end them.
        let mut session = session
            .filter(|session| session.user_id == self.by.id || self.by.role == Role::Owner)
            .ok_or(SessionRefusal::NotFound)?
            .clone();
        session.end_now()?;
        batch.record(Verb::SessionEnd, session);
        Ok(self.id)
    }
}

/// Ends the sessions of a user but one; they have to have been asked for with [`Need::SessionsOf`].
pub(crate) fn end_all(batch: &mut Batch, user_id: ActorId, but: Option<SessionId>) {
    let mut open: Vec<Session> = batch
        .all::<Session>()
        .filter(|session| session.user_id == user_id && session.state != SessionState::Ended)
        .filter(|session| Some(session.id) != but)
        .cloned()
        .collect();
    open.sort_unstable_by_key(|session| session.id);
    for mut session in open {
        session.state = SessionState::Ended;
        batch.record(Verb::SessionEnd, session);
    }
}

/// Notes that a session was used.
struct NoteUse {
    id: SessionId,
}

impl Act for NoteUse {
    type Value = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Session(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Stop<()>> {
        if let Some(mut session) = batch.get::<Session>(self.id).cloned()
            && session.state == SessionState::Open
        {
            session.last_used_at = batch.now();
            batch.touch(session);
        }
        Ok(())
    }
}

/// Sessions: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Lets somebody in who knows a user's password and, if they have a second factor, a code of it. Whether the
    /// address, the password or the user is wrong is not told, in words or in time; that a code is needed, or wrong, only
    /// to who knows the password.
    pub async fn sign_in(&self, actor: &Actor, asked: SignIn) -> Result<SignedIn, AppError> {
        self.permit(actor, Operation::SignIn)?;
        let address = asked.address.as_deref().map(kept);
        let email = EmailAddress::parse(&asked.email).ok();
        // What is no address is no account, however it is written.
        let account = email.as_ref().map_or("", EmailAddress::as_str);
        if !self.tries.begin(account, address.as_deref(), self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let vendor_id = self.scope.vendor_id;
        let user = match &email {
            Some(email) => self.store.user_by_email(vendor_id, email).await?,
            None => None,
        };
        let user = user.filter(|user| user.active().is_ok());
        let tried = Tried {
            account,
            address: address.as_deref(),
        };
        let (user, proof) = self
            .prove(&tried, user, &asked.password, asked.code.as_ref())
            .await?;
        let from = Place {
            kind: asked.kind,
            address,
            agent: asked.agent,
            proved_at: None,
        };
        self.begin_session(Operation::SignIn, &user, proof, from)
            .await
    }

    /// Begins a session for a user who has shown who they are.
    pub(crate) async fn begin_session(
        &self,
        operation: Operation,
        user: &User,
        proof: Proof,
        from: Place,
    ) -> Result<SignedIn, AppError> {
        let now = self.now();
        let token = Token::generate(SESSION_TOKEN, &*self.random);
        let session = Session {
            id: SessionId::generate(now, &*self.random),
            user_id: user.id,
            kind: from.kind,
            state: SessionState::Open,
            token_digest: token.digest(),
            address: from.address,
            agent: from.agent.as_deref().map(kept),
            created_at: now,
            expires_at: Session::end(now),
            proved_at: Some(from.proved_at.unwrap_or(now)),
            viewing_customer_id: None,
            viewing_reseller_id: None,
            computer: None,
            challenge: None,
            version: 0,
            salt: latchkey_domain::Salt(latchkey_domain::random::bytes_16(&*self.random)),
            last_used_at: now,
        };
        let expires_at = session.expires_at;
        let act = CreateSession { session, proof };
        let actor = user.actor(self.scope.vendor_id);
        let made = self.act(&actor, operation, None, act).await?;
        Ok(SignedIn {
            actor,
            session_id: made.value,
            token,
            expires_at,
        })
    }

    /// Who holds this token, and in which session; none if it opens nothing.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn signed_in(
        &self,
        token: &Token,
        kind: SessionKind,
    ) -> Result<Option<(Actor, SessionId)>, AppError> {
        // Rules of roles hold for who only looks as well.
        self.look_at_vendor().await?;
        let vendor_id = self.scope.vendor_id;
        let found = self
            .store
            .session_by_digest(vendor_id, &token.digest())
            .await?;
        let now = self.now();
        let Some((session, user)) = found.filter(|(session, user)| {
            session.kind == kind && session.lets_in(now) && user.active().is_ok()
        }) else {
            return Ok(None);
        };
        let actor = user.actor(vendor_id);
        if now >= session.last_used_at.plus_millis(NOTED_AFTER_MILLIS) {
            let note = NoteUse { id: session.id };
            self.act(&actor, Operation::GetMe, None, note).await?;
        }
        let mut actor = Actor {
            proved_at: Some(session.proved_at()),
            ..actor
        };
        view_as::look(&mut actor, session.viewing());
        Ok(Some((actor, session.id)))
    }

    /// The actor's own sessions that were not ended, newest first.
    pub async fn session_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Session>, AppError> {
        self.permit(actor, Operation::ListSessions)?;
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.session_list(vendor_id, actor.id, page).await?)
    }

    /// Ends a session: one's own, or as an owner anybody's.
    pub async fn session_end(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: SessionId,
    ) -> Result<Changed<SessionId>, AppError> {
        let act = EndSession {
            id,
            by: actor.clone(),
        };
        self.act(actor, Operation::EndSession, idempotency, act)
            .await
    }

    /// Changes the actor's own password, and ends all their sessions but the one it is done in.
    pub async fn password_change(
        &self,
        actor: &Actor,
        in_session: Option<SessionId>,
        present: &Password,
        new: &Password,
    ) -> Result<Changed<ActorId>, AppError> {
        self.permit(actor, Operation::ChangePassword)?;
        let user = self.store.user_get(self.scope.vendor_id, actor.id).await?;
        let user = user.ok_or_else(|| Refused::from(UserRefusal::NotFound))?;
        let account = user.email.as_str();
        if !self.tries.begin(account, None, self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        if !self.hasher.verify(present, user.password.as_ref()).await {
            let refusal = Refused::from(SessionRefusal::WrongCredentials);
            return Err(refusal.at("/present").into());
        }
        self.tries.forgive(account, None);
        let hash = self.hasher.hash(new, &*self.random).await;
        let hash = hash.map_err(|refusal| Refused::from(refusal).at("/new"))?;
        let act = ChangePassword {
            id: actor.id,
            hash,
            in_session,
        };
        self.act(actor, Operation::ChangePassword, None, act).await
    }
}

/// Gives a user another password.
struct ChangePassword {
    id: ActorId,
    hash: PasswordHash,
    in_session: Option<SessionId>,
}

impl Act for ChangePassword {
    type Value = ActorId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::User(self.id));
        needs.ask(Need::SessionsOf(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActorId, Stop<ActorId>> {
        let mut user = batch
            .get::<User>(self.id)
            .ok_or(UserRefusal::NotFound)?
            .clone();
        user.set_password(self.hash.clone());
        batch.record(Verb::UserPassword, user);
        end_all(batch, self.id, self.in_session);
        Ok(self.id)
    }
}

/// As much of a text from outside as is kept, without what could not be shown.
pub(crate) fn kept(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(KEPT_CHARS_MAX)
        .collect()
}
