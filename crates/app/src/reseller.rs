//! Resellers: partners that issue on the vendor's behalf.

use latchkey_domain::ResellerId;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::product::Archival;
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::text::Name;
use latchkey_store::filter::{Page, PageRequest, ResellerFilter};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::About;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// Makes a reseller.
struct Create {
    name: Name,
}

impl Act for Create {
    type Value = ResellerId;

    fn needs(&self, _: &Batch, _: &mut Needs) {}

    fn decide(&self, batch: &mut Batch) -> Result<ResellerId, Stop<ResellerId>> {
        let id = ResellerId::generate(batch.now(), &*batch.random());
        let reseller = Reseller {
            id,
            name: self.name.clone(),
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
        name: Name,
    ) -> Result<Changed<ResellerId>, AppError> {
        self.act(
            actor,
            Operation::CreateReseller,
            idempotency,
            Create { name },
        )
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
            verb: Verb::ResellerRename,
            edit: move |reseller: &mut Reseller| {
                reseller.name = name.clone();
                Ok(())
            },
        };
        self.act(actor, Operation::RenameReseller, idempotency, act)
            .await
    }

    /// Ends a reseller's issuing; what it issued, and its people, stay.
    pub async fn reseller_archive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ResellerId,
    ) -> Result<Changed<ResellerId>, AppError> {
        let act = Edit {
            id,
            verb: Verb::ResellerArchive,
            edit: Reseller::archive,
        };
        self.act(actor, Operation::ArchiveReseller, idempotency, act)
            .await
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
            verb: Verb::ResellerUnarchive,
            edit: Reseller::unarchive,
        };
        self.act(actor, Operation::UnarchiveReseller, idempotency, act)
            .await
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
            .filter(|_| self.reaches(actor, operation, About::Share(id)))
            .ok_or_else(|| Refused::from(ResellerRefusal::NotFound).into())
    }

    /// Resellers, newest first.
    pub async fn reseller_list(
        &self,
        actor: &Actor,
        filter: &ResellerFilter,
        page: PageRequest,
    ) -> Result<Page<Reseller>, AppError> {
        self.permit(actor, Operation::ListResellers)?;
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.reseller_list(vendor_id, filter, page).await?)
    }
}
