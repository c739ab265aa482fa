//! The server's work: looking every second which webhooks are due something, and sending it, each by itself, so that a
//! receiver that hangs delays no other.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::limits::WEBHOOK_LOG_DAYS;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::webhook::Webhook;
use latchkey_domain::{Timestamp, WebhookId};
use latchkey_store::StoreError;
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};

use super::PostMessages;
use crate::{App, AppError};

/// How often it is looked.
const LOOKED_EVERY: Duration = Duration::from_secs(1);

/// Webhooks that are sent to at the same time.
const AT_ONCE: usize = 16;

/// How long is waited for receivers when the program stops.
const STOPPING: Duration = Duration::from_secs(3);

/// How often what was sent long ago is forgotten.
const PRUNED_EVERY_MILLIS: i64 = 3_600_000;

/// Rows that are forgotten at once, so that others are not kept waiting.
const PRUNED_AT_ONCE: u32 = 5_000;

/// Those that are being sent to.
#[derive(Default)]
struct Running {
    tasks: JoinSet<()>,
    webhooks: HashMap<Id, WebhookId>,
}

impl Running {
    fn begin(&mut self, app: &Arc<App>, webhook: Webhook, stopped: &watch::Receiver<bool>) {
        let Some(post) = app.webhooks.clone() else {
            return;
        };
        if self.webhooks.len() >= AT_ONCE || self.webhooks.values().any(|id| *id == webhook.id) {
            return;
        }
        let (app, stopped, id) = (Arc::clone(app), stopped.clone(), webhook.id);
        let task = self.tasks.spawn(async move {
            let goes_on = move || !*stopped.borrow();
            if let Err(error) = app.webhook_round(&*post, &webhook, &goes_on).await {
                tracing::warn!(%error, "a webhook was not sent what it is due");
            }
        });
        self.webhooks.insert(task.id(), id);
    }

    /// Forgets those that have ended.
    fn tidy(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
            self.webhooks.remove(&id);
        }
    }
}

impl App {
    /// Sends events until it is told to stop. Where the program sends none, it ends at once.
    pub async fn webhooks_run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        if self.webhooks.is_none() {
            return;
        }
        let mut running = Running::default();
        let mut pruned_at = None;
        while !*stopped.borrow() {
            running.tidy();
            match self.webhooks_ready().await {
                Ok(ready) => {
                    for webhook in ready {
                        running.begin(&self, webhook, &stopped);
                    }
                }
                Err(error) => tracing::warn!(%error, "it is not known which webhooks are due"),
            }
            let now = self.now();
            if pruned_at.is_none_or(|at: Timestamp| now >= at.plus_millis(PRUNED_EVERY_MILLIS)) {
                pruned_at = Some(now);
                if let Err(error) = self.webhooks_prune(now).await {
                    tracing::warn!(%error, "what webhooks were sent was not pruned");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(LOOKED_EVERY) => {}
                // The sender lives as long as the program: an error means to stop as well.
                _ = stopped.wait_for(|asked| *asked) => break,
            }
        }
        let ended = async { while running.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(STOPPING, ended).await.is_err() {
            running.tasks.shutdown().await;
        }
    }

    /// Sends all that is due at this moment, the one after the other; what [`App::webhooks_run`] does all the time.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn webhooks_send(&self) -> Result<(), AppError> {
        let Some(post) = self.webhooks.clone() else {
            return Ok(());
        };
        loop {
            let ready = self.webhooks_ready().await?;
            if ready.is_empty() {
                return Ok(());
            }
            for webhook in &ready {
                self.webhook_round(&*post as &dyn PostMessages, webhook, &|| true)
                    .await?;
            }
        }
    }

    /// Forgets what was sent long ago.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn webhooks_prune(&self, now: Timestamp) -> Result<(), AppError> {
        let before = now.plus_millis(-i64::from(WEBHOOK_LOG_DAYS) * DAY_MILLIS);
        let vendor_id = self.scope.vendor_id;
        while self
            .store
            .webhook_prune(vendor_id, before, PRUNED_AT_ONCE)
            .await?
            >= u64::from(PRUNED_AT_ONCE)
        {}
        Ok(())
    }

    async fn webhooks_ready(&self) -> Result<Vec<Webhook>, StoreError> {
        self.store
            .webhook_ready(self.scope.vendor_id, self.now())
            .await
    }
}
