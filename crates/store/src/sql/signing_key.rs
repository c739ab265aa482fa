//! The signing keys' table.

use latchkey_domain::VendorId;
use latchkey_domain::id::TypedId;
use latchkey_domain::signing_key::{KeyRole, KeyState, SigningKey};

use super::Database;
use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use crate::StoreError;
use crate::filter::{Page, PageRequest};

impl Table for SigningKey {
    const NAME: &'static str = "signing_key";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "role",
        "product_id",
        "state",
        "public_key",
        "void_from_index",
        "created_at",
        "version",
        "salt",
        "sealed",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.role.as_str())
            .push_bind(self.product_id.map(TypedId::uuid))
            .push_bind(self.state.as_str())
            .push_bind(self.public_key.clone())
            .push_bind(
                self.void_from_index
                    .map(|index| i64::try_from(index).unwrap_or(i64::MAX)),
            )
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.sealed.clone());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            role: columns.choice(KeyRole::parse)?,
            product_id: columns.id_optional()?,
            state: columns.choice(KeyState::parse)?,
            public_key: columns.value()?,
            void_from_index: columns.number_optional()?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            sealed: columns.value()?,
        })
    }
}

impl Database {
    /// Signing keys, newest first.
    pub(crate) async fn signing_key_list(
        &self,
        vendor_id: VendorId,
        page: PageRequest,
    ) -> Result<Page<SigningKey>, StoreError> {
        let columns = columns_of::<SigningKey>("a");
        let list = List {
            from: "signing_key AS a",
            joins: "",
            columns,
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, |_| {}, page, SigningKey::read)
            .await
    }
}
