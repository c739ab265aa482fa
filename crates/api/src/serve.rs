//! Serving a router on a socket until told to stop.

use std::future::Future;
use std::io;

use axum::Router;
use tokio::net::TcpListener;

/// Answers on `listener` until `stop` is done; then finishes what has begun and returns.
///
/// # Errors
/// What the socket says.
pub async fn serve<F>(listener: TcpListener, router: Router, stop: F) -> io::Result<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    axum::serve(listener, router)
        .with_graceful_shutdown(stop)
        .await
}
