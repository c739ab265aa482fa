//! A receiver of webhooks: an HTTP server on this computer that keeps what it gets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What a receiver does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Answers with this status.
    Answers(u16),
    /// Sends elsewhere.
    Redirects,
    /// Never answers.
    Hangs,
}

/// A message that was received.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its headers, by their names in lower case.
    pub headers: HashMap<String, String>,
    /// Its body.
    pub body: String,
}

struct Shared {
    manner: Mutex<Manner>,
    received: Mutex<Vec<Received>>,
}

/// A receiver of webhooks.
pub struct Receiver {
    shared: Arc<Shared>,
    port: u16,
    serving: JoinHandle<()>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Receiver {
    /// Begins to listen on a free port.
    ///
    /// # Panics
    /// If it cannot.
    pub async fn begin() -> Self {
        Self::begin_on(0).await
    }

    /// Begins to listen on this port, as one that is back.
    ///
    /// # Panics
    /// If it cannot.
    #[expect(
        clippy::expect_used,
        reason = "what cannot be prepared must stop the test"
    )]
    pub async fn begin_on(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            manner: Mutex::new(Manner::Answers(204)),
            received: Mutex::default(),
        });
        let keeping = Arc::clone(&shared);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let keeping = Arc::clone(&keeping);
                tokio::spawn(async move {
                    // Whoever hangs up has nothing more to say.
                    let _ = serve(stream, &keeping).await;
                });
            }
        });
        Self {
            shared,
            port,
            serving,
        }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// Behaves like this from now on.
    pub fn be(&self, manner: Manner) {
        *locked(&self.shared.manner) = manner;
    }

    /// What it has received so far, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Received> {
        locked(&self.shared.received).clone()
    }

    /// Goes away; answers with its port, for coming back.
    #[must_use]
    pub fn end(self) -> u16 {
        self.serving.abort();
        self.port
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Answers one request and hangs up.
async fn serve(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await?;
        if read == 0 {
            return Ok(());
        }
        bytes.extend(chunk.iter().take(read));
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let length = name.eq_ignore_ascii_case("content-length");
            length.then(|| value.trim().parse::<usize>().ok()).flatten()
        });
        if body.len() >= length.unwrap_or(0) {
            break (head.to_owned(), body.to_owned());
        }
    };
    let headers = head.lines().skip(1).filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    let received = Received {
        headers: headers.collect(),
        body,
    };
    locked(&shared.received).push(received);
    let manner = *locked(&shared.manner);
    let answer = match manner {
        Manner::Hangs => return std::future::pending().await,
        Manner::Redirects => {
            "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned()
        }
        Manner::Answers(status) => {
            let text = if status < 300 { "" } else { "no, thank you" };
            format!(
                "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
                text.len()
            )
        }
    };
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}
