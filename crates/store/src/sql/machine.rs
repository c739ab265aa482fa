//! The machines' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::machine::Machine;
use latchkey_domain::text::{FriendlyName, MachineCode};
use latchkey_domain::{MachineId, VendorId};

use super::Database;
use super::table::{Columns, Table, Values};
use crate::StoreError;

impl Table for Machine {
    const NAME: &'static str = "machine";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "customer_id",
        "code",
        "friendly_name",
        "created_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.customer_id.uuid())
            .push_bind(self.code.as_str().to_owned())
            .push_bind(self.friendly_name.as_str().to_owned())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            customer_id: columns.id()?,
            code: columns.parsed(MachineCode::parse)?,
            friendly_name: columns.parsed(FriendlyName::parse)?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Database {
    /// One machine.
    pub(crate) async fn machine_get(
        &self,
        vendor_id: VendorId,
        id: MachineId,
    ) -> Result<Option<Machine>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }
}
