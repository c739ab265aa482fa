//! The `latchkey` program, run as a person or a script runs it.

mod backup;
pub(crate) mod harness;
mod serve;
mod store;
mod verify;
