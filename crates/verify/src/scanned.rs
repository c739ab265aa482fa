//! A file as the text of a QR code: `LKL1:` for a license file and `LKR1:` for a return receipt, the file compressed
//! (DEFLATE, RFC 1951) in base45 (RFC 9285), and a full stop. All of these are characters that QR codes hold in their denser, alphanumeric mode.

use std::borrow::Cow;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::MAX_FILE_BYTES;

/// What the text of a QR code with a license file begins with.
pub const SCANNED_LICENSE_FILE: &str = "LKL1:";
/// What the text of a QR code with a return receipt begins with.
pub const SCANNED_RETURN_RECEIPT: &str = "LKR1:";
/// What it ends with, so that nothing is lost where spaces at the end of a text are.
pub const SCANNED_END: &str = ".";
/// The digits of base45, in order of their value.
pub const BASE45_DIGITS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The file in what was read: unpacked if it is the text of a QR code with this beginning, else as it is. Nothing when
/// such a text was cut off or altered.
pub(crate) fn unpacked<'a>(read: &'a [u8], beginning: &str) -> Option<Cow<'a, [u8]>> {
    let Some(text) = read.strip_prefix(beginning.as_bytes()) else {
        return Some(Cow::Borrowed(read));
    };
    let text = text.trim_ascii_end().strip_suffix(SCANNED_END.as_bytes())?;
    let file = decompress_to_vec_with_limit(&base45(text)?, MAX_FILE_BYTES).ok()?;
    Some(Cow::Owned(file))
}

fn base45(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for group in text.chunks(3) {
        let mut number: u32 = 0;
        for character in group.iter().rev() {
            let digit = BASE45_DIGITS.iter().position(|digit| digit == character)?;
            number = number * 45 + u32::try_from(digit).ok()?;
        }
        match group.len() {
            3 => bytes.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(number).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base45_is_read_as_in_the_examples_of_rfc_9285() {
        assert_eq!(base45(b"BB8").unwrap(), b"AB");
        assert_eq!(base45(b"%69 VD92EX0").unwrap(), b"Hello!!");
        assert_eq!(base45(b"UJCLQE7W581").unwrap(), b"base-45");
        assert_eq!(base45(b"").unwrap(), b"");
    }

    #[test]
    fn what_is_no_base45_is_refused() {
        for text in ["GGW", ":::", "A", "BB8B", "bb8", "::", "é8"] {
            assert_eq!(base45(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_text_that_was_cut_off_is_refused() {
        for text in ["LKL1:", "LKL1:.", "LKL1:BB8", "LKL1:BB8."] {
            assert_eq!(
                unpacked(text.as_bytes(), SCANNED_LICENSE_FILE),
                None,
                "{text}"
            );
        }
    }

    #[test]
    fn a_small_text_that_unpacks_to_more_than_any_license_file_is_refused() {
        let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; MAX_FILE_BYTES + 1], 9);
        let mut text = SCANNED_LICENSE_FILE.as_bytes().to_vec();
        for pair in bomb.chunks(2) {
            let mut number = pair
                .iter()
                .fold(0, |sum, byte| sum * 256 + usize::from(*byte));
            for _ in 0..=pair.len() {
                text.push(BASE45_DIGITS[number % 45]);
                number /= 45;
            }
        }
        text.extend(SCANNED_END.as_bytes());
        assert_eq!(unpacked(&text, SCANNED_LICENSE_FILE), None);
    }
}
