//! Webhooks: other programs are told of what happens here. How a message is carried is the program's business; which
//! ones there are, what they say and when they are sent stands here.
//!
//! The ledger is the outbox: its entries are the events, so what was not committed is never sent and what was is not
//! forgotten. How far each webhook is stands beside the ledger (`send.rs`).

mod change;
mod message;
mod run;
mod send;

use std::future::Future;
use std::pin::Pin;

use latchkey_domain::WebhookId;
use latchkey_domain::actor::Actor;
use latchkey_domain::webhook::{
    Replay, Webhook, WebhookEdit, WebhookRefusal, WebhookSecret, WebhookTerms,
};
use latchkey_store::filter::{DeliveryFilter, Page, PageRequest};
use latchkey_store::{WebhookAttempt, WebhookDelivery};
use zeroize::Zeroizing;

use crate::{App, AppError, Changed, Idempotency, Operation, Refused};
use change::{Create, Edit, EditWebhook};

/// A message to a receiver, ready to go.
#[derive(Clone)]
pub struct Message {
    /// Where to.
    pub url: String,
    /// Its headers: names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Its body, in JSON.
    pub body: String,
}

/// What a receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The status.
    pub status: u16,
    /// How the answer begins.
    pub answer: String,
}

/// What comes of posting a message: the answer, or why there was none.
pub type Posted<'a> = Pin<Box<dyn Future<Output = Result<Receipt, String>> + Send + 'a>>;

/// Carries messages.
pub trait PostMessages: Send + Sync + 'static {
    /// Posts a message once, follows nobody elsewhere, and waits only so long.
    fn post(&self, message: Message) -> Posted<'_>;
}

/// A webhook with a secret that was made just now.
#[derive(Debug)]
pub struct WithSecret {
    /// Which.
    pub id: WebhookId,
    /// The secret as the receiver keeps it; none if this is the answer to an earlier request, which had it.
    pub secret: Option<Zeroizing<String>>,
}

