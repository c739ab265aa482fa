//! The customers' table.

use latchkey_domain::customer::Customer;
use latchkey_domain::id::TypedId;
use latchkey_domain::product::Archival;
use latchkey_domain::reclaim::Reclaim;
use latchkey_domain::text::{EmailAddress, Name, Reference, fold};
use latchkey_domain::{CustomerId, ResellerId, VendorId};
use uuid::Uuid;

use super::list::{List, Order, by_seq, push_ids};
use super::table::{Columns, Table, Values, columns_of};
use super::{Connection, Database, Query, dialect};
use crate::filter::{CustomerFilter, CustomerSort, Page, PageRequest};
use crate::{CustomerView, StoreError};

impl Table for Customer {
    const NAME: &'static str = "customer";
    const BY_VENDOR: &'static [&'static str] = &["reference"];
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "email",
        "reference",
        "state",
        "created_at",
        "version",
        "salt",
        "reseller_id",
        "controlled_activation",
        "reclaim_idle_days",
        "reclaim_warning_days",
        "reclaim_since",
    ];
    const DERIVED: &'static [&'static str] = &["name_folded"];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.email.as_ref().map(|email| email.as_str().to_owned()))
            .push_bind(
                self.reference
                    .as_ref()
                    .map(|reference| reference.as_str().to_owned()),
            )
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.reseller_id.map(TypedId::uuid))
            .push_bind(self.controlled_activation)
            .push_bind(self.reclaim.map(|reclaim| i64::from(reclaim.idle_days)))
            .push_bind(self.reclaim.map(|reclaim| i64::from(reclaim.warning_days)))
            .push_bind(self.reclaim.map(|reclaim| reclaim.since.millis()))
            .push_bind(fold(self.name.as_str()));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let mut customer = Self {
            id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            email: columns.parsed_optional(EmailAddress::parse)?,
            reference: columns.parsed_optional(Reference::parse)?,
            reseller_id: None,
            controlled_activation: false,
            reclaim: None,
            state: columns.choice(Archival::parse)?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        };
        customer.reseller_id = columns.id_optional()?;
        customer.controlled_activation = columns.value()?;
        let idle_days = columns.number_optional()?;
        let warning_days = columns.number_optional()?;
        customer.reclaim = match (idle_days, warning_days, columns.time_optional()?) {
            (Some(idle_days), Some(warning_days), Some(since)) => Some(Reclaim {
                idle_days,
                warning_days,
                since,
            }),
            _ => None,
        };
        Ok(customer)
    }
}

/// The ids of a reseller's customers, oldest first, at most `limit`.
pub(super) async fn ids_of(
    connection: &mut Connection,
    vendor_id: VendorId,
    reseller_id: ResellerId,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut query = Query::new("SELECT a.id FROM customer AS a WHERE a.vendor_id = ");
    query.push_bind(vendor_id.uuid());
    query
        .push(" AND a.reseller_id = ")
        .push_bind(reseller_id.uuid());
    query.push(" ORDER BY a.seq LIMIT ").push_bind(limit);
    Ok(query
        .build_query_scalar()
        .fetch_all(&mut *connection)
        .await?)
}

impl Database {
    /// One customer.
    pub(crate) async fn customer_get(
        &self,
        vendor_id: VendorId,
        id: CustomerId,
    ) -> Result<Option<CustomerView>, StoreError> {
        let Some(customer) = self.one::<Customer>(vendor_id, id.uuid()).await? else {
            return Ok(None);
        };
        let mut query = Query::new("SELECT count(*) FROM license WHERE customer_id = ");
        query.push_bind(id.uuid());
        let licenses: i64 = query.build_query_scalar().fetch_one(&self.readers).await?;
        Ok(Some(CustomerView {
            customer,
            licenses: licenses.unsigned_abs(),
        }))
    }

    /// Customers.
    pub(crate) async fn customer_list(
        &self,
        vendor_id: VendorId,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(ids) = &filter.ids {
                push_ids(query, ids);
            }
            if let Some(reseller_id) = filter.reseller_id {
                query
                    .push(" AND a.reseller_id = ")
                    .push_bind(reseller_id.uuid());
            }
            if let Some(state) = filter.state {
                query.push(" AND a.state = ").push_bind(state.as_str());
            }
            if let Some(fragment) = &filter.fragment {
                query.push(" AND (");
                dialect::push_contains(query, "a.name_folded", fragment);
                for column in ["lower(a.email)", "lower(a.reference)"] {
                    query.push(" OR ");
                    dialect::push_contains(query, column, fragment);
                }
                query.push(")");
            }
        };
        let list = List {
            from: "customer AS a",
            joins: "",
            columns: columns_of::<Customer>("a"),
            order: match filter.sort {
                CustomerSort::Newest => by_seq("a.seq"),
                CustomerSort::Oldest => Order::SeqUp { seq: "a.seq" },
                CustomerSort::Name => Order::Text {
                    column: "name_folded",
                    table: Customer::NAME,
                },
            },
        };
        self.page(vendor_id, &list, conditions, page, |columns| {
            Customer::read(columns)
        })
        .await
    }
}
