//! The license files' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::license_file::LicenseFile;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::Name;
use latchkey_domain::{ChangeId, CustomerId, LicenseFileId, VendorId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{LicenseFileFilter, Page, PageRequest};
use crate::{LicenseFileView, StoreError};

impl Table for LicenseFile {
    const NAME: &'static str = "license_file";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "license_id",
        "product_id",
        "customer_id",
        "signing_key_id",
        "machine_ids",
        "issued_at",
        "expires_at",
        "document",
        "version",
        "salt",
        "ledger_index",
        "envelope",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.license_id.uuid())
            .push_bind(self.product_id.uuid())
            .push_bind(self.customer_id.uuid())
            .push_bind(self.signing_key_id.uuid())
            .push_bind(serde_json::to_string(&self.machine_ids).unwrap_or_default())
            .push_bind(self.issued_at.millis())
            .push_bind(self.expires_at.millis())
            .push_bind(self.document.clone())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(i64::try_from(self.ledger_index).unwrap_or(i64::MAX))
            .push_bind(self.envelope.clone());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            license_id: columns.id()?,
            product_id: columns.id()?,
            customer_id: columns.id()?,
            signing_key_id: columns.id()?,
            machine_ids: columns.parsed(|text| serde_json::from_str(text))?,
            issued_at: columns.time()?,
            expires_at: columns.time()?,
            document: columns.value()?,
            version: columns.number()?,
            salt: columns.salt()?,
            ledger_index: columns.number()?,
            envelope: columns.value()?,
        })
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<LicenseFileView, StoreError> {
    Ok(LicenseFileView {
        file: LicenseFile::read(columns)?,
        license_key: columns.parsed(LicenseKey::parse)?,
        product_name: columns.parsed(Name::parse)?,
        customer_name: columns.parsed(Name::parse)?,
    })
}

fn view_list() -> List {
    List {
        from: "license_file AS a",
        joins: "JOIN license AS l ON l.id = a.license_id JOIN product AS p ON p.id = a.product_id \
                JOIN customer AS c ON c.id = a.customer_id",
        columns: format!("{}, l.key, p.name, c.name", columns_of::<LicenseFile>("a")),
        order: by_seq("a.seq"),
    }
}

fn push_customer(query: &mut Query, customer_id: Option<CustomerId>) {
    if let Some(customer_id) = customer_id {
        query
            .push(" AND a.customer_id = ")
            .push_bind(customer_id.uuid());
    }
}

impl Database {
    /// One license file.
    pub(crate) async fn license_file_get(
        &self,
        vendor_id: VendorId,
        id: LicenseFileId,
    ) -> Result<Option<LicenseFileView>, StoreError> {
        let conditions = |query: &mut Query| {
            query.push(" AND a.id = ").push_bind(id.uuid());
        };
        let page = PageRequest::uncounted(1, None);
        let rows = self
            .page_rows(vendor_id, &view_list(), &conditions, page, &read_view)
            .await?;
        Ok(rows.into_iter().next().map(|(_, row)| row))
    }

    /// License files, newest first.
    pub(crate) async fn license_file_list(
        &self,
        vendor_id: VendorId,
        filter: &LicenseFileFilter,
        page: PageRequest,
    ) -> Result<Page<LicenseFileView>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(license_id) = filter.license_id {
                query
                    .push(" AND a.license_id = ")
                    .push_bind(license_id.uuid());
            }
            push_customer(query, filter.customer_id);
        };
        self.page(vendor_id, &view_list(), conditions, page, read_view)
            .await
    }

    /// The license files that one change exported, newest first, a page at a time.
    pub(crate) async fn license_file_of_change(
        &self,
        vendor_id: VendorId,
        change: ChangeId,
        customer_id: Option<CustomerId>,
        page: PageRequest,
    ) -> Result<Page<LicenseFileView>, StoreError> {
        let conditions = |query: &mut Query| {
            query.push(
                " AND a.id IN (SELECT e.entity_id FROM ledger_entry AS e WHERE e.change_id = ",
            );
            query.push_bind(change.uuid()).push(")");
            push_customer(query, customer_id);
        };
        self.page(vendor_id, &view_list(), conditions, page, read_view)
            .await
    }
}
