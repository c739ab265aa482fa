//! A return code in the place of a receipt: the receipt is written here, with the key that the code is.

use latchkey_domain::activation::Activation;
use latchkey_domain::actor::Actor;
use latchkey_domain::license::License;
use latchkey_domain::machine::Machine;
use latchkey_domain::machine_key::{MachineKey, MachineKeyPair};
use latchkey_domain::return_code::ReturnCode;
use latchkey_domain::return_receipt::ReturnReceiptRefusal;
use latchkey_domain::text::MachineCode;
use latchkey_domain::{LicenseFileId, LicenseId, MachineId};
use latchkey_store::filter::{LicenseFileFilter, PageRequest};
use latchkey_store::{Batch, Look, Need, Needs};
use latchkey_verify::ReturnReceipt as Receipt;

use crate::permission::within_reach;
use crate::{App, AppError, Operation};

/// License files that are looked through at once.
const FILES_PER_PAGE: u32 = 200;

/// Looks whose machine has a key, as far as this actor may know.
struct WhoseKey {
    by: Actor,
    key: MachineKey,
}

impl WhoseKey {
    fn activation<'b>(&self, batch: &'b Batch) -> Option<&'b Activation> {
        let mut activations = batch.all::<Activation>();
        activations.find(|activation| activation.machine_key.as_ref() == Some(&self.key))
    }
}

impl Look for WhoseKey {
    type Answer = Option<(LicenseId, MachineId, MachineCode)>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::ActivationKey(self.key.clone()));
        if let Some(activation) = self.activation(batch) {
            needs.ask(Need::License(activation.license_id));
            needs.ask(Need::Machine(activation.machine_id));
        }
    }

    fn answer(&self, batch: &Batch) -> Self::Answer {
        let activation = self.activation(batch)?;
        let license = batch.get::<License>(activation.license_id)?;
        let operation = Operation::AcceptReturnReceipt;
        within_reach(&self.by, operation, batch.vendor_id(), license).ok()?;
        let machine = batch.get::<Machine>(activation.machine_id)?;
        Some((license.id, machine.id, machine.code.clone()))
    }
}

impl App {
    /// The receipt that the machine would have written which the code was read from: for the newest license file that it
    /// was given, at the present time.
    pub(super) async fn receipt_of_code(
        &self,
        actor: &Actor,
        typed: &str,
    ) -> Result<String, AppError> {
        let code = ReturnCode::parse(typed).ok_or(ReturnReceiptRefusal::CodeMistyped)?;
        let pair = MachineKeyPair::of_code(&code);
        let question = WhoseKey {
            by: actor.clone(),
            key: MachineKey::of(&pair.public()),
        };
        let found = self.store.look(&self.scope, question).await?;
        let (license, machine, machine_code) = found.ok_or(ReturnReceiptRefusal::CodeUnknown)?;
        let file = self.newest_file_for(license, machine).await?;
        Ok(pair.sign(&Receipt {
            vendor_id: self.scope.vendor_id.to_string(),
            license_id: license.to_string(),
            file_id: file.ok_or(ReturnReceiptRefusal::NoFile)?.to_string(),
            machine_code: machine_code.to_string(),
            machine_key: pair.public(),
            returned_at: self.now().seconds(),
        }))
    }

    async fn newest_file_for(
        &self,
        license: LicenseId,
        machine: MachineId,
    ) -> Result<Option<LicenseFileId>, AppError> {
        let filter = LicenseFileFilter {
            license_id: Some(license),
            customer_id: None,
        };
        let mut after = None;
        loop {
            let page = PageRequest::uncounted(FILES_PER_PAGE, after);
            let vendor_id = self.scope.vendor_id;
            let page = self
                .store
                .license_file_list(vendor_id, &filter, page)
                .await?;
            let mut files = page.rows.iter().map(|row| &row.file);
            if let Some(file) = files.find(|file| file.machine_ids.contains(&machine)) {
                return Ok(Some(file.id));
            }
            after = page.next;
            if after.is_none() {
                return Ok(None);
            }
        }
    }
}
