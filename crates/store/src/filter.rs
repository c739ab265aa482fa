//! What lists and bulk acts select by, and how a page of a list is asked for.

use latchkey_domain::activation::ActivationState;
use latchkey_domain::admission::AdmissionState;
use latchkey_domain::license::LicenseState;
use latchkey_domain::policy::PolicyState;
use latchkey_domain::product::Archival;
use latchkey_domain::webhook::DeliveryState;
use latchkey_domain::{
    ActivationId, AdmissionId, ChangeId, CustomerId, LicenseId, PolicyId, ProductId, ResellerId,
    Timestamp, WebhookId,
};
use uuid::Uuid;

/// Selects products.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ProductFilter {
    /// In this state.
    pub state: Option<Archival>,
    /// With this fragment in name or code, folded.
    pub fragment: Option<String>,
}

/// Selects policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PolicyFilter {
    /// Of this product.
    pub product_id: Option<ProductId>,
    /// In this state.
    pub state: Option<PolicyState>,
    /// With this fragment in the name, folded.
    pub fragment: Option<String>,
}

/// Selects customers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CustomerFilter {
    /// Only of these; at most [`latchkey_domain::limits::IDS_PER_FILTER_MAX`].
    pub ids: Option<Vec<CustomerId>>,
    /// Of this reseller.
    pub reseller_id: Option<ResellerId>,
    /// In this state.
    pub state: Option<Archival>,
    /// With this fragment in name, e-mail address or reference, folded.
    pub fragment: Option<String>,
    /// How a list of them is sorted.
    pub sort: CustomerSort,
}

/// How customers are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum CustomerSort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By name, folded.
    Name,
}

/// Selects licenses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LicenseFilter {
    /// Only of these; at most [`latchkey_domain::limits::IDS_PER_FILTER_MAX`].
    pub ids: Option<Vec<LicenseId>>,
    /// Of this product.
    pub product_id: Option<ProductId>,
    /// Under this policy.
    pub policy_id: Option<PolicyId>,
    /// Of this customer.
    pub customer_id: Option<CustomerId>,
    /// Issued by this reseller.
    pub reseller_id: Option<ResellerId>,
    /// In this state.
    pub state: Option<LicenseState>,
    /// Ending before this moment.
    pub expires_before: Option<Timestamp>,
    /// Ending at this moment or later; perpetual ones never end.
    pub expires_after: Option<Timestamp>,
    /// With so many of its seats used.
    pub seats: Option<SeatUse>,
    /// With a key that begins so, in canonical spelling.
    pub key_prefix: Option<String>,
    /// How a list of them is sorted; bulk acts take them in the order of creation.
    pub sort: LicenseSort,
}

/// How many seats of a license are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeatUse {
    /// None, and none ever was: no machine was activated on it.
    Never,
    /// None at present.
    None,
    /// At least one is free.
    Free,
    /// All of them.
    Full,
}

/// How licenses are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum LicenseSort {
    /// The newest first; or, where the filter asks for those ending before, the soonest to end first.
    #[default]
    Natural,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// The soonest to end first, perpetual ones last.
    Expires,
}

/// Selects activations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ActivationFilter {
    /// Only of these; at most [`latchkey_domain::limits::IDS_PER_FILTER_MAX`].
    pub ids: Option<Vec<ActivationId>>,
    /// On this license.
    pub license_id: Option<LicenseId>,
    /// Of this customer.
    pub customer_id: Option<CustomerId>,
    /// On licenses that this reseller issued.
    pub reseller_id: Option<ResellerId>,
    /// Of this product.
    pub product_id: Option<ProductId>,
    /// In this state.
    pub state: Option<ActivationState>,
    /// With this fragment in the friendly name, folded.
    pub fragment: Option<String>,
    /// Of a machine whose code begins so, as it stands or in all capital or all small letters.
    pub machine_code_prefix: Option<String>,
    /// Not seen since this moment.
    pub not_seen_since: Option<Timestamp>,
    /// What reclaim has to do with, in one of these ways.
    pub reclaim: Option<ReclaimFilter>,
    /// How a list of them is sorted; bulk acts take them in the order of creation.
    pub sort: ActivationSort,
}

