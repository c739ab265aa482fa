//! `latchkey serve`: the API and the UI, for the store's owner on this machine, or for people who sign in.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;

use anyhow::Result;
use latchkey_api::{Access, ApiState, Doors, Handshake, Limits, Observer, Plain, Router};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::ambient::{SystemRandom, running};
use crate::arguments::{Serve, WebArguments};
use crate::equipment::Equipment;
use crate::reach::{Transport, may_listen, may_tell_metrics};
use crate::stop::Stop;
use crate::tls::Tls;
use crate::told::Told;
use crate::{jobs, opened, prometheus, web};

/// Where to listen when nothing is said.
pub(crate) const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 7878));

/// Serves until it is asked to stop.
pub(crate) async fn run(arguments: &Serve) -> Result<bool> {
    let sockets = Sockets::asked_for(&arguments.web)?;
    let tls = Tls::configured(&arguments.web)?;
    let equipment = Equipment::configured(arguments)?;
    // Asked to stop from here on, it stops cleanly, also while it is still opening.
    let mut stop = Stop::listen()?;
    let vendors = tokio::select! {
        opened = opened::open_fitted(&arguments.store, move |app| equipment.fit(app)) => {
            Arc::new(opened?)
        }
        () = stop.asked() => return Ok(true),
    };
    let doors = Doors {
        https: sockets.transport != Transport::Plain,
        behind_proxy: sockets.transport == Transport::PlainBehindProxy,
    };
    let mut people_sign_in = true;
    for app in vendors.all().iter() {
        people_sign_in &= app.url().is_some() || app.people_sign_in().await?;
    }
    let access = if people_sign_in {
        Access::SignIn(doors)
    } else {
        Access::UntilSignIn(doors)
    };
    may_listen(sockets.api, sockets.transport, people_sign_in)?;
    let listener = bind("--listen", sockets.api).await?;
    let told = match sockets.metrics {
        Some(address) => Some((
            bind("--metrics-listen", address).await?,
            prometheus::start()?,
        )),
        None => None,
    };
    let observer = Observer {
        clock: running,
        random: Arc::new(SystemRandom),
        behind_proxy: arguments.web.behind_proxy.unwrap_or_default(),
    };
    let api = latchkey_api::router(ApiState {
        vendors: Arc::clone(&vendors),
        access,
    });
    let router = latchkey_api::observed(web::router(api), observer);
    let scheme = if tls.is_some() { "https" } else { "http" };
    println!("listening on {scheme}://{}", listener.local_addr()?);
    if let Some((listener, _)) = &told {
        println!("metrics on http://{}/metrics", listener.local_addr()?);
    }
    std::io::stdout().flush()?;

    let (stopping, stopped) = watch::channel(false);
    let jobs = tokio::spawn(jobs::run(Arc::clone(&vendors), stopped.clone()));
    if let Some((listener, page)) = told {
        tokio::spawn(serve(listener, Plain, page, stopped.clone()));
    }
    let serving = match tls {
        None => tokio::spawn(serve(listener, Plain, router, stopped)),
        Some(tls) => {
            let handshake = tls.handshake();
            // Before the first request: afterwards the signal no longer ends the program.
            let mut renewed = signal(SignalKind::hangup())?;
            tokio::spawn(async move {
                while renewed.recv().await.is_some() {
                    match tls.reload() {
                        Ok(()) => tracing::info!("the certificate was read anew"),
                        Err(error) => tracing::error!(%error, "the old certificate stays"),
                    }
                }
            });
            tokio::spawn(serve(listener, handshake, router, stopped))
        }
    };
    stop.end(serving, || {
        stopping.send_replace(true);
    })
    .await?;
    if jobs.await.is_err() {
        tracing::error!("the sending of notices or webhooks had stopped before the server was");
    }
    match Arc::into_inner(vendors) {
        Some(vendors) => vendors.close().await,
        None => tracing::warn!("a request still runs; the store closes with the program"),
    }
    Ok(true)
}

async fn serve<H: Handshake>(
    listener: TcpListener,
    handshake: H,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let asked = async move {
        // The sender lives as long as the program serves: an error means to stop as well.
        let _ = stopped.wait_for(|asked| *asked).await;
    };
    latchkey_api::serve(listener, handshake, Limits::default(), router, asked).await;
}

/// The addresses to listen on, and what is spoken there.
struct Sockets {
    api: SocketAddr,
    transport: Transport,
    metrics: Option<SocketAddr>,
}

impl Sockets {
    fn asked_for(web: &WebArguments) -> Result<Self, Told> {
        let transport = if web.tls_certificate.is_some() {
            Transport::Tls
        } else if web.behind_proxy.unwrap_or_default() {
            Transport::PlainBehindProxy
        } else {
            Transport::Plain
        };
        let api = web.listen.unwrap_or(DEFAULT_LISTEN);
        if let Some(address) = web.metrics_listen {
            may_tell_metrics(address)?;
        }
        Ok(Self {
            api,
            transport,
            metrics: web.metrics_listen,
        })
    }
}

async fn bind(flag: &str, address: SocketAddr) -> Result<TcpListener, Told> {
    TcpListener::bind(address).await.map_err(|error| {
        Told::new(
            "listen_address_unusable",
            format!("{address} cannot be listened on: {error}"),
            format!("Stop the other program, or take a free port with {flag} 127.0.0.1:0."),
        )
    })
}
