//! The API from outside: what holds for every operation is tested for every operation that the OpenAPI document lists,
//! so a new one cannot be forgotten.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests may fail as loudly as tests"
)]

mod anything;
mod asked;
mod csv;
mod customers_people;
mod document;
mod file;
mod idempotency;
mod ledger;
mod list;
mod permission;
mod problem;
mod resellers_people;
mod second_factor;
mod sign_in_service;
mod snapshot;
mod story;
mod sub_resellers;
mod vendors;
mod world;
