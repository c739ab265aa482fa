//! Passkeys: added, named and removed by whoever they belong to, and taken away by an owner. Signing in with one stands
//! in `passkey/sign_in.rs`. How a browser is asked and what it signs is checked elsewhere ([`AskPasskeys`]); what an
//! answer is worth stands here.

mod attempt;
mod change;
mod sign_in;

use std::sync::Arc;

use latchkey_domain::actor::Actor;
use latchkey_domain::passkey::{Passkey, PasskeyRefusal, PasskeysMissing};
use latchkey_domain::text::Name;
use latchkey_domain::user::{User, UserRefusal};
use latchkey_domain::{ActorId, PasskeyId, Salt, SessionId};
use latchkey_store::filter::{Page, PageRequest};
use serde_json::Value;

use crate::sign_in_service::Kept;
use crate::{App, AppError, Changed, Operation, Refused};
use attempt::{Attempt, Purpose};
use change::CreatePasskey;
pub use sign_in::{FinishPasskeySignIn, PasskeySignedIn};

/// Whose passkey is to be added.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Who; comes back with each answer.
    pub id: ActorId,
    /// What their device shows: their e-mail address,
    pub email: &'a str,
    /// and their name.
    pub name: &'a str,
}

/// A question to a person's devices.
#[derive(Debug, Clone)]
pub struct Question {
    /// What the browser is given (WebAuthn, level 3, §5.1.8 and §5.1.9).
    pub options: Value,
    /// What is needed to check the answer.
    pub state: Value,
}

/// A passkey that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePasskey {
    /// What its device calls it, in base64url.
    pub credential_id: String,
    /// What is needed to check its answers.
    pub credential: String,
    /// How often its device says it has signed.
    pub counter: u32,
    /// Whether it is kept elsewhere as well.
    pub backed_up: bool,
}

/// Who an answer says it is from; not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// What its device calls the passkey, in base64url.
    pub credential_id: String,
    /// Whose it is, if the device tells.
    pub user_id: Option<ActorId>,
}

/// An answer that was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How often the device says it has signed.
    pub counter: u32,
    /// Whether the passkey is kept elsewhere as well.
    pub backed_up: bool,
}

/// Why an answer does not hold; the text is for the log and has no secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PasskeyFault(pub String);

/// Asks for passkeys and checks what comes back. Each of them has to be one that finds its holder by itself, and that
/// verifies who they are.
pub trait AskPasskeys: Send + Sync + 'static {
    /// Asks for a new one, on a device that has none of these.
    fn ask_new(&self, holder: Holder<'_>, known: &[String]) -> Result<Question, PasskeyFault>;

    /// The passkey that was made.
    fn made(&self, state: &Value, answer: &Value) -> Result<MadePasskey, PasskeyFault>;

    /// Asks for one that is there: one of these, or any where there are none.
    fn ask(&self, known: &[String]) -> Result<Question, PasskeyFault>;

    /// Who an answer says it is from.
    fn claimed(&self, answer: &Value) -> Option<Claimed>;

    /// Verifies an answer of this passkey.
    fn verify(
        &self,
        state: &Value,
        answer: &Value,
        credential: &str,
    ) -> Result<Verified, PasskeyFault>;
}

/// Who asks for passkeys, or why nobody does.
pub type Passkeys = Result<Arc<dyn AskPasskeys>, PasskeysMissing>;

/// A question, and what the browser keeps until it has the answer.
pub struct BegunPasskey {
    /// What the browser is given.
    pub options: Value,
    /// What it keeps meanwhile.
    pub attempt: Kept,
}

