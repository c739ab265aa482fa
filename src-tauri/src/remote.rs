//! A store behind a Latchkey server: requests go there over HTTPS, with the session that the keychain keeps.

use std::error::Error;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures::StreamExt as _;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode};
use latchkey_api::{VERSION, VERSION_HEADER};
use reqwest::tls::TlsInfo;
use reqwest::{Client, ClientBuilder, Response};
use rustls::CertificateError;
use serde::Serialize;

use crate::connection::{Answer, SendError, told};
use crate::place::ServerAddress;
use crate::refusal::Refusal;

mod pin;
mod session;
mod version;

pub(crate) use pin::Fingerprint;
use session::Session;
use version::Older;

/// How long a server has to take a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a server may be silent while it answers.
const SILENCE: Duration = Duration::from_secs(60);

/// How long a server has to say what it is.
const FIRST_ANSWER: Duration = Duration::from_secs(15);

/// What this program calls itself; shown where a person is signed in.
const AGENT: &str = concat!("Latchkey/", env!("CARGO_PKG_VERSION"), " (Linux)");

/// The longest answer in which a session's token, or the code of a refusal, is looked for.
const SMALL_BYTES_MAX: u64 = 16 * 1024;

/// Where every server answers, whoever asks.
const HEALTH: &str = "healthz";

/// A server that answers.
pub(crate) struct Remote {
    client: Client,
    address: ServerAddress,
    session: Session,
}

/// What a server is, as far as a stranger sees.
#[derive(Debug, Serialize)]
pub(crate) struct Seen {
    /// Its address, as it is meant.
    address: String,
    /// Its version.
    version: String,
    /// Whether this computer trusts its certificate, or needs none: the server is on it.
    is_trusted: bool,
    /// The fingerprint of its certificate; none without TLS.
    fingerprint: Option<String>,
}

impl Remote {
    /// Finds out whether it can be worked with. `pin` is the one certificate that is believed.
    pub(crate) async fn open(
        address: &ServerAddress,
        pin: Option<Fingerprint>,
    ) -> Result<Self, Refusal> {
        let client = believing(pin)?;
        let answer = first_answer(&client, address)
            .await
            .map_err(|error| why(address, &error))?;
        let version = said_version(&answer).ok_or_else(|| Refusal::no_server(address))?;
        version::fits(&version).map_err(|older| other_version(address, &version, older))?;
        let session = Session::kept(address).await;
        Ok(Self {
            client,
            address: address.clone(),
            session,
        })
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// Sends one request. `path` begins with a slash and may carry a query.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        mut headers: HeaderMap,
        body: Bytes,
    ) -> Result<Answer, SendError> {
        let base = self.address.url();
        // A path such as `//elsewhere` would name another host.
        let url = base
            .join(path.trim_start_matches('/'))
            .map_err(SendError::broken)?;
        if url.origin() != base.origin() {
            return Err(SendError::broken(format!(
                "{path} leaves the server {base}"
            )));
        }
        headers.remove(AUTHORIZATION);
        let shown = self.session.header();
        if let Some(token) = shown.clone() {
            headers.insert(AUTHORIZATION, token);
        }
        let may_sign_in = method == Method::POST;
        let request = self.client.request(method, url).headers(headers).body(body);
        let response = request.send().await.map_err(SendError::unreachable)?;
        if let Some(version) = said_version(&response)
            && let Err(older) = version::fits(&version)
        {
            let refusal = other_version(&self.address, &version, older);
            return Err(SendError::Refused(refusal));
        }
        let small = is_small_json(&response);
        match response.status() {
            StatusCode::OK if may_sign_in && small => self.without_token(response).await,
            StatusCode::UNAUTHORIZED if small => {
                let (head, body) = whole(response).await?;
                if let Some(shown) = shown.filter(|_| says_not_signed_in(&body)) {
                    self.session.forget(&shown).await;
                }
                Ok(Answer::whole(head.0, head.1, body))
            }
            _ => Ok(streamed(response)),
        }
    }

    /// What was answered, with nothing in it that opens a session.
    async fn without_token(&self, response: Response) -> Result<Answer, SendError> {
        let ((status, mut headers), body) = whole(response).await?;
        let Some(rest) = self.session.taken_from(&body).await else {
            return Ok(Answer::whole(status, headers, body));
        };
        headers.remove(CONTENT_LENGTH);
        Ok(Answer::whole(status, headers, rest.into()))
    }
}

