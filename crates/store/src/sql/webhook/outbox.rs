//! How far each webhook is: who sends to it, which entries of the ledger are to be sent, and what came of it.
//!
//! One server at a time has the lease of a webhook. Whatever is noted is noted under that lease, or not at all.

use latchkey_domain::id::TypedId;
use latchkey_domain::webhook::{DeliveryState, Replay, Webhook, left_alone_until};
use latchkey_domain::{Timestamp, VendorId, WebhookId};

use super::super::table::{Columns, Table, columns_of};
use super::super::{Connection, Database, Query, dialect};
use super::{DELIVERY, read_delivery};
use crate::view::{WebhookLease, WebhookNote, WebhookOutbox, WebhookPlanned};
use crate::{StoreError, WebhookDelivery};

fn number(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// Begins an update of an outbox; its condition follows with [`held`].
fn update_outbox() -> Query {
    Query::new("UPDATE webhook_outbox SET ")
}

/// The condition that the lease is held.
fn held(query: &mut Query, lease: &WebhookLease) {
    query
        .push(" WHERE webhook_id = ")
        .push_bind(lease.webhook_id.uuid());
    query.push(" AND leased_by = ").push_bind(lease.by);
}

/// Ends an update of an outbox that goes on under its lease, and does it. Answers whether the lease holds.
async fn go_on(
    mut query: Query,
    lease: &WebhookLease,
    connection: &mut Connection,
) -> Result<bool, StoreError> {
    query
        .push(", leased_until = ")
        .push_bind(lease.until.millis());
    held(&mut query, lease);
    let done = query.build().execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

impl Database {
    /// The webhooks for which there is something to do now, and nobody does it.
    pub(crate) async fn webhook_ready(
        &self,
        vendor_id: VendorId,
        now: Timestamp,
    ) -> Result<Vec<Webhook>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {} FROM webhook AS w LEFT JOIN webhook_outbox AS o ON o.webhook_id = w.id WHERE w.vendor_id = ",
            columns_of::<Webhook>("w")
        ));
        query.push_bind(vendor_id.uuid());
        query.push(
            " AND w.state = 'on' AND NOT EXISTS (SELECT 1 FROM moved) AND (o.webhook_id IS NULL OR (o.leased_until <= ",
        );
        query.push_bind(now.millis());
        query.push(" AND o.resume_at <= ").push_bind(now.millis());
        query.push(
            " AND (o.next_index < (SELECT h.size FROM ledger_head AS h WHERE h.vendor_id = w.vendor_id) OR EXISTS \
             (SELECT 1 FROM webhook_delivery AS d WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.due_at <= ",
        );
        query.push_bind(now.millis()).push(")))) ORDER BY w.seq");
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| Webhook::read(&mut Columns::new(row, Webhook::NAME)))
            .collect()
    }

    /// Takes the lease of a webhook, if nobody else has it; answers how far it is.
    pub(crate) async fn webhook_take(
        &self,
        vendor_id: VendorId,
        lease: &WebhookLease,
        first_index: u64,
        now: Timestamp,
    ) -> Result<Option<WebhookOutbox>, StoreError> {
        let mut transaction = self.noters.begin_with(dialect::BEGIN).await?;
        let mut query = Query::new(
            "INSERT INTO webhook_outbox (webhook_id, vendor_id, next_index, failures, failing_since, resume_at, \
             leased_by, leased_until) VALUES (",
        );
        query.push_bind(lease.webhook_id.uuid()).push(", ");
        query.push_bind(vendor_id.uuid()).push(", ");
        query.push_bind(number(first_index));
        query.push(", 0, NULL, 0, NULL, 0) ON CONFLICT (webhook_id) DO NOTHING");
        query.build().execute(&mut *transaction).await?;
        let mut query = update_outbox();
        query.push("leased_by = ").push_bind(lease.by);
        query
            .push(", leased_until = ")
            .push_bind(lease.until.millis());
        query
            .push(" WHERE webhook_id = ")
            .push_bind(lease.webhook_id.uuid());
        query.push(" AND leased_until <= ").push_bind(now.millis());
        query.push(" RETURNING next_index, failures, failing_since");
        let row = query.build().fetch_optional(&mut *transaction).await?;
        let outbox = row
            .map(|row| {
                let mut columns = Columns::new(&row, "webhook_outbox");
                Ok::<_, StoreError>(WebhookOutbox {
                    next_index: columns.number()?,
                    failures: columns.number()?,
                    failing_since: columns.time_optional()?,
                })
            })
            .transpose()?;
        transaction.commit().await?;
        Ok(outbox)
    }

    /// Notes which entries up to an index are to be sent, and what is to be sent again. Answers whether the lease holds.
    pub(crate) async fn webhook_plan(
        &self,
        vendor_id: VendorId,
        lease: &WebhookLease,
        planned: &WebhookPlanned,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.noters.begin_with(dialect::BEGIN).await?;
        let mut query = update_outbox();
        query
            .push("next_index = ")
            .push_bind(number(planned.next_index));
        if !go_on(query, lease, &mut transaction).await? {
            return Ok(false);
        }
        if !planned.entries.is_empty() {
            let mut query = Query::new(
                "INSERT INTO webhook_delivery (vendor_id, webhook_id, idx, verb, at, state, failures, due_at) ",
            );
            dialect::push_rows(&mut query, &planned.entries, |values, (index, verb, at)| {
                values
                    .push_bind(vendor_id.uuid())
                    .push_bind(lease.webhook_id.uuid())
                    .push_bind(number(*index))
                    .push_bind(verb.as_str())
                    .push_bind(at.millis())
                    .push_bind(DeliveryState::Waiting.as_str())
                    .push_bind(0_i64)
                    .push_bind(now.millis());
            });
            query.push(" ON CONFLICT (webhook_id, idx) DO NOTHING");
            query.build().execute(&mut *transaction).await?;
        }
        for replay in &planned.replays {
            again(&mut transaction, lease.webhook_id, *replay, now).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// The oldest event that is due.
    pub(crate) async fn webhook_due(
        &self,
        vendor_id: VendorId,
        webhook_id: WebhookId,
        now: Timestamp,
    ) -> Result<Option<WebhookDelivery>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {DELIVERY} FROM webhook_delivery AS a WHERE a.webhook_id = "
        ));
        query.push_bind(webhook_id.uuid());
        query
            .push(" AND a.vendor_id = ")
            .push_bind(vendor_id.uuid());
        query
            .push(" AND a.state = 'waiting' AND a.due_at <= ")
            .push_bind(now.millis());
        query.push(" ORDER BY a.idx LIMIT 1");
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| read_delivery(&mut Columns::new(&row, "webhook_delivery")))
            .transpose()
    }

    /// Notes an attempt and what comes of it. Answers whether the lease holds: if not, nothing is noted.
    pub(crate) async fn webhook_note(
        &self,
        vendor_id: VendorId,
        lease: &WebhookLease,
        note: &WebhookNote,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.noters.begin_with(dialect::BEGIN).await?;
        let attempt = &note.attempt;
        let delivered = note.state == DeliveryState::Delivered;
        let ended = attempt.at.plus_millis(i64::from(attempt.millis));
        let resume_at = match note.outbox.failures {
            0 => Timestamp::from_millis(0),
            failures => left_alone_until(failures, ended),
        };
        let mut query = update_outbox();
        query
            .push("failures = ")
            .push_bind(i64::from(note.outbox.failures));
        query
            .push(", failing_since = ")
            .push_bind(note.outbox.failing_since.map(Timestamp::millis));
        query.push(", resume_at = ").push_bind(resume_at.millis());
        if !go_on(query, lease, &mut transaction).await? {
            return Ok(false);
        }
        let mut query = Query::new(
            "INSERT INTO webhook_attempt (vendor_id, webhook_id, idx, at, millis, status, error, answer) ",
        );
        dialect::push_rows(&mut query, [attempt], |values, attempt| {
            values
                .push_bind(vendor_id.uuid())
                .push_bind(lease.webhook_id.uuid())
                .push_bind(number(attempt.index))
                .push_bind(attempt.at.millis())
                .push_bind(i64::from(attempt.millis))
                .push_bind(attempt.status.map(i64::from))
                .push_bind(attempt.error.clone())
                .push_bind(attempt.answer.clone());
        });
        query.build().execute(&mut *transaction).await?;
        let mut query = Query::new("UPDATE webhook_delivery SET state = ");
        query.push_bind(note.state.as_str());
        if !delivered {
            query.push(", failures = failures + 1");
        }
        query.push(", due_at = ").push_bind(note.due_at.millis());
        query
            .push(" WHERE webhook_id = ")
            .push_bind(lease.webhook_id.uuid());
        query.push(" AND idx = ").push_bind(number(attempt.index));
        query.build().execute(&mut *transaction).await?;
        if note.all_due {
            let mut query = Query::new("UPDATE webhook_delivery SET due_at = ");
            query.push_bind(ended.millis());
            query
                .push(" WHERE state = 'waiting' AND webhook_id = ")
                .push_bind(lease.webhook_id.uuid());
            query.push(" AND due_at > ").push_bind(ended.millis());
            query.build().execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives the lease back.
    pub(crate) async fn webhook_release(
        &self,
        _: VendorId,
        lease: &WebhookLease,
    ) -> Result<(), StoreError> {
        let mut query = update_outbox();
        query.push("leased_by = NULL, leased_until = 0");
        held(&mut query, lease);
        query.build().execute(&self.noters).await?;
        Ok(())
    }

    /// Forgets what was sent before a moment, at most so many rows of each table; answers how many it forgot.
    pub(crate) async fn webhook_prune(
        &self,
        vendor_id: VendorId,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let mut forgot = 0;
        for (table, done) in [
            ("webhook_attempt", ""),
            ("webhook_delivery", " AND state <> 'waiting'"),
        ] {
            let mut query = Query::new(format!(
                "DELETE FROM {table} WHERE seq IN (SELECT seq FROM {table} WHERE vendor_id = "
            ));
            query.push_bind(vendor_id.uuid());
            query.push(" AND at < ").push_bind(before.millis());
            query.push(done).push(" ORDER BY at LIMIT ");
            query.push_bind(i64::from(limit)).push(")");
            forgot += query.build().execute(&self.noters).await?.rows_affected();
        }
        Ok(forgot)
    }
}

/// Has something sent again, as if for the first time.
async fn again(
    connection: &mut Connection,
    webhook_id: WebhookId,
    replay: Replay,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut query =
        Query::new("UPDATE webhook_delivery SET state = 'waiting', failures = 0, due_at = ");
    query.push_bind(now.millis());
    query
        .push(" WHERE webhook_id = ")
        .push_bind(webhook_id.uuid());
    match replay {
        Replay::One { index } => query.push(" AND idx = ").push_bind(number(index)),
        Replay::GivenUpSince { at } => query
            .push(" AND state = 'given_up' AND at >= ")
            .push_bind(at.millis()),
    };
    query.build().execute(&mut *connection).await?;
    Ok(())
}
