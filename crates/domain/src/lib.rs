//! The rules of licensing: types, limits and state machines.
//!
//! Everything here is pure and synchronous. Time comes in as a [`Timestamp`], randomness through [`Random`];
//! nothing here knows SQL, HTTP, files or the environment. A rule answers with the new state of an entity or with a
//! [`Refusal`] that says why not and what would help.

pub mod access_token;
pub mod activation;
pub mod actor;
pub mod admission;
pub mod approval;
mod base32;
pub mod branding;
pub mod change;
pub mod checkpoint;
pub mod customer;
pub mod dsse;
pub mod entitlement;
pub mod entity;
pub mod expiry_notice;
pub mod feature;
pub mod hand_over;
pub mod id;
pub mod import;
pub mod ledger;
pub mod letter;
pub mod license;
pub mod license_file;
pub mod license_key;
pub mod limits;

pub mod machine;
pub mod machine_key;
pub mod merkle;
pub mod passkey;
pub mod policy;
pub mod price;
pub mod product;
pub mod quota;
pub mod random;
pub mod reclaim;
pub mod refusal;
pub mod reseller;
pub mod return_code;
pub mod return_limit;
pub mod return_receipt;
pub mod role_rule;
pub mod scanned;
pub mod second_factor;
pub mod session;
pub mod sign_in_service;
pub mod sign_up_link;
pub mod signing_key;
pub mod template;
pub mod text;
pub mod time;
pub mod totp;
pub mod user;
pub mod validation;
pub mod vendor;
pub mod webhook;

pub use entity::{Entity, EntityKind, Salt};
pub use id::*;
pub use random::Random;
pub use refusal::{Refusal, RefusalKind};
pub use time::{Clock, Timestamp};
