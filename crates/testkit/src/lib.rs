//! What tests share: a store on either database, a clock that stands still, and a client of the API.
//!
//! A test asks for an application with [`for_each_database`], and gets one with an empty store of its own: first on
//! SQLite, then on PostgreSQL.

pub mod app;
mod authenticator;
mod callers;
pub mod client;
pub mod clock;
pub mod database;
mod device;
mod letters;
mod receiver;
mod reseller;
mod sign_in;
mod tamper;

pub use app::{TestApp, for_each_database};
pub use authenticator::shown_code;
pub use client::{TestAnswer, TestClient};
pub use clock::ManualClock;
pub use database::{Database, DatabaseKind};
pub use device::TestDevice;
pub use letters::Letters;
pub use receiver::{Manner, Received, Receiver};
pub use sign_in::{SERVICE, TestService};
