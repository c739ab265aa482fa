//! What webhooks were sent, and what a server notes while it sends.

use latchkey_domain::ledger::Verb;
use latchkey_domain::webhook::{DeliveryState, Replay};
use latchkey_domain::{Timestamp, WebhookId};
use uuid::Uuid;

/// An event that a webhook is sent, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookDelivery {
    /// The entry of the ledger that it is.
    pub index: u64,
    /// What was done.
    pub verb: Verb,
    /// When that was.
    pub at: Timestamp,
    /// What has become of it.
    pub state: DeliveryState,
    /// Attempts that failed since it was asked for.
    pub failures: u32,
    /// When it is tried next; if it is not waiting, when that was known.
    pub due_at: Timestamp,
}

/// One attempt to send an event.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookAttempt {
    /// The entry of the ledger that was sent.
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// How long it took.
    pub millis: u32,
    /// The status of the answer; none if there was no answer.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
    /// How the answer begins.
    pub answer: String,
}

/// A server's right to be the only one that sends to a webhook, for a while.
#[derive(Debug, Clone, Copy)]
pub struct WebhookLease {
    /// Which webhook.
    pub webhook_id: WebhookId,
    /// Who has it: made anew each time.
    pub by: Uuid,
    /// Until when nobody else gets it; each note moves it on.
    pub until: Timestamp,
}

/// How far a webhook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookOutbox {
    /// The next entry of the ledger to be looked at.
    pub next_index: u64,
    /// Failures in a row.
    pub failures: u32,
    /// Since when it fails.
    pub failing_since: Option<Timestamp>,
}

/// What the entries of the ledger up to an index mean for a webhook.
#[derive(Debug, Clone, Default)]
pub struct WebhookPlanned {
    /// The index behind the last one.
    pub next_index: u64,
    /// The entries that are to be sent.
    pub entries: Vec<(u64, Verb, Timestamp)>,
    /// What is to be sent again.
    pub replays: Vec<Replay>,
}

/// An attempt, and what comes of it.
#[derive(Debug, Clone)]
pub struct WebhookNote {
    /// The attempt.
    pub attempt: WebhookAttempt,
    /// What has become of the event.
    pub state: DeliveryState,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// How the webhook does now.
    pub outbox: WebhookOutbox,
    /// Whether all that waits is tried at once: the receiver is back.
    pub all_due: bool,
}
