//! Signing answers to apps that call home. Checking them is `latchkey_verify::answer`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
pub use latchkey_verify::ANSWER_SIGNATURE_HEADER;
use latchkey_verify::dsse::pae;
use latchkey_verify::{ANSWER_PAYLOAD_TYPE, PublicKey};

/// An issuer key, opened, that signs answers.
pub struct AnswerSigner {
    key: SigningKey,
    key_id: String,
}

impl AnswerSigner {
    /// Takes the private half.
    #[must_use]
    pub fn new(key: SigningKey) -> Self {
        let key_id = PublicKey::from(&key.verifying_key()).key_id();
        Self { key, key_id }
    }

    /// The text of the header [`ANSWER_SIGNATURE_HEADER`] for a body of exactly these bytes.
    ///
    /// The signature is not checked once more, as a license file's is: whoever asked checks it, and asks again.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        let signature = self.key.sign(&pae(ANSWER_PAYLOAD_TYPE, body));
        let signature = STANDARD.encode(signature.to_bytes());
        format!(r#"keyid="{}", sig="{signature}""#, self.key_id)
    }
}
