//! Use cases: each is one function of [`App`] that asks for permission, applies the rules of the domain, and has the
//! change and its ledger entry committed together.
//!
//! A use case that changes something answers with a [`Changed`]: the change, until when it can be undone, and mostly
//! the id of what was changed; whoever wants to show it reads it. A no is an [`AppError`]. This crate does not know
//! HTTP, SQL or windows.

pub mod access_token;
mod act;
pub mod activation;
pub mod admission;
mod app;
pub mod approval;
pub mod branding;
pub mod bulk;
pub mod change;
pub mod customer;
pub mod demo;
pub mod entitlement;
mod error;
pub mod expiry_notice;
pub mod feature;
pub mod import;
pub mod ledger;
pub mod letter;
pub mod license;
pub mod license_file;
pub mod machine;
pub mod mail;
pub mod moving;
mod open;
pub mod overview;
pub mod passkey;
pub mod password;
pub mod permission;
pub mod policy;
pub mod product;
pub mod quota;
pub mod reclaim;
pub mod reseller;
pub mod return_receipt;
pub mod search;
pub mod second_factor;
pub mod session;
pub mod sign_in_service;
pub mod sign_up_link;
pub mod signing_key;
pub mod template;
mod tries;
pub mod usage;
pub mod user;
pub mod validation;
mod vault;
pub mod vendor;
pub mod vendors;
pub mod webhook;

pub use act::{Changed, Idempotency};
pub use app::App;
pub use error::{AppError, Refused};
pub use latchkey_domain as domain;
pub use latchkey_keys::SealingKey;
pub use latchkey_store::{StoreError, StoreUrl, filter};
pub use open::{AppConfig, OpenError};
pub use permission::Operation;
pub use vendors::Vendors;

/// Rows as use cases answer them: an entity with the names of what it belongs to.
pub mod view {
    pub use latchkey_store::{
        ActivationView, AdmissionView, CustomerView, DayCount, DeniedCount, EntitlementView,
        LedgerHead, LedgerRow, LicenseFileView, LicenseView, PolicyView, ProductSum, QuotaSum,
        QuotaView, ReportBy, ReportSum, SeatSum, TemplateView, TermSums, UsageFilter,
        ValidationView, WebhookAttempt, WebhookDelivery,
    };
}
