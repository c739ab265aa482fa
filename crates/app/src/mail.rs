//! Letters to people. Who carries them is the program's business; what they say is the vendor's, or stands in
//! `latchkey_domain::letter`.
//!
//! A letter leaves after the change that it tells of is on disk. One that was asked for is tried again for some minutes, and
//! may hold what lets somebody in: it is never kept, and whoever got none asks once more. One that nobody asked for is
//! written down in the store, and waits there for days ([`outbox`]).

mod expiring;
mod idle;
mod letters;
pub(crate) mod outbox;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::Timestamp;
use latchkey_domain::refusal::Refusal;

pub(crate) use expiring::{Expiring, Line, expiring};
pub(crate) use idle::{IdleSeats, SeatLine, idle_seats};
pub use latchkey_domain::letter::Language;
pub use latchkey_store::Letter;
pub(crate) use letters::{Reader, approval_asked, moment, said};

/// How long is waited before each try of a letter that is not kept.
const WAITS: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_secs(2),
    Duration::from_secs(20),
    Duration::from_secs(120),
    Duration::from_secs(600),
];

/// What comes of carrying a letter: it was taken, or why it was not.
pub type Carried<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Carries letters.
pub trait Post: Send + Sync + 'static {
    /// Hands one letter over. A failure is told for the log, without the letter's words.
    fn carry(&self, letter: Letter) -> Carried<'_>;
}

/// Letters can be sent.
#[derive(Clone)]
pub struct Mail {
    post: Arc<dyn Post>,
    /// Where people reach the server, without a slash at the end.
    address: String,
}

impl Mail {
    /// Letters go this way, and lead people to this address, such as `https://licenses.vendor.example`.
    #[must_use]
    pub fn new(post: Arc<dyn Post>, address: &str) -> Self {
        Self {
            post,
            address: address.trim_end_matches('/').to_owned(),
        }
    }

    /// The same way, for letters that lead people to another address.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self::new(Arc::clone(&self.post), address)
    }

    /// The link by which a password is chosen. What stands behind the `#` reaches no server.
    pub(crate) fn link(&self, token: &str) -> String {
        format!("{}/welcome#{token}", self.address)
    }

    /// The address of a page, which begins with a slash.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Hands a letter over.
    async fn carry(&self, letter: Letter) -> Result<(), String> {
        self.post.carry(letter).await
    }

    /// Sends a letter, soon; nobody waits for it.
    pub(crate) fn send(&self, letter: Letter) {
        let post = Arc::clone(&self.post);
        tokio::spawn(async move {
            for wait in WAITS {
                tokio::time::sleep(wait).await;
                match post.carry(letter.clone()).await {
                    Ok(()) => return,
                    Err(error) => tracing::warn!(error, "a letter was not taken"),
                }
            }
            tracing::error!("a letter was given up");
        });
    }
}

/// Letters cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this server sends no e-mail")]
pub struct NoMail;

impl Refusal for NoMail {
    fn code(&self) -> &'static str {
        "mail_not_set_up"
    }

    fn fix(&self) -> Option<String> {
        Some("Ask an owner for a new invitation link.".into())
    }
}

/// A day, in UTC.
fn day(at: Timestamp) -> String {
    at.to_chrono().format("%Y-%m-%d").to_string()
}

/// The line behind those that a letter names, if there are more.
fn and_more(language: Language, more: usize) -> String {
    match language {
        _ if more == 0 => String::new(),
        Language::English => format!("and {more} more\n"),
        Language::German => format!("und {more} weitere\n"),
    }
}
