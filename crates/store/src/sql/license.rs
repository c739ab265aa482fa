//! The licenses' table.

mod expiring;
mod filter;

use latchkey_domain::id::TypedId;
use latchkey_domain::license::{License, LicenseStanding, LicenseState, Noticed};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::return_limit::ReturnLimit;
use latchkey_domain::text::Name;
use latchkey_domain::{LicenseId, Timestamp, VendorId};
use uuid::Uuid;

use filter::END;
pub(super) use filter::push_filter;

use super::list::{List, Order, by_seq};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Connection, Database, Query, dialect};
use crate::filter::{LicenseFilter, LicenseSort, Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, LicenseView, StoreError};

impl Table for License {
    const NAME: &'static str = "license";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "key",
        "product_id",
        "policy_id",
        "policy_revision_id",
        "policy_revision",
        "renewal_revision_id",
        "renewal_revision",
        "customer_id",
        "standing",
        "suspended_for",
        "starts_at",
        "expires_at",
        "seats_max",
        "node_locked",
        "license_file_days",
        "issued_at",
        "version",
        "salt",
        "seats_used",
        "reseller_id",
        "template_id",
        "noticed_end",
        "noticed_days",
        "returns_max",
        "returns_days",
        "returned_at",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.key.as_str().to_owned())
            .push_bind(self.product_id.uuid())
            .push_bind(self.policy_id.uuid())
            .push_bind(self.policy_revision_id.uuid())
            .push_bind(i64::from(self.policy_revision))
            .push_bind(self.renewal_revision_id.map(TypedId::uuid))
            .push_bind(self.renewal_revision.map(i64::from))
            .push_bind(self.customer_id.uuid())
            .push_bind(self.standing.as_str())
            .push_bind(self.suspended_for.clone())
            .push_bind(self.starts_at.millis())
            .push_bind(self.expires_at.map(Timestamp::millis))
            .push_bind(i64::from(self.seats_max))
            .push_bind(self.node_locked)
            .push_bind(i64::from(self.license_file_days))
            .push_bind(self.issued_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(i64::from(self.seats_used))
            .push_bind(self.reseller_id.map(TypedId::uuid))
            .push_bind(self.template_id.map(TypedId::uuid))
            .push_bind(self.noticed.map(|noticed| noticed.expires_at.millis()))
            .push_bind(self.noticed.map(|noticed| i64::from(noticed.days)))
            .push_bind(self.returns.map(|returns| i64::from(returns.max)))
            .push_bind(self.returns.map(|returns| i64::from(returns.days)))
            .push_bind(written(&self.returned_at));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let mut license = Self {
            id: columns.id()?,
            key: columns.parsed(LicenseKey::parse)?,
            product_id: columns.id()?,
            policy_id: columns.id()?,
            policy_revision_id: columns.id()?,
            policy_revision: columns.number()?,
            renewal_revision_id: columns.id_optional()?,
            renewal_revision: columns.number_optional()?,
            customer_id: columns.id()?,
            reseller_id: None,
            template_id: None,
            standing: columns.choice(LicenseStanding::parse)?,
            suspended_for: columns.value()?,
            starts_at: columns.time()?,
            expires_at: columns.time_optional()?,
            seats_max: columns.number()?,
            node_locked: columns.value()?,
            license_file_days: columns.number()?,
            issued_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            seats_used: columns.number()?,
            noticed: None,
            returns: None,
            returned_at: Vec::new(),
        };
        license.reseller_id = columns.id_optional()?;
        license.template_id = columns.id_optional()?;
        let (end, days) = (columns.time_optional()?, columns.number_optional()?);
        license.noticed = end
            .zip(days)
            .map(|(expires_at, days)| Noticed { expires_at, days });
        let (max, days) = (columns.number_optional()?, columns.number_optional()?);
        license.returns = max.zip(days).map(|(max, days)| ReturnLimit { max, days });
        license.returned_at = columns.parsed(|text| {
            let moments = text.split_terminator(',').map(str::parse::<i64>);
            moments
                .map(|moment| moment.map(Timestamp::from_millis))
                .collect::<Result<_, _>>()
        })?;
        Ok(license)
    }
}

