//! Activations: taking a seat, giving it back, and looking them up.

mod activate;
mod bind_key;
mod deactivate;
mod denied;

use latchkey_domain::ActivationId;
use latchkey_domain::activation::ActivationRefusal;
use latchkey_domain::actor::Actor;
use latchkey_store::ActivationView;
use latchkey_store::filter::{ActivationFilter, Page, PageRequest};

pub(crate) use activate::new_machine;
pub use activate::{ActivateMachine, WhichLicense};
pub(crate) use deactivate::give_back;

use crate::permission::{About, LicenseFacts, narrowed};
use crate::{App, AppError, Operation, Refused};

/// Activations: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// One activation.
    pub async fn activation_get(
        &self,
        actor: &Actor,
        id: ActivationId,
    ) -> Result<ActivationView, AppError> {
        let operation = Operation::GetActivation;
        self.permit(actor, operation)?;
        let found = self.store.activation_get(self.scope.vendor_id, id).await?;
        // What is not within reach is not there.
        let found = found.filter(|found| {
            let license = LicenseFacts {
                id: found.activation.license_id,
                product: found.activation.product_id,
                customer: found.activation.customer_id,
                reseller: found.reseller_id,
                key: &found.license_key,
            };
            self.reaches(actor, operation, About::License(license))
        });
        found.ok_or_else(|| Refused::from(ActivationRefusal::NotFound).into())
    }

    /// Activations, sorted as the filter says.
    pub async fn activation_list(
        &self,
        actor: &Actor,
        filter: &ActivationFilter,
        page: PageRequest,
    ) -> Result<Page<ActivationView>, AppError> {
        self.permit(actor, Operation::ListActivations)?;
        self.activation_page(&narrowed(actor, filter), page).await
    }

    /// A page of a table of all that the filter selects, in the order of the list.
    pub async fn activation_table(
        &self,
        actor: &Actor,
        filter: &ActivationFilter,
        page: PageRequest,
    ) -> Result<Page<ActivationView>, AppError> {
        self.permit(actor, Operation::ExportActivationsCsv)?;
        self.activation_page(&narrowed(actor, filter), page).await
    }

    async fn activation_page(
        &self,
        filter: &ActivationFilter,
        page: PageRequest,
    ) -> Result<Page<ActivationView>, AppError> {
        Ok(self
            .store
            .activation_list(self.scope.vendor_id, filter, page)
            .await?)
    }
}
