//! A way between a program and its database that a test can cut, hold up and mend.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// Passes connections on to a target, while it is asked to.
pub(crate) struct Proxy {
    target: SocketAddr,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    running: Option<JoinHandle<()>>,
}

impl Proxy {
    /// A way that is open.
    pub(crate) async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let running = Some(tokio::spawn(pass_on(listener, target)));
        Self {
            target,
            address,
            running,
        }
    }

    /// Breaks all connections off, and takes no new ones.
    pub(crate) async fn cut(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
            // Aborted or not: it has ended, and its sockets are closed.
            let _ = running.await;
        }
    }

    /// Breaks all connections off, and takes new ones on which nothing ever comes.
    pub(crate) async fn hold_up(&mut self) {
        self.cut().await;
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.running = Some(tokio::spawn(keep(listener)));
    }

    /// Breaks what is left off, and is a way again.
    pub(crate) async fn mend(&mut self) {
        self.cut().await;
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.running = Some(tokio::spawn(pass_on(listener, self.target)));
    }
}

async fn pass_on(listener: TcpListener, target: SocketAddr) {
    // Dropped with this task, it ends the connections.
    let mut connections = JoinSet::new();
    while let Ok((mut near, _)) = listener.accept().await {
        connections.spawn(async move {
            if let Ok(mut far) = TcpStream::connect(target).await {
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            }
        });
    }
}

async fn keep(listener: TcpListener) {
    let mut connections = Vec::new();
    while let Ok((connection, _)) = listener.accept().await {
        connections.push(connection);
    }
}
