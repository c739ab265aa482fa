//! Signing in by a service of somebody else's, which vouches for who a person is. Which service it is and how it is asked
//! is the program's business; what its word is worth stands here.
//!
//! A browser is sent there, and comes back with a code. Meanwhile it keeps what belongs to the attempt, sealed, so that
//! any server of the store can go on with it, and no other browser.

mod attempt;
mod finish;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use latchkey_domain::actor::Actor;
use latchkey_domain::session::{SessionRefusal, Token};
use latchkey_domain::sign_in_service::SignInServiceRefusal;
use latchkey_domain::{SessionId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Operation, Refused};
use attempt::{Attempt, Stage};
pub use finish::{ConfirmSignIn, FinishSignIn, Finished};

/// How the random texts of an attempt begin.
const CHALLENGE: &str = "lko";

/// Random texts that belong to one attempt, each hard to guess.
#[derive(Clone, Serialize, Deserialize)]
pub struct Challenge {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back in what the service signs.
    pub nonce: String,
    /// Is shown with the code.
    pub verifier: String,
}

/// Somebody that the service vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Which service.
    pub issuer: String,
    /// What they are called there; stays theirs.
    pub subject: String,
    /// Their e-mail address, if it is told.
    pub email: Option<String>,
    /// Whether the service knows that the address is theirs.
    pub email_verified: bool,
    /// When they last showed the service who they are, if it is told.
    pub authenticated_at: Option<Timestamp>,
}

/// Why the service did not say who somebody is; the text is for the log and has no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceFault {
    /// It does not answer.
    Away(String),
    /// What came back does not hold.
    Refused(String),
}

/// What comes of asking the service.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, ServiceFault>> + Send + 'a>>;

/// Asks the service.
pub trait AskService: Send + Sync + 'static {
    /// The address that a browser is sent to. If they are to show `anew` who they are, it does not do that the service
    /// knows them.
    fn begin<'a>(
        &'a self,
        challenge: &'a Challenge,
        anew: bool,
        now: Timestamp,
    ) -> Asked<'a, String>;

    /// Who came back with this code. Everything that is told was verified.
    fn finish<'a>(
        &'a self,
        code: &'a str,
        challenge: &'a Challenge,
        now: Timestamp,
    ) -> Asked<'a, Person>;
}

/// The service that people can sign in by.
#[derive(Clone)]
pub struct SignInService {
    name: String,
    ask: Arc<dyn AskService>,
}

impl SignInService {
    /// The service, and what people call it.
    #[must_use]
    pub fn new(name: &str, ask: Arc<dyn AskService>) -> Self {
        Self {
            name: name.to_owned(),
            ask,
        }
    }
}

/// An attempt was begun.
pub struct BegunSignIn {
    /// The address that the browser goes to.
    pub url: String,
    /// What it keeps meanwhile.
    pub attempt: Kept,
}

/// What a browser keeps for an attempt.
#[derive(Debug)]
pub struct Kept {
    /// The attempt, sealed.
    pub sealed: String,
    /// Until when it counts.
    pub until: Timestamp,
}

/// Signing in by the service: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// What people call the service that they can sign in by; none if there is none.
    pub fn sign_in_service_name(&self, actor: &Actor) -> Result<Option<&str>, AppError> {
        self.permit(actor, Operation::ListSignInMethods)?;
        let service = self.sign_in_service.as_ref();
        Ok(service.map(|service| service.name.as_str()))
    }

    /// Begins an attempt to sign in by the service; or, if they are to show anew who they are, to do that in a session.
    pub async fn service_sign_in_begin(
        &self,
        actor: &Actor,
        in_session: Option<SessionId>,
        anew: bool,
    ) -> Result<BegunSignIn, AppError> {
        self.permit(actor, Operation::BeginServiceSignIn)?;
        let service = self.service()?;
        let session_id = in_session.filter(|_| anew);
        if anew && session_id.is_none() {
            return Err(Refused::from(SessionRefusal::NotFound).into());
        }
        let text = || {
            Token::generate(CHALLENGE, &*self.random)
                .reveal()
                .to_owned()
        };
        let challenge = Challenge {
            state: text(),
            nonce: text(),
            verifier: text(),
        };
        let now = self.now();
        let url = service.ask.begin(&challenge, anew, now).await;
        let url = url.map_err(|fault| refused(&fault))?;
        let attempt = Attempt::new(session_id, Stage::Sent { at: now, challenge }, now);
        Ok(BegunSignIn {
            url,
            attempt: self.seal_attempt(&attempt),
        })
    }

    fn service(&self) -> Result<&SignInService, AppError> {
        let service = self.sign_in_service.as_ref();
        service.ok_or_else(|| Refused::from(SignInServiceRefusal::NotSetUp).into())
    }
}

/// What people are told of a fault; whoever runs the server finds more in its log.
fn refused(fault: &ServiceFault) -> AppError {
    let refusal = match fault {
        ServiceFault::Away(error) => {
            tracing::warn!(error, "the sign-in service is away");
            SignInServiceRefusal::Away
        }
        ServiceFault::Refused(error) => {
            tracing::warn!(error, "the sign-in service's word does not hold");
            SignInServiceRefusal::NotBelieved
        }
    };
    Refused::from(refusal).into()
}
