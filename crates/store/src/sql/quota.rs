//! The table of quota's movements, and their sums.

use latchkey_domain::VendorId;
use latchkey_domain::id::TypedId;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::quota::{MovementKind, Postings, QuotaMovement};
use latchkey_domain::text::Name;
use uuid::Uuid;

use super::list::{List, Order};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{Page, PageRequest, QuotaFilter};
use crate::{QuotaFault, QuotaSum, QuotaView, StoreError};

impl Table for QuotaMovement {
    const NAME: &'static str = "quota_movement";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "template_id",
        "reseller_id",
        "kind",
        "of_vendor",
        "of_reseller",
        "of_customer",
        "of_returned",
        "of_expired",
        "of_below",
        "license_id",
        "customer_id",
        "below_template_id",
        "at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.template_id.uuid())
            .push_bind(self.reseller_id.uuid())
            .push_bind(self.kind.as_str());
        push_postings(values, self.postings);
        values
            .push_bind(self.license_id.map(TypedId::uuid))
            .push_bind(self.customer_id.map(TypedId::uuid))
            .push_bind(self.below_template_id.map(TypedId::uuid))
            .push_bind(self.at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            template_id: columns.id()?,
            reseller_id: columns.id()?,
            kind: columns.choice(MovementKind::parse)?,
            postings: read_postings(columns)?,
            license_id: columns.id_optional()?,
            customer_id: columns.id_optional()?,
            below_template_id: columns.id_optional()?,
            at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

/// In the column of the reseller stands what is left together with what is with those below, see the migration 0024.
pub(super) fn push_postings(values: &mut Values<'_>, postings: Postings) {
    values
        .push_bind(postings.vendor)
        .push_bind(postings.reseller + postings.below)
        .push_bind(postings.customer)
        .push_bind(postings.returned)
        .push_bind(postings.expired)
        .push_bind(postings.below);
}

pub(super) fn read_postings(columns: &mut Columns<'_>) -> Result<Postings, StoreError> {
    let mut postings = Postings {
        vendor: columns.value()?,
        reseller: columns.value()?,
        customer: columns.value()?,
        returned: columns.value()?,
        expired: columns.value()?,
        below: columns.value()?,
    };
    postings.reseller -= postings.below;
    Ok(postings)
}

fn push_filter(query: &mut Query, filter: &QuotaFilter) {
    query
        .push(" AND a.reseller_id = ")
        .push_bind(filter.reseller_id.uuid());
    if let Some((from, until)) = filter.between {
        query.push(" AND a.at >= ").push_bind(from.millis());
        query.push(" AND a.at < ").push_bind(until.millis());
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<QuotaView, StoreError> {
    Ok(QuotaView {
        movement: QuotaMovement::read(columns)?,
        template_name: columns.parsed(Name::parse)?,
        license_key: columns.parsed_optional(LicenseKey::parse)?,
        customer_name: columns.parsed_optional(Name::parse)?,
        customer_reseller_id: columns.id_optional()?,
        below_name: columns.parsed_optional(Name::parse)?,
        entry_index: columns.number()?,
    })
}

impl Database {
    /// Movements of a reseller's quota, oldest first.
    pub(crate) async fn quota_list(
        &self,
        vendor_id: VendorId,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, StoreError> {
        let list = List {
            from: "quota_movement AS a",
            joins: "JOIN template AS t ON t.id = a.template_id LEFT JOIN license AS l ON l.id = a.license_id \
                    LEFT JOIN customer AS c ON c.id = a.customer_id \
                    LEFT JOIN template AS b ON b.id = a.below_template_id \
                    LEFT JOIN reseller AS s ON s.id = b.reseller_id \
                    JOIN ledger_entry AS e ON e.entity_id = a.id AND e.vendor_id = a.vendor_id",
            columns: format!(
                "{}, t.name, l.key, c.name, c.reseller_id, s.name, e.idx",
                columns_of::<QuotaMovement>("a")
            ),
            order: Order::Key { key: "a.at" },
        };
        let conditions = |query: &mut Query| push_filter(query, filter);
        self.page(vendor_id, &list, conditions, page, read_view)
            .await
    }

    /// Movements of a reseller's quota, counted and added up by template and kind.
    pub(crate) async fn quota_sums(
        &self,
        vendor_id: VendorId,
        filter: &QuotaFilter,
    ) -> Result<Vec<QuotaSum>, StoreError> {
        let mut query = Query::new(
            "SELECT t.id, t.name, a.kind, count(*), CAST(sum(a.of_reseller - a.of_below) AS BIGINT), CAST(sum(a.of_below) AS BIGINT) \
             FROM quota_movement AS a \
             JOIN template AS t ON t.id = a.template_id WHERE a.vendor_id = ",
        );
        query.push_bind(vendor_id.uuid());
        push_filter(&mut query, filter);
        query.push(" GROUP BY t.seq, t.id, t.name, a.kind ORDER BY t.seq, a.kind");
        let rows = query.build().fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let mut columns = Columns::new(row, "quota_movement");
                Ok(QuotaSum {
                    template_id: columns.id()?,
                    template_name: columns.parsed(Name::parse)?,
                    kind: columns.choice(MovementKind::parse)?,
                    count: columns.number()?,
                    reseller: columns.value()?,
                    below: columns.value()?,
                })
            })
            .collect()
    }

    /// The first template, if any, of which those granted out of it have not what it says that is with them.
    async fn quota_miscounted_below(
        &self,
        vendor_id: VendorId,
    ) -> Result<Option<(Uuid, QuotaFault)>, StoreError> {
        let mut query = Query::new(
            "SELECT t.id, t.of_below, coalesce(b.held, 0) FROM template AS t LEFT JOIN \
             (SELECT a.parent_id, CAST(sum(-a.of_vendor - a.of_returned) AS BIGINT) AS held FROM template AS a \
             WHERE a.parent_id IS NOT NULL AND a.vendor_id = ",
        );
        query.push_bind(vendor_id.uuid());
        query.push(" GROUP BY a.parent_id) AS b ON b.parent_id = t.id WHERE t.vendor_id = ");
        query.push_bind(vendor_id.uuid());
        query.push(" AND t.of_below <> coalesce(b.held, 0) LIMIT 1");
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| {
            let mut columns = Columns::new(&row, "template");
            let fault = |said, counted| QuotaFault::Below { said, counted };
            Ok((columns.value()?, fault(columns.value()?, columns.value()?)))
        })
        .transpose()
    }

    /// The first template, if any, whose accounts do not add up: its id, and what is wrong with it.
    pub(crate) async fn quota_miscounted(
        &self,
        vendor_id: VendorId,
    ) -> Result<Option<(Uuid, QuotaFault)>, StoreError> {
        const ACCOUNTS: [&str; 6] = [
            "of_vendor",
            "of_reseller",
            "of_customer",
            "of_returned",
            "of_expired",
            "of_below",
        ];
        let sums = ACCOUNTS.map(|account| format!("CAST(sum(a.{account}) AS BIGINT) AS {account}"));
        let differ = ACCOUNTS.map(|account| format!("t.{account} <> coalesce(m.{account}, 0)"));
        let mut query = Query::new(format!(
            "SELECT t.id, t.of_reseller, coalesce(m.of_reseller, 0) FROM template AS t LEFT JOIN \
             (SELECT a.template_id, {} FROM quota_movement AS a WHERE a.vendor_id = ",
            sums.join(", ")
        ));
        query.push_bind(vendor_id.uuid());
        query.push(" GROUP BY a.template_id) AS m ON m.template_id = t.id WHERE t.vendor_id = ");
        query.push_bind(vendor_id.uuid());
        query.push(format_args!(" AND ({}) LIMIT 1", differ.join(" OR ")));
        let row = query.build().fetch_optional(&self.readers).await?;
        let Some(row) = row else {
            return self.quota_miscounted_below(vendor_id).await;
        };
        let mut columns = Columns::new(&row, "template");
        let id = columns.value()?;
        let (said, counted) = (columns.value()?, columns.value()?);
        Ok(Some((id, QuotaFault::Movements { said, counted })))
    }
}