/// Passkeys: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Whether passkeys are offered, and if not why.
    pub fn passkeys_offered(&self, actor: &Actor) -> Result<Result<(), PasskeysMissing>, AppError> {
        self.permit(actor, Operation::ListSignInMethods)?;
        Ok(self.passkeys.as_ref().map(drop).map_err(|missing| *missing))
    }

    /// The actor's own passkeys that were not removed, newest first.
    pub async fn passkey_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Passkey>, AppError> {
        self.permit(actor, Operation::ListPasskeys)?;
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.passkey_list(vendor_id, actor.id, page).await?)
    }

    /// One of the actor's own passkeys.
    pub async fn passkey_get(&self, actor: &Actor, id: PasskeyId) -> Result<Passkey, AppError> {
        self.permit(actor, Operation::ListPasskeys)?;
        let passkey = self.store.passkey_get(self.scope.vendor_id, id).await?;
        let passkey = passkey.filter(|passkey| passkey.user_id == actor.id);
        passkey.ok_or_else(|| Refused::from(PasskeyRefusal::NotFound).into())
    }

    /// Begins to add a passkey of the actor's own.
    pub async fn passkey_begin(
        &self,
        actor: &Actor,
        in_session: Option<SessionId>,
    ) -> Result<BegunPasskey, AppError> {
        self.look_at_vendor().await?;
        self.permit(actor, Operation::BeginPasskey)?;
        let asks = self.asks_passkeys()?;
        let user = self.holder(actor).await?;
        let holder = Holder {
            id: user.id,
            email: user.email.as_str(),
            name: user.name.as_str(),
        };
        let known = self.known_of(user.id).await?;
        let question = asks.ask_new(holder, &known);
        let question = question.map_err(|fault| refused(&fault, PasskeyRefusal::NotBelieved))?;
        let purpose = Purpose::Add { user_id: user.id };
        Ok(self.begun(purpose, in_session, question))
    }

    /// Adds the passkey that was made.
    pub async fn passkey_create(
        &self,
        actor: &Actor,
        in_session: Option<SessionId>,
        attempt: Option<&str>,
        name: Name,
        answer: &Value,
    ) -> Result<Changed<PasskeyId>, AppError> {
        self.permit(actor, Operation::CreatePasskey)?;
        let asks = self.asks_passkeys()?;
        let attempt = self.open_question(attempt, in_session);
        let attempt = attempt.map_err(Refused::from)?;
        // It is for whoever began it, and in the session that they began it in.
        let theirs = attempt.purpose == Purpose::Add { user_id: actor.id };
        if !theirs || attempt.session_id != in_session {
            return Err(Refused::from(PasskeyRefusal::AttemptOver).into());
        }
        let made = asks.made(&attempt.state, answer);
        let made = made.map_err(|fault| refused(&fault, PasskeyRefusal::NotBelieved))?;
        let now = self.now();
        let passkey = Passkey {
            id: PasskeyId::generate(now, &*self.random),
            user_id: actor.id,
            name,
            state: latchkey_domain::passkey::PasskeyState::Active,
            credential_id: made.credential_id,
            credential: made.credential,
            backed_up: made.backed_up,
            created_at: now,
            version: 0,
            salt: Salt(latchkey_domain::random::bytes_16(&*self.random)),
            counter: made.counter,
            last_used_at: None,
            asked_at: None,
        };
        let act = CreatePasskey { passkey };
        self.act(actor, Operation::CreatePasskey, None, act).await
    }

    fn asks_passkeys(&self) -> Result<&dyn AskPasskeys, AppError> {
        match &self.passkeys {
            Ok(asks) => Ok(&**asks),
            Err(missing) => Err(Refused::from(PasskeyRefusal::NotOffered(*missing)).into()),
        }
    }

    async fn holder(&self, actor: &Actor) -> Result<User, AppError> {
        let user = self.store.user_get(self.scope.vendor_id, actor.id).await?;
        user.ok_or_else(|| Refused::from(UserRefusal::NotFound).into())
    }

    /// What their devices call the passkeys that a user has.
    async fn known_of(&self, user_id: ActorId) -> Result<Vec<String>, AppError> {
        let page = PageRequest::uncounted(latchkey_domain::limits::PAGE_ROWS_MAX, None);
        let vendor_id = self.scope.vendor_id;
        let found = self.store.passkey_list(vendor_id, user_id, page).await?;
        let names = found.rows.into_iter().map(|passkey| passkey.credential_id);
        Ok(names.collect())
    }

    fn begun(
        &self,
        purpose: Purpose,
        session_id: Option<SessionId>,
        question: Question,
    ) -> BegunPasskey {
        let Question { options, state } = question;
        let attempt = Attempt {
            asked_at: self.now(),
            session_id,
            purpose,
            state,
        };
        BegunPasskey {
            options,
            attempt: self.seal_question(&attempt),
        }
    }
}

/// What people are told where an answer does not hold; whoever runs the server finds more in its log.
fn refused(fault: &PasskeyFault, refusal: PasskeyRefusal) -> AppError {
    tracing::warn!(%fault, "a passkey's answer does not hold");
    Refused::from(refusal).into()
}
