//! Percent-decoding, for a command's headers and for a form.

/// The bytes that `text` stands for; `None` for half a sign.
pub(crate) fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        decoded.push(u8::try_from(high * 16 + low).ok()?);
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_decoded_and_half_a_sign_refused() {
        assert_eq!(decoded(b"/v1/a%20b%c3%A4").unwrap(), "/v1/a bä".as_bytes());
        for half in ["%2", "%", "%zz", "a%+1"] {
            assert_eq!(decoded(half.as_bytes()), None, "{half}");
        }
    }
}
