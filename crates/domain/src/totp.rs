//! One-time codes made of a shared secret and the time: TOTP (RFC 6238) over HOTP (RFC 4226), with SHA-1, six digits
//! and steps of 30 seconds, which is what every authenticator app speaks.
//!
//! SHA-1 is safe here: HMAC does not rest on collisions (RFC 6238 §1.2).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::{Random, Timestamp, base32};

/// Bytes of a secret: as many as the hash has (RFC 4226 §4, R6).
const SECRET_BYTES: usize = 20;
/// How long a code is shown.
const STEP_SECONDS: i64 = 30;
/// Steps that a clock may be ahead or behind.
const STEPS_OFF: u64 = 1;
/// Codes are below this: six digits.
const CODES: u32 = 1_000_000;
/// How authenticator apps call who a code is for.
const ISSUER: &str = "Latchkey";

/// What an authenticator app and this program share.
pub struct Secret(Zeroizing<[u8; SECRET_BYTES]>);

impl Secret {
    /// A new one.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        random.fill(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The secret of these bytes; none if they are not as many as it has.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// Its bytes: only for sealing it.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The secret as people type it into an app: base32 (RFC 4648 §6).
    #[must_use]
    pub fn base32(&self) -> Zeroizing<String> {
        base32::text(self.expose(), base32::STANDARD)
    }

    /// The secret as a QR code says it to an app, for somebody who signs in as `account`.
    #[must_use]
    pub fn uri(&self, account: &str) -> Zeroizing<String> {
        let account = percent_encoded(account);
        let secret = self.base32();
        Zeroizing::new(format!(
            "otpauth://totp/{ISSUER}:{account}?secret={}&issuer={ISSUER}",
            *secret
        ))
    }

    /// The code of a step.
    #[must_use]
    pub fn code(&self, step: u64) -> Option<u32> {
        let mut mac = Hmac::<Sha1>::new_from_slice(self.expose()).ok()?;
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        // "Dynamic truncation", RFC 4226 §5.3.
        let offset = usize::from(hash.last()? & 15);
        let four = hash.get(offset..offset + 4)?.try_into().ok()?;
        Some((u32::from_be_bytes(four) & 0x7fff_ffff) % CODES)
    }

    /// The step of which this is the code: the present one, or one beside it, but none up to `used`.
    #[must_use]
    pub fn step_of(&self, code: u32, now: Timestamp, used: Option<u64>) -> Option<u64> {
        let present = step_at(now);
        (present.saturating_sub(STEPS_OFF)..=present + STEPS_OFF)
            .filter(|step| used.is_none_or(|used| *step > used))
            .find(|step| self.code(*step) == Some(code))
    }
}

/// The step that a moment is in.
#[must_use]
pub fn step_at(now: Timestamp) -> u64 {
    u64::try_from(now.seconds() / STEP_SECONDS).unwrap_or_default()
}

/// A text with all but the unreserved characters of RFC 3986 as their bytes.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 4226 appendix D and RFC 6238 appendix B.
    fn known() -> Secret {
        Secret::from_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standards() {
        let hotp: Vec<_> = (0..10).map(|step| known().code(step).unwrap()).collect();
        let expected = [
            755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871,
            520_489,
        ];
        assert_eq!(hotp, expected);
        // RFC 6238 gives eight digits, of which these are the last six.
        for (seconds, code) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            let step = step_at(Timestamp::from_seconds(seconds));
            assert_eq!(known().code(step), Some(code), "{seconds} s");
        }
    }

    #[test]
    fn a_code_counts_a_step_early_or_late_and_once() {
        let (secret, now) = (known(), Timestamp::from_seconds(1_234_567_890));
        let present = step_at(now);
        let found = |step: u64, used| secret.step_of(secret.code(step).unwrap(), now, used);
        for step in present - 1..=present + 1 {
            assert_eq!(found(step, None), Some(step));
            assert_eq!(found(step, Some(step - 1)), Some(step));
            assert_eq!(found(step, Some(step)), None, "it was used");
        }
        assert_eq!(found(present - 2, None), None, "too late");
        assert_eq!(found(present + 2, None), None, "too early");
    }

    #[test]
    fn apps_are_told_the_secret_and_whose_it_is() {
        assert_eq!(*known().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            *known().uri("ada+1@vendor.example"),
            "otpauth://totp/Latchkey:ada%2B1%40vendor.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Latchkey"
        );
    }
}
