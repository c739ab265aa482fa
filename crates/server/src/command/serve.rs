//! `latchkey serve`: the API and the UI, on a loopback address.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use latchkey_api::ApiState;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::arguments::Serve;
use crate::told::Told;
use crate::{opened, web};

/// How long accepted requests have to finish once the program is asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Serves until it is asked to stop.
pub(crate) async fn run(arguments: &Serve) -> Result<bool> {
    let address = loopback(arguments.listen)?;
    // Asked to stop from here on, it stops cleanly, also while it is still opening.
    let mut stop = Stop::listen()?;
    let app = tokio::select! {
        opened = opened::open(&arguments.store) => Arc::new(opened?),
        () = stop.asked() => return Ok(true),
    };
    let actor = app.owner();
    let router = web::router(latchkey_api::router(ApiState {
        app: Arc::clone(&app),
        actor,
    }));
    let listener = bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;

    let (stopping, mut stopped) = watch::channel(false);
    let serving = latchkey_api::serve(listener, router, async move {
        // The sender lives as long as this function: an error means to stop as well.
        let _ = stopped.wait_for(|asked| *asked).await;
    });
    let mut serving = tokio::spawn(serving);
    tokio::select! {
        ended = &mut serving => {
            ended.context("the server was cut short")?.context("the server failed")?;
        }
        () = stop.asked() => {
            stopping.send_replace(true);
            let finished = tokio::select! {
                ended = tokio::time::timeout(LAST_REQUESTS, &mut serving) => ended.is_ok(),
                // Asked twice, it waits for no request; what the store accepted is finished.
                () = stop.asked() => false,
            };
            if !finished {
                serving.abort();
                // Its end is what is waited for; that it was cut short is no news.
                let _ = serving.await;
            }
        }
    }
    match Arc::into_inner(app) {
        Some(app) => app.close().await,
        None => tracing::warn!("a request still runs; the store closes with the program"),
    }
    Ok(true)
}

/// Until people can sign in, whoever reaches the API is the store's owner.
fn loopback(address: SocketAddr) -> Result<SocketAddr, Told> {
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(Told::new(
        "listen_address_open",
        format!(
            "{address} can be reached from other machines, and nobody has to sign in yet: whoever \
             reaches it would act as the owner"
        ),
        format!(
            "Listen on a loopback address, such as --listen 127.0.0.1:{}.",
            address.port()
        ),
    ))
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Told> {
    TcpListener::bind(address).await.map_err(|error| {
        Told::new(
            "listen_address_unusable",
            format!("{address} cannot be listened on: {error}"),
            "Stop the other program, or take a free port with --listen 127.0.0.1:0.",
        )
    })
}

/// The signals that ask the program to stop.
struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Stop {
    fn listen() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_listened_to() {
        for address in ["127.0.0.1:0", "127.8.9.1:7878", "[::1]:7878"] {
            assert!(loopback(address.parse().unwrap()).is_ok(), "{address}");
        }
        for address in [
            "0.0.0.0:7878",
            "192.168.1.2:7878",
            "[::]:7878",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert!(loopback(address.parse().unwrap()).is_err(), "{address}");
        }
    }
}
