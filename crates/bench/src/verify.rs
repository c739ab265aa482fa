//! Verifying a license file, beside the three bare Ed25519 checks that it needs: bundle, license, checkpoint.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use latchkey_verify::{Machine, RootKey, verify_license_file};

use crate::report::{Report, Row, Target};

const FILE: &[u8] = include_bytes!("../../verify/tests/golden/accept/large-ledger.lkl");
const ABOUT: &str = include_str!("../../verify/tests/golden/accept/large-ledger.txt");
const ROOT: &str = include_str!("../../verify/tests/golden/root.pem");

/// A signed message of about the length of what is signed in a license file.
struct Signed {
    /// Decoded beforehand: the root key, which the app has.
    key: Option<VerifyingKey>,
    /// The 32 bytes, as keys stand in the file.
    bytes: [u8; 32],
    message: Vec<u8>,
    signature: Signature,
}

fn signed(seed: u8, bytes: usize, decoded: bool) -> Signed {
    let key = SigningKey::from_bytes(&[seed; 32]);
    let message = vec![seed; bytes];
    let signature = key.sign(&message);
    let key = key.verifying_key();
    Signed {
        key: decoded.then_some(key),
        bytes: key.to_bytes(),
        message,
        signature,
    }
}

pub(crate) fn measure(report: &mut Report, quick: bool) -> Result<()> {
    let (runs, times) = if quick { (20, 50_u32) } else { (100, 100_u32) };
    let root = RootKey::from_pem(ROOT).map_err(|error| anyhow::anyhow!("{error}"))?;
    let now: i64 = ABOUT
        .lines()
        .find_map(|line| line.strip_prefix("now:"))
        .context("the golden file says when it holds")?
        .trim()
        .parse()?;
    let bare = [
        signed(1, 900, true),
        signed(2, 700, false),
        signed(3, 120, false),
    ];
    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    for run in 0..=runs {
        let began = Instant::now();
        for _ in 0..times {
            let verified = verify_license_file(black_box(FILE), &root, now, Machine::NotChecked);
            black_box(verified.map_err(|refusal| anyhow::anyhow!("{refusal}"))?);
        }
        let full = began.elapsed();
        let began = Instant::now();
        for _ in 0..times {
            for signed in black_box(&bare) {
                let key = match signed.key {
                    Some(key) => key,
                    None => VerifyingKey::from_bytes(&signed.bytes)?,
                };
                key.verify_strict(&signed.message, &signed.signature)?;
            }
        }
        let floor = began.elapsed();
        // The first turn warms up.
        if run > 0 {
            ours.push(full.as_secs_f64() * 1e6 / f64::from(times));
            peer.push(floor.as_secs_f64() * 1e6 / f64::from(times));
        }
    }
    report.add(
        Row::new(
            "verify: a license file, warm",
            "µs",
            ours,
            Target::AtMostTimes(1.3),
        )
        .beside("three bare Ed25519 checks", peer),
    )
}
