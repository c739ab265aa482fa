//! What the program's parts share: the store's state, how the program looks, and what belongs to
//! each window.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{oneshot, watch};

use crate::book::Book;
use crate::connection::Connection;
use crate::embedded::OpenStore;
use crate::look::Look;
use crate::place::Place;
use crate::settings::Settings;
use crate::start::Trouble;

/// How far the opening of the store has come.
#[derive(Clone)]
pub(crate) enum Phase {
    /// It is being opened.
    Opening,
    /// A passphrase is asked for, once more if the last attempt gave trouble.
    Passphrase {
        /// Whether it is a new one, for a new store.
        new: bool,
        /// Why a new store does not have its key in the keychain. That may be well by now, so it can be tried again.
        keychain: Option<Trouble>,
        /// Why the last attempt failed.
        trouble: Option<Trouble>,
    },
    /// It cannot be opened.
    Failed(Trouble),
    /// It answers.
    Ready {
        /// Through this.
        connection: Connection,
        /// What to close when the program ends or turns to another store; none behind a server.
        store: Option<OpenStore>,
    },
}

/// Held by the program as long as it runs.
pub(crate) struct Desk {
    /// What the program was started with.
    pub(crate) settings: Settings,
    phase: watch::Sender<Phase>,
    going: Mutex<Going>,
    book: Mutex<Book>,
    look: Mutex<Look>,
    windows: Mutex<HashMap<String, OfWindow>>,
    browser: Mutex<Option<Awaited>>,
}

/// The browser is waited for: in which window, and what ends the wait when it is dropped.
struct Awaited {
    window: String,
    _end: oneshot::Sender<()>,
}

/// Which store is to be open.
struct Going {
    place: Place,
    /// Counts the attempts: what an earlier one comes to does not matter any more.
    attempt: u64,
    /// The window, and the page in it, to begin at.
    landing: Option<(String, String)>,
}

/// What belongs to one window.
#[derive(Default)]
struct OfWindow {
    streams: HashMap<String, oneshot::Sender<()>>,
    dropped: HashMap<u32, PathBuf>,
    next_token: u32,
    opened: VecDeque<PathBuf>,
}

