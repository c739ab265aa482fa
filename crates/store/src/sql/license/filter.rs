//! Which licenses a list, a bulk act or an overview is about.

use latchkey_domain::Timestamp;
use latchkey_domain::id::TypedId;
use latchkey_domain::license::{LicenseStanding, LicenseState};

use super::super::list::push_ids;
use super::super::{Query, dialect};
use crate::filter::{LicenseFilter, SeatUse};

/// When a license ends, as it is indexed: perpetual ones after all others.
pub(super) const END: &str = "coalesce(a.expires_at, 9223372036854775807)";

/// The conditions of a filter.
pub(in super::super) fn push_filter(query: &mut Query, filter: &LicenseFilter, now: Timestamp) {
    // Where several columns are filtered, SQLite is told which of them select few rows: a customer or a key do, and
    // licenses that are suspended or revoked are fewer than those of a product or policy.
    let when = |unhelpful: bool| if unhelpful { dialect::NO_INDEX } else { "" };
    let narrowest =
        filter.ids.is_some() || filter.customer_id.is_some() || filter.key_prefix.is_some();
    let narrow = narrowest || filter.reseller_id.is_some();
    let stopped = matches!(
        filter.state,
        Some(LicenseState::Suspended | LicenseState::Revoked)
    );
    let of_kind = filter.product_id.is_some() || filter.policy_id.is_some();
    if let Some(ids) = &filter.ids {
        push_ids(query, ids);
    }
    if let Some(product_id) = filter.product_id {
        let unhelpful = when(narrow || stopped || filter.policy_id.is_some());
        query
            .push(format_args!(" AND {unhelpful}a.product_id = "))
            .push_bind(product_id.uuid());
    }
    if let Some(policy_id) = filter.policy_id {
        query
            .push(format_args!(
                " AND {}a.policy_id = ",
                when(narrow || stopped)
            ))
            .push_bind(policy_id.uuid());
    }
    if let Some(customer_id) = filter.customer_id {
        query
            .push(" AND a.customer_id = ")
            .push_bind(customer_id.uuid());
    }
    if let Some(reseller_id) = filter.reseller_id {
        query
            .push(format_args!(" AND {}a.reseller_id = ", when(narrowest)))
            .push_bind(reseller_id.uuid());
    }
    if let Some(state) = filter.state {
        let standing = match state {
            LicenseState::Active | LicenseState::Expired => LicenseStanding::Active,
            LicenseState::Suspended => LicenseStanding::Suspended,
            LicenseState::Revoked => LicenseStanding::Revoked,
        };
        let unhelpful = when(narrow || state == LicenseState::Expired || (of_kind && !stopped));
        query
            .push(format_args!(" AND {unhelpful}a.standing = "))
            .push_bind(standing.as_str());
        match state {
            LicenseState::Active => {
                query
                    .push(" AND (a.expires_at IS NULL OR a.expires_at > ")
                    .push_bind(now.millis())
                    .push(")");
            }
            LicenseState::Expired => {
                query
                    .push(format_args!(" AND {END} <= "))
                    .push_bind(now.millis());
            }
            LicenseState::Suspended | LicenseState::Revoked => {}
        }
    }
    if let Some(before) = filter.expires_before {
        query
            .push(format_args!(" AND {END} < "))
            .push_bind(before.millis());
    }
    if let Some(after) = filter.expires_after {
        // As an index this would find most of them.
        let unhelpful = dialect::NO_INDEX;
        query
            .push(format_args!(" AND {unhelpful}a.expires_at >= "))
            .push_bind(after.millis());
    }
    if let Some(seats) = filter.seats {
        query.push(match seats {
            SeatUse::Never => {
                " AND a.seats_used = 0 AND NOT EXISTS \
                 (SELECT 1 FROM activation AS x WHERE x.license_id = a.id)"
            }
            SeatUse::None => " AND a.seats_used = 0",
            SeatUse::Free => " AND a.seats_used < a.seats_max",
            SeatUse::Full => " AND a.seats_used = a.seats_max",
        });
    }
    if let Some(prefix) = &filter.key_prefix {
        // Keys are made of digits, capital letters and dashes, so what begins with the prefix sorts before its
        // continuation by a tilde in every collation of bytes.
        query.push(" AND a.key >= ").push_bind(prefix.clone());
        query.push(" AND a.key < ").push_bind(format!("{prefix}~"));
    }
}
