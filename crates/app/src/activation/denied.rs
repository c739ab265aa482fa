//! Machines that were told no when they asked to be activated: noted beside what machines are told when they validate.

use latchkey_domain::actor::Actor;
use latchkey_domain::refusal::RefusalKind;
use latchkey_domain::text::MachineCode;
use latchkey_domain::validation::{Asked, Validation};
use latchkey_domain::{CustomerId, LicenseId};
use latchkey_store::filter::{LicenseFilter, PageRequest};
use latchkey_store::{LicenseView, StoreError};

use super::WhichLicense;
use crate::validation::{Seen, token_of};
use crate::{App, Refused};

impl App {
    /// Notes that a machine was told no by a rule; what is no matter of the license is not noted.
    pub(super) async fn note_denied(
        &self,
        actor: &Actor,
        license: &WhichLicense,
        machine_code: &MachineCode,
        refused: &Refused,
    ) -> Result<(), StoreError> {
        if refused.kind != RefusalKind::Conflict {
            return Ok(());
        }
        let Some((license_id, customer_id)) = self.license_meant(license).await? else {
            return Ok(());
        };
        self.log.note(Seen::Machine {
            row: Validation {
                at: self.now(),
                license_id,
                customer_id: Some(customer_id),
                machine_code: machine_code.clone(),
                activation_id: None,
                access_token_id: token_of(actor),
                asked: Asked::Activate,
                refusal: Some(refused.code.to_owned()),
            },
            activation_id: None,
        });
        Ok(())
    }

    /// The ids of a license and of whoever has it, if it is there.
    pub(super) async fn license_meant(
        &self,
        license: &WhichLicense,
    ) -> Result<Option<(LicenseId, CustomerId)>, StoreError> {
        let vendor_id = self.scope.vendor_id;
        let ids = |view: &LicenseView| (view.license.id, view.license.customer_id);
        match license {
            WhichLicense::Id(id) => {
                let found = self.store.license_get(vendor_id, *id).await?;
                Ok(found.map(|view| ids(&view)))
            }
            WhichLicense::Key(key) => {
                let filter = LicenseFilter {
                    key_prefix: Some(key.as_str().to_owned()),
                    ..Default::default()
                };
                let one = PageRequest::uncounted(1, None);
                let page = self
                    .store
                    .license_list(vendor_id, &filter, self.now(), one)
                    .await?;
                Ok(page.rows.first().map(ids))
            }
        }
    }
}
