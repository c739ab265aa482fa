//! Return codes: what is read out where neither a file nor a picture gets through.
//!
//! A return code is the secret that a machine's key pair was made from: 23 random symbols (115 bits) and two check
//! symbols, five groups of five as in a license key. Whoever has it has the private key, and can sign the receipt with
//! it; nobody else can, and a code is worth nothing after the return, for a key counts once. So the code proves what the
//! receipt proves, in 25 letters and digits.
//!
//! The private key (RFC 8032) is the symbols as 15 bytes, and behind them 17 bytes of SHA-256 over them, by which a key
//! that was made from a code is told from any other.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::license_key::checksum::check_symbols;
use crate::license_key::{LICENSE_KEY_SYMBOLS, RANDOM_SYMBOLS, symbols, written};
use crate::random::Random;

/// Bytes of the private key that are secret; the first five bits of them are zero.
const SECRET_BYTES: usize = 15;

/// What is hashed before the secret.
const MARK: &[u8] = b"latchkey-return-code/1";

/// Other than that of license keys, so that neither is taken for the other.
const OFFSET: [u8; 2] = [0x05, 0x1a];

/// A return code. It is a private key: shown to whoever carries it, and never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnCode([u8; RANDOM_SYMBOLS]);

impl ReturnCode {
    /// A new one.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let mut code = [0; RANDOM_SYMBOLS];
        random.fill(&mut code);
        // 32 divides 256, so that the lower five bits of a random byte are as random as the byte.
        Self(code.map(|byte| byte & 0x1f))
    }

    /// Reads a code as people type it: in any case, with any dashes and spaces, also with `O` for `0` and with `I` or `L`
    /// for `1`. Nothing when it is none, or has a typing error.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let symbols = symbols(typed).ok()?;
        let symbols: [u8; LICENSE_KEY_SYMBOLS] = symbols.try_into().ok()?;
        let (secret, check) = symbols.split_first_chunk()?;
        (check_symbols(secret, OFFSET) == check).then_some(Self(*secret))
    }

    /// The private key that is made from it.
    #[must_use]
    pub fn private_key(&self) -> [u8; 32] {
        let number = self
            .0
            .iter()
            .fold(0_u128, |number, symbol| (number << 5) | u128::from(*symbol));
        let mut key = [0; 32];
        let [_, secret @ ..] = number.to_be_bytes();
        let mark = mark(secret);
        let bytes = secret.iter().chain(&mark);
        key.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        key
    }

    /// The code that a private key was made from; nothing if it was made otherwise.
    #[must_use]
    pub fn of_private_key(key: &[u8; 32]) -> Option<Self> {
        let (secret, _) = key.split_first_chunk::<SECRET_BYTES>()?;
        let number = secret
            .iter()
            .fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
        let mut code = [0; RANDOM_SYMBOLS];
        for (symbol, shift) in code.iter_mut().rev().zip((0..).step_by(5)) {
            *symbol = u8::try_from((number >> shift) & 0x1f).ok()?;
        }
        let code = Self(code);
        (code.private_key() == *key).then_some(code)
    }
}

fn mark(secret: [u8; SECRET_BYTES]) -> [u8; 32] {
    Sha256::new()
        .chain_update(MARK)
        .chain_update(secret)
        .finalize()
        .into()
}

impl fmt::Display for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let check = check_symbols(&self.0, OFFSET);
        f.write_str(&written(self.0.iter().chain(&check)))
    }
}

/// Shows nothing of it, so that it never slips into a log.
impl fmt::Debug for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReturnCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::license_key::LicenseKey;
    use crate::random::SeededRandom;

    fn code(seed: u64) -> ReturnCode {
        ReturnCode::generate(&SeededRandom::new(seed))
    }

    #[test]
    fn a_code_is_read_back_from_what_was_typed_and_from_the_private_key() {
        for seed in 0..200 {
            let code = code(seed);
            let text = code.to_string();
            assert_eq!(text.len(), 29);
            assert_eq!(ReturnCode::parse(&text), Some(code.clone()));
            let typed = text.to_lowercase().replace('-', " ").replace('0', "o");
            assert_eq!(ReturnCode::parse(&typed), Some(code.clone()), "{typed}");
            assert_eq!(
                ReturnCode::of_private_key(&code.private_key()),
                Some(code.clone())
            );
        }
    }

    #[test]
    fn the_private_key_of_a_code_stays_what_it_is() {
        let code = ReturnCode([7; RANDOM_SYMBOLS]);
        assert_eq!(code.to_string(), "77777-77777-77777-77777-777QF");
        let hex: String = code
            .private_key()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hex,
            "01ce739ce739ce739ce739ce739ce730b78ed0aa0564f8b3d1a1c081009396d8"
        );
    }

    #[test]
    fn a_typing_error_is_found_and_a_license_key_is_no_return_code() {
        let text = code(1).to_string();
        for at in text.char_indices().map(|(at, _)| at) {
            let mut typed = text.clone();
            let other = if &text[at..=at] == "7" { "8" } else { "7" };
            typed.replace_range(at..=at, other);
            assert_eq!(ReturnCode::parse(&typed), None, "{typed}");
        }
        let key = LicenseKey::generate(&SeededRandom::new(1));
        assert_eq!(ReturnCode::parse(key.as_str()), None);
        assert!(LicenseKey::parse(&text).is_err());
        assert_eq!(ReturnCode::parse(""), None);
    }

    #[test]
    fn other_private_keys_have_no_code() {
        let mut key = code(1).private_key();
        key[31] ^= 1;
        assert_eq!(ReturnCode::of_private_key(&key), None);
        key[31] ^= 1;
        key[0] |= 0x80;
        assert_eq!(ReturnCode::of_private_key(&key), None);
        assert_eq!(ReturnCode::of_private_key(&[9; 32]), None);
    }

    #[test]
    fn nothing_of_a_code_is_shown_to_a_log() {
        assert_eq!(format!("{:?}", code(1)), "ReturnCode(…)");
    }
}
