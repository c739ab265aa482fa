//! The client against a small server of the tests' own, whose answers are signed by test keys.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails where it stands"
)]

mod app;
mod blocking;
mod clock;
mod deactivate;
mod machine_code;
mod memory;
mod offline;
mod online;
mod openssl;
mod retry;
mod server;
mod signature;
mod transport;
mod vendor;
