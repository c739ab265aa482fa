//! Use cases, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "helpers of tests may fail as loudly as tests"
)]

mod access_token;
mod activation;
mod admission;
mod approval;
mod bulk;
mod common;
mod customer;
mod customer_timeline;
mod customers_people;
mod demo;
mod entitlement;
mod expiry_notice;
mod hand_over;
mod idempotency;
mod import;
mod kill;
mod ledger;
mod letter;
mod license;
mod license_file;
mod machine;
mod moving;
mod passkey;
mod permission;
mod policy;
mod product;
mod quota;
mod reclaim;
mod reclaim_letter;
mod replace_reseller;
mod reseller;
mod resellers_people;
mod return_code;
mod return_receipt;
mod returns;
mod role_rule;
mod seats;
mod second_factor;
mod settings;
mod sign_in_service;
mod sign_up;
mod signing_key;
mod sub_reseller;
mod undo;
mod usage;
mod user;
mod validation;
mod vendor;
mod view_as;
mod webhook;
