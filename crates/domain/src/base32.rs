//! Secrets as people type them: five bits to a letter.

use zeroize::Zeroizing;

/// The alphabet of RFC 4648 §6, which authenticator apps take.
pub(crate) const STANDARD: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Crockford's, in which no letter is read as another.
pub(crate) const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The text of some bytes, of which there are five, ten, fifteen and so on: nothing is filled up.
pub(crate) fn text(bytes: &[u8], alphabet: &[u8; 32]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 8 / 5));
    for group in bytes.chunks(5) {
        let bits = group
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            let symbol = usize::try_from(bits >> (5 * place) & 31).ok();
            let letter = symbol.and_then(|symbol| alphabet.get(symbol));
            text.extend(letter.copied().map(char::from));
        }
    }
    text
}
