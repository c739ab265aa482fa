//! Base64 as the formats here use it: one spelling for each byte string, so that a text that
//! was altered is either refused or decodes to the same bytes.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Decodes standard Base64 with padding; unused bits must be zero.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Decodes either alphabet, which DSSE demands of its readers.
pub(crate) fn decode_either(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|byte| byte == b'-' || byte == b'_') {
        URL_SAFE.decode(text).ok()
    } else {
        STANDARD.decode(text).ok()
    }
}

/// Decodes exactly `N` bytes.
pub(crate) fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    // The crate may ask for room beyond the bytes it writes, so a slice of N is not enough.
    decode(text)?.try_into().ok()
}

/// Standard Base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
            text
        })
}