/// Webhooks: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Makes a webhook, which is sent what happens from then on.
    pub async fn webhook_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        terms: WebhookTerms,
    ) -> Result<Changed<WithSecret>, AppError> {
        self.permit(actor, Operation::CreateWebhook)?;
        if self.webhooks.is_none() {
            return Err(Refused::from(WebhookRefusal::NotSent).into());
        }
        let id = WebhookId::generate(self.now(), &*self.random);
        let secret = WebhookSecret::generate(&*self.random);
        let sealed = self.vault.seal_webhook(id, &secret, &*self.random);
        let act = Create { id, terms, sealed };
        let made = self
            .act(actor, Operation::CreateWebhook, idempotency, act)
            .await?;
        Ok(shown_once(made, &secret))
    }

    /// Gives a webhook another secret; the one before signs as well for a day.
    pub async fn webhook_rotate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
    ) -> Result<Changed<WithSecret>, AppError> {
        let secret = WebhookSecret::generate(&*self.random);
        let sealed = self.vault.seal_webhook(id, &secret, &*self.random);
        let act = EditWebhook::of(id, Edit::Rotate(sealed));
        let made = self
            .act(actor, Operation::RotateWebhookSecret, idempotency, act)
            .await?;
        Ok(shown_once(made, &secret))
    }

    /// Gives a webhook another name, address, or other kinds of records.
    pub async fn webhook_update(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
        edit: WebhookEdit,
    ) -> Result<Changed<WebhookId>, AppError> {
        let act = EditWebhook::of(id, Edit::Update(edit));
        self.act(actor, Operation::UpdateWebhook, idempotency, act)
            .await
    }

    /// Sends a webhook nothing until it goes on.
    pub async fn webhook_pause(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
    ) -> Result<Changed<WebhookId>, AppError> {
        let act = EditWebhook::of(id, Edit::Pause);
        self.act(actor, Operation::PauseWebhook, idempotency, act)
            .await
    }

    /// A webhook goes on where it stopped.
    pub async fn webhook_resume(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
    ) -> Result<Changed<WebhookId>, AppError> {
        let act = EditWebhook::of(id, Edit::Resume);
        self.act(actor, Operation::ResumeWebhook, idempotency, act)
            .await
    }

    /// Sends a webhook a test event.
    pub async fn webhook_test(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
    ) -> Result<Changed<WebhookId>, AppError> {
        let act = EditWebhook::of(id, Edit::Test);
        self.act(actor, Operation::TestWebhook, idempotency, act)
            .await
    }

    /// Sends a webhook again what it was sent before.
    pub async fn webhook_replay(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
        replay: Replay,
    ) -> Result<Changed<WebhookId>, AppError> {
        self.permit(actor, Operation::ReplayWebhook)?;
        if let Replay::One { index } = replay {
            let sent = self.deliveries(one(id, index), JUST_ONE).await?;
            if sent.rows.is_empty() {
                return Err(Refused::from(WebhookRefusal::DeliveryNotFound).into());
            }
        }
        let act = EditWebhook::of(id, Edit::Replay(replay));
        self.act(actor, Operation::ReplayWebhook, idempotency, act)
            .await
    }

    /// Removes a webhook, for ever.
    pub async fn webhook_remove(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: WebhookId,
    ) -> Result<Changed<WebhookId>, AppError> {
        let act = EditWebhook::of(id, Edit::Remove);
        self.act(actor, Operation::RemoveWebhook, idempotency, act)
            .await
    }

    /// One webhook, removed or not.
    pub async fn webhook_get(&self, actor: &Actor, id: WebhookId) -> Result<Webhook, AppError> {
        self.permit(actor, Operation::GetWebhook)?;
        self.webhook_there(id).await
    }

    /// Webhooks, newest first.
    pub async fn webhook_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Webhook>, AppError> {
        self.permit(actor, Operation::ListWebhooks)?;
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.webhook_list(vendor_id, page).await?)
    }

    /// What a webhook is sent and was, newest first.
    pub async fn webhook_delivery_list(
        &self,
        actor: &Actor,
        filter: DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<WebhookDelivery>, AppError> {
        self.permit(actor, Operation::ListWebhookDeliveries)?;
        self.webhook_there(filter.webhook_id).await?;
        self.deliveries(filter, page).await
    }

    /// The attempts to send to a webhook, newest first.
    pub async fn webhook_attempt_list(
        &self,
        actor: &Actor,
        filter: DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<WebhookAttempt>, AppError> {
        self.permit(actor, Operation::ListWebhookAttempts)?;
        self.webhook_there(filter.webhook_id).await?;
        let vendor_id = self.scope.vendor_id;
        let attempts = self.store.webhook_attempt_list(vendor_id, &filter, page);
        Ok(attempts.await?)
    }

    async fn deliveries(
        &self,
        filter: DeliveryFilter,
        page: PageRequest,
    ) -> Result<Page<WebhookDelivery>, AppError> {
        let vendor_id = self.scope.vendor_id;
        let deliveries = self.store.webhook_delivery_list(vendor_id, &filter, page);
        Ok(deliveries.await?)
    }

    async fn webhook_there(&self, id: WebhookId) -> Result<Webhook, AppError> {
        let webhook = self.store.webhook_get(self.scope.vendor_id, id).await?;
        webhook.ok_or_else(|| Refused::from(WebhookRefusal::NotFound).into())
    }
}

/// A page of one row.
const JUST_ONE: PageRequest = PageRequest::uncounted(1, None);

fn one(webhook_id: WebhookId, index: u64) -> DeliveryFilter {
    DeliveryFilter {
        webhook_id,
        state: None,
        index: Some(index),
    }
}

fn shown_once(made: Changed<WebhookId>, secret: &WebhookSecret) -> Changed<WithSecret> {
    let secret = (!made.replayed).then(|| secret.reveal());
    made.map(|id| WithSecret { id, secret })
}
