//! The return receipts' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::machine_key::MachineKey;
use latchkey_domain::return_receipt::ReturnReceipt;
use latchkey_domain::{ReturnReceiptId, VendorId};

use super::Database;
use super::table::{Columns, Table, Values};
use crate::StoreError;

impl Table for ReturnReceipt {
    const NAME: &'static str = "return_receipt";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "activation_id",
        "license_id",
        "license_file_id",
        "machine_id",
        "customer_id",
        "machine_key",
        "returned_at",
        "received_at",
        "document",
        "version",
        "salt",
        "receipt",
        "countersignature",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.activation_id.uuid())
            .push_bind(self.license_id.uuid())
            .push_bind(self.license_file_id.uuid())
            .push_bind(self.machine_id.uuid())
            .push_bind(self.customer_id.uuid())
            .push_bind(self.machine_key.to_string())
            .push_bind(self.returned_at.millis())
            .push_bind(self.received_at.millis())
            .push_bind(self.document.clone())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.receipt.clone())
            .push_bind(self.countersignature.clone());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            activation_id: columns.id()?,
            license_id: columns.id()?,
            license_file_id: columns.id()?,
            machine_id: columns.id()?,
            customer_id: columns.id()?,
            machine_key: columns.parsed(MachineKey::parse)?,
            returned_at: columns.time()?,
            received_at: columns.time()?,
            document: columns.value()?,
            version: columns.number()?,
            salt: columns.salt()?,
            receipt: columns.value()?,
            countersignature: columns.value()?,
        })
    }
}

impl Database {
    /// One return receipt.
    pub(crate) async fn return_receipt_get(
        &self,
        vendor_id: VendorId,
        id: ReturnReceiptId,
    ) -> Result<Option<ReturnReceipt>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }
}