/// Moments in milliseconds, each followed by a comma.
fn written(moments: &[Timestamp]) -> String {
    moments
        .iter()
        .map(|moment| format!("{},", moment.millis()))
        .collect()
}

/// Writes the seat counts of licenses of which nothing else changed, and when seats were given back.
pub(super) fn write_seats<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for licenses in batch.licenses.dirty(Dirt::Touched).chunks(500) {
        let licenses = licenses.to_vec();
        statements.add(move |query| {
            query.push(
                "UPDATE license SET seats_used = counted.column2, returned_at = counted.column3 FROM (",
            );
            dialect::push_rows(query, licenses, |values, license| {
                values
                    .push_bind(license.id.uuid())
                    .push_bind(i64::from(license.seats_used))
                    .push_bind(written(&license.returned_at));
            });
            query.push(") AS counted WHERE license.id = counted.column1");
            Ok(())
        });
    }
}

/// The ids that a filter selects, oldest first, at most `limit`.
pub(super) async fn ids_where(
    connection: &mut Connection,
    vendor_id: VendorId,
    filter: &LicenseFilter,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut query = Query::new("SELECT a.id FROM license AS a WHERE a.vendor_id = ");
    query.push_bind(vendor_id.uuid());
    push_filter(&mut query, filter, now);
    query.push(" ORDER BY a.seq LIMIT ").push_bind(limit);
    Ok(query
        .build_query_scalar()
        .fetch_all(&mut *connection)
        .await?)
}

fn read_view(columns: &mut Columns<'_>) -> Result<LicenseView, StoreError> {
    Ok(LicenseView {
        license: License::read(columns)?,
        product_name: columns.parsed(Name::parse)?,
        policy_name: columns.parsed(Name::parse)?,
        customer_name: columns.parsed(Name::parse)?,
    })
}

fn view_list(filter: &LicenseFilter) -> List {
    // Those that ended are found by the index of their ends, and then sorted.
    let seq = if filter.state == Some(LicenseState::Expired) {
        dialect::SORTED_SEQ
    } else {
        "a.seq"
    };
    let order = match filter.sort {
        // What ends is asked for to renew it in time: the soonest come first.
        LicenseSort::Natural if filter.expires_before.is_some() => Order::Key { key: END },
        LicenseSort::Natural | LicenseSort::Newest => by_seq(seq),
        LicenseSort::Oldest => Order::SeqUp { seq },
        LicenseSort::Expires => Order::Key { key: END },
    };
    List {
        from: "license AS a",
        joins: "JOIN product AS p ON p.id = a.product_id JOIN policy AS o ON o.id = a.policy_id \
                JOIN customer AS c ON c.id = a.customer_id",
        columns: format!("{}, p.name, o.name, c.name", columns_of::<License>("a")),
        order,
    }
}

impl Database {
    /// One license.
    pub(crate) async fn license_get(
        &self,
        vendor_id: VendorId,
        id: LicenseId,
    ) -> Result<Option<LicenseView>, StoreError> {
        let conditions = |query: &mut Query| {
            query.push(" AND a.id = ").push_bind(id.uuid());
        };
        let page = PageRequest::uncounted(1, None);
        let rows = self
            .page_rows(
                vendor_id,
                &view_list(&LicenseFilter::default()),
                &conditions,
                page,
                &read_view,
            )
            .await?;
        Ok(rows.into_iter().next().map(|(_, row)| row))
    }

    /// Licenses.
    pub(crate) async fn license_list(
        &self,
        vendor_id: VendorId,
        filter: &LicenseFilter,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<LicenseView>, StoreError> {
        self.page(
            vendor_id,
            &view_list(filter),
            |query| push_filter(query, filter, now),
            page,
            read_view,
        )
        .await
    }
}
