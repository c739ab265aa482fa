//! What a receipt says, and what it is about: whether it holds is judged here, from what a batch knows.

use latchkey_domain::activation::Activation;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::license_file::LicenseFile;
use latchkey_domain::machine_key::MachineKey;
use latchkey_domain::return_receipt::{ReturnReceipt, ReturnReceiptRefusal};
use latchkey_domain::text::MachineCode;
use latchkey_domain::{LicenseFileId, LicenseId, Timestamp};
use latchkey_store::{Batch, Need, Needs};
use latchkey_verify::ReturnReceipt as Receipt;

use crate::Refused;

/// What a receipt says, in our own terms.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) license_id: LicenseId,
    pub(super) license_file_id: LicenseFileId,
    pub(super) machine_code: MachineCode,
    pub(super) machine_key: MachineKey,
    pub(super) returned_at: Timestamp,
}

/// What it is about, as far as it is known.
pub(super) struct Subject<'a> {
    pub(super) license: &'a License,
    pub(super) activation: &'a Activation,
}

impl Said {
    /// A receipt of another vendor, or of things that are not here, names no license of ours.
    pub(super) fn of(receipt: &Receipt, vendor: &str) -> Result<Self, Refused> {
        let foreign = || Refused::from(LicenseRefusal::NotFound);
        if receipt.vendor_id != vendor {
            return Err(foreign());
        }
        Ok(Self {
            license_id: receipt.license_id.parse().map_err(|_| foreign())?,
            license_file_id: receipt
                .file_id
                .parse()
                .map_err(|_| ReturnReceiptRefusal::OtherFile)?,
            machine_code: receipt.machine_code.parse().map_err(|_| {
                ReturnReceiptRefusal::OtherMachine {
                    machine_code: receipt.machine_code.clone(),
                }
            })?,
            machine_key: MachineKey::of(&receipt.machine_key),
            returned_at: Timestamp::from_seconds(receipt.returned_at),
        })
    }

    pub(super) fn ask(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::SigningKeys);
        needs.ask(Need::License(self.license_id));
        needs.ask(Need::LicenseFile(self.license_file_id));
        needs.ask(Need::ReturnReceiptKey(self.machine_key.clone()));
        let Some(license) = batch.get::<License>(self.license_id) else {
            return;
        };
        let code = self.machine_code.clone();
        needs.ask(Need::MachineCode(license.customer_id, code));
        if let Some(machine) = batch.machine_by_code(license.customer_id, &self.machine_code) {
            needs.ask(Need::ActivationOf(license.id, machine.id));
        }
    }

    /// Holds the receipt against what is known: it is by the key of this machine, for a file of this license, and new.
    pub(super) fn judge<'b>(&self, batch: &'b Batch) -> Result<Subject<'b>, Refused> {
        let license = batch
            .get::<License>(self.license_id)
            .ok_or(LicenseRefusal::NotFound)?;
        let mut receipts = batch.all::<ReturnReceipt>();
        if let Some(taken) = receipts.find(|taken| taken.machine_key == self.machine_key) {
            return Err(ReturnReceiptRefusal::Taken {
                at: taken.received_at,
            }
            .into());
        }
        let activation = batch
            .machine_by_code(license.customer_id, &self.machine_code)
            .and_then(|machine| batch.activation_of(license.id, machine.id))
            .filter(|activation| activation.machine_key.as_ref() == Some(&self.machine_key))
            .ok_or_else(|| ReturnReceiptRefusal::OtherMachine {
                machine_code: self.machine_code.to_string(),
            })?;
        batch
            .get::<LicenseFile>(self.license_file_id)
            .filter(|file| {
                file.license_id == license.id && file.machine_ids.contains(&activation.machine_id)
            })
            .ok_or(ReturnReceiptRefusal::OtherFile)?;
        Ok(Subject {
            license,
            activation,
        })
    }
}
