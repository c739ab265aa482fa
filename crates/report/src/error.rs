//! Why a report could not be written.

use std::io;

use thiserror::Error;

use crate::{ARCHIVE_FILE_BYTES_MAX, ARCHIVE_FILES_MAX};

/// Why a report could not be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// The place it is written to refused.
    #[error("the report could not be written")]
    Write(#[from] io::Error),
    /// The table could not be written.
    #[error("the table could not be written")]
    Csv(#[from] csv::Error),
    /// The archive could not be written.
    #[error("the archive could not be written")]
    Archive(#[from] zip::result::ZipError),
    /// The text is too long for any QR code.
    #[error("a text of {bytes} bytes is too long for a QR code")]
    TooLongForQr {
        /// What it has.
        bytes: usize,
    },
    /// A font that goes with the program cannot be read.
    #[error("the font {file} cannot be read")]
    Font {
        /// Its name in the archive of fonts.
        file: String,
    },
    /// The document could not be written.
    #[error("the document could not be written: {reason}")]
    Pdf {
        /// What its writer says.
        reason: String,
    },
    /// More files than [`ARCHIVE_FILES_MAX`].
    #[error("an archive holds at most {ARCHIVE_FILES_MAX} files")]
    TooManyFiles,
    /// A file with more bytes than [`ARCHIVE_FILE_BYTES_MAX`].
    #[error(
        "a file in an archive has at most {ARCHIVE_FILE_BYTES_MAX} bytes, this one has {bytes}"
    )]
    FileTooLarge {
        /// Bytes that it has.
        bytes: usize,
    },
}
