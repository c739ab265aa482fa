//! SQL, and nothing but: SQLite and PostgreSQL behind one door.
//!
//! The most important things here are [`Store::write`], the one way to change anything, and [`Work`], which a use
//! case implements to say what it needs to know and what it decides. Work that waits at the same time is done as one
//! batch in one transaction: load set by set, decide one after the other, write set by set, commit once.
//!
//! The queries stand once, in `sql/`, and are compiled for each database. What differs stands in `dialect`.
//! This crate does not know use cases, permissions, HTTP or keys.

#![expect(
    clippy::duplicate_mod,
    reason = "the queries are compiled once for each database; see docs/adr/0001-queries-once.md"
)]

mod batch;
mod decide;
mod error;
pub mod filter;
mod location;
mod look;
mod migrate;
mod moving;
mod need;
mod patience;
#[doc(hidden)]
pub mod plan;
mod postgres;
mod postgres_dialect;
mod postgres_intake;
mod postgres_names;
mod postgres_values;
mod queue;
mod read;
mod rows;
mod sqlite;
mod sqlite_dialect;
mod sqlite_intake;
mod store;
mod view;
mod work;
mod writer;

pub use batch::{Batch, ChangeEntry, Stored};
pub use error::StoreError;
pub use location::StoreUrl;
pub use look::Look;
pub use moving::{Copying, Departure, Direction, Mark, TableRows};
pub use need::{Need, Needs};
pub use store::{Scope, SignCheckpoint, Store};
pub use view::*;
pub use work::{Idempotency, JobContext, Outcome, Work};
