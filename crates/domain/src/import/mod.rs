//! Files that people bring: bytes in, typed rows out, each row with what is wrong with it.
//!
//! A file is refused as a whole ([`ImportError`]) when nothing in it can be trusted: not text, another encoding, a
//! quote that is never closed, a last line that stops in the middle. Everything else is the matter of one row
//! ([`RowError`]), so that a dry run shows all that is wrong at once. Nothing here knows what the store already holds:
//! whether a row creates, updates or changes nothing is decided by the use case.
//!
//! Every parser takes one pass and its cost grows with the file and with nothing else.

mod activation;
mod column;
mod customer;
mod decode;
mod error;
mod file_kind;
mod license;
mod moment;
mod record;
mod row;
mod table;
#[cfg(test)]
mod tests;

pub use activation::{ActivationColumn, ActivationList, ActivationRow, parse_activation_list};
pub use column::{Column, ColumnMap};
pub use customer::{CustomerColumn, CustomerRow, customer_rows};
pub use decode::{Encoding, decode};
pub use error::ImportError;
pub use file_kind::FileKind;
pub use license::{LicenseColumn, LicenseRow, ShareColumn, ShareRow, license_rows, share_rows};
pub use row::{Row, RowError, RowProblem};
pub use table::{Table, TableRow, parse_table};

/// Bytes in an imported file: 16 MiB.
pub const IMPORT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Lines with data in an imported file, its heading and blank lines not counted.
pub const IMPORT_LINES_MAX: usize = 100_000;
/// Columns in an imported file.
pub const IMPORT_COLUMNS_MAX: usize = 200;
