//! The session at a server: its token comes with signing in, stays in the keychain, and goes along with each request.
//! The page never sees it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use latchkey_keys::{KeyError, find_secret, forget_secret, keep_secret};
use zeroize::Zeroizing;

use crate::place::ServerAddress;

/// How long a person has to unlock the keychain.
const KEYCHAIN_WAIT: Duration = Duration::from_secs(60);

/// How the tokens of sessions begin.
const BEGINS: &str = "lks_";

/// Where they stand in an answer: to signing in, and to proving anew who one is.
const PLACES: [&str; 2] = ["/token", "/item/token"];

/// The token, if somebody is signed in.
pub(super) struct Session {
    account: String,
    token: Mutex<Option<Zeroizing<String>>>,
}

impl Session {
    /// The one that was kept. Without a keychain a session ends with the program.
    pub(super) async fn kept(address: &ServerAddress) -> Self {
        let account = account_of(address);
        let of = account.clone();
        let kept = blocking(move || find_secret(&of, KEYCHAIN_WAIT)).await;
        Self {
            account,
            token: Mutex::new(kept.flatten()),
        }
    }

    /// What a request shows.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let mut value = HeaderValue::from_str(&format!("Bearer {}", token.as_deref()?)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Takes the token out of what was answered to signing in, if one is in it; answers what is left for the page.
    pub(super) async fn taken_from(&self, answer: &[u8]) -> Option<Vec<u8>> {
        let mut answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
        let place = PLACES.iter().find(|place| {
            let text = answer.pointer(place).and_then(|found| found.as_str());
            text.is_some_and(|text| text.starts_with(BEGINS))
        })?;
        let token = match answer.pointer_mut(place)?.take() {
            serde_json::Value::String(token) => Zeroizing::new(token),
            _ => return None,
        };
        let rest = serde_json::to_vec(&answer).ok()?;
        self.set(Some(token.clone()));
        let account = self.account.clone();
        blocking(move || keep_secret(&account, token, KEYCHAIN_WAIT)).await;
        Some(rest)
    }

    /// Forgets it: the server does not know it any more. One that came in between stays.
    pub(super) async fn forget(&self, shown: &HeaderValue) {
        if self.header().as_ref() != Some(shown) {
            return;
        }
        self.set(None);
        let account = self.account.clone();
        blocking(move || forget_secret(&account, KEYCHAIN_WAIT)).await;
    }

    fn set(&self, token: Option<Zeroizing<String>>) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }
}

/// Forgets the one that was kept.
pub(super) async fn forget_kept(address: &ServerAddress) {
    let account = account_of(address);
    blocking(move || forget_secret(&account, KEYCHAIN_WAIT)).await;
}

fn account_of(address: &ServerAddress) -> String {
    format!("session of {address}")
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyError> + Send + 'static,
) -> Option<T> {
    match tokio::task::spawn_blocking(work).await.ok()? {
        Ok(done) => Some(done),
        Err(error) => {
            tracing::warn!("the session is not kept in the keychain: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session {
            account: "session of a test".to_owned(),
            token: Mutex::default(),
        }
    }

    #[tokio::test]
    async fn other_answers_are_left_as_they_are() {
        let session = session();
        for answer in [
            &b""[..],
            b"[]",
            b"{\"id\":1}",
            b"{\"token\":null}",
            b"{\"token\":\"lka_secret\"}",
            b"{\"item\":{\"token\":\"lki_secret\"}}",
        ] {
            assert!(session.taken_from(answer).await.is_none());
        }
        assert!(session.header().is_none());
    }

    #[tokio::test]
    async fn a_session_that_came_in_between_stays() {
        let session = session();
        session.set(Some(Zeroizing::new("lks_1".to_owned())));
        let shown = session.header().unwrap();
        assert!(shown.is_sensitive());
        session.set(Some(Zeroizing::new("lks_2".to_owned())));
        session.forget(&shown).await;
        assert_eq!(session.header().unwrap(), "Bearer lks_2");
    }
}
