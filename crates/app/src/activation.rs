//! Activations: taking a seat, giving it back, and looking them up.

mod activate;
mod bind_key;
mod deactivate;
mod denied;
mod shown;

use latchkey_domain::ActivationId;
use latchkey_domain::activation::{Activation, ActivationRefusal};
use latchkey_domain::actor::Actor;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_store::filter::{ActivationFilter, Page, PageRequest};
use latchkey_store::{ActivationView, Batch, Need, Needs};

pub(crate) use activate::new_machine;
pub use activate::{ActivateMachine, WhichLicense};
pub(crate) use deactivate::give_back;
pub(crate) use shown::Shown;

use crate::permission::{About, LicenseFacts, narrowed, within_reach_in};
use crate::{App, AppError, Operation, Refused};

/// Asks for an activation and the license that it is on.
pub(crate) fn ask_seat(batch: &Batch, id: ActivationId, needs: &mut Needs) {
    needs.ask(Need::Activation(id));
    if let Some(activation) = batch.get::<Activation>(id) {
        needs.ask(Need::License(activation.license_id));
    }
}

/// An activation and its license, if they are within the reach of whoever does the present work.
pub(crate) fn seat(
    batch: &Batch,
    operation: Operation,
    id: ActivationId,
) -> Result<(Activation, License), Refused> {
    let activation = batch.get::<Activation>(id);
    let activation = activation.ok_or(ActivationRefusal::NotFound)?.clone();
    let license = batch.get::<License>(activation.license_id);
    let license = license.ok_or(LicenseRefusal::NotFound)?.clone();
    within_reach_in(batch, operation, &license)
        .map_err(|out| out.or(ActivationRefusal::NotFound))?;
    Ok((activation, license))
}

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
        let found = self.store.look(&self.scope, Shown(vec![id])).await?;
        // What is not within reach is not there.
        let found = found.into_iter().find(|found| {
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
