//! The store on both databases: lists, search, query plans, migrations, and everything that can go wrong with a file.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests may fail as loudly as tests"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests are told in the environment where PostgreSQL runs"
)]

mod ahead;
mod away;
mod backup;
mod beside;
mod file;
mod fixture;
mod full;
mod list;
mod migrate;
mod moving;
mod names;
mod plan;
mod search;
mod support;
