//! Resellers: partners that issue on the vendor's behalf, and those below them.

mod acts;
mod invite;
pub(crate) mod line;
mod replace;

use latchkey_domain::ResellerId;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::product::Archival;
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::text::Name;
use latchkey_store::filter::{Page, PageRequest, ResellerFilter};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::{About, narrowed, within_reach_in};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

pub use invite::FirstManager;
pub use replace::{Handed, HandedTemplate, Obstacle, ReplaceReport, ReplaceReseller};

/// What a new reseller is made of.
#[derive(Debug, Clone)]
pub struct CreateReseller {
    /// What people call it.
    pub name: Name,
    /// Below which other it is to stand, if any; a reseller's own people make theirs below it anyway.
    pub parent_id: Option<ResellerId>,
}

impl Act for CreateReseller {
    type Value = ResellerId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        if let Some(parent_id) = self.parent_id {
            line::ask(batch, needs, parent_id);
            needs.ask(Need::ResellersBelow(parent_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ResellerId, Stop<ResellerId>> {
        if let Some(parent_id) = self.parent_id {
            // What it is about stands below that one, and does not exist yet.
            let about = About::Share(parent_id, Some(parent_id));
            within_reach_in(batch, Operation::CreateReseller, about)
                .map_err(|out| out.or(ResellerRefusal::NotFound))?;
            line::in_use(batch, parent_id)?;
            line::room_below(batch, parent_id)?;
        }
        let id = ResellerId::generate(batch.now(), &*batch.random());
        let reseller = Reseller {
            id,
            name: self.name.clone(),
            parent_id: self.parent_id,
            state: Archival::Active,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::ResellerCreate, reseller);
        Ok(id)
    }
}

/// Changes one reseller.
struct Edit<E> {
    id: ResellerId,
    operation: Operation,
    verb: Verb,
    edit: E,
}

impl<E> Act for Edit<E>
where
    E: Fn(&mut Reseller) -> Result<(), ResellerRefusal> + Send + Sync + 'static,
{
    type Value = ResellerId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Reseller(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ResellerId, Stop<ResellerId>> {
        let before = batch
            .get::<Reseller>(self.id)
            .ok_or(ResellerRefusal::NotFound)?;
        within_reach_in(batch, self.operation, before)
            .map_err(|out| out.or(ResellerRefusal::NotFound))?;
        let mut reseller = before.clone();
        (self.edit)(&mut reseller)?;
        if &reseller != before {
            batch.record(self.verb, reseller);
        }
        Ok(self.id)
    }
}

/// Resellers: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Creates a reseller.
    pub async fn reseller_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: CreateReseller,
    ) -> Result<Changed<ResellerId>, AppError> {
        let command = CreateReseller {
            parent_id: command.parent_id.or(actor.reach.reseller),
            ..command
        };
        self.act(actor, Operation::CreateReseller, idempotency, command)
            .await
    }

    /// Gives a reseller another name.
    pub async fn reseller_rename(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ResellerId,
        name: Name,
    ) -> Result<Changed<ResellerId>, AppError> {
        let act = Edit {
            id,
            operation: Operation::RenameReseller,
            verb: Verb::ResellerRename,
            edit: move |reseller: &mut Reseller| {
                reseller.name = name.clone();
                Ok(())
            },
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// Ends a reseller's issuing, and that of all below it; what was issued, and their people, stay.
    pub async fn reseller_archive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ResellerId,
    ) -> Result<Changed<ResellerId>, AppError> {
        let act = Edit {
            id,
            operation: Operation::ArchiveReseller,
            verb: Verb::ResellerArchive,
            edit: Reseller::archive,
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// Lets a reseller issue again.
    pub async fn reseller_unarchive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ResellerId,
    ) -> Result<Changed<ResellerId>, AppError> {
        let act = Edit {
            id,
            operation: Operation::UnarchiveReseller,
            verb: Verb::ResellerUnarchive,
            edit: Reseller::unarchive,
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// One reseller.
    pub async fn reseller_get(&self, actor: &Actor, id: ResellerId) -> Result<Reseller, AppError> {
        self.permit(actor, Operation::GetReseller)?;
        self.reseller_find(actor, Operation::GetReseller, id).await
    }

    /// A reseller that is there for this actor, who was asked whether they may.
    pub(crate) async fn reseller_find(
        &self,
        actor: &Actor,
        operation: Operation,
        id: ResellerId,
    ) -> Result<Reseller, AppError> {
        let reseller = self.store.reseller_get(self.scope.vendor_id, id).await?;
        reseller
            .filter(|reseller| self.reaches(actor, operation, reseller))
            .ok_or_else(|| Refused::from(ResellerRefusal::NotFound).into())
    }

    /// Resellers, newest first; to a reseller's people those directly below theirs.
    pub async fn reseller_list(
        &self,
        actor: &Actor,
        filter: &ResellerFilter,
        page: PageRequest,
    ) -> Result<Page<Reseller>, AppError> {
        self.permit(actor, Operation::ListResellers)?;
        let (vendor_id, filter) = (self.scope.vendor_id, narrowed(actor, filter));
        Ok(self.store.reseller_list(vendor_id, &filter, page).await?)
    }
}