impl Desk {
    /// A desk whose store is yet to be opened.
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            phase: watch::Sender::new(Phase::Opening),
            going: Mutex::new(Going {
                place: Place::Own,
                attempt: 0,
                landing: None,
            }),
            book: Mutex::new(Book::kept()),
            look: Mutex::default(),
            windows: Mutex::default(),
            browser: Mutex::default(),
        }
    }

    /// How far the opening has come.
    pub(crate) fn phase(&self) -> Phase {
        self.phase.borrow().clone()
    }

    /// Notes how far the opening has come.
    pub(crate) fn set_phase(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// The store that is open or to be opened.
    pub(crate) fn place(&self) -> Place {
        held(&self.going).place.clone()
    }

    /// Begins to open a store, in which a window begins at a page. Answers the attempt's number.
    pub(crate) fn set_out(&self, place: Place, landing: Option<(String, String)>) -> u64 {
        let mut going = held(&self.going);
        going.place = place;
        going.landing = landing;
        going.attempt += 1;
        going.attempt
    }

    /// Begins to open the same store once more. Answers the attempt's number.
    pub(crate) fn set_out_again(&self) -> u64 {
        let mut going = held(&self.going);
        going.attempt += 1;
        going.attempt
    }

    /// Whether no other attempt was begun since.
    pub(crate) fn is_latest(&self, attempt: u64) -> bool {
        held(&self.going).attempt == attempt
    }

    /// The page at which a window begins, once.
    pub(crate) fn take_landing(&self, window: &str) -> Option<String> {
        let mut going = held(&self.going);
        let (_, page) = going.landing.take_if(|(of, _)| of == window)?;
        Some(page)
    }

    /// The stores and servers that are known.
    pub(crate) fn book(&self) -> Book {
        held(&self.book).clone()
    }

    /// Changes what is known, and keeps it.
    pub(crate) fn change_book(&self, change: impl FnOnce(&mut Book)) -> anyhow::Result<()> {
        let mut book = held(&self.book);
        let mut changed = book.clone();
        change(&mut changed);
        if changed != *book {
            changed.keep()?;
            *book = changed;
        }
        Ok(())
    }

    /// The connection, once there is one: the page may ask before the store is open.
    pub(crate) async fn connection(&self) -> Option<Connection> {
        let mut phase = self.phase.subscribe();
        let ready = phase
            .wait_for(|phase| matches!(phase, Phase::Ready { .. }))
            .await
            .ok()?;
        match &*ready {
            Phase::Ready { connection, .. } => Some(connection.clone()),
            _ => None,
        }
    }

    /// Finishes what the store accepted, and closes it.
    pub(crate) async fn close(&self) {
        held(&self.windows).clear();
        held(&self.browser).take();
        close(self.phase.send_replace(Phase::Opening)).await;
    }

    /// How the program looks and speaks.
    pub(crate) fn look(&self) -> Look {
        held(&self.look).clone()
    }

    /// Notes how the program looks and speaks.
    pub(crate) fn set_look(&self, look: Look) {
        *held(&self.look) = look;
    }

    /// Registers a running stream; what it answers resolves when the stream shall end.
    pub(crate) fn stream_started(&self, window: &str, id: &str) -> oneshot::Receiver<()> {
        let (cancel, cancelled) = oneshot::channel();
        self.of(window, |of| of.streams.insert(id.to_owned(), cancel));
        cancelled
    }

    /// Ends a stream, if it still runs: dropping its sender is the sign.
    pub(crate) fn stream_over(&self, window: &str, id: &str) {
        self.of(window, |of| of.streams.remove(id));
    }

    /// Notes that a window waits for the browser; a wait before that ends. What it answers resolves when this one shall.
    pub(crate) fn browser_awaited(&self, window: &str) -> oneshot::Receiver<()> {
        let (end, ended) = oneshot::channel();
        *held(&self.browser) = Some(Awaited {
            window: window.to_owned(),
            _end: end,
        });
        ended
    }

    /// Ends a window's wait for the browser, if it waits.
    pub(crate) fn browser_over(&self, window: &str) {
        held(&self.browser).take_if(|awaited| awaited.window == window);
    }

    /// Ends all streams of a window and forgets its dropped files: the page they belong to is gone.
    pub(crate) fn page_left(&self, window: &str) {
        self.browser_over(window);
        self.of(window, |of| {
            of.streams.clear();
            of.dropped.clear();
        });
    }

    /// Forgets a window that is gone.
    pub(crate) fn window_gone(&self, window: &str) {
        self.browser_over(window);
        held(&self.windows).remove(window);
    }

    /// Notes dropped files. Only the last drop counts. Answers a token for each.
    pub(crate) fn files_dropped(&self, window: &str, paths: &[PathBuf]) -> Vec<(u32, PathBuf)> {
        self.of(window, |of| {
            of.dropped.clear();
            let mut tokens = Vec::new();
            for path in paths {
                let token = of.next_token;
                of.next_token = token.wrapping_add(1);
                of.dropped.insert(token, path.clone());
                tokens.push((token, path.clone()));
            }
            tokens
        })
    }

    /// The dropped file of a token, once.
    pub(crate) fn take_dropped(&self, window: &str, token: u32) -> Option<PathBuf> {
        self.of(window, |of| of.dropped.remove(&token))
    }

    /// Notes a file that a window is to show.
    pub(crate) fn file_opened(&self, window: &str, path: PathBuf) {
        self.of(window, |of| of.opened.push_back(path));
    }

    /// The next file that a window is to show.
    pub(crate) fn opened(&self, window: &str) -> Option<PathBuf> {
        self.of(window, |of| of.opened.front().cloned())
    }

    /// The next file that a window is to show, once.
    pub(crate) fn take_opened(&self, window: &str) -> Option<PathBuf> {
        self.of(window, |of| of.opened.pop_front())
    }

    fn of<T>(&self, window: &str, act: impl FnOnce(&mut OfWindow) -> T) -> T {
        act(held(&self.windows).entry(window.to_owned()).or_default())
    }
}

/// Closes a store, if it came to one that is open, that nobody asks any more.
pub(crate) async fn close(phase: Phase) {
    let Phase::Ready { store, connection } = phase else {
        return;
    };
    // Its router goes with that, and so all but our own hold on the store.
    drop(connection);
    match store.map(|store| Arc::into_inner(store.app)) {
        None => {}
        Some(Some(app)) => app.close().await,
        Some(None) => tracing::warn!("a request still runs; the store closes after it"),
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
