//! The approvals' table.

use latchkey_domain::approval::{Approval, ApprovalState};
use latchkey_domain::id::TypedId;
use latchkey_domain::{ApprovalId, Timestamp, VendorId};

use super::Database;
use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use crate::StoreError;
use crate::filter::{Page, PageRequest};

impl Table for Approval {
    const NAME: &'static str = "approval";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "act",
        "state",
        "requested_by",
        "requested_by_name",
        "created_at",
        "expires_at",
        "decided_by",
        "decided_by_name",
        "decided_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(serde_json::to_string(&self.act).unwrap_or_default())
            .push_bind(self.state.as_str())
            .push_bind(self.requested_by.uuid())
            .push_bind(self.requested_by_name.clone())
            .push_bind(self.created_at.millis())
            .push_bind(self.expires_at.millis())
            .push_bind(self.decided_by.map(TypedId::uuid))
            .push_bind(self.decided_by_name.clone())
            .push_bind(self.decided_at.map(Timestamp::millis))
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            act: columns.parsed(|text| serde_json::from_str(text))?,
            state: columns.choice(ApprovalState::parse)?,
            requested_by: columns.id()?,
            requested_by_name: columns.value()?,
            created_at: columns.time()?,
            expires_at: columns.time()?,
            decided_by: columns.id_optional()?,
            decided_by_name: columns.value()?,
            decided_at: columns.time_optional()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Database {
    /// One approval.
    pub(crate) async fn approval_get(
        &self,
        vendor_id: VendorId,
        id: ApprovalId,
    ) -> Result<Option<Approval>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// Approvals, newest first.
    pub(crate) async fn approval_list(
        &self,
        vendor_id: VendorId,
        page: PageRequest,
    ) -> Result<Page<Approval>, StoreError> {
        let list = List {
            from: "approval AS a",
            joins: "",
            columns: columns_of::<Approval>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, |_| {}, page, Approval::read)
            .await
    }
}
