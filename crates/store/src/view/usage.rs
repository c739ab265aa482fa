//! How many seats were in use: counted from the ledger, and kept by day.

use latchkey_domain::price::Price;
use latchkey_domain::text::Name;
use latchkey_domain::{CustomerId, LicenseId, ProductId, ResellerId};
use uuid::Uuid;

/// The seats in use of a license that a customer has, on one day of UTC on which that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageDay {
    /// The license.
    pub license_id: LicenseId,
    /// The customer who had it.
    pub customer_id: CustomerId,
    /// The day, in days since 1970.
    pub day: i64,
    /// Seats in use at its end.
    pub seats_used: i64,
    /// Seats in use at the same time, at most.
    pub peak: i64,
}

/// How the seats in use of several licenses changed on one day: their sum at its end, and the sum of their peaks, each
/// against the end of the day before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageStep {
    /// The day, in days since 1970.
    pub day: i64,
    /// By how much the seats in use changed until its end.
    pub used: i64,
    /// How many more there were during the day than at the end of the day before; not less than [`UsageStep::used`].
    pub peak: i64,
}

/// How often machines were told no on one day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeniedCount {
    /// The day, in days since 1970.
    pub day: i64,
    /// The code of the refusal.
    pub refusal: String,
    /// How often.
    pub count: u64,
}

/// Which licenses a usage is about; all where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsageFilter {
    /// Those that this customer has, or had.
    pub customer_id: Option<CustomerId>,
    /// Those that this reseller issued.
    pub reseller_id: Option<ResellerId>,
    /// Those of this product.
    pub product_id: Option<ProductId>,
    /// This one.
    pub license_id: Option<LicenseId>,
    /// None at all.
    pub nothing: bool,
}

/// What a report has a line for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportBy {
    /// Each customer.
    Customer,
    /// Each reseller.
    Reseller,
    /// Each product.
    Product,
}

/// A line of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSum {
    /// The customer, reseller or product.
    pub id: Uuid,
    /// Its name.
    pub name: Name,
    /// Licenses that can be used now.
    pub licenses: u64,
    /// Their seats.
    pub seats_max: u64,
    /// Seats of them in use now.
    pub seats_used: u64,
}

/// Some licenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatSum {
    /// How many there are.
    pub licenses: u64,
    /// Their seats.
    pub seats_max: u64,
}

/// Licenses with the same rules that end in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndingSum {
    /// Those that can be used until then.
    pub sum: SeatSum,
    /// What one of them costs, if that is said.
    pub price: Option<Price>,
}
