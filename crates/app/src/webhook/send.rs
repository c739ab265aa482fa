//! Sending to one webhook what it is due.
//!
//! A server takes the webhook's lease, goes through the ledger from where it stopped, and sends what is due, oldest
//! first and one at a time, so that a receiver gets events in the order in which they happened. After a failure the
//! receiver is left alone for a while. Who sends and dies has sent something perhaps, and not noted it: then it is sent
//! once more, with the same id.

use latchkey_domain::actor::{Actor, Reach, Role};
use latchkey_domain::id::TypedId as _;
use latchkey_domain::ledger::{BodyRead, Verb};
use latchkey_domain::webhook::{DeliveryState, Webhook, WebhookState, tried_again};
use latchkey_domain::{ActorId, ChangeId, Timestamp, WebhookId};
use latchkey_store::{
    Batch, JobContext, LedgerRow, Need, Needs, StoreError, WebhookAttempt, WebhookDelivery,
    WebhookLease, WebhookNote, WebhookOutbox, WebhookPlanned, Work,
};

use super::{PostMessages, Receipt};
use crate::App;

/// How long a lease is: longer than a receiver may take to answer, and a pause of the database with it.
const LEASE_MILLIS: i64 = 60_000;

/// Entries of the ledger that are looked at together.
const ENTRIES_TOGETHER: u32 = 200;

/// A receiver that was away for longer than this is tried with all that waits once it is back.
const AWAY_MILLIS: i64 = 60_000;

impl App {
    /// Sends a webhook what it is due, unless another server does, and as long as it `goes_on`.
    pub(super) async fn webhook_round(
        &self,
        post: &dyn PostMessages,
        webhook: &Webhook,
        goes_on: &(dyn Fn() -> bool + Send + Sync),
    ) -> Result<(), StoreError> {
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let mut lease = WebhookLease {
            webhook_id: webhook.id,
            // Nobody else makes the same one.
            by: WebhookId::generate(now, &*self.random).uuid(),
            until: now.plus_millis(LEASE_MILLIS),
        };
        let taken = self
            .store
            .webhook_take(vendor_id, &lease, webhook.first_index, now);
        let Some(outbox) = taken.await? else {
            return Ok(());
        };
        let done = self.webhook_under(post, &mut lease, outbox, goes_on).await;
        self.store.webhook_release(vendor_id, &lease).await?;
        done
    }

