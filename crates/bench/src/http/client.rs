//! Asks a server as fast as it answers, over connections that stay open. Written by hand: a client that does more would
//! take the cores from the server that is measured.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::samples::millis;

/// A request with JSON, or with a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    pub(super) path: Cow<'static, str>,
    /// The header; empty for none.
    pub(super) authorization: String,
    pub(super) body: String,
    /// Whom it is from, as a proxy says it; empty for nobody.
    pub(super) forwarded_for: String,
    /// The body is a table.
    pub(super) is_csv: bool,
}

impl Request {
    /// As it goes over the wire.
    fn written(&self, method: &str) -> Vec<u8> {
        let Self {
            path,
            authorization,
            body,
            forwarded_for,
            is_csv,
        } = self;
        let mut written = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n");
        if !authorization.is_empty() {
            written += &format!("authorization: {authorization}\r\n");
        }
        if !forwarded_for.is_empty() {
            written += &format!("x-forwarded-for: {forwarded_for}\r\n");
        }
        if !body.is_empty() {
            let length = body.len();
            let kind = if *is_csv {
                "text/csv"
            } else {
                "application/json"
            };
            written += &format!("content-type: {kind}\r\ncontent-length: {length}\r\n");
        }
        written += "\r\n";
        written += body;
        written.into_bytes()
    }
}

/// What was answered, and how long each answer took.
pub(super) struct Load {
    took: Duration,
    pub(super) millis: Vec<f64>,
}

impl Load {
    pub(super) fn per_second(&self) -> f64 {
        self.millis.len() as f64 / self.took.as_secs_f64()
    }
}

/// A connection that stays open.
pub(super) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    pub(super) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            received: Vec::new(),
        })
    }

    /// Sends a request and reads its answer to the end; fails unless it is a yes.
    pub(super) async fn ask(&mut self, method: &str, request: &Request) -> Result<&[u8]> {
        self.send(&request.path, &request.written(method)).await
    }

    /// The same, with the request as it goes over the wire.
    async fn send(&mut self, path: &str, request: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let head_end = loop {
            if let Some(end) = find(&self.received, b"\r\n\r\n") {
                break end + 4;
            }
            self.receive().await?;
        };
        let head = std::str::from_utf8(self.received.get(..head_end).unwrap_or_default())?;
        let is_yes = head.starts_with("HTTP/1.1 200 ");
        let end = match content_length(head)? {
            Some(length) => head_end + length,
            // A stream, in pieces: it is kept as it comes.
            None => self.last_piece(head_end).await?,
        };
        while self.received.len() < end {
            self.receive().await?;
        }
        let body = self.received.get(head_end..end).unwrap_or_default();
        if !is_yes {
            bail!("{path}: {}", String::from_utf8_lossy(body));
        }
        Ok(body)
    }

    /// Gets what stands at a path.
    pub(super) async fn get(&mut self, path: &str) -> Result<&[u8]> {
        let request = Request {
            path: path.to_owned().into(),
            ..Request::default()
        };
        self.ask("GET", &request).await
    }

    /// Where the last piece of a stream ends.
    async fn last_piece(&mut self, mut at: usize) -> Result<usize> {
        loop {
            let piece = loop {
                let rest = self.received.get(at..).unwrap_or_default();
                if let Some(end) = find(rest, b"\r\n") {
                    let length = std::str::from_utf8(rest.get(..end).unwrap_or_default())?;
                    let length = usize::from_str_radix(length.trim(), 16)?;
                    let next = at + end + 2 + length + 2;
                    break next..next + length.min(1);
                }
                self.receive().await?;
            };
            while self.received.len() < piece.start {
                self.receive().await?;
            }
            at = piece.start;
            if piece.is_empty() {
                return Ok(at);
            }
        }
    }

    async fn receive(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.received).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

/// How long the body is, if the head says so.
fn content_length(head: &str) -> Result<Option<usize>> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    Ok(match length {
        Some((_, length)) => Some(length.trim().parse()?),
        None => None,
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// Asks for a while.
pub(super) async fn for_a_while(
    address: SocketAddr,
    connections: usize,
    lasting: Duration,
    request: &impl Fn(usize) -> Result<Request>,
) -> Result<Load> {
    // So many different ones that the store is not asked the same again at once.
    let requests: Vec<Request> = (0..20_000).map(request).collect::<Result<_>>()?;
    let until = Instant::now() + lasting;
    drive(address, connections, requests, move |_| {
        Instant::now() < until
    })
    .await
}

/// Asks so many times.
pub(super) async fn so_many(
    address: SocketAddr,
    connections: usize,
    numbers: Range<usize>,
    request: &impl Fn(usize) -> Result<Request>,
) -> Result<Load> {
    let requests: Vec<Request> = numbers.map(request).collect::<Result<_>>()?;
    let count = requests.len();
    drive(address, connections, requests, move |number| number < count).await
}

/// On one thread of its own: more of them would wake each other, and the server's cores with it.
async fn drive(
    address: SocketAddr,
    connections: usize,
    requests: Vec<Request>,
    goes_on: impl Fn(usize) -> bool + Clone + Send + 'static,
) -> Result<Load> {
    // Written down beforehand: what the client does in between, it takes from the server.
    let written = requests.into_iter().map(|request| {
        let bytes = request.written("POST");
        (request.path, bytes)
    });
    let requests = written.collect();
    let driving = tokio::task::spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(drive_all(address, connections, requests, goes_on))
    });
    driving.await?
}

/// Requests as they go over the wire, each with its path.
type Written = Vec<(Cow<'static, str>, Vec<u8>)>;

async fn drive_all(
    address: SocketAddr,
    connections: usize,
    requests: Written,
    goes_on: impl Fn(usize) -> bool + Clone + Send + 'static,
) -> Result<Load> {
    let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let mut tasks = JoinSet::new();
    let began = Instant::now();
    for mut connection in open {
        let (requests, next, goes_on) = (Arc::clone(&requests), Arc::clone(&next), goes_on.clone());
        tasks.spawn(async move {
            let mut took = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let request = requests.get(number % requests.len().max(1));
                let Some((path, request)) = request.filter(|_| goes_on(number)) else {
                    return anyhow::Ok(took);
                };
                let began = Instant::now();
                connection.send(path, request).await?;
                took.push(millis(began.elapsed()));
            }
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(Load {
        took: began.elapsed(),
        millis: all,
    })
}
