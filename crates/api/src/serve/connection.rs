//! One connection: the handshake, then requests until either side has enough.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::{Handshake, Limits};
use crate::caller::Peer;

/// A connection that was accepted.
pub(super) struct Connection<H> {
    pub(super) stream: TcpStream,
    pub(super) handshake: H,
    pub(super) limits: Limits,
    pub(super) router: Router,
    pub(super) stopped: watch::Receiver<()>,
}

impl<H: Handshake> Connection<H> {
    /// Serves it to its end. What goes wrong with a connection is its client's concern; the requests on it have their
    /// own answers.
    pub(super) async fn serve(mut self) {
        // Answers are written whole: waiting for more to send only delays them.
        let _ = self.stream.set_nodelay(true);
        let peer = self.stream.peer_addr().ok().map(|peer| Peer(peer.ip()));
        let io = tokio::select! {
            io = timeout(self.limits.handshake, self.handshake.shake(self.stream)) => io,
            // No request has been made yet.
            () = told(&mut self.stopped) => return,
        };
        let io = match io {
            Ok(Ok(io)) => io,
            Ok(Err(error)) => return tracing::debug!(%error, "a handshake failed"),
            Err(_) => return tracing::debug!("a handshake took too long"),
        };
        let service = Asked {
            router: TowerToHyperService::new(self.router),
            peer,
            anything: Arc::default(),
        };
        let anything = Arc::clone(&service.anything);
        let builder = builder(self.limits);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(io), service));
        // Which version is spoken shows in the first bytes, for which nobody else sets a time.
        let mut first = pin!(sleep(self.limits.head));
        let mut last = pin!(sleep(Duration::MAX));
        let (mut waiting, mut going_on) = (true, true);
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection broke");
                    }
                    return;
                }
                () = first.as_mut(), if waiting => {
                    waiting = false;
                    if !anything.load(Ordering::Relaxed) {
                        return tracing::debug!("a connection asked for nothing");
                    }
                }
                () = told(&mut self.stopped), if going_on => {
                    going_on = false;
                    last.as_mut().reset(Instant::now() + self.limits.finish);
                    connection.as_mut().graceful_shutdown();
                }
                () = last.as_mut(), if !going_on => {
                    return tracing::warn!("a request did not end in time, or its client does not listen");
                }
            }
        }
    }
}

/// Done when the server is to stop.
async fn told(stopped: &mut watch::Receiver<()>) {
    // Nothing is ever sent: the sender is dropped.
    while stopped.changed().await.is_ok() {}
}

fn builder(limits: Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(usize::try_from(limits.head_bytes_max).unwrap_or(usize::MAX));
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.ping)
        .keep_alive_timeout(limits.ping)
        .max_concurrent_streams(limits.streams_max)
        .max_header_list_size(limits.head_bytes_max);
    builder
}

/// The router, who asks it, and whether it was asked for anything.
struct Asked {
    router: TowerToHyperService<Router>,
    peer: Option<Peer>,
    anything: Arc<AtomicBool>,
}

impl Service<Request<Incoming>> for Asked {
    type Response = Response;
    type Error = Infallible;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(peer);
        }
        self.anything.store(true, Ordering::Relaxed);
        self.router.call(request)
    }
}
