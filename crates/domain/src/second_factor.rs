//! A user's second factor: one-time codes of an authenticator app, and recovery codes for who has lost it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::entity::closed_enum;
use crate::ledger::hex;
use crate::limits::RECOVERY_CODES;
use crate::refusal::{Refusal, RefusalKind};
use crate::{Random, base32};

closed_enum! {
    /// How far a second factor is.
    SecondFactorState {
        /// The secret was shown, and no code of it was given yet.
        Begun = "begun",
        /// It is asked for.
        On = "on",
    }
}

/// What the ledger keeps of a second factor: nothing that is secret, and enough to notice one that was put in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorMark {
    /// How far it is.
    pub state: SecondFactorState,
    /// SHA-256 of the sealed secret and the recovery codes' digests, in hex. The sealed secret has random bytes in it, so
    /// this says nothing to whoever does not have it.
    pub digest: String,
    /// Recovery codes that were not used yet.
    pub recovery_codes: usize,
}

/// A user's second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// How far it is.
    pub state: SecondFactorState,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// The step of the last code that was given: that one, and those before it, count no more.
    pub used_step: Option<u64>,
    /// [`RecoveryCode::digest`] of each recovery code that was not used yet.
    pub recovery_codes: Vec<String>,
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecondFactor({}, …)", self.state.as_str())
    }
}

impl SecondFactor {
    /// One whose secret was just made.
    #[must_use]
    pub fn begin(sealed: Vec<u8>) -> Self {
        Self {
            state: SecondFactorState::Begun,
            sealed,
            used_step: None,
            recovery_codes: Vec::new(),
        }
    }

    /// What the ledger keeps of it.
    #[must_use]
    pub fn mark(&self) -> SecondFactorMark {
        let mut hash = Sha256::new().chain_update(&self.sealed);
        for digest in &self.recovery_codes {
            hash.update(digest);
        }
        SecondFactorMark {
            state: self.state,
            digest: hex(&hash.finalize()),
            recovery_codes: self.recovery_codes.len(),
        }
    }

    /// Uses the code of a step up.
    ///
    /// # Errors
    /// [`SecondFactorRefusal::Wrong`] if it, or a later one, was used before.
    pub fn use_step(&mut self, step: u64) -> Result<(), SecondFactorRefusal> {
        if self.used_step.is_some_and(|used| step <= used) {
            return Err(SecondFactorRefusal::Wrong);
        }
        self.used_step = Some(step);
        Ok(())
    }

    /// Uses a recovery code up.
    ///
    /// # Errors
    /// [`SecondFactorRefusal::Wrong`] if it is none, or was used before.
    pub fn use_recovery_code(&mut self, digest: &str) -> Result<(), SecondFactorRefusal> {
        let place = self.recovery_codes.iter().position(|code| code == digest);
        let place = place.ok_or(SecondFactorRefusal::Wrong)?;
        self.recovery_codes.remove(place);
        Ok(())
    }
}

/// Random bytes of a recovery code: too many to guess, so nothing slower than SHA-256 is needed.
const RECOVERY_BYTES: usize = 10;

/// A code that does once what a one-time code does. It is shown when it is made; only its digest is kept.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// As many new ones as somebody gets at a time.
    #[must_use]
    pub fn generate_all(random: &dyn Random) -> Vec<Self> {
        (0..RECOVERY_CODES)
            .map(|_| Self::generate(random))
            .collect()
    }

    fn generate(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0; RECOVERY_BYTES]);
        random.fill(bytes.as_mut_slice());
        Self(base32::text(bytes.as_slice(), base32::CROCKFORD))
    }

    /// The code in groups of four.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(2 * RECOVERY_BYTES));
        for (place, letter) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }

    /// SHA-256 of it, in hex.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::new()
            .chain_update(b"latchkey/recovery-code/1\0")
            .chain_update(self.0.as_bytes())
            .finalize())
    }
}

/// What somebody typed where a code is asked for.
pub enum GivenCode {
    /// Six digits, as an authenticator app shows them.
    OneTime(u32),
    /// Anything else can only be a recovery code.
    Recovery(RecoveryCode),
}

impl fmt::Debug for GivenCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GivenCode(…)")
    }
}

