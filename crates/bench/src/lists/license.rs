//! Lists of licenses.

use std::time::Instant;

use anyhow::{Context, Result};
use latchkey_domain::license::LicenseState;
use latchkey_domain::{Clock, LicenseId, VendorId};
use latchkey_store::Store;
use latchkey_store::filter::{LicenseFilter, PolicyFilter, ProductFilter};

use super::{MOST_MILLIS, PAGE};
use crate::ambient::SystemClock;
use crate::report::{Report, Row, Target};
use crate::samples::{millis, percentile};

pub(super) async fn measure(
    report: &mut Report,
    store: &Store,
    vendor: VendorId,
    licenses: &[LicenseId],
    times: usize,
) -> Result<()> {
    let now = SystemClock.now();
    let products = store
        .product_list(vendor, &ProductFilter::default(), PAGE)
        .await?
        .rows;
    let product_id = products.first().map(|product| product.id);
    let policy_id = store
        .policy_list(vendor, &PolicyFilter::default(), PAGE)
        .await?
        .rows
        .first()
        .map(|view| view.policy.id);
    let sample = store
        .license_get(
            vendor,
            *licenses
                .get(licenses.len() / 2)
                .context("there are licenses")?,
        )
        .await?;
    let sample = sample.context("the license is there")?.license;
    let mut filters: Vec<(String, LicenseFilter)> = vec![
        ("all".into(), LicenseFilter::default()),
        (
            "product".into(),
            LicenseFilter {
                product_id,
                ..Default::default()
            },
        ),
        (
            "policy".into(),
            LicenseFilter {
                policy_id,
                ..Default::default()
            },
        ),
        (
            "customer".into(),
            LicenseFilter {
                customer_id: Some(sample.customer_id),
                ..Default::default()
            },
        ),
        (
            "ending in 60 days".into(),
            LicenseFilter {
                expires_before: Some(now.plus_days(60)),
                ..Default::default()
            },
        ),
        (
            "ending before today".into(),
            LicenseFilter {
                expires_before: Some(now),
                ..Default::default()
            },
        ),
        (
            "key".into(),
            LicenseFilter {
                key_prefix: Some(sample.key.as_str().to_owned()),
                ..Default::default()
            },
        ),
        (
            "key's first letter".into(),
            LicenseFilter {
                key_prefix: Some(sample.key.as_str().chars().take(1).collect()),
                ..Default::default()
            },
        ),
    ];
    for state in [
        LicenseState::Active,
        LicenseState::Suspended,
        LicenseState::Expired,
        LicenseState::Revoked,
    ] {
        let state = Some(state);
        let name = state.map_or("", LicenseState::as_str);
        filters.push((
            name.into(),
            LicenseFilter {
                state,
                ..Default::default()
            },
        ));
        filters.push((
            format!("product and {name}"),
            LicenseFilter {
                state,
                product_id,
                ..Default::default()
            },
        ));
        filters.push((
            format!("policy, {name}, ending in 60 days"),
            LicenseFilter {
                state,
                policy_id,
                expires_before: Some(now.plus_days(60)),
                ..Default::default()
            },
        ));
    }
    for (name, filter) in filters {
        timed!(report, times, format!("licenses, {name}"), |_n| store
            .license_list(vendor, &filter, now, PAGE));
    }
    Ok(())
}
