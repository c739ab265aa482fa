//! A license file written by this test's own hand, each part of which a test can spoil before
//! or after it is signed.

use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_verify::merkle::{Hash, leaf_hash};
use latchkey_verify::note::NoteKey;
use latchkey_verify::{Grants, Machine, PublicKey, Refusal, RootKey, dsse, verify_license_file};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::naive;

pub(crate) const NOW: i64 = 1_790_000_000;
pub(crate) const MACHINE: &str = "MC-1";
const ORIGIN: &str = "latchkey/vnd_1/ledger";

/// What a file is made of before it is signed.
pub(crate) struct Sample {
    pub(crate) license: Value,
    pub(crate) license_type: &'static str,
    pub(crate) trust: Value,
    pub(crate) trust_type: &'static str,
    pub(crate) origin: String,
    pub(crate) index: usize,
    pub(crate) size: usize,
    /// Written into the entry instead of the hash of the license.
    pub(crate) document: Option<String>,
    pub(crate) license_signers: Vec<SigningKey>,
    pub(crate) trust_signers: Vec<SigningKey>,
    pub(crate) ledger_signer: SigningKey,
}

pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(crate) fn root() -> SigningKey {
    key(1)
}

pub(crate) fn issuer() -> SigningKey {
    key(2)
}

pub(crate) fn ledger() -> SigningKey {
    key(3)
}

pub(crate) fn stranger() -> SigningKey {
    key(99)
}

pub(crate) fn root_key() -> RootKey {
    RootKey::from_bytes(root().verifying_key().to_bytes()).unwrap()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap())
        .collect()
}

pub(crate) fn key_id(key: &SigningKey) -> String {
    PublicKey::from(&key.verifying_key()).key_id()
}

pub(crate) fn trust_key(id: &str, role: &str, key: &SigningKey) -> Value {
    let public_key = base64(key.verifying_key().as_bytes());
    json!({"id": id, "role": role, "public_key": public_key, "state": "active"})
}

pub(crate) fn envelope(payload_type: &str, payload: &[u8], keys: &[SigningKey]) -> Value {
    let message = dsse::pae(payload_type, payload);
    let signatures: Vec<Value> = keys
        .iter()
        .map(|key| json!({"keyid": key_id(key), "sig": base64(&key.sign(&message).to_bytes())}))
        .collect();
    json!({"payloadType": payload_type, "payload": base64(payload), "signatures": signatures})
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            license: json!({
                "critical": [],
                "customer": {"name": "Müller & Söhne"},
                "expires_at": NOW + 1000,
                "features": [{"code": "export"}, {"code": "users", "limit": 25}],
                "file_expires_at": NOW + 500,
                "file_id": "fil_1",
                "issued_at": NOW - 10,
                "license": {"id": "lic_1", "key_hint": "7QX2M"},
                "machines": [{"code": MACHINE, "friendly_name": "Prüfstand 1"}],
                "node_locked": true,
                "policy": {"revision": 3},
                "product": {"code": "cad", "id": "prd_1", "name": "CAD"},
                "seats_max": 5,
                "starts_at": NOW - 100,
                "vendor": {"id": "vnd_1", "name": "Acme"},
                "version": 1
            }),
            license_type: "application/vnd.latchkey.license.v1+json",
            trust: json!({
                "critical": [],
                "issued_at": NOW - 50,
                "keys": [
                    trust_key("key_r", "root", &root()),
                    trust_key("key_i", "issuer", &issuer()),
                    trust_key("key_l", "ledger", &ledger()),
                ],
                "ledger_origin": ORIGIN,
                "vendor": {"id": "vnd_1", "name": "Acme"},
                "version": 1
            }),
            trust_type: "application/vnd.latchkey.trust-bundle.v1+json",
            origin: ORIGIN.to_owned(),
            index: 11,
            size: 21,
            document: None,
            license_signers: vec![issuer()],
            trust_signers: vec![root()],
            ledger_signer: ledger(),
        }
    }
}

impl Sample {
    /// The default with something changed before it is signed.
    pub(crate) fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut sample = Self::default();
        change(&mut sample);
        sample
    }

    /// The file as a JSON value, signed, for tests that spoil it afterwards.
    pub(crate) fn value(&self) -> Value {
        let payload = serde_json::to_vec(&self.license).unwrap();
        self.value_around(&payload)
    }

    /// As [`Self::value`], around exactly these license bytes.
    pub(crate) fn value_around(&self, payload: &[u8]) -> Value {
        let document = self
            .document
            .clone()
            .unwrap_or_else(|| hex(&Sha256::digest(payload)));
        let entry = json!({"v": 1, "verb": "license_file.export", "document": document});
        let entry = serde_json::to_vec(&entry).unwrap();
        let mut leaves: Vec<Hash> = (0..self.size)
            .map(|n| leaf_hash(&n.to_be_bytes()))
            .collect();
        leaves[self.index] = leaf_hash(&entry);
        let hashes: Vec<String> = naive::inclusion(self.index, &leaves)
            .iter()
            .map(|h| base64(h))
            .collect();
        let text = format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            base64(&naive::root(&leaves))
        );
        let name = NoteKey::new(
            &self.origin,
            PublicKey::from(&self.ledger_signer.verifying_key()),
        )
        .unwrap();
        let signature = self.ledger_signer.sign(text.as_bytes()).to_bytes();
        let signature = base64(&[name.id().as_slice(), &signature].concat());
        json!({
            "format": "latchkey-license-file/1",
            "license": envelope(self.license_type, payload, &self.license_signers),
            "trust": envelope(
                self.trust_type, &serde_json::to_vec(&self.trust).unwrap(), &self.trust_signers,
            ),
            "ledger": {
                "index": self.index,
                "entry": base64(&entry),
                "hashes": hashes,
                "checkpoint": format!("{text}\n\u{2014} {} {signature}\n", self.origin),
            },
        })
    }

    pub(crate) fn verify(&self) -> Result<Grants, Refusal> {
        verify(&self.value())
    }

    /// The code of the refusal; "accepted" if there is none.
    pub(crate) fn code(&self) -> &'static str {
        code(self.verify())
    }
}

pub(crate) fn verify(file: &Value) -> Result<Grants, Refusal> {
    verify_license_file(
        &serde_json::to_vec(file).unwrap(),
        &root_key(),
        NOW,
        Machine::Code(MACHINE),
    )
}

pub(crate) fn code(result: Result<Grants, Refusal>) -> &'static str {
    result.map_or_else(|refusal| refusal.code(), |_| "accepted")
}