impl GivenCode {
    /// Reads what was typed, however it is grouped, and whichever letters were taken for digits.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let letters: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|letter| !letter.is_whitespace() && *letter != '-')
                .collect(),
        );
        let digits = letters.len() == 6 && letters.bytes().all(|byte| byte.is_ascii_digit());
        if let (true, Ok(code)) = (digits, letters.parse()) {
            return Self::OneTime(code);
        }
        let meant = letters.chars().map(|letter| match letter {
            'o' | 'O' => '0',
            'i' | 'I' | 'l' | 'L' => '1',
            letter => letter.to_ascii_lowercase(),
        });
        Self::Recovery(RecoveryCode(Zeroizing::new(meant.collect())))
    }
}

/// Why a second factor refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecondFactorRefusal {
    /// It is on, and no code was given.
    #[error("this account has a second factor: a code is needed as well")]
    Needed,
    /// The code is wrong, too old, or was used before.
    #[error("the code is wrong, too old, or was used before")]
    Wrong,
    /// It is on already.
    #[error("the second factor is on already")]
    On,
    /// It is not on.
    #[error("there is no second factor")]
    Off,
    /// Nobody began to set it up.
    #[error("no second factor was begun")]
    NotBegun,
}

impl Refusal for SecondFactorRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Needed => "second_factor_needed",
            Self::Wrong => "second_factor_wrong",
            Self::On => "second_factor_on",
            Self::Off => "second_factor_off",
            Self::NotBegun => "second_factor_not_begun",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Needed | Self::Wrong => RefusalKind::Unproven,
            Self::On | Self::Off | Self::NotBegun => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::Needed => {
                "Give the code that your authenticator app shows, or one of your recovery codes."
            }
            Self::Wrong => {
                "Wait for the next code of your app, and see that the clock of its device is right; or use a recovery \
                 code."
            }
            Self::On => "Turn it off first.",
            Self::NotBegun => "Begin with it, and give the first code then.",
            Self::Off => return None,
        };
        Some(fix.into())
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::Wrong => Some("/code"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn read(text: &str) -> Result<u32, String> {
        match GivenCode::read(text) {
            GivenCode::OneTime(code) => Ok(code),
            GivenCode::Recovery(code) => Err(code.digest()),
        }
    }

    #[test]
    fn what_is_typed_is_read_as_it_is_meant() {
        assert_eq!(read("012345"), Ok(12_345));
        assert_eq!(read(" 012 345 "), Ok(12_345));
        let codes = RecoveryCode::generate_all(&SeededRandom::new(1));
        assert_eq!(codes.len(), RECOVERY_CODES);
        let (code, digest) = (codes[0].reveal(), codes[0].digest());
        assert_eq!(code.len(), 19, "{}", *code);
        assert_eq!(read(&code), Err(digest.clone()));
        let sloppy = code.to_uppercase().replace('-', " ").replace('0', "O");
        assert_eq!(read(&sloppy.replace('1', "l")), Err(digest.clone()));
        assert_ne!(codes[1].digest(), digest);
        assert!(read("1234567").is_err());
    }

    #[test]
    fn each_code_works_once_and_the_ledger_sees_what_changes() {
        let mut factor = SecondFactor::begin(vec![1, 2, 3]);
        let begun = factor.mark();
        factor.state = SecondFactorState::On;
        let codes = RecoveryCode::generate_all(&SeededRandom::new(1));
        factor.recovery_codes = codes.iter().map(RecoveryCode::digest).collect();
        factor.use_step(7).unwrap();
        let (on, wrong) = (factor.mark(), Err(SecondFactorRefusal::Wrong));
        assert_ne!(on.digest, begun.digest);
        assert_eq!(factor.use_step(7), wrong);
        assert_eq!(factor.use_step(6), wrong);
        factor.use_step(8).unwrap();
        assert_eq!(factor.mark(), on, "a step is not recorded");
        let digest = codes[3].digest();
        factor.use_recovery_code(&digest).unwrap();
        assert_eq!(factor.use_recovery_code(&digest), wrong);
        assert_eq!(factor.mark().recovery_codes, RECOVERY_CODES - 1);
        assert_ne!(factor.mark().digest, on.digest);
        assert_eq!(format!("{factor:?}"), "SecondFactor(on, …)");
    }
}
