//! The entitlements' table.

use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::id::TypedId;
use latchkey_domain::text::{Code, Name};
use latchkey_domain::{LicenseId, VendorId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{Page, PageRequest};
use crate::{EntitlementView, StoreError};

impl Table for Entitlement {
    const NAME: &'static str = "entitlement";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "license_id",
        "feature_id",
        "\"limit\"",
        "state",
        "created_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.license_id.uuid())
            .push_bind(self.feature_id.uuid())
            .push_bind(self.limit.map(i64::from))
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            license_id: columns.id()?,
            feature_id: columns.id()?,
            limit: columns.number_optional()?,
            state: columns.choice(EntitlementState::parse)?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Database {
    /// The entitlements of a license, newest first.
    pub(crate) async fn entitlement_list(
        &self,
        vendor_id: VendorId,
        license_id: LicenseId,
        page: PageRequest,
    ) -> Result<Page<EntitlementView>, StoreError> {
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.license_id = ")
                .push_bind(license_id.uuid());
        };
        let list = List {
            from: "entitlement AS a",
            joins: "JOIN feature AS f ON f.id = a.feature_id",
            columns: format!("{}, f.code, f.name", columns_of::<Entitlement>("a")),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, |columns| {
            Ok(EntitlementView {
                entitlement: Entitlement::read(columns)?,
                feature_code: columns.parsed(Code::parse)?,
                feature_name: columns.parsed(Name::parse)?,
            })
        })
        .await
    }
}
