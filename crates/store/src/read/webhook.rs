//! What can be read of webhooks; and what is noted of what they were sent.

use latchkey_domain as d;
use latchkey_domain::{Timestamp, VendorId};

use crate::filter::{DeliveryFilter, Page, PageRequest};
use crate::store::soon_on_either;
use crate::{
    Store, StoreError, WebhookAttempt, WebhookDelivery, WebhookLease, WebhookNote, WebhookOutbox,
    WebhookPlanned, patience,
};

reads! {
    /// One webhook, removed or not.
    webhook_get(id: d::WebhookId) -> Option<d::webhook::Webhook>;
    /// Webhooks that were not removed, newest first.
    webhook_list(page: PageRequest) -> Page<d::webhook::Webhook>;
    /// What a webhook was sent, newest first.
    webhook_delivery_list(filter: &DeliveryFilter, page: PageRequest) -> Page<WebhookDelivery>;
    /// The attempts to send to a webhook, newest first.
    webhook_attempt_list(filter: &DeliveryFilter, page: PageRequest) -> Page<WebhookAttempt>;
    /// The webhooks for which there is something to do now, and nobody does it.
    webhook_ready(now: Timestamp) -> Vec<d::webhook::Webhook>;
    /// The oldest event of a webhook that is due.
    webhook_due(webhook_id: d::WebhookId, now: Timestamp) -> Option<WebhookDelivery>;
    /// Takes the lease of a webhook if nobody has it; answers how far it is.
    webhook_take(lease: &WebhookLease, first_index: u64, now: Timestamp) -> Option<WebhookOutbox>;
    /// Notes which entries up to an index are sent, and what is sent again. Answers whether the lease holds.
    webhook_plan(lease: &WebhookLease, planned: &WebhookPlanned, now: Timestamp) -> bool;
    /// Notes an attempt and what comes of it. Answers whether the lease holds: if not, nothing is noted.
    webhook_note(lease: &WebhookLease, note: &WebhookNote) -> bool;
    /// Gives the lease of a webhook back.
    webhook_release(lease: &WebhookLease) -> ();
    /// Forgets what webhooks were sent before a moment, at most so many; answers how many it forgot.
    webhook_prune(before: Timestamp, limit: u32) -> u64;
}
