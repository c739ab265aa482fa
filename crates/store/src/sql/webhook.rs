//! The webhooks' table, and the lists of what each was sent.

mod outbox;

use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::text::Name;
use latchkey_domain::webhook::{DeliveryState, Webhook, WebhookState, WebhookUrl, secret_digest};
use latchkey_domain::{EntityKind, Timestamp, VendorId, WebhookId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{DeliveryFilter, Page, PageRequest};
use crate::{StoreError, WebhookAttempt, WebhookDelivery};

impl Table for Webhook {
    const NAME: &'static str = "webhook";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "url",
        "kinds",
        "state",
        "on_since",
        "first_index",
        "sealed",
        "old_sealed",
        "old_secret_until",
        "tested_at",
        "replay",
        "created_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.as_str()).collect();
        let replay = self.replay.as_ref();
        let replay = replay.map(|replay| serde_json::to_string(replay).unwrap_or_default());
        values
            .push_bind(self.id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.url.as_str().to_owned())
            .push_bind(kinds.join(" "))
            .push_bind(self.state.as_str())
            .push_bind(self.on_since.millis())
            .push_bind(i64::try_from(self.first_index).unwrap_or(i64::MAX))
            .push_bind(self.sealed.clone())
            .push_bind(self.old_sealed.clone())
            .push_bind(self.old_secret_until.map(Timestamp::millis))
            .push_bind(self.tested_at.map(Timestamp::millis))
            .push_bind(replay)
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let (id, name, url) = (
            columns.id()?,
            columns.parsed(Name::parse)?,
            columns.parsed(WebhookUrl::parse)?,
        );
        let kinds = columns.parsed(kinds)?;
        let state = columns.choice(WebhookState::parse)?;
        let (on_since, first_index) = (columns.time()?, columns.number()?);
        let sealed: Vec<u8> = columns.value()?;
        let old_sealed: Option<Vec<u8>> = columns.value()?;
        Ok(Self {
            id,
            name,
            url,
            kinds,
            state,
            on_since,
            first_index,
            secret_digest: secret_digest(&sealed, old_sealed.as_deref()),
            old_secret_until: columns.time_optional()?,
            tested_at: columns.time_optional()?,
            replay: columns.parsed_optional(|text| serde_json::from_str(text))?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            sealed,
            old_sealed,
        })
    }
}

fn kinds(text: &str) -> Result<Vec<EntityKind>, &'static str> {
    text.split_whitespace()
        .map(|kind| EntityKind::parse(kind).ok_or("a kind of record that is not known"))
        .collect()
}

fn read_delivery(columns: &mut Columns<'_>) -> Result<WebhookDelivery, StoreError> {
    Ok(WebhookDelivery {
        index: columns.number()?,
        verb: columns.choice(Verb::parse)?,
        at: columns.time()?,
        state: columns.choice(DeliveryState::parse)?,
        failures: columns.number()?,
        due_at: columns.time()?,
    })
}

fn read_attempt(columns: &mut Columns<'_>) -> Result<WebhookAttempt, StoreError> {
    Ok(WebhookAttempt {
        index: columns.number()?,
        at: columns.time()?,
        millis: columns.number()?,
        status: columns.number_optional()?,
        error: columns.value()?,
        answer: columns.value()?,
    })
}

/// The columns of a delivery.
const DELIVERY: &str = "a.idx, a.verb, a.at, a.state, a.failures, a.due_at";

impl Database {
    /// One webhook, removed or not.
    pub(crate) async fn webhook_get(
        &self,
        vendor_id: VendorId,
        id: WebhookId,
    ) -> Result<Option<Webhook>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// Webhooks that were not removed, newest first.
    pub(crate) async fn webhook_list(
        &self,
        vendor_id: VendorId,
        page: PageRequest,
    ) -> Result<Page<Webhook>, StoreError> {
        let list = List {
            from: "webhook AS a",
            joins: "",
            columns: columns_of::<Webhook>("a"),
            order: by_seq("a.seq"),
        };
        let there = |query: &mut Query| {
            query.push(" AND a.state <> 'removed'");
        };
        self.page(vendor_id, &list, there, page, Webhook::read)
            .await
    }

    /// What a webhook was sent, newest first.
    pub(crate) async fn webhook_delivery_list(
        &self,
        vendor_id: VendorId,
        filter: &DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<WebhookDelivery>, StoreError> {
        let list = List {
            from: "webhook_delivery AS a",
            joins: "",
            columns: DELIVERY.to_owned(),
            order: by_seq("a.seq"),
        };
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.webhook_id = ")
                .push_bind(filter.webhook_id.uuid());
            if let Some(state) = filter.state {
                query.push(" AND a.state = ").push_bind(state.as_str());
            }
            if let Some(index) = filter.index {
                let index = i64::try_from(index).unwrap_or(i64::MAX);
                query.push(" AND a.idx = ").push_bind(index);
            }
        };
        self.page(vendor_id, &list, conditions, page, read_delivery)
            .await
    }

    /// The attempts to send an event to a webhook, newest first.
    pub(crate) async fn webhook_attempt_list(
        &self,
        vendor_id: VendorId,
        filter: &DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<WebhookAttempt>, StoreError> {
        let list = List {
            from: "webhook_attempt AS a",
            joins: "",
            columns: "a.idx, a.at, a.millis, a.status, a.error, a.answer".to_owned(),
            order: by_seq("a.seq"),
        };
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.webhook_id = ")
                .push_bind(filter.webhook_id.uuid());
            if let Some(index) = filter.index {
                let index = i64::try_from(index).unwrap_or(i64::MAX);
                query.push(" AND a.idx = ").push_bind(index);
            }
        };
        self.page(vendor_id, &list, conditions, page, read_attempt)
            .await
    }
}
