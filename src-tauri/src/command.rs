//! The commands a page may call. `build.rs` lists them; `capabilities/main.json` allows them.

pub(crate) mod api_request;
pub(crate) mod api_stream;
pub(crate) mod browser;
pub(crate) mod connections;
pub(crate) mod download;
pub(crate) mod file;
pub(crate) mod notify;
mod page_request;
pub(crate) mod set_look;
