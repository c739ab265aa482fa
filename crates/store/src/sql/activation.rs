//! The activations' table.

mod search;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::id::TypedId;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::limits::COUNT_EXACT_MAX;
use latchkey_domain::text::{FriendlyName, MachineCode, Name};
use latchkey_domain::{ActivationId, Timestamp, VendorId};
use uuid::Uuid;

use search::{Search, Searched, search};

use super::list::{List, Order, by_seq, into_page, push_ids};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Connection, Database, Query, dialect};
use crate::filter::{ActivationFilter, ActivationSort, Page, PageRequest};
use crate::rows::Dirt;
use crate::{ActivationView, Batch, StoreError};

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
            .push_bind(self.return_receipt_id.map(TypedId::uuid));
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
        })
    }
}

/// Writes last seen and search name of activations of which nothing else changed.
pub(super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for activations in batch.activations.dirty(Dirt::Touched).chunks(500) {
        let activations = activations.to_vec();
        statements.add(move || {
            let mut query = Query::new(
                "UPDATE activation SET last_seen_at = seen.column2, name_folded = seen.column3 FROM (",
            );
            query.push_values(activations, |mut values, activation| {
                values
                    .push_bind(activation.id.uuid())
                    .push_bind(activation.last_seen_at.millis())
                    .push_bind(activation.name_folded.clone());
            });
            query.push(") AS seen WHERE activation.id = seen.column1");
            Ok(query)
        });
    }
}

/// Which columns of a filter no index is to be chosen by, where several are filtered: what a license or a customer has
/// are few rows, those given back are fewer than those in use, and a list by last seen is read in that order.
struct Unhelpful {
    customer: &'static str,
    product: &'static str,
    state: &'static str,
    last_seen: &'static str,
}

/// Whether a list is sorted by last seen.
fn by_last_seen(filter: &ActivationFilter) -> bool {
    match filter.sort {
        // Seats nobody uses are asked for to give them back: the longest unused come first.
        ActivationSort::Natural => filter.not_seen_since.is_some(),
        ActivationSort::LastSeen => true,
        ActivationSort::Newest | ActivationSort::Oldest => false,
    }
}

impl Unhelpful {
    fn of(filter: &ActivationFilter, search: &Search) -> Self {
        let when = |unhelpful: bool| if unhelpful { dialect::NO_INDEX } else { "" };
        let newest = matches!(search, Search::Newest { .. });
        let few = filter.ids.is_some() || filter.license_id.is_some();
        let narrow = newest
            || few
            || filter.customer_id.is_some()
            || filter.reseller_id.is_some()
            || filter.machine_code_prefix.is_some();
        let deactivated = filter.state == Some(ActivationState::Deactivated);
        let unseen = filter.not_seen_since.is_some() || by_last_seen(filter);
        Self {
            customer: when(newest || few),
            product: when(narrow || unseen || deactivated),
            state: when(narrow || (filter.product_id.is_some() && !unseen && !deactivated)),
            last_seen: when(narrow),
        }
    }
}

fn push_filter(query: &mut Query, filter: &ActivationFilter, search: &Search) {
    let unhelpful = Unhelpful::of(filter, search);
    if let Some(ids) = &filter.ids {
        push_ids(query, ids);
    }
    if let Some(license_id) = filter.license_id {
        query
            .push(" AND a.license_id = ")
            .push_bind(license_id.uuid());
    }
    if let Some(customer_id) = filter.customer_id {
        query
            .push(format_args!(" AND {}a.customer_id = ", unhelpful.customer))
            .push_bind(customer_id.uuid());
    }
    if let Some(reseller_id) = filter.reseller_id {
        query
            .push(" AND a.license_id IN (SELECT l.id FROM license AS l WHERE l.reseller_id = ")
            .push_bind(reseller_id.uuid())
            .push(")");
    }
    if let Some(product_id) = filter.product_id {
        query
            .push(format_args!(" AND {}a.product_id = ", unhelpful.product))
            .push_bind(product_id.uuid());
    }
    if let Some(state) = filter.state {
        query
            .push(format_args!(" AND {}a.state = ", unhelpful.state))
            .push_bind(state.as_str());
    }
    if let Some(since) = filter.not_seen_since {
        query
            .push(format_args!(
                " AND {}a.last_seen_at < ",
                unhelpful.last_seen
            ))
            .push_bind(since.millis());
    }
    if let Some(prefix) = &filter.machine_code_prefix {
        push_machine_code(query, prefix);
    }
    let Some(fragment) = &filter.fragment else {
        return;
    };
    query.push(" AND ");
    match search {
        Search::Index(fragments) => dialect::push_name_matches(query, fragments),
        Search::Scan => dialect::push_contains(query, "a.name_folded", fragment),
        Search::Newest { from_seq } => {
            dialect::push_contains(query, "a.name_folded", fragment);
            query.push(" AND a.seq >= ").push_bind(*from_seq);
        }
    }
}

/// Machines whose code begins so: as typed, and as programs write codes, in capital or in small letters.
fn push_machine_code(query: &mut Query, prefix: &str) {
    let mut spellings = vec![
        prefix.to_owned(),
        prefix.to_uppercase(),
        prefix.to_lowercase(),
    ];
    spellings.sort();
    spellings.dedup();
    query.push(" AND a.machine_id IN (SELECT m.id FROM machine AS m WHERE ");
    for (at, spelling) in spellings.into_iter().enumerate() {
        let or = if at == 0 { "" } else { " OR " };
        query
            .push(format_args!("{or}(m.code >= "))
            .push_bind(spelling.clone());
        query
            .push(" AND m.code < ")
            .push_bind(format!("{spelling}\u{10ffff}"));
        query.push(")");
    }
    query.push(")");
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
    })
}

fn view_list(filter: &ActivationFilter, search: &Search) -> List {
    let (from, seq) = match search {
        Search::Index(_) => (dialect::ACTIVATIONS_BY_NAME, dialect::NAME_SEQ),
        Search::Scan | Search::Newest { .. } => ("activation AS a", "a.seq"),
    };
    let order = if by_last_seen(filter) {
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
            "{}, l.key, p.name, c.name, m.code, m.friendly_name, l.reseller_id",
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
    /// One activation.
    pub(crate) async fn activation_get(
        &self,
        vendor_id: VendorId,
        id: ActivationId,
    ) -> Result<Option<ActivationView>, StoreError> {
        let conditions = |query: &mut Query| {
            query.push(" AND a.id = ").push_bind(id.uuid());
        };
        let page = PageRequest {
            limit: 1,
            after: None,
        };
        let list = view_list(&ActivationFilter::default(), &Search::Scan);
        let rows = self
            .page_rows(vendor_id, &list, &conditions, page, &read_view)
            .await?;
        Ok(rows.into_iter().next().map(|(_, row)| row))
    }

    /// Activations.
    pub(crate) async fn activation_list(
        &self,
        vendor_id: VendorId,
        filter: &ActivationFilter,
        page: PageRequest,
    ) -> Result<Page<ActivationView>, StoreError> {
        let Searched { search, is_common } = search(self, vendor_id, filter, page).await?;
        let list = view_list(filter, &search);
        let conditions = |query: &mut Query| push_filter(query, filter, &search);
        let rows = self
            .page_rows(vendor_id, &list, &conditions, page, &read_view)
            .await?;
        let count = if is_common {
            COUNT_EXACT_MAX + 1
        } else {
            self.count(vendor_id, list.from, &conditions).await?
        };
        Ok(into_page(rows, page.limit, count))
    }
}
