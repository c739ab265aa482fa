//! The client for programs without a runtime. It has a thread of its own with one, so that it may be
//! called from anywhere, also from within somebody else's asynchronous program.

use std::fmt;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::error::Error;
use crate::settings::Settings;
use crate::verdict::Verdict;

/// Calls home, and waits for the answer. One call is made after the other; the thread ends with the
/// client.
pub struct Client {
    /// Gone only while the client is dropped.
    orders: Option<UnboundedSender<Order>>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Validate(mpsc::Sender<Result<Verdict, Error>>),
    Activate(Option<String>, mpsc::Sender<Result<Verdict, Error>>),
    Deactivate(mpsc::Sender<Result<(), Error>>),
}

impl Client {
    /// A client that reads the system's clock.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        Self::over(crate::Client::new(settings)?)
    }

    /// A blocking client over an asynchronous one.
    pub fn over(client: crate::Client) -> Result<Self, Error> {
        let (orders, incoming) = unbounded_channel();
        let (told, begun) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("latchkey-client".to_owned())
            .spawn(move || work(&client, incoming, &told))
            .map_err(|error| Error::NoThread(error.to_string()))?;
        begun.recv().unwrap_or(Err(Error::Ended))?;
        Ok(Self {
            orders: Some(orders),
            thread: Some(thread),
        })
    }

    /// As [`crate::Client::validate`].
    pub fn validate(&self) -> Result<Verdict, Error> {
        self.order(Order::Validate)
    }

    /// As [`crate::Client::activate`].
    pub fn activate<'a>(
        &self,
        friendly_name: impl Into<Option<&'a str>>,
    ) -> Result<Verdict, Error> {
        let name = friendly_name.into().map(str::to_owned);
        self.order(|answer| Order::Activate(name, answer))
    }

    /// As [`crate::Client::deactivate`].
    pub fn deactivate(&self) -> Result<(), Error> {
        self.order(Order::Deactivate)
    }

    fn order<T>(
        &self,
        order: impl FnOnce(mpsc::Sender<Result<T, Error>>) -> Order,
    ) -> Result<T, Error> {
        let (answer, answered) = mpsc::channel();
        let orders = self.orders.as_ref().ok_or(Error::Ended)?;
        orders.send(order(answer)).map_err(|_| Error::Ended)?;
        answered.recv().unwrap_or(Err(Error::Ended))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(thread) = self.thread.take() {
            // Nobody waits for a call any more, so it ends at once; how does not matter.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("blocking::Client").finish_non_exhaustive()
    }
}

/// The thread. The runtime is made and dropped here, never in the caller's.
fn work(
    client: &crate::Client,
    mut incoming: UnboundedReceiver<Order>,
    told: &mpsc::Sender<Result<(), Error>>,
) {
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = told.send(Err(Error::NoThread(error.to_string())));
            return;
        }
    };
    let _ = told.send(Ok(()));
    runtime.block_on(async {
        while let Some(order) = incoming.recv().await {
            // Who has asked may be gone; then nobody hears the answer.
            let _ = match order {
                Order::Validate(answer) => answer.send(client.validate().await).is_ok(),
                Order::Activate(name, answer) => {
                    answer.send(client.activate(name.as_deref()).await).is_ok()
                }
                Order::Deactivate(answer) => answer.send(client.deactivate().await).is_ok(),
            };
        }
    });
}
