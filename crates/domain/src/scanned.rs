//! License files and return receipts as the text of a QR code; `latchkey_verify` reads it, and `docs/license-file.md`
//! describes it.

use latchkey_verify::{BASE45_DIGITS, SCANNED_END};
use miniz_oxide::deflate::compress_to_vec;

/// Characters that the largest QR code holds in its alphanumeric mode: version 40, lowest correction (ISO/IEC 18004).
pub const QR_CHARS_MAX: usize = 4_296;

/// Compressing takes a moment longer, and QR codes are small.
const BEST_COMPRESSION: u8 = 10;

/// A file is too large for any QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the file has {bytes} bytes; packed for a QR code that is {chars} characters, and the largest one holds \
     {QR_CHARS_MAX}"
)]
pub struct TooLargeForQr {
    /// What the file has.
    pub bytes: usize,
    /// What it takes when packed.
    pub chars: usize,
}

/// The text of a QR code that holds this file. Its beginning says what it is: [`latchkey_verify::SCANNED_LICENSE_FILE`]
/// or [`latchkey_verify::SCANNED_RETURN_RECEIPT`].
///
/// # Errors
/// When no QR code is large enough.
pub fn scanned_text(beginning: &str, file: &str) -> Result<String, TooLargeForQr> {
    let packed = compress_to_vec(file.as_bytes(), BEST_COMPRESSION);
    let mut text = beginning.to_owned();
    push_base45(&mut text, &packed);
    text.push_str(SCANNED_END);
    if text.len() > QR_CHARS_MAX {
        return Err(TooLargeForQr {
            bytes: file.len(),
            chars: text.len(),
        });
    }
    Ok(text)
}

fn push_base45(text: &mut String, bytes: &[u8]) {
    for pair in bytes.chunks(2) {
        let mut number = pair
            .iter()
            .fold(0, |sum, byte| sum * 256 + usize::from(*byte));
        for _ in 0..=pair.len() {
            let digit = BASE45_DIGITS.get(number % 45).copied().unwrap_or(b'0');
            text.push(char::from(digit));
            number /= 45;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base45(bytes: &[u8]) -> String {
        let mut text = String::new();
        push_base45(&mut text, bytes);
        text
    }

    #[test]
    fn base45_is_written_as_in_the_examples_of_rfc_9285() {
        assert_eq!(base45(b"AB"), "BB8");
        assert_eq!(base45(b"Hello!!"), "%69 VD92EX0");
        assert_eq!(base45(b"base-45"), "UJCLQE7W581");
        assert_eq!(base45(b"ietf!"), "QED8WEX0");
    }

    #[test]
    fn a_file_fits_a_qr_code_up_to_its_limit_and_not_one_past_it() {
        // What cannot be compressed grows evenly, so one more pair of letters is the difference.
        let noise = |length: usize| -> String {
            let mut state: u32 = 1;
            (0..length)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    char::from(b'!' + u8::try_from(state >> 24).unwrap() % 90)
                })
                .collect()
        };
        let fits = |length: &usize| scanned_text("LKL1:", &noise(*length)).is_ok();
        let largest = (1..6_000).rev().find(fits).unwrap();
        let text = scanned_text("LKL1:", &noise(largest)).unwrap();
        assert!(QR_CHARS_MAX - text.len() < 8, "{}", text.len());
        assert!(matches!(
            scanned_text("LKL1:", &noise(6_000)),
            Err(TooLargeForQr { bytes: 6_000, chars }) if chars > QR_CHARS_MAX
        ));
    }
}
