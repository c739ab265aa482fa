//! The activations' table.

mod filter;
mod reclaim;
mod search;
mod sorted;

use filter::{by_last_seen, by_reclaim, push_filter};
pub(super) use reclaim::write_touched;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::id::TypedId;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::{FriendlyName, MachineCode, Name};
use latchkey_domain::{Timestamp, VendorId};
use uuid::Uuid;

use search::{Search, Searched, search};

use super::list::{List, Order, by_seq, into_page};
use super::table::{Columns, Table, Values, columns_of};
use super::{Connection, Database, Query, dialect};
use crate::filter::{ActivationFilter, ActivationSort, Page, PageRequest, ReclaimFilter};
use crate::{ActivationView, StoreError};

impl Table for Activation {
    const NAME: &'static str = "activation";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "license_id",
        "machine_id",
        "customer_id",
        "product_id",
        "state",
        "activated_at",
        "deactivated_at",
        "version",
        "salt",
        "last_seen_at",
        "name_folded",
        "return_counts",
        "machine_key",
        "return_receipt_id",
        "kept",
        "reclaimed_in",
        "warned_at",
        "reclaim_at",
        "offline_until",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.license_id.uuid())
            .push_bind(self.machine_id.uuid())
            .push_bind(self.customer_id.uuid())
            .push_bind(self.product_id.uuid())
            .push_bind(self.state.as_str())
            .push_bind(self.activated_at.millis())
            .push_bind(self.deactivated_at.map(Timestamp::millis))
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.last_seen_at.millis())
            .push_bind(self.name_folded.clone())
            .push_bind(self.return_counts)
            .push_bind(self.machine_key.as_ref().map(ToString::to_string))
            .push_bind(self.return_receipt_id.map(TypedId::uuid))
            .push_bind(self.kept)
            .push_bind(self.reclaimed_in.map(TypedId::uuid))
            .push_bind(self.warned_at.map(Timestamp::millis))
            .push_bind(self.reclaim_at.map(Timestamp::millis))
            .push_bind(self.offline_until.map(Timestamp::millis));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            license_id: columns.id()?,
            machine_id: columns.id()?,
            customer_id: columns.id()?,
            product_id: columns.id()?,
            state: columns.choice(ActivationState::parse)?,
            activated_at: columns.time()?,
            deactivated_at: columns.time_optional()?,
            version: columns.number()?,
            salt: columns.salt()?,
            last_seen_at: columns.time()?,
            name_folded: columns.value()?,
            return_counts: columns.value()?,
            machine_key: columns
                .value::<Option<String>>()?
                .and_then(|key| key.parse().ok()),
            return_receipt_id: columns.id_optional()?,
            kept: columns.value()?,
            reclaimed_in: columns.id_optional()?,
            warned_at: columns.time_optional()?,
            reclaim_at: columns.time_optional()?,
            offline_until: columns.time_optional()?,
        })
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<ActivationView, StoreError> {
    Ok(ActivationView {
        activation: Activation::read(columns)?,
        license_key: columns.parsed(LicenseKey::parse)?,
        product_name: columns.parsed(Name::parse)?,
        customer_name: columns.parsed(Name::parse)?,
        machine_code: columns.parsed(MachineCode::parse)?,
        friendly_name: columns.parsed(FriendlyName::parse)?,
        reseller_id: columns.id_optional()?,
        reclaim_since: columns.time_optional()?,
    })
}

/// Where rows are looked for, and the column by which they are read in the order of creation.
fn looked_for_in(filter: &ActivationFilter, search: &Search) -> (&'static str, &'static str) {
    match search {
        Search::Index(_) => (dialect::ACTIVATIONS_BY_NAME, dialect::NAME_SEQ),
        // They are few of all, and have an index of their own.
        Search::Scan
            if matches!(
                filter.reclaim,
                Some(ReclaimFilter::Kept | ReclaimFilter::Freed)
            ) =>
        {
            ("activation AS a", dialect::SORTED_SEQ)
        }
        Search::Scan | Search::Newest { .. } | Search::EachMachine | Search::Product => {
            ("activation AS a", "a.seq")
        }
    }
}

fn view_list(filter: &ActivationFilter, search: &Search) -> List {
    let (from, seq) = looked_for_in(filter, search);
    let order = if by_reclaim(filter) {
        Order::Key {
            key: "a.reclaim_at",
        }
    } else if by_last_seen(filter) {
        Order::Key {
            key: "a.last_seen_at",
        }
    } else if filter.sort == ActivationSort::Oldest {
        Order::SeqUp { seq }
    } else {
        by_seq(seq)
    };
    List {
        from,
        joins: "JOIN license AS l ON l.id = a.license_id JOIN product AS p ON p.id = a.product_id \
                JOIN customer AS c ON c.id = a.customer_id JOIN machine AS m ON m.id = a.machine_id",
        columns: format!(
            "{}, l.key, p.name, c.name, m.code, m.friendly_name, l.reseller_id, c.reclaim_since",
            columns_of::<Activation>("a")
        ),
        order,
    }
}

/// The ids that a filter selects, oldest first, at most `limit`.
pub(super) async fn ids_where(
    connection: &mut Connection,
    vendor_id: VendorId,
    filter: &ActivationFilter,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut query = Query::new("SELECT a.id FROM activation AS a WHERE a.vendor_id = ");
    query.push_bind(vendor_id.uuid());
    push_filter(&mut query, filter, &Search::Scan);
    query.push(" ORDER BY a.seq LIMIT ").push_bind(limit);
    Ok(query
        .build_query_scalar()
        .fetch_all(&mut *connection)
        .await?)
}

impl Database {
    /// Activations.
    pub(crate) async fn activation_list(
        &self,
        vendor_id: VendorId,
        filter: &ActivationFilter,
        page: PageRequest,
    ) -> Result<Page<ActivationView>, StoreError> {
        let Searched { search, count } = search(self, vendor_id, filter, page).await?;
        let list = view_list(filter, &search);
        let conditions = |query: &mut Query| push_filter(query, filter, &search);
        let rows = self
            .page_rows(vendor_id, &list, &conditions, page, &read_view)
            .await?;
        let count = match (page.is_counted, count) {
            (false, _) => None,
            (true, Some(count)) => Some(count),
            (true, None) => Some(self.count(vendor_id, list.from, &conditions).await?),
        };
        Ok(into_page(rows, page.limit, count))
    }
}
