//! License files: exporting, handing out, listing, verifying. The format is described in `docs/license-file.md`.

mod archive;
mod content;
mod draft;
mod export;
mod gather;
pub(crate) mod qr;
mod sign;

use latchkey_domain::actor::Actor;
use latchkey_domain::license::LicenseState;
use latchkey_domain::license_file::LicenseFileRefusal;
use latchkey_domain::{LicenseFileId, LicenseId};
use latchkey_report::FileName;
use latchkey_store::LicenseFileView;
use latchkey_store::filter::{LicenseFileFilter, Page, PageRequest};
use latchkey_verify::{Grants, Machine, Refusal, verify_license_file};
use serde::Deserialize;

pub use content::LicenseFileContent;
pub(crate) use content::payload_of;
use export::SkippedLicense;
pub use export::{ExportLicenseFile, ExportLicenseFiles, ExportedLicenseFiles, SkippedRow};

use crate::permission::About;
use crate::signing_key::root_of;
use crate::{App, AppError, Operation, Refused};

/// The extension of license files.
pub const FILE_EXTENSION: &str = "lkl";

/// A license file with what is said in it and the name to save it under.
#[derive(Debug, Clone, PartialEq)]
pub struct LicenseFileItem {
    /// The file with the names of what it belongs to.
    pub view: LicenseFileView,
    /// The friendly names of its machines when it was exported, as they stand in the signed document.
    pub machines: Vec<String>,
    /// The name to save it under.
    pub file_name: FileName,
}

/// What verifying a license file has found.
#[derive(Debug, Clone, PartialEq)]
pub struct LicenseFileVerdict {
    /// What it grants, or why it is refused.
    pub grants: Result<Grants, Refusal>,
    /// What the license is by now, if this store knows it. A file that was exported before its license was suspended
    /// or revoked stays good until its own end: it is offline.
    pub license_state: Option<LicenseState>,
}

/// License files: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// One license file.
    pub async fn license_file_get(
        &self,
        actor: &Actor,
        id: LicenseFileId,
    ) -> Result<LicenseFileItem, AppError> {
        let operation = Operation::ListLicenseFiles;
        self.permit(actor, operation)?;
        let file = self.license_file_find(actor, operation, id).await?;
        Ok(LicenseFileItem::of(file))
    }

    /// License files, newest first; of one license, or all.
    pub async fn license_file_list(
        &self,
        actor: &Actor,
        license_id: Option<LicenseId>,
        page: PageRequest,
    ) -> Result<Page<LicenseFileItem>, AppError> {
        self.permit(actor, Operation::ListLicenseFiles)?;
        let vendor_id = self.scope.vendor_id;
        let filter = LicenseFileFilter {
            license_id,
            customer_id: actor.reach.customer,
        };
        let page = self
            .store
            .license_file_list(vendor_id, &filter, page)
            .await?;
        Ok(page.map(LicenseFileItem::of))
    }

    /// Verifies a license file with the vendor's root key, for no machine in particular.
    pub async fn license_file_verify(
        &self,
        actor: &Actor,
        file: &[u8],
    ) -> Result<LicenseFileVerdict, AppError> {
        let operation = Operation::VerifyLicenseFile;
        self.permit(actor, operation)?;
        let root = root_of(&self.root_row().await?)?;
        let now = self.now();
        let grants = verify_license_file(file, &root, now.seconds(), Machine::NotChecked);
        let id = grants
            .as_ref()
            .ok()
            .and_then(|grants| grants.license.id.parse().ok());
        let license = match id {
            Some(id) => self.store.license_get(self.scope.vendor_id, id).await?,
            None => None,
        };
        let license = license.filter(|view| self.reaches(actor, operation, &view.license));
        Ok(LicenseFileVerdict {
            grants,
            license_state: license.map(|view| view.license.state(now)),
        })
    }

    /// A license file that is there for this actor, who was asked whether they may.
    async fn license_file_find(
        &self,
        actor: &Actor,
        operation: Operation,
        id: LicenseFileId,
    ) -> Result<LicenseFileView, AppError> {
        let file = self
            .store
            .license_file_get(self.scope.vendor_id, id)
            .await?;
        file.filter(|view| {
            let about = About::Belonging(view.file.customer_id, None);
            self.reaches(actor, operation, about)
        })
        .ok_or_else(|| Refused::from(LicenseFileRefusal::NotFound).into())
    }
}

impl LicenseFileItem {
    fn of(view: LicenseFileView) -> Self {
        #[derive(Deserialize)]
        struct Said {
            machines: Vec<SaidMachine>,
        }
        #[derive(Deserialize)]
        struct SaidMachine {
            friendly_name: String,
        }
        let payload = payload_of(&view.file.envelope);
        let said = payload.and_then(|payload| serde_json::from_slice::<Said>(&payload).ok());
        let machines = said.into_iter().flat_map(|said| said.machines);
        let machines: Vec<String> = machines.map(|machine| machine.friendly_name).collect();
        let customer = view.customer_name.to_string();
        let product = view.product_name.to_string();
        let mut parts = vec![customer.as_str(), &product, view.license_key.hint()];
        if let [machine] = machines.as_slice() {
            parts.push(machine);
        }
        let file_name = FileName::new(&parts, FILE_EXTENSION);
        Self {
            view,
            machines,
            file_name,
        }
    }
}
