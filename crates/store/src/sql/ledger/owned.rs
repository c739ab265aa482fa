//! The entries of what a customer has.

use latchkey_domain::CustomerId;
use latchkey_domain::id::TypedId as _;

use super::super::Query;

/// What a customer has, each table with what leads to its ids.
const OF_A_CUSTOMER: &[&str] = &[
    "SELECT id FROM customer WHERE id = ",
    "SELECT id FROM license WHERE customer_id = ",
    "SELECT e.id FROM entitlement AS e JOIN license AS l ON l.id = e.license_id WHERE l.customer_id = ",
    "SELECT id FROM activation WHERE customer_id = ",
    "SELECT machine_id FROM activation WHERE customer_id = ",
    "SELECT id FROM license_file WHERE customer_id = ",
    "SELECT id FROM return_receipt WHERE customer_id = ",
    "SELECT id FROM admission WHERE customer_id = ",
];

/// Which entries these are stands in the index by entity alone: only those that are shown are read whole.
pub(super) fn push(query: &mut Query, customer_id: CustomerId) {
    let mut opening = " AND a.seq IN (SELECT b.seq FROM ledger_entry AS b WHERE b.entity_id IN (";
    for ids in OF_A_CUSTOMER {
        query.push(opening).push(ids).push_bind(customer_id.uuid());
        opening = " UNION ALL ";
    }
    query.push("))");
}
