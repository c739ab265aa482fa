//! One decision of who may do what: by Cedar, as for each license that is compared with a key, and remembered, as for
//! everything else.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;
use latchkey_app::Operation;
use latchkey_app::access_token::key_holder;
use latchkey_app::permission::{About, LicenseFacts, within_reach};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{CustomerId, LicenseId, ProductId, Timestamp, VendorId};

use crate::report::{Report, Row, Target};
use crate::samples::{median, percentile};

pub(crate) fn measure(report: &mut Report, quick: bool) -> Result<()> {
    let decisions = if quick { 10_000 } else { 100_000 };
    let (now, random) = (Timestamp::from_seconds(1), SeededRandom::new(1));
    let vendor = VendorId::generate(now, &random);
    let key = LicenseKey::generate(&random);
    let license = LicenseFacts {
        id: LicenseId::generate(now, &random),
        product: ProductId::generate(now, &random),
        customer: CustomerId::generate(now, &random),
        reseller: None,
        key: &key,
    };
    let license = About::License(license);
    let caller = key_holder(vendor, key.clone());
    let operation = Operation::ValidateLicense;
    // The first reads the policies.
    within_reach(&caller, operation, vendor, license)?;
    operation.permit(&caller)?;
    let decided = timed(decisions, || {
        Ok(within_reach(
            black_box(&caller),
            operation,
            vendor,
            license,
        )?)
    })?;
    report.add(row("permission: one decision by Cedar", &decided))?;
    let remembered = timed(decisions, || Ok(operation.permit(black_box(&caller))?))?;
    report.add(row("permission: one that is remembered", &remembered))
}

fn timed(times: usize, decide: impl Fn() -> Result<()>) -> Result<Vec<f64>> {
    let mut micros = Vec::with_capacity(times);
    for _ in 0..times {
        let began = Instant::now();
        decide()?;
        micros.push(began.elapsed().as_secs_f64() * 1e6);
    }
    Ok(micros)
}

fn row(name: &str, micros: &[f64]) -> Row {
    let p99 = percentile(micros, 0.99);
    let note = format!("p50 {:.1} µs", median(micros));
    Row::new(name, "µs p99", vec![p99], Target::AtMost(1_000.0)).noting(note)
}
