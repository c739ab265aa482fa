//! What can be read of seats that customers look after by themselves: admissions, and idle seats.

use latchkey_domain as d;
use latchkey_domain::{Timestamp, VendorId};
use uuid::Uuid;

use crate::filter::{AdmissionFilter, Page, PageRequest};
use crate::store::soon_on_either;
use crate::{AdmissionView, Store, StoreError, patience};

reads! {
    /// One admission.
    admission_get(id: d::AdmissionId) -> Option<AdmissionView>;
    /// Admissions, newest first.
    admission_list(filter: &AdmissionFilter, page: PageRequest) -> Page<AdmissionView>;
    /// Active seats that are idle for as long as their customers say, and are not warned, at most so many.
    activations_idle(now: Timestamp, limit: u32) -> Vec<Uuid>;
    /// Activations whose seats were to be freed by a moment, the longest due first, at most so many.
    activations_due(by: Timestamp, limit: u32) -> Vec<Uuid>;
}