/// Looks at a server for a person who wants to add it.
pub(crate) async fn look(address: &ServerAddress) -> Result<Seen, Refusal> {
    let seen = |answer: &Response, is_trusted| {
        let certificate = answer.extensions().get::<TlsInfo>();
        let certificate = certificate.and_then(TlsInfo::peer_certificate);
        let version = said_version(answer).ok_or_else(|| Refusal::no_server(address))?;
        Ok(Seen {
            address: address.to_string(),
            version,
            is_trusted,
            fingerprint: certificate.map(|of| Fingerprint::of(of).to_string()),
        })
    };
    match first_answer(&believing(None)?, address).await {
        Ok(answer) => seen(&answer, true),
        Err(error) if certificate_error(&error).is_some() => {
            // Nothing is told to a server that is not trusted: only its certificate is asked for.
            let anybody = builder()
                .tls_danger_accept_invalid_certs(true)
                .build()
                .map_err(Refusal::bridge)?;
            let answer = first_answer(&anybody, address)
                .await
                .map_err(|error| why(address, &error))?;
            seen(&answer, false)
        }
        Err(error) => Err(why(address, &error)),
    }
}

/// Forgets who was signed in to a server here. The server itself ends the session when its time is over.
pub(crate) async fn forget_session(address: &ServerAddress) {
    session::forget_kept(address).await;
}

fn builder() -> ClientBuilder {
    Client::builder()
        .user_agent(AGENT)
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .redirect(reqwest::redirect::Policy::none())
        .tls_info(true)
}

fn believing(pin: Option<Fingerprint>) -> Result<Client, Refusal> {
    let builder = match pin {
        Some(pin) => builder().tls_backend_preconfigured(pin::only(pin).map_err(Refusal::bridge)?),
        None => builder(),
    };
    builder.build().map_err(Refusal::bridge)
}

async fn first_answer(client: &Client, address: &ServerAddress) -> reqwest::Result<Response> {
    let url = format!("{address}/{HEALTH}");
    client.get(url).timeout(FIRST_ANSWER).send().await
}

fn said_version(answer: &Response) -> Option<String> {
    let version = answer.headers().get(VERSION_HEADER)?.to_str().ok()?;
    Some(version.to_owned())
}

/// Why a server gave no answer.
fn why(address: &ServerAddress, error: &reqwest::Error) -> Refusal {
    match certificate_error(error) {
        Some(CertificateError::ApplicationVerificationFailure) => {
            Refusal::certificate_changed(address)
        }
        Some(error) => Refusal::certificate_untrusted(address, error),
        None => Refusal::server_unreachable(address, &told(error)),
    }
}

/// What was wrong with a certificate, wherever in the causes it stands.
fn certificate_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a CertificateError> {
    if let Some(rustls::Error::InvalidCertificate(found)) = error.downcast_ref() {
        return Some(found);
    }
    // An I/O error stands for what is in it, and is not its own cause.
    let inner = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
        .map(|inner| inner as &(dyn Error + 'static));
    inner.or_else(|| error.source()).and_then(certificate_error)
}

fn other_version(address: &ServerAddress, version: &str, older: Older) -> Refusal {
    match older {
        Older::Window => Refusal::server_newer(address, version, VERSION),
        Older::Server => Refusal::server_older(address, version, VERSION),
    }
}

fn is_small_json(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.contains("json")));
    is_json
        && response
            .content_length()
            .is_some_and(|bytes| bytes <= SMALL_BYTES_MAX)
}

fn says_not_signed_in(body: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(body).is_ok_and(|problem| {
        problem
            .get("code")
            .is_some_and(|code| code == "not_signed_in")
    })
}

async fn whole(response: Response) -> Result<((StatusCode, HeaderMap), Bytes), SendError> {
    let head = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(SendError::unreachable)?;
    Ok((head, body))
}

fn streamed(response: Response) -> Answer {
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: response
            .bytes_stream()
            .map(|piece| piece.map_err(SendError::unreachable))
            .boxed(),
    }
}
