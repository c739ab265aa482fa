//! What handlers take a request apart with. Each extractor answers a problem document when the request does not fit.

mod body;
mod language;
mod list;
mod path;
mod retry;

pub(crate) use body::{Command, Upload};
pub(crate) use language::Spoken;
pub(crate) use list::{List, Query, Table};
pub(crate) use path::{PathId, PathIndex};
