//! A sign-in service for tests, which vouches for whom the test says.

use std::sync::{Mutex, PoisonError};

use latchkey_app::sign_in_service::{AskService, Asked, Challenge, Person, ServiceFault};
use latchkey_domain::Timestamp;

/// What the service's addresses begin with.
pub const SERVICE: &str = "https://id.example";

/// A sign-in service that everybody comes back from with the code `right`.
#[derive(Default)]
pub struct TestService {
    person: Mutex<Option<Person>>,
    sent: Mutex<Option<Sent>>,
}

struct Sent {
    state: String,
    verifier: String,
    anew: bool,
}

fn hold<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TestService {
    /// From now on this is who comes back; without anybody the service is away.
    pub fn says(&self, person: Option<Person>) {
        *hold(&self.person) = person;
    }

    /// Who somebody is with this name there, and this verified address, who showed it at this moment.
    #[must_use]
    pub fn person(subject: &str, email: &str, at: Timestamp) -> Person {
        Person {
            issuer: SERVICE.to_owned(),
            subject: subject.to_owned(),
            email: Some(email.to_owned()),
            email_verified: true,
            authenticated_at: Some(at),
        }
    }

    /// What the browser that was sent there last is sent back with.
    #[must_use]
    pub fn state(&self) -> String {
        let sent = hold(&self.sent);
        sent.as_ref()
            .map(|sent| sent.state.clone())
            .unwrap_or_default()
    }

    /// Whether the one who was sent there last is to show anew who they are.
    #[must_use]
    pub fn asks_anew(&self) -> bool {
        hold(&self.sent).as_ref().is_some_and(|sent| sent.anew)
    }
}

impl AskService for TestService {
    fn begin<'a>(
        &'a self,
        challenge: &'a Challenge,
        anew: bool,
        _: Timestamp,
    ) -> Asked<'a, String> {
        *hold(&self.sent) = Some(Sent {
            state: challenge.state.clone(),
            verifier: challenge.verifier.clone(),
            anew,
        });
        let url = format!("{SERVICE}/authorize?state={}", challenge.state);
        Box::pin(std::future::ready(Ok(url)))
    }

    fn finish<'a>(
        &'a self,
        code: &'a str,
        challenge: &'a Challenge,
        _: Timestamp,
    ) -> Asked<'a, Person> {
        let ours = hold(&self.sent)
            .as_ref()
            .is_some_and(|sent| sent.verifier == challenge.verifier);
        let person = hold(&self.person).clone();
        let found = match person {
            _ if code != "right" || !ours => Err(ServiceFault::Refused("the code is wrong".into())),
            Some(person) => Ok(person),
            None => Err(ServiceFault::Away("nobody is there".into())),
        };
        Box::pin(std::future::ready(found))
    }
}
