//! How webhooks are changed.

use latchkey_domain::WebhookId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::WEBHOOKS_MAX;
use latchkey_domain::webhook::{
    Replay, Webhook, WebhookEdit, WebhookRefusal, WebhookState, WebhookTerms,
};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};

/// Makes one.
pub(super) struct Create {
    pub(super) id: WebhookId,
    pub(super) terms: WebhookTerms,
    pub(super) sealed: Vec<u8>,
}

impl Act for Create {
    type Value = WebhookId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Webhooks);
    }

    fn decide(&self, batch: &mut Batch) -> Result<WebhookId, Stop<WebhookId>> {
        let there = batch.all::<Webhook>();
        let there = there.filter(|webhook| webhook.state != WebhookState::Removed);
        if there.count() >= WEBHOOKS_MAX {
            return Err(WebhookRefusal::TooMany.into());
        }
        // The first thing that it is sent is that it was made.
        let webhook = Webhook::create(
            (self.id, batch.salt()),
            &self.terms,
            self.sealed.clone(),
            batch.next_index(),
            batch.now(),
        );
        batch.record(Verb::WebhookCreate, webhook);
        Ok(self.id)
    }
}

/// What is done to one.
pub(super) enum Edit {
    Update(WebhookEdit),
    Pause,
    Resume,
    Rotate(Vec<u8>),
    Test,
    Replay(Replay),
    Remove,
}

/// Does something to one.
pub(super) struct EditWebhook {
    id: WebhookId,
    edit: Edit,
}

impl EditWebhook {
    pub(super) fn of(id: WebhookId, edit: Edit) -> Self {
        Self { id, edit }
    }
}

impl Act for EditWebhook {
    type Value = WebhookId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Webhook(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<WebhookId, Stop<WebhookId>> {
        let webhook = batch.get::<Webhook>(self.id);
        let mut webhook = webhook.ok_or(WebhookRefusal::NotFound)?.clone();
        let now = batch.now();
        let verb = match &self.edit {
            Edit::Update(edit) => {
                if !webhook.update(edit)? {
                    return Ok(self.id);
                }
                Verb::WebhookUpdate
            }
            Edit::Pause => {
                webhook.pause()?;
                Verb::WebhookPause
            }
            Edit::Resume => {
                webhook.resume(now)?;
                Verb::WebhookResume
            }
            Edit::Rotate(sealed) => {
                webhook.rotate(sealed.clone(), now)?;
                Verb::WebhookRotateSecret
            }
            Edit::Test => {
                webhook.test(now)?;
                Verb::WebhookTest
            }
            Edit::Replay(replay) => {
                webhook.replay(*replay)?;
                Verb::WebhookReplay
            }
            Edit::Remove => {
                webhook.remove()?;
                Verb::WebhookRemove
            }
        };
        batch.record(verb, webhook);
        Ok(self.id)
    }
}