    async fn webhook_under(
        &self,
        post: &dyn PostMessages,
        lease: &mut WebhookLease,
        mut outbox: WebhookOutbox,
        goes_on: &(dyn Fn() -> bool + Send + Sync),
    ) -> Result<(), StoreError> {
        let vendor_id = self.scope.vendor_id;
        while goes_on() {
            let webhook = self.store.webhook_get(vendor_id, lease.webhook_id).await?;
            let Some(webhook) = webhook.filter(|webhook| webhook.state == WebhookState::On) else {
                return Ok(());
            };
            let looked_at = self.webhook_look(&webhook, lease, &mut outbox).await?;
            let Some(looked_at) = looked_at else {
                return Ok(());
            };
            let due = self.store.webhook_due(vendor_id, webhook.id, self.now());
            match due.await? {
                Some(due) => {
                    if !self
                        .webhook_send(post, &webhook, &due, lease, &mut outbox)
                        .await?
                    {
                        return Ok(());
                    }
                }
                None if looked_at => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }

    /// Looks at the next entries of the ledger. Answers whether there were any; none if the lease is lost.
    async fn webhook_look(
        &self,
        webhook: &Webhook,
        lease: &mut WebhookLease,
        outbox: &mut WebhookOutbox,
    ) -> Result<Option<bool>, StoreError> {
        let vendor_id = self.scope.vendor_id;
        let rows = self
            .store
            .ledger_range(vendor_id, outbox.next_index, ENTRIES_TOGETHER)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(Some(false));
        };
        let mut planned = WebhookPlanned {
            next_index: last.index + 1,
            ..WebhookPlanned::default()
        };
        for row in &rows {
            plan(webhook, row, &mut planned)?;
        }
        let now = self.now();
        lease.until = now.plus_millis(LEASE_MILLIS);
        let held = self.store.webhook_plan(vendor_id, lease, &planned, now);
        outbox.next_index = planned.next_index;
        Ok(held.await?.then_some(true))
    }

    /// Sends one event. Answers whether there may be more: not after a failure, and not without the lease.
    async fn webhook_send(
        &self,
        post: &dyn PostMessages,
        webhook: &Webhook,
        due: &WebhookDelivery,
        lease: &mut WebhookLease,
        outbox: &mut WebhookOutbox,
    ) -> Result<bool, StoreError> {
        let (vendor_id, at) = (self.scope.vendor_id, self.now());
        let rows = self.store.ledger_range(vendor_id, due.index, 1).await?;
        let row = rows.first().filter(|row| row.index == due.index);
        let row = row.ok_or_else(|| StoreError::Damaged {
            what: "the table webhook_delivery".into(),
            reason: format!("the ledger has no entry {}", due.index),
        })?;
        let message = self.message(webhook, row, at)?;
        let posted = post.post(message).await;
        let ended = self.now();
        let delivered = matches!(&posted, Ok(receipt) if (200..300).contains(&receipt.status));
        let (status, error, answer) = match posted {
            Ok(Receipt { status, answer }) => (Some(status), None, answer),
            Err(error) => (None, Some(error), String::new()),
        };
        let failing_since = outbox.failing_since;
        let (state, due_at) = if delivered {
            (DeliveryState::Delivered, ended)
        } else {
            let jitter = jitter(&*self.random);
            tried_again(due.failures + 1, ended, jitter)
                .map_or((DeliveryState::GivenUp, ended), |again| {
                    (DeliveryState::Waiting, again)
                })
        };
        outbox.failures = if delivered { 0 } else { outbox.failures + 1 };
        outbox.failing_since = (!delivered).then(|| failing_since.unwrap_or(at));
        lease.until = ended.plus_millis(LEASE_MILLIS);
        let note = WebhookNote {
            attempt: WebhookAttempt {
                index: due.index,
                at,
                millis: u32::try_from(ended.millis() - at.millis()).unwrap_or(0),
                status,
                error,
                answer,
            },
            state,
            due_at,
            outbox: *outbox,
            all_due: delivered
                && failing_since.is_some_and(|since| ended >= since.plus_millis(AWAY_MILLIS)),
        };
        let held = self.store.webhook_note(vendor_id, lease, &note).await?;
        if let Some(since) = outbox.failing_since.filter(|_| held) {
            self.webhook_switch_off(webhook, since, ended).await?;
        }
        Ok(held && delivered)
    }

    /// Switches a webhook off that has failed for too long.
    async fn webhook_switch_off(
        &self,
        webhook: &Webhook,
        failing_since: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if !webhook.clone().switch_off(failing_since, now) {
            return Ok(());
        }
        let context = JobContext::unasked(self.itself(), ChangeId::generate(now, &*self.random));
        let work = SwitchOff {
            id: webhook.id,
            failing_since,
        };
        self.store.write(&self.scope, context, work).await?;
        tracing::warn!("a webhook has failed for days and was switched off");
        Ok(())
    }

    /// The program, where it acts by itself: nobody's account.
    pub(crate) fn itself(&self) -> Actor {
        Actor {
            id: ActorId::from_uuid(self.scope.vendor_id.uuid()),
            name: "Latchkey".into(),
            role: Role::Stranger,
            reach: Reach::default(),
            proved_at: None,
        }
    }
}

/// What an entry means for a webhook.
fn plan(
    webhook: &Webhook,
    row: &LedgerRow,
    planned: &mut WebhookPlanned,
) -> Result<(), StoreError> {
    let own = row.entity_id == webhook.id.uuid();
    if own && row.verb == Verb::WebhookReplay {
        let body: BodyRead<'_> = serde_json::from_str(&row.body)?;
        let after: Webhook = serde_json::from_str(body.after.get())?;
        planned.replays.extend(after.replay);
    }
    let sent = match row.verb {
        Verb::WebhookTest => own,
        _ => webhook.takes(row.entity),
    };
    if sent {
        planned.entries.push((row.index, row.verb, row.at));
    }
    Ok(())
}

fn jitter(random: &dyn latchkey_domain::Random) -> u32 {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    u32::from_be_bytes(bytes)
}

struct SwitchOff {
    id: WebhookId,
    failing_since: Timestamp,
}

impl Work for SwitchOff {
    type Answer = ();
    type Refused = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Webhook(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), ()> {
        let Some(mut webhook) = batch.get::<Webhook>(self.id).cloned() else {
            return Ok(());
        };
        if webhook.switch_off(self.failing_since, batch.now()) {
            batch.record(Verb::WebhookSwitchOff, webhook);
        }
        Ok(())
    }
}
