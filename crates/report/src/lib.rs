//! What people take away: tables as CSV, files as one zip archive, certificates and statements as PDF, QR codes.
//!
//! Everything here works from plain structs and writes to any [`std::io::Write`] or into memory. It knows neither
//! licenses' rules nor HTTP, takes the time as an argument, and reads nothing.

mod archive;
mod certificate;
mod csv;
mod error;
mod file_name;
mod pdf;
mod qr;
mod statement;

pub use archive::{ARCHIVE_FILE_BYTES_MAX, ARCHIVE_FILES_MAX, Archive};
pub use certificate::{
    Certificate, CertificateFeature, CertificateProof, CertificateState, Language, certificate_pdf,
};
pub use csv::{ByteOrderMark, Cell, CsvRow, CsvWriter, write_csv};
pub use error::ReportError;
pub use file_name::{FILE_NAME_BYTES_MAX, FileName};
pub use qr::{Correction, QrCode};
pub use statement::{Statement, StatementKind, StatementLine, StatementSum, statement_pdf};
