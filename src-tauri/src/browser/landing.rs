//! Where the browser comes back to on this computer: one request that fits is taken, and whatever else comes is turned
//! away. Any page and any program here can reach it, so no more is read than such a request can have.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use http::StatusCode;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::start::alone;
use crate::words::Language;

/// The most of a request that is read.
const HEAD_BYTES_MAX: usize = 8 * 1024;

/// How long somebody who has connected has to say what they want, and to take the answer.
pub(super) const TURN: Duration = Duration::from_secs(10);

/// How many are listened to at a time: browsers open connections that they may not need.
const OPEN_MAX: usize = 8;

/// What the browser came back with.
pub(crate) enum Came {
    /// What the session is taken over with.
    Code(Zeroizing<String>),
    /// The person let nobody in.
    Declined,
}

/// The browser has come back, and waits for a page.
pub(crate) struct Landing {
    stream: TcpStream,
    /// With what.
    pub(crate) came: Came,
}

impl Landing {
    /// Answers with a page of two sentences of the window's own.
    pub(crate) async fn answer(self, title: &str, text: &str, language: Language) {
        let page = page(StatusCode::OK, title, text, language);
        reply(self.stream, &page).await;
    }
}

/// Waits for the browser. Others are told that they were not waited for.
pub(super) async fn wait(
    listener: &TcpListener,
    port: u16,
    state: &str,
    turn: Duration,
) -> io::Result<Landing> {
    let mut open = FuturesUnordered::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if open.len() < OPEN_MAX => {
                let (stream, _) = accepted?;
                // Whoever says nothing goes when their time is over.
                open.push(timeout(turn, heard(stream, port, state)));
            }
            Some(heard) = open.next() => {
                if let Ok(Some(landing)) = heard {
                    return Ok(landing);
                }
            }
        }
    }
}

/// Reads one request. What does not fit is answered here.
async fn heard(mut stream: TcpStream, port: u16, state: &str) -> Option<Landing> {
    match head(&mut stream)
        .await
        .and_then(|head| read(&head, port, state))
    {
        Ok(came) => Some(Landing { stream, came }),
        Err(status) => {
            let language = Language::English;
            let words = language.words();
            let (title, text) = (
                words.get("browser_unasked"),
                words.get("browser_unasked_text"),
            );
            reply(stream, &page(status, title, text, language)).await;
            None
        }
    }
}

