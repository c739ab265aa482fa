//! A vendor with a root key and an issuer key: what the server of the tests answers, as JSON that a
//! test can change before it is signed.

use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_client::RootKey;
use latchkey_verify::dsse::pae;
use latchkey_verify::{ANSWER_PAYLOAD_TYPE, PublicKey, TRUST_PAYLOAD_TYPE};
use serde_json::{Value, json};

/// When the vendor's server answers, and the apps' clocks begin: 2026-09-21T14:13:20Z.
pub(crate) const NOW: i64 = 1_790_000_000_000;
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

pub(crate) const LICENSE_KEY: &str = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ";
pub(crate) const MACHINE_CODE: &str = "9F86D081-884C";
pub(crate) const PRODUCT_CODE: &str = "atlas-cad";

/// What the server is to say.
#[derive(Clone)]
pub(crate) struct Vendor {
    pub(crate) answer: Value,
    /// Said instead of the nonce that was sent.
    pub(crate) nonce: Option<Value>,
    pub(crate) answer_signer: SigningKey,
    pub(crate) trust: Value,
    pub(crate) trust_signer: SigningKey,
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn issuer() -> SigningKey {
    key(2)
}

pub(crate) fn stranger() -> SigningKey {
    key(99)
}

pub(crate) fn root_key() -> RootKey {
    RootKey::from_bytes(key(1).verifying_key().to_bytes()).unwrap()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

pub(crate) fn key_id(key: &SigningKey) -> String {
    PublicKey::from(&key.verifying_key()).key_id()
}

pub(crate) fn trust_key(id: &str, role: &str, key: &SigningKey) -> Value {
    let public_key = base64(key.verifying_key().as_bytes());
    json!({"id": id, "role": role, "public_key": public_key, "state": "active"})
}

/// The header of a signature over these bytes as a document of this type.
pub(crate) fn header(key: &SigningKey, payload_type: &str, body: &[u8]) -> String {
    let signature = base64(&key.sign(&pae(payload_type, body)).to_bytes());
    format!("keyid=\"{}\", sig=\"{signature}\"", key_id(key))
}

impl Default for Vendor {
    fn default() -> Self {
        Self {
            answer: json!({
                "nonce": null,
                "answered_at": "2026-09-21T14:13:20.000Z",
                "license_id": "lic_1",
                "license_key": LICENSE_KEY,
                "product_id": "prd_1",
                "product_code": PRODUCT_CODE,
                "machine_code": MACHINE_CODE,
                "valid": true,
                "license_state": "active",
                "starts_at": "2026-01-01T00:00:00.000Z",
                "expires_at": null,
                "node_locked": true,
                "activation_id": "act_1",
                "features": [
                    {"code": "export-step", "limit": null},
                    {"code": "users", "limit": 25},
                ],
                "refusal": null,
            }),
            nonce: None,
            answer_signer: issuer(),
            trust: json!({
                "critical": [],
                "issued_at": NOW / 1_000 - 50,
                "keys": [
                    trust_key("key_r", "root", &key(1)),
                    trust_key("key_i", "issuer", &issuer()),
                    trust_key("key_l", "ledger", &key(3)),
                ],
                "ledger_origin": "latchkey/vnd_1/ledger",
                "vendor": {"id": "vnd_1", "name": "Acme"},
                "version": 1,
            }),
            trust_signer: key(1),
        }
    }
}

impl Vendor {
    /// Says no from now on.
    pub(crate) fn refuse(&mut self, code: &str) {
        self.answer["valid"] = json!(false);
        self.answer["features"] = json!([]);
        self.answer["refusal"] = json!({
            "code": code,
            "detail": "The license is suspended.",
            "fix": "Pay the bill.",
        });
    }

    /// The issuer's entry in the trust bundle.
    pub(crate) fn issuer_entry(&mut self) -> &mut Value {
        &mut self.trust["keys"][1]
    }

    /// The body of an answer to a request with this nonce.
    pub(crate) fn answer_to(&self, nonce: &Value) -> Vec<u8> {
        let mut answer = self.answer.clone();
        answer["nonce"] = self.nonce.clone().unwrap_or_else(|| nonce.clone());
        serde_json::to_vec(&answer).unwrap()
    }

    pub(crate) fn sign(&self, body: &[u8]) -> String {
        header(&self.answer_signer, ANSWER_PAYLOAD_TYPE, body)
    }

    pub(crate) fn trust_bundle(&self) -> Vec<u8> {
        let payload = serde_json::to_vec(&self.trust).unwrap();
        let signature = self.trust_signer.sign(&pae(TRUST_PAYLOAD_TYPE, &payload));
        let bundle = json!({
            "payloadType": TRUST_PAYLOAD_TYPE,
            "payload": base64(&payload),
            "signatures": [
                {"keyid": key_id(&self.trust_signer), "sig": base64(&signature.to_bytes())},
            ],
        });
        serde_json::to_vec(&bundle).unwrap()
    }
}
