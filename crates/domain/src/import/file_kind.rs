//! What a file is that is not the text it should be, told by its first bytes.

use std::fmt;

/// Kinds of files that people bring instead of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook of Excel or LibreOffice.
    Workbook,
    /// A zip archive of something else.
    Zip,
    /// Compressed with gzip.
    Gzip,
    /// A PDF document.
    Pdf,
    /// A document of a word processor.
    RichText,
    /// A web page or an XML file.
    Markup,
    /// UTF-16 without the mark at its beginning that says so.
    Utf16WithoutMark,
    /// Some other file that is not text.
    Binary,
}

/// How far into a zip archive its entry names are looked at.
const ZIP_BYTES_LOOKED_AT: usize = 4096;

impl FileKind {
    /// Tells what a file is by its first bytes, or `None` if it may be text.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let start = bytes.get(..ZIP_BYTES_LOOKED_AT).unwrap_or(bytes);
        let has = |needle: &[u8]| start.windows(needle.len()).any(|window| window == needle);
        if bytes.starts_with(b"PK\x03\x04") {
            let workbook =
                has(b"[Content_Types].xml") || has(b"xl/") || has(b"opendocument.spreadsheet");
            return Some(if workbook { Self::Workbook } else { Self::Zip });
        }
        let text_start = bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(bytes)
            .trim_ascii_start();
        let begins_with = |word: &str| {
            text_start
                .get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
        };
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            Some(Self::Workbook)
        } else if bytes.starts_with(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if bytes.starts_with(b"%PDF") {
            Some(Self::Pdf)
        } else if bytes.starts_with(b"{\\rtf") {
            Some(Self::RichText)
        } else if begins_with("<!doctype") || begins_with("<html") || begins_with("<?xml") {
            Some(Self::Markup)
        } else {
            None
        }
    }

    /// The kind of a file with zero bytes in it, which no text in UTF-8 has.
    pub(super) fn with_zeros(bytes: &[u8]) -> Self {
        // Western text in UTF-16 has its zeros in every other place.
        let zeros = |first| {
            bytes
                .iter()
                .skip(first)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        let (even, odd) = (zeros(0), zeros(1));
        let every_other = even.min(odd) == 0 && even.max(odd) * 3 >= bytes.len();
        if every_other {
            Self::Utf16WithoutMark
        } else {
            Self::Binary
        }
    }

    /// What to do with it.
    pub(super) fn fix(self) -> &'static str {
        match self {
            Self::Workbook => {
                "Open it, choose “Save as”, and save it as “CSV UTF-8 (comma delimited)”."
            }
            Self::Zip | Self::Gzip => "Unpack it and drop the text or CSV file that is in it.",
            Self::Pdf => {
                "Ask for the list as a text or CSV file, or copy its lines and paste them."
            }
            Self::RichText | Self::Markup => {
                "Open it, copy the lines and paste them, or save it as plain text in UTF-8."
            }
            Self::Utf16WithoutMark => "Open it in an editor and save it as UTF-8.",
            Self::Binary => "Choose a text file or a CSV file.",
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Workbook => "a workbook (such as .xlsx)",
            Self::Zip => "a zip archive",
            Self::Gzip => "compressed with gzip",
            Self::Pdf => "a PDF document",
            Self::RichText => "a rich-text document",
            Self::Markup => "a web page or an XML file",
            Self::Utf16WithoutMark => "text in UTF-16 without a byte order mark",
            Self::Binary => "not a text file",
        })
    }
}
