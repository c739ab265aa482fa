//! The signals that ask the program to stop, and its way there.

use anyhow::{Context as _, Result};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;

/// The signals that ask the program to stop.
pub(crate) struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// From here on they no longer end the program at once.
    pub(crate) fn listen() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Done when it is asked to stop.
    pub(crate) async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Waits until it is asked to stop, says so with `begin`, and lets the serving finish what it
    /// accepted, which takes as long as its limits say at most.
    pub(crate) async fn end(
        &mut self,
        mut serving: JoinHandle<()>,
        begin: impl FnOnce(),
    ) -> Result<()> {
        tokio::select! {
            ended = &mut serving => return ended.context("the server was cut short"),
            () = self.asked() => begin(),
        }
        let finished = tokio::select! {
            _ = &mut serving => true,
            // Asked twice, it waits for no request; what the store accepted is finished.
            () = self.asked() => false,
        };
        if !finished {
            serving.abort();
            // Its end is what is waited for; that it was cut short is no news.
            let _ = serving.await;
        }
        Ok(())
    }
}
