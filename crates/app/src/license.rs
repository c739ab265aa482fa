//! Licenses: issuing and the life of one. Bulk acts stand in [`crate::bulk`].

mod certificate;
pub(crate) mod edit;
pub(crate) mod issue;

use latchkey_domain::LicenseId;
use latchkey_domain::actor::Actor;
use latchkey_domain::license::LicenseRefusal;
use latchkey_store::LicenseView;
use latchkey_store::filter::{LicenseFilter, Page, PageRequest};

pub use certificate::LicenseCertificate;
pub(crate) use issue::issue_into;
pub use issue::{IssueLicense, IssueLicenses, Issued};

use crate::permission::narrowed;
use crate::{App, AppError, Operation, Refused};

/// Licenses: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// One license.
    pub async fn license_get(&self, actor: &Actor, id: LicenseId) -> Result<LicenseView, AppError> {
        self.permit(actor, Operation::GetLicense)?;
        self.license_find(actor, Operation::GetLicense, id).await
    }

    /// A license that is there for this actor, who was asked whether they may.
    async fn license_find(
        &self,
        actor: &Actor,
        operation: Operation,
        id: LicenseId,
    ) -> Result<LicenseView, AppError> {
        let license = self.store.license_get(self.scope.vendor_id, id).await?;
        license
            .filter(|view| self.reaches(actor, operation, &view.license))
            .ok_or_else(|| Refused::from(LicenseRefusal::NotFound).into())
    }

    /// Licenses, sorted as the filter says.
    pub async fn license_list(
        &self,
        actor: &Actor,
        filter: &LicenseFilter,
        page: PageRequest,
    ) -> Result<Page<LicenseView>, AppError> {
        self.permit(actor, Operation::ListLicenses)?;
        self.license_page(&narrowed(actor, filter), page).await
    }

    /// A page of a table of all that the filter selects, in the order of the list.
    pub async fn license_table(
        &self,
        actor: &Actor,
        filter: &LicenseFilter,
        page: PageRequest,
    ) -> Result<Page<LicenseView>, AppError> {
        self.permit(actor, Operation::ExportLicensesCsv)?;
        self.license_page(&narrowed(actor, filter), page).await
    }

    async fn license_page(
        &self,
        filter: &LicenseFilter,
        page: PageRequest,
    ) -> Result<Page<LicenseView>, AppError> {
        Ok(self
            .store
            .license_list(self.scope.vendor_id, filter, self.now(), page)
            .await?)
    }
}
