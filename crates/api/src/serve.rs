//! Serving a router on a socket until told to stop, with a limit on everything a client may take.
//!
//! How a connection becomes a stream of bytes (plain, TLS) is the caller's, as a [`Handshake`].

mod connection;

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use connection::Connection;

/// How long to wait before the next connection is accepted when the system has no more of something.
const EXHAUSTED: Duration = Duration::from_secs(1);

/// Makes a stream of bytes out of a connection.
pub trait Handshake: Clone + Send + Sync + 'static {
    /// What HTTP is spoken on.
    type Io: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// Does it.
    fn shake(&self, stream: TcpStream) -> impl Future<Output = io::Result<Self::Io>> + Send;
}

/// No handshake: HTTP on the connection as it is.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl Handshake for Plain {
    type Io = TcpStream;

    async fn shake(&self, stream: TcpStream) -> io::Result<TcpStream> {
        Ok(stream)
    }
}

/// What a client may take before its connection is closed. Bodies have their own limits, where they are read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at a time; further ones wait in the system's queue.
    pub connections_max: usize,
    /// For the handshake.
    pub handshake: Duration,
    /// For the head of a request, from its connection's beginning or the end of the request before; so an idle
    /// connection is kept so long.
    pub head: Duration,
    /// The head of a request.
    pub head_bytes_max: u32,
    /// Requests at a time on one HTTP/2 connection.
    pub streams_max: u32,
    /// How often an HTTP/2 client is asked whether it is still there, and how long it has to answer.
    pub ping: Duration,
    /// For the requests that run when the server is to stop.
    pub finish: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 8_192,
            handshake: Duration::from_secs(10),
            // Longer than the 60 seconds for which proxies keep connections: the proxy closes first.
            head: Duration::from_secs(65),
            head_bytes_max: 64 * 1024,
            streams_max: 128,
            ping: Duration::from_secs(20),
            finish: Duration::from_secs(10),
        }
    }
}

/// Answers on `listener` until `stop` is done; then finishes what has begun, as long as that may take, and returns.
pub async fn serve<H, F>(
    listener: TcpListener,
    handshake: H,
    limits: Limits,
    router: Router,
    stop: F,
) where
    H: Handshake,
    F: Future<Output = ()> + Send,
{
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let (stopping, stopped) = watch::channel(());
    // Every connection holds a receiver: when the last is gone, all has been answered.
    let (running, held) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let next = async {
            // Nobody closes the semaphore, so there is always a permit in the end.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (accepted(&listener).await, place)
        };
        let (stream, place) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let connection = Connection {
            stream,
            handshake: handshake.clone(),
            limits,
            router: router.clone(),
            stopped: stopped.clone(),
        };
        let held = held.clone();
        tokio::spawn(async move {
            connection.serve().await;
            drop((place, held));
        });
    }
    drop((listener, stopping, held));
    running.closed().await;
}

async fn accepted(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if ended_early(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted; trying again");
                tokio::time::sleep(EXHAUSTED).await;
            }
        }
    }
}

/// Whether it is the client's doing, and says nothing of the next one.
fn ended_early(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests;
