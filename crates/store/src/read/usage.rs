//! What can be read of how many seats were in use; and what is counted of it.

use std::collections::BTreeMap;

use latchkey_domain as d;
use latchkey_domain::{Timestamp, VendorId};
use uuid::Uuid;

use crate::store::soon_on_either;
use crate::{
    DeniedCount, EndingSum, ReportBy, ReportSum, SeatSum, Store, StoreError, UsageDay, UsageFilter,
    UsageStep, patience,
};

reads! {
    /// The index of the first ledger entry of which seats in use are not counted yet.
    usage_index() -> u64;
    /// The last counted day of each of these licenses, and of each customer who had it.
    usage_last(licenses: &[d::LicenseId]) -> Vec<UsageDay>;
    /// Keeps what was counted of the entries from an index on, up to another. Answers whether nobody else had counted them
    /// meanwhile; otherwise nothing is kept.
    usage_note(from: u64, to: u64, days: &[UsageDay]) -> bool;
    /// How the seats in use of some licenses changed, by day, the first day first.
    usage_steps(filter: &UsageFilter) -> Vec<UsageStep>;
    /// The same for each customer, reseller or product by itself.
    usage_steps_by(by: ReportBy) -> BTreeMap<Uuid, Vec<UsageStep>>;
    /// How often machines were told no from a moment on, by day and reason.
    usage_denied(filter: &UsageFilter, from: Timestamp) -> Vec<DeniedCount>;
    /// How often machines were told no from a moment on, for each customer, reseller or product.
    usage_denied_by(by: ReportBy, from: Timestamp) -> BTreeMap<Uuid, u64>;
    /// Licenses that can be used now, and their seats.
    usage_seats(filter: &UsageFilter, now: Timestamp) -> SeatSum;
    /// The customers, resellers or products with most seats, at most so many.
    report_sums(by: ReportBy, now: Timestamp, limit: u32) -> Vec<ReportSum>;
    /// The licenses that end between two of some moments, one after the other.
    report_ending(moments: &[Timestamp]) -> Vec<Vec<EndingSum>>;
}
