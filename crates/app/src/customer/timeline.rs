//! What happened to all that a customer has, from the ledger: to the customer itself, its licenses and what they grant,
//! seats, machines, license files, receipts and admissions. Not to its people, who have pages of their own.

use latchkey_domain::CustomerId;
use latchkey_domain::actor::Actor;
use latchkey_domain::customer::CustomerRefusal;
use latchkey_store::filter::{Page, PageRequest};

use crate::ledger::LedgerEntryView;
use crate::{App, AppError, Operation, Refused};

/// Timelines of customers: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// What happened to all that a customer has, newest first. Who of the vendor's or a reseller's people did it is not
    /// told to the customer's: see [`LedgerEntryView::actor_name`].
    pub async fn customer_timeline(
        &self,
        actor: &Actor,
        id: CustomerId,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.timeline_page(actor, Operation::ListCustomerTimeline, id, page)
            .await
    }

    /// A page of a table of the same, in the order of the list.
    pub async fn customer_timeline_table(
        &self,
        actor: &Actor,
        id: CustomerId,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.timeline_page(actor, Operation::ExportCustomerTimelineCsv, id, page)
            .await
    }

    async fn timeline_page(
        &self,
        actor: &Actor,
        operation: Operation,
        id: CustomerId,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.permit(actor, operation)?;
        let vendor_id = self.scope.vendor_id;
        let customer = self.store.customer_get(vendor_id, id).await?;
        customer
            .filter(|view| self.reaches(actor, operation, &view.customer))
            .ok_or_else(|| Refused::from(CustomerRefusal::NotFound))?;
        let page = self.store.customer_entries(vendor_id, id, page).await?;
        let mut page = self.ledger_views(page)?;
        if actor.reach.is_held() {
            for entry in &mut page.rows {
                if !entry.actor_role.is_of_customer() {
                    entry.actor_name.clear();
                }
            }
        }
        Ok(page)
    }
}
