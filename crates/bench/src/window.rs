//! The desktop window, driven by WebKitWebDriver: how it starts, and how it answers on a store of a million.

mod driver;
mod memory;
mod million;
mod page;
mod start;

pub(crate) use million::measure as measure_million;
pub(crate) use start::measure as measure_start;
