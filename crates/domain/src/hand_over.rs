//! Handing over: somebody who is signed in in a browser lets the desktop window in as themselves. The window keeps a
//! verifier to itself and shows its challenge first (RFC 7636), so a code is worth nothing to whoever else comes by it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Timestamp;
use crate::limits::HAND_OVER_SECONDS;
use crate::refusal::{Refusal, RefusalKind};
use crate::session::{Session, SessionState};

/// Letters of a challenge: SHA-256 in base64url.
const CHALLENGE_CHARS: usize = 43;

/// Letters of a verifier, at least and at most (RFC 7636 §4.1).
const VERIFIER_CHARS: std::ops::RangeInclusive<usize> = 43..=128;

/// What the verifier of whoever takes a session over has to fit: SHA-256 of it, in base64url (`S256`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Challenge(String);

impl Challenge {
    /// Reads one.
    ///
    /// # Errors
    /// [`HandOverRefusal::ChallengeInvalid`] for what no verifier could fit.
    pub fn parse(text: &str) -> Result<Self, HandOverRefusal> {
        let digest = URL_SAFE_NO_PAD.decode(text);
        let fits = text.len() == CHALLENGE_CHARS && digest.is_ok_and(|bytes| bytes.len() == 32);
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(HandOverRefusal::ChallengeInvalid)
        }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a verifier is the one that it was made of.
    fn fits(&self, verifier: &str) -> bool {
        VERIFIER_CHARS.contains(&verifier.len()) && challenge_of(verifier) == self.0
    }
}

impl TryFrom<String> for Challenge {
    type Error = HandOverRefusal;

    fn try_from(text: String) -> Result<Self, HandOverRefusal> {
        Self::parse(&text)
    }
}

impl From<Challenge> for String {
    fn from(challenge: Challenge) -> Self {
        challenge.0
    }
}

/// The challenge of a verifier.
#[must_use]
pub fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// From where a session is taken over, and with what.
#[derive(Debug)]
pub struct TakenOver<'a> {
    /// What the challenge was made of.
    pub verifier: &'a str,
    /// The digest of the token that opens the session from then on.
    pub token_digest: String,
    /// The network address, as far as it is known.
    pub address: Option<String>,
    /// What the program calls itself.
    pub agent: Option<String>,
}

impl Session {
    /// When the code of a session that is handed over now stops counting.
    #[must_use]
    pub fn hand_over_end(now: Timestamp) -> Timestamp {
        now.plus_millis(i64::from(HAND_OVER_SECONDS) * 1_000)
    }

    /// Has it taken over: it was waiting for that, and lets in from now on.
    ///
    /// # Errors
    /// [`HandOverRefusal::NotOpen`], whatever keeps it from that: who comes with a code that does not count need not
    /// learn why.
    pub fn take_over(
        &mut self,
        now: Timestamp,
        taken: TakenOver<'_>,
    ) -> Result<(), HandOverRefusal> {
        let waits = self.state == SessionState::Waiting && now < self.expires_at;
        let challenge = self.challenge.as_ref().filter(|_| waits);
        if !challenge.is_some_and(|challenge| challenge.fits(taken.verifier)) {
            return Err(HandOverRefusal::NotOpen);
        }
        self.challenge = None;
        self.state = SessionState::Open;
        self.token_digest = taken.token_digest;
        self.address = taken.address;
        self.agent = taken.agent;
        self.created_at = now;
        self.last_used_at = now;
        self.expires_at = Self::end(now);
        Ok(())
    }
}

/// Why handing over refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandOverRefusal {
    /// What was given is no challenge.
    #[error("this is no challenge: it has to be SHA-256 of the verifier, in base64url")]
    ChallengeInvalid,
    /// Whoever asks is not in a browser's session.
    #[error("only somebody who is signed in in a browser can let the window in")]
    BrowserOnly,
    /// Nothing can be taken over with this.
    #[error("this code was used, has run out, or never was")]
    NotOpen,
    /// The window is signed in as somebody else.
    #[error("somebody else is signed in in the browser than in the window")]
    OtherPerson,
}

impl Refusal for HandOverRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::ChallengeInvalid => "challenge_invalid",
            Self::BrowserOnly => "hand_over_browser_only",
            Self::NotOpen => "hand_over_not_open",
            Self::OtherPerson => "hand_over_other_person",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::ChallengeInvalid => RefusalKind::Invalid,
            Self::NotOpen => RefusalKind::Unproven,
            Self::BrowserOnly | Self::OtherPerson => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::ChallengeInvalid => return None,
            Self::BrowserOnly => "Open the page in a browser, and sign in there.",
            Self::NotOpen => "Begin anew in the Latchkey window.",
            Self::OtherPerson => {
                "Sign in in the browser as who you are in the window, or sign out in the window first."
            }
        };
        Some(fix.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn a_challenge_is_what_the_standard_says_and_fits_its_verifier_alone() {
        assert_eq!(challenge_of(VERIFIER), CHALLENGE);
        let challenge = Challenge::parse(CHALLENGE).unwrap();
        assert!(challenge.fits(VERIFIER));
        assert!(!challenge.fits(&VERIFIER.replace('d', "e")));
        assert!(!challenge.fits(CHALLENGE));
        // Too short and too long, though the digest would fit.
        for verifier in ["x".repeat(42), "x".repeat(129)] {
            let own = Challenge::parse(&challenge_of(&verifier)).unwrap();
            assert!(!own.fits(&verifier), "{}", verifier.len());
        }
        for verifier in ["x".repeat(43), "x".repeat(128)] {
            let own = Challenge::parse(&challenge_of(&verifier)).unwrap();
            assert!(own.fits(&verifier), "{}", verifier.len());
        }
    }

    #[test]
    fn what_no_verifier_could_fit_is_no_challenge() {
        let longer = format!("{CHALLENGE}A");
        let with_others = CHALLENGE.replace('-', "+");
        for text in [
            "",
            "abc",
            &longer,
            &with_others,
            &format!("{}=", &CHALLENGE[..42]),
        ] {
            let refused = Challenge::parse(text);
            assert_eq!(refused, Err(HandOverRefusal::ChallengeInvalid), "{text}");
        }
    }
}
