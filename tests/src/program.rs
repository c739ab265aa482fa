//! The `latchkey` program, run as a person or a script runs it.

mod apps;
pub(crate) mod authority;
mod backup;
mod config;
pub(crate) mod harness;
mod mail;
mod moving;
mod people;
mod proxy;
mod ready;
mod return_license;
mod serve;
mod stop;
mod store;
mod tls;
mod two_servers;
mod vendors;
mod verify;
mod watch;
