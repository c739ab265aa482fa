//! What an authenticator app does: takes a secret as it is typed, and shows codes.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "part of tests: what is not a secret must stop the test"
)]

use latchkey_domain::Timestamp;
use latchkey_domain::totp::{Secret, step_at};

/// The code that an app with this secret, in base32, shows at a moment.
///
/// # Panics
/// If it is no secret.
pub fn shown_code(secret: &str, now: Timestamp) -> String {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in secret.bytes() {
        let symbol = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("{} is no letter of base32", char::from(letter)),
        };
        bits = bits << 5 | u32::from(symbol);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).expect("eight bits"));
        }
    }
    let secret = Secret::from_bytes(&bytes).expect("a secret has 20 bytes");
    format!("{:06}", secret.code(step_at(now)).expect("a code"))
}
