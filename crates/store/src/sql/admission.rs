//! The admissions' table.

use latchkey_domain::admission::{Admission, AdmissionState};
use latchkey_domain::id::TypedId;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::limits::ADMISSIONS_WAITING_MAX;
use latchkey_domain::text::{FriendlyName, MachineCode, Name, fold};
use latchkey_domain::{AdmissionId, CustomerId, Timestamp, VendorId};
use uuid::Uuid;

use super::list::{List, by_seq, push_ids};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Connection, Database, Query, dialect};
use crate::filter::{AdmissionFilter, Page, PageRequest};
use crate::rows::Dirt;
use crate::{AdmissionView, Batch, StoreError};

/// Rows in one statement.
const ROWS_PER_STATEMENT: usize = 500;

impl Table for Admission {
    const NAME: &'static str = "admission";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "customer_id",
        "machine_code",
        "friendly_name",
        "license_id",
        "state",
        "created_at",
        "decided_at",
        "version",
        "salt",
        "asked_at",
        "asks",
    ];
    const DERIVED: &'static [&'static str] = &["search"];

    fn write(&self, values: &mut Values<'_>) {
        let search = format!(
            "{}\u{3}{}",
            fold(self.machine_code.as_str()),
            self.friendly_name
                .as_ref()
                .map(|name| fold(name.as_str()))
                .unwrap_or_default()
        );
        values
            .push_bind(self.id.uuid())
            .push_bind(self.customer_id.uuid())
            .push_bind(self.machine_code.as_str().to_owned())
            .push_bind(self.friendly_name.as_ref().map(ToString::to_string))
            .push_bind(self.license_id.map(TypedId::uuid))
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(self.decided_at.map(Timestamp::millis))
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.asked_at.map(Timestamp::millis))
            .push_bind(i64::from(self.asks))
            .push_bind(search);
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            customer_id: columns.id()?,
            machine_code: columns.parsed(MachineCode::parse)?,
            friendly_name: columns.parsed_optional(FriendlyName::parse)?,
            license_id: columns.id_optional()?,
            state: columns.choice(AdmissionState::parse)?,
            created_at: columns.time()?,
            decided_at: columns.time_optional()?,
            version: columns.number()?,
            salt: columns.salt()?,
            asked_at: columns.time_optional()?,
            asks: columns.number()?,
        })
    }
}

/// Writes how often machines have asked of which nothing else changed.
pub(super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    let touched = batch.admissions.dirty(Dirt::Touched);
    for admissions in touched.chunks(ROWS_PER_STATEMENT) {
        let admissions = admissions.to_vec();
        statements.add(move |query| {
            query
                .push("UPDATE admission SET asked_at = asked.column2, asks = asked.column3 FROM (");
            dialect::push_rows(query, admissions, |values, admission| {
                values
                    .push_bind(admission.id.uuid())
                    .push_bind(admission.asked_at.map(Timestamp::millis))
                    .push_bind(i64::from(admission.asks));
            });
            query.push(") AS asked WHERE admission.id = asked.column1");
            Ok(())
        });
    }
}

/// The machines of a customer that wait; one more than may wait tells nothing new.
pub(super) async fn waiting(
    connection: &mut Connection,
    vendor_id: VendorId,
    customer_id: CustomerId,
) -> Result<Vec<Uuid>, StoreError> {
    let mut query = Query::new("SELECT a.id FROM admission AS a WHERE a.vendor_id = ");
    query.push_bind(vendor_id.uuid());
    query
        .push(" AND a.customer_id = ")
        .push_bind(customer_id.uuid());
    query
        .push(" AND a.state = ")
        .push_bind(AdmissionState::Waiting.as_str());
    query
        .push(" LIMIT ")
        .push_bind(i64::try_from(ADMISSIONS_WAITING_MAX).unwrap_or(i64::MAX));
    Ok(query
        .build_query_scalar()
        .fetch_all(&mut *connection)
        .await?)
}

impl Database {
    /// One admission.
    pub(crate) async fn admission_get(
        &self,
        vendor_id: VendorId,
        id: AdmissionId,
    ) -> Result<Option<AdmissionView>, StoreError> {
        let only = |query: &mut Query| {
            query.push(" AND a.id = ").push_bind(id.uuid());
        };
        let page = PageRequest::uncounted(1, None);
        let rows = self
            .page_rows(vendor_id, &list(), &only, page, &read_view)
            .await?;
        Ok(rows.into_iter().next().map(|(_, row)| row))
    }

    /// Admissions, newest first.
    pub(crate) async fn admission_list(
        &self,
        vendor_id: VendorId,
        filter: &AdmissionFilter,
        page: PageRequest,
    ) -> Result<Page<AdmissionView>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(ids) = &filter.ids {
                push_ids(query, ids);
            }
            if let Some(customer_id) = filter.customer_id {
                query
                    .push(" AND a.customer_id = ")
                    .push_bind(customer_id.uuid());
            }
            match filter.state {
                Some(state) => query.push(" AND a.state = ").push_bind(state.as_str()),
                None => query
                    .push(" AND a.state <> ")
                    .push_bind(AdmissionState::Withdrawn.as_str()),
            };
            if let Some(fragment) = &filter.fragment {
                query.push(" AND ");
                dialect::push_contains(query, "a.search", fragment);
            }
        };
        self.page(vendor_id, &list(), conditions, page, read_view)
            .await
    }
}

fn list() -> List {
    List {
        from: "admission AS a",
        joins: "JOIN customer AS c ON c.id = a.customer_id LEFT JOIN license AS l ON l.id = a.license_id",
        columns: format!("{}, c.name, l.key", columns_of::<Admission>("a")),
        order: by_seq("a.seq"),
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<AdmissionView, StoreError> {
    Ok(AdmissionView {
        admission: Admission::read(columns)?,
        customer_name: columns.parsed(Name::parse)?,
        license_key: columns.parsed_optional(LicenseKey::parse)?,
    })
}
