//! Sealing and opening of single values: XChaCha20-Poly1305 under the sealing key.
//!
//! A sealed value is its random 24-byte nonce followed by the ciphertext and its 16-byte tag. What
//! it belongs to (a signing key's id) goes in as associated data, so a value moved elsewhere does
//! not open.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize as _, Zeroizing};

use crate::Random;
use crate::error::OpenSealedError;

const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// How much longer a sealed value is than what was sealed.
pub const SEALED_OVERHEAD_BYTES: usize = NONCE_BYTES + TAG_BYTES;

/// The key that seals a store's private keys. Erased from memory when dropped.
#[derive(Clone)]
pub struct SealingKey(Zeroizing<[u8; 32]>);

impl SealingKey {
    /// Takes the key's bytes, and wipes the caller's copy.
    #[must_use]
    pub fn take(bytes: &mut [u8; 32]) -> Self {
        let key = Self(Zeroizing::new(*bytes));
        bytes.zeroize();
        key
    }

    /// Makes a new key.
    #[must_use]
    pub fn generate(random: Random<'_>) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        random(key.as_mut_slice());
        Self(key)
    }

    /// The key's bytes. Only for keeping or using the key, never for showing it.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SealingKey(..)")
    }
}

/// Seals `plaintext`, bound to `aad`.
#[must_use]
pub fn seal(key: &SealingKey, aad: &[u8], plaintext: &[u8], random: Random<'_>) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    random(&mut nonce);
    let payload = Payload {
        msg: plaintext,
        aad,
    };
    let mut sealed = nonce.to_vec();
    match cipher(key).encrypt(&XNonce::from(nonce), payload) {
        Ok(ciphertext) => sealed.extend(ciphertext),
        // The cipher's only failure is a plaintext above 256 GiB, which no caller can hold.
        Err(_) => unreachable!("a value in memory is below the cipher's limit"),
    }
    sealed
}

/// Opens what [`seal`] made for the same `aad`.
///
/// # Errors
/// When the value was sealed with another key, for another `aad`, or altered since.
pub fn open(
    key: &SealingKey,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenSealedError> {
    let (nonce, ciphertext) = sealed
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(OpenSealedError)?;
    cipher(key)
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: ciphertext,
                aad,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| OpenSealedError)
}

fn cipher(key: &SealingKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.expose()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting() -> impl FnMut(&mut [u8]) {
        let mut next = 0_u8;
        move |buffer| {
            for byte in buffer {
                *byte = next;
                next = next.wrapping_add(1);
            }
        }
    }

    #[test]
    fn a_sealed_value_opens_to_what_was_sealed() {
        let mut random = counting();
        let key = SealingKey::generate(&mut random);
        let sealed = seal(&key, b"key_1", &[7; 32], &mut random);
        assert_eq!(sealed.len(), 32 + SEALED_OVERHEAD_BYTES);
        assert_eq!(*open(&key, b"key_1", &sealed).unwrap(), vec![7; 32]);
    }

    #[test]
    fn a_sealed_value_does_not_open_under_another_name_or_key() {
        let mut random = counting();
        let key = SealingKey::generate(&mut random);
        let other = SealingKey::generate(&mut random);
        let sealed = seal(&key, b"key_1", &[7; 32], &mut random);
        assert_eq!(open(&key, b"key_2", &sealed), Err(OpenSealedError));
        assert_eq!(open(&other, b"key_1", &sealed), Err(OpenSealedError));
    }

    #[test]
    fn no_single_altered_bit_and_no_shortened_value_opens() {
        let mut random = counting();
        let key = SealingKey::generate(&mut random);
        let sealed = seal(&key, b"key_1", &[7; 32], &mut random);
        for bit in 0..sealed.len() * 8 {
            let mut altered = sealed.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                open(&key, b"key_1", &altered),
                Err(OpenSealedError),
                "bit {bit}"
            );
        }
        for length in 0..sealed.len() {
            assert_eq!(
                open(&key, b"key_1", &sealed[..length]),
                Err(OpenSealedError)
            );
        }
    }

    #[test]
    fn a_key_shows_nothing_of_itself() {
        let key = SealingKey::take(&mut [7; 32]);
        assert_eq!(format!("{key:?}"), "SealingKey(..)");
    }
}
