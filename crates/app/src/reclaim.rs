//! Reclaim: idle seats are announced, and freed after a while if nothing was heard of their machines.
//!
//! What is due is looked for in the database and decided in the batch, against what is known there: so a seat is warned and
//! freed once, by whichever server of the store came first, and never after its machine was seen. Each seat is freed in a
//! change of its own, which the customer's administrators can take back.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::activation::{Activation, ActivationRefusal};
use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::id::TypedId as _;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::limits::LINES_PER_LETTER_MAX;
use latchkey_domain::reclaim::{RECLAIM_PATIENCE_MILLIS, Reclaim};
use latchkey_domain::return_limit::Giving;
use latchkey_domain::{ActivationId, ChangeId, CustomerId};
use latchkey_store::{Batch, JobContext, Need, Needs, Work};
use tokio::sync::watch;

use crate::act::{Act, Stop};
use crate::activation::{Shown, ask_seat, seat};
use crate::mail::{IdleSeats, Mail, idle_seats, outbox};
use crate::permission::within_reach_in;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// How often it is looked for idle seats.
const LOOKED_EVERY: Duration = Duration::from_secs(60);

/// Seats that are looked at together.
const TOGETHER: u32 = 200;

/// Sets when idle seats are freed.
struct SetReclaim {
    customer_id: CustomerId,
    /// Idle days and days of warning; none ends it.
    days: Option<(u32, u32)>,
}

impl Act for SetReclaim {
    type Value = CustomerId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Customer(self.customer_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<CustomerId, Stop<CustomerId>> {
        let mut customer = batch
            .get::<Customer>(self.customer_id)
            .ok_or(CustomerRefusal::NotFound)?
            .clone();
        within_reach_in(batch, Operation::SetReclaim, &customer)
            .map_err(|out| out.or(CustomerRefusal::NotFound))?;
        let reclaim = self
            .days
            .map(|(idle, warning)| Reclaim::new(idle, warning, batch.now()))
            .transpose()?;
        let is_so = match (&reclaim, &customer.reclaim) {
            (Some(new), Some(old)) => new.says(old),
            (new, old) => new.is_none() && old.is_none(),
        };
        if !is_so {
            customer.reclaim = reclaim;
            batch.record(Verb::CustomerSetReclaim, customer);
        }
        Ok(self.customer_id)
    }
}

/// Keeps a seat, or lets it be freed again.
struct KeepSeat {
    id: ActivationId,
    kept: bool,
}

impl Act for KeepSeat {
    type Value = ActivationId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask_seat(batch, self.id, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActivationId, Stop<ActivationId>> {
        let (mut activation, _) =
            seat(batch, Operation::KeepSeat, self.id).map_err(Stop::Refused)?;
        let verb = if self.kept {
            activation.keep()?;
            Verb::ActivationKeep
        } else {
            activation.unkeep()?;
            Verb::ActivationUnkeep
        };
        batch.record(verb, activation);
        Ok(self.id)
    }
}

/// Asks for a seat and for what decides about it.
fn ask(id: ActivationId, batch: &Batch, needs: &mut Needs) {
    ask_seat(batch, id, needs);
    if let Some(activation) = batch.get::<Activation>(id) {
        needs.ask(Need::Customer(activation.customer_id));
    }
}

/// How the customer of a seat has idle seats freed, if they do.
fn reclaim_of(batch: &Batch, activation: &Activation) -> Option<Reclaim> {
    batch.get::<Customer>(activation.customer_id)?.reclaim
}

/// Announces that seats will be freed; answers of which that had not been said, and whose they are.
struct Warn {
    ids: Vec<ActivationId>,
}

impl Work for Warn {
    type Answer = Vec<(CustomerId, ActivationId)>;
    type Refused = ();

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        for id in &self.ids {
            ask(*id, batch, needs);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Answer, ()> {
        let now = batch.now();
        let mut warned = Vec::new();
        for id in &self.ids {
            let Some(mut activation) = batch.get::<Activation>(*id).cloned() else {
                continue;
            };
            let license = batch.get::<License>(activation.license_id);
            let holds = license.is_some_and(|license| license.holds(now).is_ok());
            let reclaim = reclaim_of(batch, &activation).filter(|_| holds);
            if reclaim.is_some_and(|reclaim| activation.warn(&reclaim, now)) {
                warned.push((activation.customer_id, activation.id));
                batch.record(Verb::ActivationWarn, activation);
            }
        }
        Ok(warned)
    }
}

/// Frees a seat that is due; answers whether it was.
struct Free {
    id: ActivationId,
}

impl Work for Free {
    type Answer = bool;
    type Refused = ();

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask(self.id, batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<bool, ()> {
        let now = batch.now();
        let mut activation = batch.get::<Activation>(self.id).ok_or(())?.clone();
        let mut license = batch
            .get::<License>(activation.license_id)
            .ok_or(())?
            .clone();
        let reclaim = reclaim_of(batch, &activation);
        if activation.freed_unless_seen(reclaim.as_ref()).is_none() {
            // It was said under other numbers, or ended since.
            activation.unwarn();
            batch.touch(activation);
            return Ok(false);
        }
        if !activation.is_due(reclaim.as_ref(), now) {
            return Ok(false);
        }
        match activation.deactivate(&mut license, Giving::Counted, now) {
            Ok(()) => {
                activation.reclaimed_in = batch.change_id();
                batch.record(Verb::ActivationReclaim, activation);
                batch.touch(license);
                Ok(true)
            }
            // It is freed when the license's limit on returns allows it.
            Err(ActivationRefusal::ReturnsExhausted { free_at, .. }) => {
                activation.reclaim_at = Some(free_at.max(now.plus_days(1)));
                batch.touch(activation);
                Ok(false)
            }
            Err(_) => Err(()),
        }
    }
}

/// Reclaim: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Sets after how many idle days a customer's seats are freed, and how many days their machines are warned before;
    /// none ends it.
    pub async fn reclaim_set(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        customer_id: CustomerId,
        days: Option<(u32, u32)>,
    ) -> Result<Changed<CustomerId>, AppError> {
        let act = SetReclaim { customer_id, days };
        self.act(actor, Operation::SetReclaim, idempotency, act)
            .await
    }

