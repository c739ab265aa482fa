//! The log of validations. It only grows at one end, and is pruned at the other.

use latchkey_domain::id::TypedId;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::{FriendlyName, MachineCode, Name};
use latchkey_domain::validation::{Asked, Validation};
use latchkey_domain::{Timestamp, VendorId};

use super::list::{List, by_seq};
use super::statements::Statements;
use super::table::Columns;
use super::{Database, Query, dialect};
use crate::filter::{Page, PageRequest, ValidationFilter};
use crate::{Batch, StoreError, ValidationView};

/// Rows in one statement.
const ROWS_PER_STATEMENT: usize = 500;

/// Appends what the batch has logged.
pub(super) fn append<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    let vendor = batch.vendor_id().uuid();
    for rows in batch.validations.chunks(ROWS_PER_STATEMENT) {
        statements.add(move |query| {
            query.push(
                "INSERT INTO validation (vendor_id, at, license_id, customer_id, machine_code, activation_id, access_token_id, \
                 asked, refusal) ",
            );
            dialect::push_rows(query, rows, |values, row| {
                values
                    .push_bind(vendor)
                    .push_bind(row.at.millis())
                    .push_bind(row.license_id.uuid())
                    .push_bind(row.customer_id.map(TypedId::uuid))
                    .push_bind(row.machine_code.as_str().to_owned())
                    .push_bind(row.activation_id.map(TypedId::uuid))
                    .push_bind(row.access_token_id.map(TypedId::uuid))
                    .push_bind(row.asked.as_str())
                    .push_bind(row.refusal.clone());
            });
            Ok(())
        });
    }
}

fn read(columns: &mut Columns<'_>) -> Result<ValidationView, StoreError> {
    Ok(ValidationView {
        validation: Validation {
            at: columns.time()?,
            license_id: columns.id()?,
            customer_id: columns.id_optional()?,
            machine_code: columns.parsed(MachineCode::parse)?,
            activation_id: columns.id_optional()?,
            access_token_id: columns.id_optional()?,
            asked: columns.choice(Asked::parse)?,
            refusal: columns.value()?,
        },
        license_key: columns.parsed(LicenseKey::parse)?,
        friendly_name: columns.parsed_optional(FriendlyName::parse)?,
        access_token_name: columns.parsed_optional(Name::parse)?,
    })
}

impl Database {
    /// The log of validations, newest first.
    pub(crate) async fn validation_list(
        &self,
        vendor_id: VendorId,
        filter: &ValidationFilter,
        page: PageRequest,
    ) -> Result<Page<ValidationView>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(license_id) = filter.license_id {
                query
                    .push(" AND a.license_id = ")
                    .push_bind(license_id.uuid());
            }
            if let Some(id) = filter.customer_id {
                query.push(" AND a.customer_id = ").push_bind(id.uuid());
            }
            if let Some(id) = filter.reseller_id {
                query
                    .push(" AND a.license_id IN (SELECT id FROM license WHERE reseller_id = ")
                    .push_bind(id.uuid())
                    .push(")");
            }
            if filter.nothing {
                query.push(" AND 1 = 0");
            }
            if filter.refused {
                query.push(" AND a.refusal IS NOT NULL");
            }
        };
        let list = List {
            from: "validation AS a",
            joins: "JOIN license AS l ON l.id = a.license_id LEFT JOIN activation AS x ON x.id = a.activation_id \
                    LEFT JOIN machine AS m ON m.id = x.machine_id \
                    LEFT JOIN access_token AS t ON t.id = a.access_token_id",
            columns: "a.at, a.license_id, a.customer_id, a.machine_code, a.activation_id, a.access_token_id, a.asked, a.refusal, l.key, \
                      m.friendly_name, t.name"
                .to_owned(),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, read).await
    }

    /// Forgets validations from before a moment, at most so many; answers how many it forgot.
    pub(crate) async fn validation_prune(
        &self,
        vendor_id: VendorId,
        before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        // The oldest stand at the beginning: no more of them are looked at than may be forgotten.
        let mut query = Query::new(
            "DELETE FROM validation WHERE seq IN (SELECT o.seq FROM (SELECT seq, at FROM validation WHERE vendor_id = ",
        );
        query
            .push_bind(vendor_id.uuid())
            .push(" ORDER BY seq LIMIT ")
            .push_bind(i64::from(limit))
            .push(") AS o WHERE o.at < ")
            .push_bind(before.millis())
            .push(")");
        let done = query.build().execute(&self.noters).await?;
        Ok(done.rows_affected())
    }
}