/// The head of a request: all up to the empty line.
async fn head(stream: &mut TcpStream) -> Result<Vec<u8>, StatusCode> {
    let mut head = Vec::new();
    let mut piece = [0_u8; 1024];
    loop {
        let read = stream.read(&mut piece).await;
        let read = read.map_err(|_| StatusCode::BAD_REQUEST)?;
        let piece = piece.get(..read).unwrap_or_default();
        if piece.is_empty() {
            return Err(StatusCode::BAD_REQUEST);
        }
        head.extend_from_slice(piece);
        if head.len() > HEAD_BYTES_MAX {
            return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        if head.windows(4).any(|end| end == b"\r\n\r\n") {
            return Ok(head);
        }
    }
}

/// What a request came with, if it is the one that is waited for.
fn read(head: &[u8], port: u16, state: &str) -> Result<Came, StatusCode> {
    let head = std::str::from_utf8(head).map_err(|_| StatusCode::BAD_REQUEST)?;
    let mut lines = head.split("\r\n");
    let mut line = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1"), None) =
        (line.next(), line.next(), line.next(), line.next())
    else {
        return Err(StatusCode::BAD_REQUEST);
    };
    // A name that only leads here is somebody else's page.
    let here = format!("127.0.0.1:{port}");
    let hosts: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    if hosts != [here.as_str()] {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    if method != "GET" {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let Some(("/", query)) = target.split_once('?') else {
        return Err(StatusCode::NOT_FOUND);
    };
    let one = |name: &str| {
        let mut all = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        let found = all.next().map(|(_, value)| value.into_owned());
        found.filter(|_| all.next().is_none())
    };
    if !one("state").is_some_and(|given| same(given.as_bytes(), state.as_bytes())) {
        return Err(StatusCode::FORBIDDEN);
    }
    match (one("code"), one("error")) {
        (Some(code), None) => Ok(Came::Code(Zeroizing::new(code))),
        (None, Some(_)) => Ok(Came::Declined),
        _ => Err(StatusCode::BAD_REQUEST),
    }
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
fn same(given: &[u8], expected: &[u8]) -> bool {
    let differ = given
        .iter()
        .zip(expected)
        .fold(0, |differ, (one, other)| differ | (one ^ other));
    given.len() == expected.len() && std::hint::black_box(differ) == 0
}

/// A page that runs nothing, asks for nothing, and is kept nowhere.
fn page(status: StatusCode, title: &str, text: &str, language: Language) -> String {
    let (html, style) = alone(title, text, language);
    let style = STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "HTTP/1.1 {status}\r\n\
         content-type: text/html; charset=utf-8\r\n\
         content-length: {}\r\n\
         content-security-policy: default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'\r\n\
         cache-control: no-store\r\n\
         referrer-policy: no-referrer\r\n\
         x-content-type-options: nosniff\r\n\
         connection: close\r\n\r\n{html}",
        html.len()
    )
}

/// What somebody is answered. Whether they take it is theirs.
async fn reply(mut stream: TcpStream, page: &str) {
    let said = async {
        stream.write_all(page.as_bytes()).await?;
        stream.shutdown().await?;
        // What they still send is taken: closed before, the answer would be lost with it.
        let mut rest = [0_u8; 1024];
        for _ in 0..HEAD_BYTES_MAX {
            if stream.read(&mut rest).await? == 0 {
                break;
            }
        }
        io::Result::Ok(())
    };
    if !matches!(timeout(TURN, said).await, Ok(Ok(()))) {
        tracing::debug!("a browser did not take its page");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const STATE: &str = "a-state-of-43-letters-that-is-hard-to-guess";

    /// Waits in the background; answers the port, and what comes of it.
    async fn waiting(turn: Duration) -> (u16, tokio::task::JoinHandle<io::Result<Landing>>) {
        let listener = Arc::new(TcpListener::bind(("127.0.0.1", 0)).await.unwrap());
        let port = listener.local_addr().unwrap().port();
        let wait = tokio::spawn(async move { wait(&listener, port, STATE, turn).await });
        (port, wait)
    }

    /// What is answered to these bytes.
    async fn told(port: u16, sent: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        // The other side may have heard enough before all is sent.
        let _ = stream.write_all(sent).await;
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said).await;
        String::from_utf8(said).unwrap()
    }

    fn get(port: u16, target: &str) -> Vec<u8> {
        format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").into_bytes()
    }

    #[tokio::test]
    async fn what_is_not_waited_for_is_turned_away_and_the_wait_goes_on() {
        let (port, wait) = waiting(TURN).await;
        let good = format!("/?code=lkh_1&state={STATE}");
        let other = STATE.replace('a', "b");
        for (target, status) in [
            ("/".to_owned(), "404"),
            ("/favicon.ico".to_owned(), "404"),
            (format!("/elsewhere?code=lkh_1&state={STATE}"), "404"),
            (format!("http://127.0.0.1:{port}{good}"), "404"),
            ("/?code=lkh_1".to_owned(), "403"),
            (format!("/?code=lkh_1&state={other}"), "403"),
            (format!("/?code=lkh_1&state={STATE}x"), "403"),
            (format!("/?code=lkh_1&state={STATE}&state={STATE}"), "403"),
            (format!("/?state={STATE}"), "400"),
            (format!("/?code=lkh_1&error=x&state={STATE}"), "400"),
        ] {
            let said = told(port, &get(port, &target)).await;
            let begins = format!("HTTP/1.1 {status} ");
            assert!(said.starts_with(&begins), "{target}: {said}");
        }
        let request = |method: &str, host: &str| {
            format!("{method} {good} HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes()
        };
        let here = format!("127.0.0.1:{port}");
        for (sent, status) in [
            (request("POST", &here), "405"),
            (request("GET", "evil.example"), "421"),
            (request("GET", &format!("localhost:{port}")), "421"),
            (format!("GET {good} HTTP/1.1\r\n\r\n").into_bytes(), "421"),
            (b"nonsense\r\n\r\n".to_vec(), "400"),
            (b"\xff\xff\r\n\r\n".to_vec(), "400"),
        ] {
            let said = told(port, &sent).await;
            let begins = format!("HTTP/1.1 {status} ");
            assert!(said.starts_with(&begins), "{sent:?}: {said}");
        }
        assert!(!wait.is_finished());
        // A browser may open a connection and say nothing.
        let _silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let browser = tokio::spawn(async move { told(port, &get(port, &good)).await });
        let landing = wait.await.unwrap().unwrap();
        assert!(matches!(&landing.came, Came::Code(code) if **code == "lkh_1"));
        landing
            .answer("<b>", "Schließen & gehen", Language::German)
            .await;
        let said = browser.await.unwrap();
        let (head, body) = said.split_once("\r\n\r\n").unwrap();
        for part in [
            "HTTP/1.1 200 OK",
            "default-src 'none'; style-src 'sha256-",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            &format!("content-length: {}", body.len()),
        ] {
            assert!(head.contains(part), "{part}: {head}");
        }
        assert!(body.contains("lang=\"de\""), "{body}");
        assert!(body.contains("&lt;b&gt;") && body.contains("Schließen &amp; gehen"));
        // The style is the one that is allowed.
        let style = body.split_once("<style>").unwrap().1;
        let style = style.split_once("</style>").unwrap().0;
        let digest = STANDARD.encode(Sha256::digest(style.as_bytes()));
        assert!(head.contains(&digest), "{head}");
    }

    #[tokio::test]
    async fn a_person_who_lets_nobody_in_ends_the_wait() {
        let (port, wait) = waiting(TURN).await;
        let target = format!("/?error=access_denied&state={STATE}");
        let browser = tokio::spawn(async move { told(port, &get(port, &target)).await });
        let landing = wait.await.unwrap().unwrap();
        assert!(matches!(landing.came, Came::Declined));
        landing.answer("x", "y", Language::English).await;
        browser.await.unwrap();
    }

    #[tokio::test]
    async fn no_more_is_read_than_such_a_request_can_have() {
        let (port, wait) = waiting(TURN).await;
        let with = |bytes: usize| {
            let head = String::from_utf8(get(port, "/?x=")).unwrap();
            let rest = head.len();
            head.replace("?x=", &format!("?x={}", "x".repeat(bytes - rest)))
        };
        let fits = told(port, with(HEAD_BYTES_MAX).as_bytes()).await;
        assert!(fits.starts_with("HTTP/1.1 403 "), "{fits}");
        let longer = told(port, with(HEAD_BYTES_MAX + 1).as_bytes()).await;
        assert!(longer.starts_with("HTTP/1.1 431 "), "{longer}");
        let endless = told(port, &vec![b'x'; 100_000]).await;
        assert!(endless.is_empty() || endless.starts_with("HTTP/1.1 431 "));
        assert!(!wait.is_finished());
        wait.abort();
    }

    #[tokio::test]
    async fn who_says_nothing_goes_when_their_time_is_over() {
        let (port, wait) = waiting(Duration::from_millis(200)).await;
        let mut silent = Vec::new();
        for _ in 0..OPEN_MAX {
            silent.push(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
        }
        // All places are taken; a moment later they are free.
        let target = format!("/?code=lkh_2&state={STATE}");
        let browser = tokio::spawn(async move { told(port, &get(port, &target)).await });
        let landing = wait.await.unwrap().unwrap();
        assert!(matches!(&landing.came, Came::Code(code) if **code == "lkh_2"));
        landing.answer("x", "y", Language::English).await;
        browser.await.unwrap();
        for stream in &mut silent {
            let mut rest = Vec::new();
            assert_eq!(stream.read_to_end(&mut rest).await.unwrap_or_default(), 0);
        }
    }
}
