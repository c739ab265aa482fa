//! Signing answers to apps that call home. Checking them is `latchkey_verify::answer`.
//!
//! Nothing else is signed as often: AWS-LC, which TLS brings along, takes half as long for it as `ed25519-dalek`, which signs
//! everything else. The signatures are the same bytes (RFC 8032 leaves nothing to chance).

use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use latchkey_verify::dsse::pae;
use latchkey_verify::{ANSWER_PAYLOAD_TYPE, PublicKey};
use zeroize::Zeroizing;

use crate::vault::WrongSealingKey;

/// An issuer key, opened, that signs answers.
pub struct AnswerSigner {
    key: Ed25519KeyPair,
    key_id: String,
}

impl AnswerSigner {
    /// Takes the private half.
    pub(super) fn new(key: &SigningKey) -> Result<Self, WrongSealingKey> {
        let public = key.verifying_key();
        let seed = Zeroizing::new(key.to_bytes());
        let pair = Ed25519KeyPair::from_seed_and_public_key(&*seed, public.as_bytes());
        Ok(Self {
            key: pair.map_err(|_| WrongSealingKey)?,
            key_id: PublicKey::from(&public).key_id(),
        })
    }

    /// The text of the header [`ANSWER_SIGNATURE_HEADER`](latchkey_verify::ANSWER_SIGNATURE_HEADER) for a body of exactly
    /// these bytes.
    ///
    /// The signature is not checked once more, as a license file's is: whoever asked checks it, and asks again.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        let signature = self.key.sign(&pae(ANSWER_PAYLOAD_TYPE, body));
        let signature = STANDARD.encode(signature);
        format!(r#"keyid="{}", sig="{signature}""#, self.key_id)
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::Signer as _;

    use super::*;

    #[test]
    fn both_libraries_sign_with_the_same_bytes() {
        for number in 0..64_u8 {
            let key = SigningKey::from_bytes(&[number; 32]);
            let signer = AnswerSigner::new(&key).unwrap();
            let body = vec![number; usize::from(number) * 37];
            let expected = key.sign(&pae(ANSWER_PAYLOAD_TYPE, &body)).to_bytes();
            let signed = signer.sign(&body);
            assert!(signed.ends_with(&format!(r#", sig="{}""#, STANDARD.encode(expected))));
        }
    }
}
