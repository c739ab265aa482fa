//! HTTP: routes, wire types and the OpenAPI document.
//!
//! A handler takes a request apart, calls one use case of `latchkey-app` and writes the answer down. No rule lives
//! here, no SQL, no clock. Wire types stand apart from the domain's: what the ledger keeps and what a client sees may
//! change at different times.

#![expect(
    unused_qualifications,
    reason = "utoipa's `path` macro qualifies what it finds in `params(...)`"
)]

pub mod access_token;
pub mod activation;
pub mod admission;
mod answer;
pub mod approval;
mod attachment;
mod attempt_cookie;
pub mod branding;
pub mod bulk;
mod caller;
pub mod change;
mod codes;
pub mod csv;
mod cursor;
pub mod customer;
mod decode;
pub mod entitlement;
pub mod expiry_notice;
mod extract;
pub mod feature;
mod guard;
mod health;
pub mod id;
pub mod import;
pub mod ledger;
pub mod letter;
pub mod license;
pub mod license_file;
pub mod machine;
pub mod me;
mod mirror;
mod observe;
mod openapi;
pub mod overview;
pub mod page;
pub mod passkey;
pub mod password_reset;
pub mod policy;
pub mod price;
pub mod problem;
pub mod product;
pub mod quota;
pub mod reclaim;
mod reference;
pub mod reseller;
pub mod return_limit;
pub mod return_receipt;
pub mod role_rule;
mod router;
pub mod search;
pub mod second_factor;
mod serve;
pub mod session;
pub mod sign_in_service;
pub mod sign_up_link;
pub mod signing_key;
pub mod template;
mod text;
pub mod time;
pub mod usage;
pub mod user;
pub mod validation;
pub mod vendor;
pub mod verb;
pub mod webhook;

/// For those who hold or extend the router without naming the framework.
pub use axum::{Router, body::Body};
pub use caller::{Access, ApiState, Doors};
pub use observe::{DURATIONS, Observer, metrics_page, observed};
pub use openapi::openapi;
pub use router::{VERSION, VERSION_HEADER, router};
pub use serve::{Handshake, Limits, Plain, serve};
