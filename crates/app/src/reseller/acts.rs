//! What a reseller's own people did, from the ledger.
//!
//! It is theirs and the vendor's to see, and not that of a reseller above: it names their customers.

use latchkey_domain::ResellerId;
use latchkey_domain::actor::Actor;
use latchkey_domain::reseller::ResellerRefusal;
use latchkey_store::filter::{LedgerFilter, Page, PageRequest};

use crate::ledger::LedgerEntryView;
use crate::permission::About;
use crate::{App, AppError, Operation, Refused};

/// Acts of a reseller's people: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// The ledger's entries of what a reseller's own people did, newest first.
    pub async fn reseller_acts(
        &self,
        actor: &Actor,
        id: ResellerId,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.acts_page(actor, Operation::ListResellerActs, id, page)
            .await
    }

    /// A page of a table of the same, in the order of the list.
    pub async fn reseller_acts_table(
        &self,
        actor: &Actor,
        id: ResellerId,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.acts_page(actor, Operation::ExportResellerActsCsv, id, page)
            .await
    }

    async fn acts_page(
        &self,
        actor: &Actor,
        operation: Operation,
        id: ResellerId,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.permit(actor, operation)?;
        let reseller = self.store.reseller_get(self.scope.vendor_id, id).await?;
        let own = About::Share(id, None);
        if reseller.is_none() || !self.reaches(actor, operation, own) {
            return Err(Refused::from(ResellerRefusal::NotFound).into());
        }
        let filter = LedgerFilter {
            reseller_id: Some(id),
            ..LedgerFilter::default()
        };
        self.ledger_page(&filter, page).await
    }
}
