//! Bytes to text: which encoding a file is in, or why that cannot be told.
//!
//! UTF-8 is taken with and without a byte order mark, UTF-16 only with one. What is not UTF-8 is taken for
//! Windows-1252, which Western Excel writes, as long as it looks like that; the caller shows which encoding it was,
//! so that a person who sees wrong letters in the dry run knows why.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use super::{FileKind, IMPORT_BYTES_MAX, ImportError};

/// The encodings a file may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8WithMark,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// Windows-1252, a guess: nothing in a file says so.
    Windows1252,
}

impl Encoding {
    /// Its name in the WHATWG Encoding Standard, in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8WithMark => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// This many bytes beyond ASCII in a row stand in no Western word, but in most words of other scripts.
const WINDOWS_1252_RUN_MAX: usize = 3;

/// Decodes a file, without its byte order mark.
///
/// # Errors
/// When the file is too large, empty, not text, cut off within a character, or in an encoding that cannot be told.
pub fn decode(bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), ImportError> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportError::TooLarge { bytes: bytes.len() });
    }
    if let Some(kind) = FileKind::of(bytes) {
        return Err(ImportError::NotText { kind });
    }
    let (encoding, text) = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(rest).map_err(|error| broken_utf8(rest, error))?;
        (Encoding::Utf8WithMark, Cow::Borrowed(text))
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        (Encoding::Utf16Le, utf16(Encoding::Utf16Le, rest)?)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        (Encoding::Utf16Be, utf16(Encoding::Utf16Be, rest)?)
    } else {
        without_mark(bytes)?
    };
    if text.contains('\0') {
        return Err(ImportError::NotText {
            kind: FileKind::with_zeros(bytes),
        });
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    Ok((encoding, text))
}

fn without_mark(bytes: &[u8]) -> Result<(Encoding, Cow<'_, str>), ImportError> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Encoding::Utf8, Cow::Borrowed(text))),
        Err(error) => error,
    };
    if bytes
        .iter()
        .any(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c'))
    {
        return Err(ImportError::NotText {
            kind: FileKind::with_zeros(bytes),
        });
    }
    // Any longer character in UTF-8 says that the file is meant to be UTF-8, and that this place in it is damaged.
    if error.error_len().is_none() || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return Err(broken_utf8(bytes, error));
    }
    let run_is_too_long = bytes
        .split(u8::is_ascii)
        .any(|run| run.len() > WINDOWS_1252_RUN_MAX);
    if run_is_too_long
        || bytes
            .iter()
            .any(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d))
    {
        return Err(ImportError::EncodingUnknown {
            line: line_at(bytes, error.valid_up_to()),
        });
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((Encoding::Windows1252, text))
}

fn broken_utf8(bytes: &[u8], error: std::str::Utf8Error) -> ImportError {
    let line = line_at(bytes, error.valid_up_to());
    match error.error_len() {
        None => ImportError::Truncated { line },
        Some(_) => ImportError::EncodingBroken {
            encoding: Encoding::Utf8,
            line,
        },
    }
}

fn utf16(encoding: Encoding, bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    let decoder = if encoding == Encoding::Utf16Le {
        UTF_16LE
    } else {
        UTF_16BE
    };
    let (text, had_errors) = decoder.decode_without_bom_handling(bytes);
    if !bytes.len().is_multiple_of(2) {
        return Err(ImportError::Truncated {
            line: line_at(text.as_bytes(), text.len()),
        });
    }
    if had_errors {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(text.len());
        return Err(ImportError::EncodingBroken {
            encoding,
            line: line_at(text.as_bytes(), at),
        });
    }
    Ok(text)
}

/// The number of the line in which a byte stands, from 1.
fn line_at(bytes: &[u8], at: usize) -> usize {
    1 + super::record::line_breaks(bytes.get(..at).unwrap_or(bytes))
}
