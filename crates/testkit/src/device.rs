//! A device with a passkey, for tests: it makes one and answers with it, as an authenticator and a browser do together
//! (WebAuthn, level 3, §6). Its key is a real one, so what it signs is verified as ever.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "part of tests: what cannot be prepared must stop the test"
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The user was there.
const PRESENT: u8 = 0x01;
/// The user was verified.
const VERIFIED: u8 = 0x04;
/// The passkey can be kept elsewhere as well,
const CAN_MOVE: u8 = 0x08;
/// and is.
const MOVED: u8 = 0x10;
/// A new public key follows.
const WITH_KEY: u8 = 0x40;

/// A device with one passkey. A clone of it is a copy of the private key.
#[derive(Clone)]
pub struct TestDevice {
    key: SigningKey,
    /// What it calls its passkey, in base64url.
    pub id: String,
    holder: String,
    /// Which page it believes it is asked by.
    pub origin: String,
    /// How often it has signed.
    pub counter: u32,
    /// Whether it asks for a PIN or a finger.
    pub verifies: bool,
    /// Whether its passkey is kept elsewhere as well; none if it never can be.
    pub moved: Option<bool>,
}

impl TestDevice {
    /// A device with a passkey of its own for whoever is asked; and the answer that it was made.
    ///
    /// # Panics
    /// If it is asked for something else.
    #[must_use]
    pub fn make(seed: u8, options: &Value, origin: &str) -> (Self, Value) {
        let asked = &options["publicKey"];
        let id: [u8; 32] = Sha256::digest([seed, 1]).into();
        let secret: [u8; 32] = Sha256::digest([seed, 2]).into();
        let mut device = Self {
            key: SigningKey::from_slice(&secret).expect("a key"),
            id: URL_SAFE_NO_PAD.encode(id),
            holder: text(&asked["user"]["id"]),
            origin: origin.to_owned(),
            counter: 0,
            verifies: true,
            moved: None,
        };
        let answer = device.made(options);
        (device, answer)
    }

    /// The answer that its passkey was made.
    ///
    /// # Panics
    /// If it is asked for something else.
    #[must_use]
    pub fn made(&mut self, options: &Value) -> Value {
        let asked = &options["publicKey"];
        let id = URL_SAFE_NO_PAD.decode(&self.id).expect("base64url");
        let mut data = self.data(&text(&asked["rp"]["id"]), WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(id.len()).expect("short").to_be_bytes());
        data.extend(&id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = vec![0xa3];
        object.extend([0x63]);
        object.extend(b"fmt");
        object.extend([0x64]);
        object.extend(b"none");
        object.extend([0x67]);
        object.extend(b"attStmt");
        object.extend([0xa0, 0x68]);
        object.extend(b"authData");
        object.extend([0x59]);
        object.extend(u16::try_from(data.len()).expect("short").to_be_bytes());
        object.extend(&data);
        let client = self.client_data("webauthn.create", &text(&asked["challenge"]));
        json!({
            "id": self.id,
            "rawId": self.id,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "attestationObject": URL_SAFE_NO_PAD.encode(object),
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "transports": ["internal"],
            },
        })
    }

    /// Its answer to a question.
    ///
    /// # Panics
    /// If it is asked for something else.
    #[must_use]
    pub fn answer(&mut self, options: &Value) -> Value {
        let asked = &options["publicKey"];
        self.counter += 1;
        let data = self.data(&text(&asked["rpId"]), 0);
        let client = self.client_data("webauthn.get", &text(&asked["challenge"]));
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client));
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": self.id,
            "rawId": self.id,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "signature": URL_SAFE_NO_PAD.encode(signature.to_der().as_bytes()),
                "userHandle": self.holder,
            },
        })
    }

    fn data(&self, name: &str, more: u8) -> Vec<u8> {
        let mut flags = PRESENT | more;
        if self.verifies {
            flags |= VERIFIED;
        }
        if let Some(moved) = self.moved {
            flags |= CAN_MOVE | if moved { MOVED } else { 0 };
        }
        let mut data = Sha256::digest(name).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// {1: 2, 3: -7, -1: 1, -2: x, -3: y}: ES256 on P-256 (RFC 9053 §2.1).
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("x"), point.y().expect("y"));
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(x.iter());
        key.extend([0x22, 0x58, 0x20]);
        key.extend(y.iter());
        key
    }

    fn client_data(&self, what: &str, challenge: &str) -> Vec<u8> {
        let data = json!({
            "type": what,
            "challenge": challenge,
            "origin": self.origin,
            "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