/// What reclaim has to do with a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReclaimFilter {
    /// It will be freed unless its machine is seen; a list of these is sorted by when.
    Warned,
    /// It is kept, however long its machine is not seen.
    Kept,
    /// It was freed for being idle.
    Freed,
}

/// Selects admissions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AdmissionFilter {
    /// Only of these; at most [`latchkey_domain::limits::IDS_PER_FILTER_MAX`].
    pub ids: Option<Vec<AdmissionId>>,
    /// Of this customer.
    pub customer_id: Option<CustomerId>,
    /// In this state; all but withdrawn ones where none is asked for.
    pub state: Option<AdmissionState>,
    /// With this fragment in the machine's code or name, folded.
    pub fragment: Option<String>,
}

/// How activations are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ActivationSort {
    /// The newest first; or, where the filter asks for those not seen since, the longest unseen first.
    #[default]
    Natural,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// The longest unseen first.
    LastSeen,
}

/// Selects license files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LicenseFileFilter {
    /// Of this license.
    pub license_id: Option<LicenseId>,
    /// Exported for this customer.
    pub customer_id: Option<CustomerId>,
}

/// Selects resellers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ResellerFilter {
    /// Only of these.
    pub ids: Option<Vec<ResellerId>>,
    /// Directly below this one.
    pub parent_id: Option<ResellerId>,
    /// In this state.
    pub state: Option<Archival>,
    /// With this fragment in the name, folded.
    pub fragment: Option<String>,
}

/// Selects movements of quota.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QuotaFilter {
    /// Of this reseller.
    pub reseller_id: ResellerId,
    /// From one moment on until another.
    pub between: Option<(Timestamp, Timestamp)>,
}

/// Selects ledger entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LedgerFilter {
    /// Of this entity.
    pub entity_id: Option<Uuid>,
    /// Of this change.
    pub change_id: Option<ChangeId>,
    /// Of what this reseller's people did.
    pub reseller_id: Option<ResellerId>,
    /// The oldest first instead of the newest.
    pub oldest_first: bool,
}

/// Selects from the log of validations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ValidationFilter {
    /// About this license.
    pub license_id: Option<LicenseId>,
    /// About licenses of this customer.
    pub customer_id: Option<CustomerId>,
    /// About licenses that this reseller issued.
    pub reseller_id: Option<ResellerId>,
    /// Only where the answer was no.
    pub refused: bool,
    /// None at all.
    pub nothing: bool,
}

/// Selects from what a webhook was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeliveryFilter {
    /// To this webhook.
    pub webhook_id: WebhookId,
    /// Only what this has become of.
    pub state: Option<DeliveryState>,
    /// Only this entry of the ledger.
    pub index: Option<u64>,
}

/// Where a page begins and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// Rows at most. What a client asks for is held to [`latchkey_domain::limits::PAGE_ROWS_MAX`].
    pub limit: u32,
    /// The last row of the page before.
    pub after: Option<Cursor>,
    /// Whether the whole list is counted, too.
    pub is_counted: bool,
}

impl PageRequest {
    /// A page, and how many rows the whole list has.
    #[must_use]
    pub const fn counted(limit: u32, after: Option<Cursor>) -> Self {
        Self {
            limit,
            after,
            is_counted: true,
        }
    }

    /// A page alone. Counting often takes longer than the page.
    #[must_use]
    pub const fn uncounted(limit: u32, after: Option<Cursor>) -> Self {
        Self {
            limit,
            after,
            is_counted: false,
        }
    }
}

/// The place of a row in its list: what the list is sorted by, and the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is sorted by, where that is not the order of creation.
    pub key: i64,
    /// The order of creation; of what is noted about entries of the ledger, their place in it.
    pub seq: i64,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
    /// How many rows the whole list has, counted up to [`latchkey_domain::limits::COUNT_EXACT_MAX`] plus one. If it was
    /// not to be counted, how many this page has.
    pub count: u32,
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub fn map<R>(self, row: impl FnMut(T) -> R) -> Page<R> {
        Page {
            rows: self.rows.into_iter().map(row).collect(),
            next: self.next,
            count: self.count,
        }
    }
}
