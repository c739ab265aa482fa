//! The answer to "may this machine use this license": read only after its signature was checked, and
//! taken only if it answers what was asked.

use chrono::{DateTime, Utc};
use latchkey_verify::{TrustBundle, verify_answer};
use serde::Deserialize;

use crate::error::Distrust;
use crate::verdict::{Feature, Refusal};

/// What is asked about, in the spelling of the server's answers.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) license_key: String,
    pub(crate) machine_code: String,
}

/// What an answer says. Members that this version does not know are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Answer {
    pub(crate) nonce: Option<String>,
    pub(crate) answered_at: DateTime<Utc>,
    pub(crate) license_key: String,
    pub(crate) product_id: String,
    pub(crate) product_code: String,
    pub(crate) machine_code: String,
    pub(crate) valid: bool,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    pub(crate) activation_id: Option<String>,
    /// An older server does not say.
    #[serde(default)]
    pub(crate) reclaim_at: Option<DateTime<Utc>>,
    pub(crate) features: Vec<Feature>,
    pub(crate) refusal: Option<Refusal>,
}

impl Answer {
    /// Checks the signature of these bytes, reads them, and compares them with what was asked.
    pub(crate) fn read(
        body: &[u8],
        signature: &str,
        trust: &TrustBundle,
        asked: &Asked,
    ) -> Result<Self, Distrust> {
        let signer = verify_answer(body, signature, trust)?;
        let answer: Self = serde_json::from_slice(body).map_err(|_| Distrust::Unreadable)?;
        if !signer.signs_for(&answer.product_id) {
            let key = signer.id.clone();
            return Err(Distrust::KeyOfOtherProduct { key });
        }
        if answer.license_key != asked.license_key {
            return Err(Distrust::OtherLicense);
        }
        if answer.machine_code != asked.machine_code {
            return Err(Distrust::OtherMachine);
        }
        Ok(answer)
    }

    /// Whether it is the answer to this very request.
    pub(crate) fn is_to(&self, nonce: &str) -> Result<(), Distrust> {
        if self.nonce.as_deref() == Some(nonce) {
            Ok(())
        } else {
            Err(Distrust::OtherNonce)
        }
    }

    pub(crate) fn answered_at(&self) -> i64 {
        self.answered_at.timestamp_millis()
    }

    pub(crate) fn expires_at(&self) -> Option<i64> {
        self.expires_at.map(|end| end.timestamp_millis())
    }
}
