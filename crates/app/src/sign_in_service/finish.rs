//! Coming back from the sign-in service: who it says they are, and what that is worth here.

use latchkey_domain::actor::Actor;
use latchkey_domain::limits::FACTOR_FRESH_SECONDS;
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::{SessionKind, SessionRefusal};
use latchkey_domain::sign_in_service::{Identity, SignInServiceRefusal};
use latchkey_domain::text::EmailAddress;
use latchkey_domain::user::User;
use latchkey_domain::{SessionId, Timestamp};
use sha2::{Digest as _, Sha256};

use super::attempt::{Attempt, Stage};
use super::{Kept, Person, refused};
use crate::session::{Place, Proved, SignedIn, Tried, kept};
use crate::{App, AppError, Changed, Operation, Refused};

/// How far the clocks of server and service may be apart, in seconds.
const CLOCKS_APART_SECONDS: i64 = 60;

/// Who comes back from the service.
pub struct FinishSignIn {
    /// The session that they are in, if they are in one.
    pub session_id: Option<SessionId>,
    /// What the browser kept.
    pub attempt: Option<String>,
    /// What came back with the browser.
    pub state: String,
    /// The service's code.
    pub code: String,
    /// The network address, as far as it is known.
    pub address: Option<String>,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

/// Who gives the code of their second factor as well.
pub struct ConfirmSignIn {
    /// The session that they are in, if they are in one.
    pub session_id: Option<SessionId>,
    /// What the browser kept.
    pub attempt: Option<String>,
    /// The code.
    pub code: GivenCode,
    /// The network address, as far as it is known.
    pub address: Option<String>,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

/// What came of it.
#[derive(Debug)]
pub enum Finished {
    /// They are signed in.
    SignedIn(SignedIn),
    /// They have shown anew who they are, in their session.
    Proved(Changed<Proved>),
    /// The account has a second factor, and a code of it is asked for.
    CodeNeeded(Kept),
}

/// Where they come from.
struct Way {
    operation: Operation,
    session_id: Option<SessionId>,
    address: Option<String>,
    agent: Option<String>,
}

/// Coming back from the service: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Lets somebody in whom the service vouches for; or notes in their session that they have shown anew who they are.
    pub async fn service_sign_in_finish(
        &self,
        actor: &Actor,
        back: FinishSignIn,
    ) -> Result<Finished, AppError> {
        let operation = Operation::FinishServiceSignIn;
        self.permit(actor, operation)?;
        let service = self.service()?;
        let address = back.address.as_deref().map(kept);
        // Whoever came back with what does not hold has tried.
        if !self.tries.begin_from(address.as_deref(), self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let attempt = self.open_attempt(back.attempt.as_deref(), back.session_id);
        let attempt = attempt.map_err(Refused::from)?;
        let Stage::Sent { at, challenge } = &attempt.stage else {
            return Err(Refused::from(SignInServiceRefusal::AttemptOver).into());
        };
        // Of digests the time of comparing tells nothing.
        if Sha256::digest(&challenge.state) != Sha256::digest(&back.state) {
            return Err(Refused::from(SignInServiceRefusal::AttemptOver).into());
        }
        let asked = service.ask.finish(&back.code, challenge, self.now()).await;
        let person = asked.map_err(|fault| refused(&fault))?;
        if attempt.session_id.is_some() {
            shown_since(&person, *at).map_err(Refused::from)?;
        }
        let (user, identity) = self.known(&person).await?;
        self.tries.forgive_from(address.as_deref());
        let way = Way {
            operation,
            session_id: attempt.session_id,
            address,
            agent: back.agent,
        };
        let shown_at = person.authenticated_at;
        self.come_in(actor, way, user, identity, shown_at, None)
            .await
    }

    /// The same for who has given the code of their second factor as well.
    pub async fn service_sign_in_confirm(
        &self,
        actor: &Actor,
        given: ConfirmSignIn,
    ) -> Result<Finished, AppError> {
        let operation = Operation::ConfirmServiceSignIn;
        self.permit(actor, operation)?;
        let attempt = self.open_attempt(given.attempt.as_deref(), given.session_id);
        let Attempt {
            session_id, stage, ..
        } = attempt.map_err(Refused::from)?;
        let Stage::Known { user_id, identity } = stage else {
            return Err(Refused::from(SignInServiceRefusal::AttemptOver).into());
        };
        let user = self.store.user_get(self.scope.vendor_id, user_id).await?;
        let user = user.filter(|user| user.active().is_ok());
        let user = user.ok_or_else(|| Refused::from(SignInServiceRefusal::NoAccount))?;
        let way = Way {
            operation,
            session_id,
            address: given.address.as_deref().map(kept),
            agent: given.agent,
        };
        self.come_in(actor, way, user, identity, None, Some(&given.code))
            .await
    }

    /// Which user it is that the service vouches for. Who is linked is known by what they are called there, whatever
    /// their address is now; who is not yet, by a verified address. Nobody is made a user by it.
    async fn known(&self, person: &Person) -> Result<(User, Identity), AppError> {
        let refuse = |refusal: SignInServiceRefusal| AppError::from(Refused::from(refusal));
        let identity = Identity::new(&person.issuer, &person.subject)
            .ok_or_else(|| refuse(SignInServiceRefusal::NotBelieved))?;
        let email = person.email.as_deref().filter(|_| person.email_verified);
        let email = email.ok_or_else(|| refuse(SignInServiceRefusal::EmailNotVerified))?;
        let vendor_id = self.scope.vendor_id;
        let mut user = self.store.user_by_identity(vendor_id, &identity).await?;
        if user.is_none()
            && let Ok(email) = EmailAddress::parse(email)
        {
            user = self.store.user_by_email(vendor_id, &email).await?;
        }
        let user = user
            .filter(|user| user.active().is_ok())
            .ok_or_else(|| refuse(SignInServiceRefusal::NoAccount))?;
        if user
            .identity
            .as_ref()
            .is_some_and(|known| *known != identity)
        {
            return Err(refuse(SignInServiceRefusal::OtherIdentity));
        }
        Ok((user, identity))
    }

    /// Their own second factor is asked for as after a password: it is theirs, and holds where the service's do not.
    async fn come_in(
        &self,
        actor: &Actor,
        way: Way,
        user: User,
        identity: Identity,
        shown_at: Option<Timestamp>,
        code: Option<&GivenCode>,
    ) -> Result<Finished, AppError> {
        let now = self.now();
        if way.session_id.is_some() && user.id != actor.id {
            return Err(Refused::from(SignInServiceRefusal::OtherIdentity).into());
        }
        let tried = Tried {
            account: user.email.as_str(),
            address: way.address.as_deref(),
        };
        if !self.tries.begin(tried.account, tried.address, now) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        if user.factor_on().is_some() && code.is_none() {
            self.tries.forgive(tried.account, tried.address);
            let user_id = user.id;
            let known = Stage::Known { user_id, identity };
            let attempt = Attempt::new(way.session_id, known, now);
            return Ok(Finished::CodeNeeded(self.seal_attempt(&attempt)));
        }
        let proof = self.prove_by_service(&tried, &user, &identity, code)?;
        if let Some(id) = way.session_id {
            let proved = self.renew_session(actor, way.operation, id, proof).await?;
            return Ok(Finished::Proved(proved));
        }
        let place = Place {
            kind: SessionKind::Browser,
            proved_at: (!proof.has_code()).then(|| shown(shown_at, now)),
            address: way.address,
            agent: way.agent,
        };
        let signed_in = self
            .begin_session(way.operation, &user, proof, place)
            .await?;
        Ok(Finished::SignedIn(signed_in))
    }
}

/// Refuses unless they have shown the service who they are since then.
fn shown_since(person: &Person, at: Timestamp) -> Result<(), SignInServiceRefusal> {
    let since = at.seconds() - CLOCKS_APART_SECONDS;
    match person.authenticated_at {
        Some(shown) if shown.seconds() >= since => Ok(()),
        _ => Err(SignInServiceRefusal::NotAnew),
    }
}

/// When they have shown the service who they are. It may let in whom it has known for days; where it does not tell, that
/// is too long ago for what is sensitive.
fn shown(told: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let stale = now.plus_millis(-(FACTOR_FRESH_SECONDS + 1) * 1_000);
    told.map_or(stale, |told| told.min(now))
}
