//! The `latchkey` program, run as a person or a script runs it.

mod backup;
mod config;
pub(crate) mod harness;
mod moving;
mod proxy;
mod ready;
mod serve;
mod stop;
mod store;
mod tls;
mod verify;
mod watch;
