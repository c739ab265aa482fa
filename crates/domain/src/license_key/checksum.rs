//! The two check symbols of a license key: a Reed–Solomon code over GF(32).
//!
//! A Reed–Solomon code with two check symbols has distance 3 as long as a word has at most 31 symbols, so that every
//! word with one or two wrong symbols is refused: each substitution, each transposition (adjacent or not), each twin
//! error. Of other errors one in 1,024 passes. Source: I. S. Reed and G. Solomon, "Polynomial Codes over Certain
//! Finite Fields", J. SIAM 8 (1960) 300–304. BIP 173 (Bech32) applies the same idea to typed addresses.

/// Check symbols at the end of a key.
pub(crate) const CHECK_SYMBOLS: usize = 2;

/// The check symbols for `symbols`: the remainder of the word, taken as a polynomial over GF(32) and multiplied by x²,
/// by the generator (x + 1)(x + a) = x² + (a + 1)x + a. `offset` is added to it: any constant keeps the distance, and words
/// with different ones are not taken for each other.
pub(crate) fn check_symbols(symbols: &[u8], offset: [u8; CHECK_SYMBOLS]) -> [u8; CHECK_SYMBOLS] {
    let [mut high, mut low] = [0_u8; CHECK_SYMBOLS];
    for symbol in symbols {
        let carry = symbol ^ high;
        let carry_times_a = times_a(carry);
        high = low ^ carry_times_a ^ carry;
        low = carry_times_a;
    }
    [high ^ offset[0], low ^ offset[1]]
}

/// Multiplies by the primitive element `a` of GF(32) = GF(2)\[a\] / (a⁵ + a² + 1).
fn times_a(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 0x20 == 0 {
        shifted
    } else {
        shifted ^ 0x25
    }
}