    /// Keeps a seat from being freed for being idle, or lets it be freed again.
    pub async fn seat_keep(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActivationId,
        kept: bool,
    ) -> Result<Changed<ActivationId>, AppError> {
        let act = KeepSeat { id, kept };
        self.act(actor, Operation::KeepSeat, idempotency, act).await
    }

    /// Frees idle seats until it is told to stop.
    pub async fn reclaim_run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            if let Err(error) = self.reclaim_work().await {
                tracing::warn!(%error, "idle seats were not looked after");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOKED_EVERY) => {}
                // The sender lives as long as the program: an error means to stop as well.
                _ = stopped.wait_for(|asked| *asked) => break,
            }
        }
    }

    /// Announces and frees what is to be at this moment; what [`App::reclaim_run`] does all the time.
    pub async fn reclaim_work(&self) -> Result<(), AppError> {
        let mut warned: BTreeMap<CustomerId, Vec<ActivationId>> = BTreeMap::new();
        loop {
            let some = self.warn_idle().await?;
            if some.is_empty() {
                break;
            }
            for (customer, id) in some {
                warned.entry(customer).or_default().push(id);
            }
        }
        if let Some(mail) = self.mail.as_ref().filter(|_| !warned.is_empty()) {
            self.write_of_idle(mail, &warned).await?;
        }
        while self.free_due().await? {}
        Ok(())
    }

    /// Writes to the customers whose seats these are: one letter to each who looks after them.
    async fn write_of_idle(
        &self,
        mail: &Mail,
        warned: &BTreeMap<CustomerId, Vec<ActivationId>>,
    ) -> Result<(), AppError> {
        let vendor = self.find_vendor().await?;
        let notices = vendor.expiry_notices.as_ref();
        let language = notices.map(|notices| notices.language).unwrap_or_default();
        let mut letters = Vec::new();
        for (customer, ids) in warned {
            let readers = self.customers_readers(*customer).await?;
            let told = ids.iter().take(LINES_PER_LETTER_MAX).copied().collect();
            let seats = self.store.look(&self.scope, Shown(told)).await?;
            for to in readers.iter().filter(|_| !seats.is_empty()) {
                let letter = IdleSeats {
                    to,
                    vendor: &vendor,
                    seats: &seats,
                    count: ids.len(),
                    link: &mail.page("/reclaim"),
                };
                letters.push(idle_seats(language, &letter));
            }
        }
        let work = outbox::Write(letters);
        let written = self.store.write(&self.scope, self.unasked(), work);
        let Ok(()) = written.await?.result;
        Ok(())
    }

    /// Announces that some seats will be freed; answers which, and whose they are.
    async fn warn_idle(&self) -> Result<Vec<(CustomerId, ActivationId)>, AppError> {
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let ids = self
            .store
            .activations_idle(vendor_id, now, TOGETHER)
            .await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = ids.into_iter().map(ActivationId::from_uuid).collect();
        let outcome = self
            .store
            .write(&self.scope, self.unasked(), Warn { ids })
            .await?;
        Ok(outcome.result.unwrap_or_default())
    }

    /// Frees some of the seats that are due; answers whether there may be more.
    async fn free_due(&self) -> Result<bool, AppError> {
        let by = self.now().plus_millis(-RECLAIM_PATIENCE_MILLIS);
        let ids = self
            .store
            .activations_due(self.scope.vendor_id, by, TOGETHER)
            .await?;
        let mut decided = 0;
        for id in &ids {
            let id = ActivationId::from_uuid(*id);
            let outcome = self
                .store
                .write(&self.scope, self.unasked(), Free { id })
                .await?;
            decided += usize::from(outcome.result.is_ok());
        }
        Ok(decided > 0 && ids.len() >= TOGETHER as usize)
    }

    fn unasked(&self) -> JobContext {
        let change = ChangeId::generate(self.now(), &*self.random);
        JobContext::unasked(self.itself(), change)
    }
}
