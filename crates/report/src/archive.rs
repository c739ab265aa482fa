//! Files in one zip archive, written as they come: nothing but the list of names is held.

use std::io::Write;

use chrono::{DateTime, Datelike, Timelike, Utc};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::file_name::FileNames;
use crate::{FileName, ReportError};

/// Files in an archive: as many as every program can unpack, without Zip64 (APPNOTE.TXT §4.4.1.4).
pub const ARCHIVE_FILES_MAX: usize = 65_535;
/// Bytes in a file of an archive: 16 MiB.
pub const ARCHIVE_FILE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Fewer bytes than this do not get fewer by compressing them.
const COMPRESSED_BYTES_MIN: usize = 64;

/// A zip archive that is written to `W`, which need not be able to seek.
pub struct Archive<W: Write> {
    writer: ZipWriter<StreamWriter<W>>,
    names: FileNames,
    options: SimpleFileOptions,
}

impl<W: Write> Archive<W> {
    /// Begins an archive whose files all say that they were changed at `modified_at` (in UTC, for zip knows no zones).
    pub fn new(out: W, modified_at: DateTime<Utc>) -> Self {
        let options = SimpleFileOptions::default()
            .last_modified_time(zip_time(modified_at))
            .unix_permissions(0o644);
        Self {
            writer: ZipWriter::new_stream(out),
            names: FileNames::default(),
            options,
        }
    }

    /// Adds a file, and answers what it is called: a number is added to a name that is taken.
    ///
    /// # Errors
    /// When there are too many files, the file is too large, or `out` cannot be written to.
    pub fn add(&mut self, name: &FileName, bytes: &[u8]) -> Result<String, ReportError> {
        if self.names.len() == ARCHIVE_FILES_MAX {
            return Err(ReportError::TooManyFiles);
        }
        if bytes.len() > ARCHIVE_FILE_BYTES_MAX {
            return Err(ReportError::FileTooLarge { bytes: bytes.len() });
        }
        let name = self.names.unique(name);
        let method = if bytes.len() < COMPRESSED_BYTES_MIN {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        self.writer
            .start_file(name.as_str(), self.options.compression_method(method))?;
        self.writer.write_all(bytes)?;
        Ok(name)
    }

    /// Writes the list of files, without which the archive cannot be opened, and gives `out` back.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn finish(self) -> Result<W, ReportError> {
        let mut out = self.writer.finish()?.into_inner();
        out.flush()?;
        Ok(out)
    }
}

/// A time as zip writes it; outside of 1980 to 2107, where it cannot, the first one that it can.
fn zip_time(time: DateTime<Utc>) -> zip::DateTime {
    let parts = || {
        let small = |number: u32| u8::try_from(number).ok();
        let (year, month, day) = (
            u16::try_from(time.year()).ok()?,
            small(time.month())?,
            small(time.day())?,
        );
        let (hour, minute, second) = (
            small(time.hour())?,
            small(time.minute())?,
            small(time.second())?,
        );
        zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
    };
    parts().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    fn archive() -> Archive<Vec<u8>> {
        Archive::new(
            Vec::new(),
            DateTime::from_timestamp(1_795_372_200, 0).unwrap(),
        )
    }

    #[test]
    fn files_come_out_of_an_archive_as_they_went_in() {
        let mut archive = archive();
        let name = FileName::new(&["株式会社 日本", "Studio"], "lkl");
        assert_eq!(
            archive.add(&name, b"one").unwrap(),
            "株式会社-日本_Studio.lkl"
        );
        assert_eq!(
            archive.add(&name, &[b'x'; 10_000]).unwrap(),
            "株式会社-日本_Studio-2.lkl"
        );
        let bytes = archive.finish().unwrap();
        assert!(bytes.len() < 2_000, "compressed");
        let mut read = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut first = read.by_name("株式会社-日本_Studio.lkl").unwrap();
        let mut content = String::new();
        first.read_to_string(&mut content).unwrap();
        assert_eq!(content, "one");
        assert_eq!(
            first.last_modified().unwrap().to_string(),
            "2026-11-22 18:30:00"
        );
        drop(first);
        assert_eq!(read.by_index(1).unwrap().size(), 10_000);
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn an_archive_without_files_can_be_opened() {
        let bytes = archive().finish().unwrap();
        assert!(ZipArchive::new(Cursor::new(bytes)).unwrap().is_empty());
    }

    #[test]
    fn a_time_that_zip_cannot_write_is_no_reason_to_fail() {
        assert_eq!(zip_time(DateTime::UNIX_EPOCH), zip::DateTime::default());
    }

    #[test]
    fn an_archive_holds_files_up_to_its_limits_and_refuses_the_next() {
        let name = FileName::new(&["n"], "lkl");
        let mut archive = archive();
        let large = vec![0; ARCHIVE_FILE_BYTES_MAX + 1];
        archive
            .add(&name, &large[..ARCHIVE_FILE_BYTES_MAX])
            .unwrap();
        let refused = archive.add(&name, &large);
        assert!(
            matches!(refused, Err(ReportError::FileTooLarge { bytes }) if bytes == large.len())
        );
        for _ in 1..ARCHIVE_FILES_MAX {
            archive.add(&name, b"").unwrap();
        }
        assert!(matches!(
            archive.add(&name, b""),
            Err(ReportError::TooManyFiles)
        ));
        let bytes = archive.finish().unwrap();
        assert_eq!(
            ZipArchive::new(Cursor::new(bytes)).unwrap().len(),
            ARCHIVE_FILES_MAX
        );
    }

    #[test]
    fn a_place_that_is_full_is_an_error() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let mut archive = Archive::new(Full, DateTime::UNIX_EPOCH);
        assert!(archive.add(&FileName::new(&["n"], "lkl"), b"x").is_err());
    }
}
