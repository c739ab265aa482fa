//! Signing in through the person's own browser (RFC 8252): the window opens it at the server, and waits on this computer
//! for the browser to come back with a code. The code is worth nothing without the verifier, which stays here (RFC 7636).

mod landing;

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method};
use latchkey_domain::hand_over::challenge_of;
use latchkey_domain::random::Random;
use reqwest::Url;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

use crate::connection::{Answer, Connection, SendError};
use crate::place::ServerAddress;

pub(crate) use landing::{Came, Landing};

/// How long a person has to sign in in the browser.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Where the browser is sent to at the server.
const PAGE: &str = "sign-in/desktop";

/// Where the code is taken to.
const TAKE_OVER: &str = "/v1/sessions/take-over";

/// An attempt, which the browser is waited for in.
pub(crate) struct Attempt {
    listener: TcpListener,
    port: u16,
    state: String,
    verifier: Zeroizing<String>,
}

impl Attempt {
    /// Listens on this computer, at a port that is free.
    pub(crate) async fn begin(random: &dyn Random) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self {
            listener,
            port,
            state: secret(random).to_string(),
            verifier: secret(random),
        })
    }

    /// Where the browser is opened. `anew` asks for somebody who has just shown who they are.
    pub(crate) fn url(&self, server: &ServerAddress, computer: &str, anew: bool) -> Url {
        let mut url = server.url().clone();
        url.set_path(PAGE);
        let mut query = url.query_pairs_mut();
        query
            .append_pair("challenge", &challenge_of(&self.verifier))
            .append_pair("state", &self.state)
            .append_pair("port", &self.port.to_string())
            .append_pair("computer", computer);
        if anew {
            query.append_pair("anew", "true");
        }
        drop(query);
        url
    }

    /// Waits until the browser comes back. Nothing else that comes ends the wait.
    pub(crate) async fn landing(&self) -> io::Result<Landing> {
        landing::wait(&self.listener, self.port, &self.state, landing::TURN).await
    }

    /// Takes the session over with the code.
    pub(crate) async fn take_over(
        &self,
        connection: &Connection,
        code: &str,
    ) -> Result<Answer, SendError> {
        let asked = serde_json::json!({ "code": code, "verifier": self.verifier.as_str() });
        let body = Bytes::from(asked.to_string());
        let json = HeaderValue::from_static("application/json");
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
        connection
            .send(Method::POST, TAKE_OVER, headers, body)
            .await
    }
}

/// 256 random bits, in base64url.
fn secret(random: &dyn Random) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    random.fill(bytes.as_mut_slice());
    Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use latchkey_domain::random::SeededRandom;

    use super::*;

    #[tokio::test]
    async fn the_browser_is_told_the_challenge_and_never_the_verifier() {
        let attempt = Attempt::begin(&SeededRandom::new(1)).await.unwrap();
        let server = ServerAddress::parse("https://a.example:8443").unwrap();
        let url = attempt.url(&server, "Büro & Lager", true);
        assert_eq!(url.origin().ascii_serialization(), "https://a.example:8443");
        assert_eq!(url.path(), "/sign-in/desktop");
        let said: Vec<_> = url.query_pairs().into_owned().collect();
        let port = attempt.port.to_string();
        let challenge = challenge_of(&attempt.verifier);
        let expected = [
            ("challenge", challenge.as_str()),
            ("state", &attempt.state),
            ("port", &port),
            ("computer", "Büro & Lager"),
            ("anew", "true"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(said, expected);
        assert!(!url.as_str().contains(attempt.verifier.as_str()));
        assert!(!attempt.url(&server, "x", false).as_str().contains("anew"));
        // 256 bits each, and not the same.
        assert_eq!(attempt.verifier.len(), 43);
        assert_eq!(attempt.state.len(), 43);
        assert_ne!(attempt.state, *attempt.verifier);
    }
}
