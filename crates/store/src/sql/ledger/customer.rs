//! Which entries are about what a customer has: noted with the entries, and read as the customer's timeline.

use latchkey_domain::id::TypedId as _;
use latchkey_domain::{CustomerId, EntityKind, VendorId};

use super::super::list::{List, Order};
use super::super::statements::Statements;
use super::super::{Database, Query, dialect};
use super::{ENTRIES_PER_STATEMENT, columns_of_entry, index, read};
use crate::filter::{Page, PageRequest};
use crate::{Batch, LedgerRow, StoreError};

/// What an entitlement's entries are about is known by its license, which may be in the database alone.
const OF_ENTITLEMENTS: &str = "INSERT INTO customer_entry (vendor_id, customer_id, idx) \
    SELECT a.vendor_id, l.customer_id, a.idx FROM ledger_entry AS a \
    JOIN entitlement AS e ON e.id = a.entity_id JOIN license AS l ON l.id = e.license_id WHERE a.vendor_id = ";

/// Notes whose the batch's entries are, behind `size`, once they are appended.
pub(super) fn append<'b>(statements: &mut Statements<'b>, batch: &'b Batch, size: u64) {
    let vendor = batch.vendor_id().uuid();
    let staged = (size..).zip(&batch.staged);
    let noted: Vec<_> = staged
        .flat_map(|(at, staged)| {
            let customers = staged.customers.into_iter().flatten();
            customers.map(move |customer| (customer.uuid(), at))
        })
        .collect();
    for noted in noted.chunks(ENTRIES_PER_STATEMENT) {
        let noted = noted.to_vec();
        statements.add(move |query| {
            query.push("INSERT INTO customer_entry (vendor_id, customer_id, idx) ");
            dialect::push_rows(query, noted, |values, (customer, at)| {
                values
                    .push_bind(vendor)
                    .push_bind(customer)
                    .push_bind(index(at));
            });
            Ok(())
        });
    }
    let mut kinds = batch.staged.iter().map(|staged| staged.entity);
    if kinds.any(|kind| kind == EntityKind::Entitlement) {
        statements.add_behind(move |query| {
            query.push(OF_ENTITLEMENTS);
            query
                .push_bind(vendor)
                .push(" AND a.entity = 'entitlement' AND a.idx >= ")
                .push_bind(index(size));
            Ok(())
        });
    }
}

impl Database {
    /// The entries about a customer and all that it has, newest first.
    pub(crate) async fn customer_entries(
        &self,
        vendor_id: VendorId,
        customer_id: CustomerId,
        page: PageRequest,
    ) -> Result<Page<LedgerRow>, StoreError> {
        let list = List {
            from: "customer_entry AS a",
            // Only once the page is found: PostgreSQL would rather walk both tables side by side, through all that others
            // have done meanwhile.
            joins: "JOIN ledger_entry AS e ON e.vendor_id = a.vendor_id AND e.idx = a.idx",
            columns: columns_of_entry("e"),
            order: Order::Entry,
        };
        let noted = |query: &mut Query| {
            query
                .push(" AND a.customer_id = ")
                .push_bind(customer_id.uuid());
        };
        let mut page = self.page(vendor_id, &list, noted, page, read).await?;
        self.mark_undone(&mut page.rows).await?;
        Ok(page)
    }
}
