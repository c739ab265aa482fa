//! The verdict: what an app may do. Made from an answer whose signature was checked, fresh or
//! remembered.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;

use crate::answer::Answer;
use crate::error::MemoryError;

/// What an app may do, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the license may be used on this machine now.
    pub valid: bool,
    /// The features it opens; empty if it may not be used.
    pub features: Vec<Feature>,
    /// When the license ends; never if absent.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it may not be used; absent if it may.
    pub refusal: Option<Refusal>,
    /// When the machine's seat would have been freed for being idle, had the app not asked: the customer's
    /// administrators have such seats freed. It is used now, so nothing needs to be done; an app that is rarely
    /// started may say so.
    pub reclaim_at: Option<DateTime<Utc>>,
    /// Whether the server has said so just now.
    pub source: Source,
    /// Why the answer could not be kept for later; absent if it was, or nothing had to be.
    pub unsaved: Option<MemoryError>,
}

/// Where a verdict comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The server has just answered.
    Online,
    /// The server gave no answer that counts; this is what it said before.
    Offline {
        /// When the server gave that answer, by its clock.
        answered_at: DateTime<Utc>,
        /// Until when it holds, by this machine's clock; a refusal holds until the server says
        /// something else.
        until: Option<DateTime<Utc>>,
    },
}

/// A feature that is open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Feature {
    /// The vendor's short code.
    pub code: String,
    /// How much of it; without limit if absent.
    pub limit: Option<i64>,
}

/// How much of a feature may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most this much.
    AtMost(i64),
    /// As much as one likes.
    Unlimited,
}

/// Why a license may not be used: a stable code, a sentence, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Refusal {
    /// The stable code to branch on, such as `license_suspended`.
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
    /// The smallest change that would turn it into a yes.
    pub fix: Option<String>,
}

impl Verdict {
    /// Whether a feature may be used now.
    pub fn has_feature(&self, code: &str) -> bool {
        self.limit(code).is_some()
    }

    /// How much of a feature may be used now; nothing if it may not be used at all.
    pub fn limit(&self, code: &str) -> Option<Limit> {
        let open = self.features.iter().find(|feature| feature.code == code);
        let open = open.filter(|_| self.valid)?;
        Some(open.limit.map_or(Limit::Unlimited, Limit::AtMost))
    }

    /// What a fresh answer means for an app of this product.
    pub(crate) fn online(answer: Answer, product_code: &str) -> Self {
        let refusal = refusal(&answer, product_code);
        Self::of(answer, refusal, Source::Online)
    }

    /// What a remembered answer means now: nothing if it no longer holds.
    pub(crate) fn offline(
        answer: Answer,
        product_code: &str,
        now: i64,
        until: DateTime<Utc>,
    ) -> Option<Self> {
        let answered_at = answer.answered_at;
        let ended = answer
            .expires_at
            .filter(|end| end.timestamp_millis() <= now);
        let refusal = refusal(&answer, product_code).or_else(|| ended.map(expired));
        if refusal.is_none() && until.timestamp_millis() <= now {
            return None;
        }
        let until = refusal.is_none().then_some(until);
        let source = Source::Offline { answered_at, until };
        Some(Self::of(answer, refusal, source))
    }

    fn of(answer: Answer, refusal: Option<Refusal>, source: Source) -> Self {
        let valid = refusal.is_none();
        Self {
            valid,
            features: if valid { answer.features } else { Vec::new() },
            expires_at: answer.expires_at,
            refusal,
            reclaim_at: answer.reclaim_at.filter(|_| source == Source::Online),
            source,
            unsaved: None,
        }
    }
}

/// Why an answer opens nothing for an app of this product. It opens something only if it says yes and
/// gives no reason against it.
fn refusal(answer: &Answer, product_code: &str) -> Option<Refusal> {
    if answer.refusal.is_some() {
        return answer.refusal.clone();
    }
    if !answer.valid {
        return Some(Refusal {
            code: "license_refused".to_owned(),
            detail: "The license may not be used on this machine.".to_owned(),
            fix: Some("Ask the vendor.".to_owned()),
        });
    }
    (answer.product_code != product_code).then(|| Refusal {
        code: "product_differs".to_owned(),
        detail: format!(
            "This license key is for {}, not for {product_code}.",
            answer.product_code
        ),
        fix: Some(format!("Enter a license key for {product_code}.")),
    })
}

fn expired(end: DateTime<Utc>) -> Refusal {
    let end = end.to_rfc3339_opts(SecondsFormat::Secs, true);
    Refusal {
        code: "license_expired".to_owned(),
        detail: format!("The license expired at {end}."),
        fix: Some(
            "Ask the vendor to renew it; if that was done, connect to the network.".to_owned(),
        ),
    }
}
