//! The key pair of a machine that is given a license file and has no network. The private key stays on that machine; the
//! public key is bound to its activation and stands in its license files. What the machine signs with it is worth something
//! because nobody else can.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_verify::{PublicKey, ReturnReceipt, RootKey};
use serde::{Deserialize, Serialize};

use crate::random::Random;
use crate::refusal::{Refusal, RefusalKind};
use crate::return_code::ReturnCode;

/// The bytes before the 32 of the key in a PKCS #8 document of Ed25519 (RFC 8410), as OpenSSL writes it.
const PKCS8_PREFIX: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// A machine's public key: 32 bytes of Ed25519, as a text in Base64.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MachineKey(String);

/// Why a machine's key is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MachineKeyRefusal {
    /// Not a public key.
    #[error("this is no public key of a machine")]
    Unreadable,
    /// Another machine, or another license, has it.
    #[error("this key belongs to another activation")]
    Taken,
    /// A license was given back with it.
    #[error("a license was given back with this key, and the machine should have destroyed it")]
    Returned,
}

impl Refusal for MachineKeyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "machine_key_unreadable",
            Self::Taken => "machine_key_taken",
            Self::Returned => "machine_key_returned",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Unreadable => RefusalKind::Invalid,
            Self::Taken | Self::Returned => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Unreadable => {
                "Paste what `latchkey machine-key` prints on the machine: PEM, or 32 bytes in Base64.".into()
            }
            Self::Taken | Self::Returned => "Make a new key on the machine.".into(),
        })
    }

    fn pointer(&self) -> Option<&'static str> {
        Some("/machine_key")
    }
}

impl MachineKey {
    /// Reads PEM, Base64 or hexadecimal.
    ///
    /// # Errors
    /// [`MachineKeyRefusal::Unreadable`].
    pub fn parse(text: &str) -> Result<Self, MachineKeyRefusal> {
        let key = RootKey::parse(text).map_err(|_| MachineKeyRefusal::Unreadable)?;
        Ok(Self::of(key.public_key()))
    }

    /// A public key, whether it is a usable one or not.
    #[must_use]
    pub fn of(key: &PublicKey) -> Self {
        Self(STANDARD.encode(key.as_bytes()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MachineKey {
    type Error = MachineKeyRefusal;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl FromStr for MachineKey {
    type Err = MachineKeyRefusal;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl From<MachineKey> for String {
    fn from(key: MachineKey) -> Self {
        key.0
    }
}

impl fmt::Display for MachineKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A machine's key pair, on that machine.
pub struct MachineKeyPair(SigningKey);

impl MachineKeyPair {
    /// Makes a new one, from a return code.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        Self::of_code(&ReturnCode::generate(random))
    }

    /// The one that is made from this code.
    #[must_use]
    pub fn of_code(code: &ReturnCode) -> Self {
        Self(SigningKey::from_bytes(&code.private_key()))
    }

    /// What it was made from; nothing if it came from elsewhere, as from OpenSSL.
    #[must_use]
    pub fn return_code(&self) -> Option<ReturnCode> {
        ReturnCode::of_private_key(self.0.as_bytes())
    }

    /// Reads what [`Self::to_pem`] or `openssl genpkey -algorithm ed25519` has written.
    #[must_use]
    pub fn from_pem(pem: &str) -> Option<Self> {
        let body = pem.trim().strip_prefix(PEM_BEGIN)?.strip_suffix(PEM_END)?;
        let text: String = body.split_ascii_whitespace().collect();
        let der = STANDARD.decode(text).ok()?;
        let key = der.strip_prefix(&PKCS8_PREFIX)?;
        Some(Self(SigningKey::from_bytes(key.try_into().ok()?)))
    }

    /// The private key as a PEM file.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let der = [PKCS8_PREFIX.as_slice(), self.0.as_bytes()].concat();
        format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", STANDARD.encode(der))
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::from(&self.0.verifying_key())
    }

    /// Signs a receipt; it should be one for this key.
    #[must_use]
    pub fn sign(&self, receipt: &ReturnReceipt) -> String {
        receipt.to_file(&self.0.sign(&receipt.to_sign()).to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_key_pair_reads_back_as_it_was_written() {
        let pair = MachineKeyPair::generate(&SeededRandom::new(7));
        let read = MachineKeyPair::from_pem(&pair.to_pem()).unwrap();
        assert_eq!(read.public(), pair.public());
        let code = read.return_code().unwrap();
        assert_eq!(MachineKeyPair::of_code(&code).public(), pair.public());
        // Section 10.3 of RFC 8410.
        let rfc = "-----BEGIN PRIVATE KEY-----\n\
                   MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
                   -----END PRIVATE KEY-----\n";
        let key = MachineKeyPair::from_pem(rfc).unwrap();
        assert_eq!(key.to_pem(), rfc);
        assert!(key.return_code().is_none());
        assert_eq!(
            MachineKey::of(&key.public()).as_str(),
            "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
        );
        assert!(MachineKeyPair::from_pem(&rfc.replace("MC4C", "MC4D")).is_none());
    }

    #[test]
    fn a_public_key_is_taken_as_pem_base64_or_hexadecimal() {
        let key = MachineKeyPair::generate(&SeededRandom::new(7)).public();
        let taken = MachineKey::of(&key);
        assert_eq!(MachineKey::parse(&key.to_pem()), Ok(taken.clone()));
        assert_eq!(MachineKey::parse(&format!(" {taken}\n")), Ok(taken));
        for text in ["", "abc", &"00".repeat(31)] {
            assert_eq!(MachineKey::parse(text), Err(MachineKeyRefusal::Unreadable));
        }
    }
}
