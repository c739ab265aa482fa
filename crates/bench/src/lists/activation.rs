//! Lists of activations, and the search by a fragment of the friendly name.

use std::time::Instant;

use anyhow::{Context, Result};
use latchkey_domain::activation::ActivationState;
use latchkey_domain::text::fold;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{Clock, LicenseId, VendorId};
use latchkey_store::Store;
use latchkey_store::filter::{ActivationFilter, ProductFilter};

use super::{MOST_MILLIS, PAGE};
use crate::ambient::SystemClock;
use crate::names;
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
    let product_id = store
        .product_list(vendor, &ProductFilter::default(), PAGE)
        .await?
        .rows
        .first()
        .map(|product| product.id);
    let license = *licenses
        .get(licenses.len() / 2)
        .context("there are licenses")?;
    let customer_id = store
        .license_get(vendor, license)
        .await?
        .map(|view| view.license.customer_id);
    let days_ago = |days: i64| Some(now.plus_millis(-days * DAY_MILLIS));
    let (license_id, later, quarter, year) =
        (Some(license), Some(now), days_ago(90), days_ago(350));
    let fragment = |text: &str| Some(fold(text));
    let (active, deactivated) = (
        Some(ActivationState::Active),
        Some(ActivationState::Deactivated),
    );
    let filters = [
        ("all", ActivationFilter::default()),
        (
            "license",
            ActivationFilter {
                license_id,
                ..Default::default()
            },
        ),
        (
            "customer",
            ActivationFilter {
                customer_id,
                ..Default::default()
            },
        ),
        (
            "product",
            ActivationFilter {
                product_id,
                ..Default::default()
            },
        ),
        (
            "active",
            ActivationFilter {
                state: active,
                ..Default::default()
            },
        ),
        (
            "deactivated",
            ActivationFilter {
                state: deactivated,
                ..Default::default()
            },
        ),
        (
            "not seen since now",
            ActivationFilter {
                not_seen_since: later,
                ..Default::default()
            },
        ),
        (
            "not seen for 90 days",
            ActivationFilter {
                not_seen_since: quarter,
                ..Default::default()
            },
        ),
        (
            "product and active",
            ActivationFilter {
                product_id,
                state: active,
                ..Default::default()
            },
        ),
        (
            "product and deactivated",
            ActivationFilter {
                product_id,
                state: deactivated,
                ..Default::default()
            },
        ),
        (
            "active, not seen since now",
            ActivationFilter {
                state: active,
                not_seen_since: later,
                ..Default::default()
            },
        ),
        (
            "deactivated, not seen since now",
            ActivationFilter {
                state: deactivated,
                not_seen_since: later,
                ..Default::default()
            },
        ),
        (
            "product, not seen since now",
            ActivationFilter {
                product_id,
                not_seen_since: later,
                ..Default::default()
            },
        ),
        (
            "product, not seen for 90 days",
            ActivationFilter {
                product_id,
                not_seen_since: quarter,
                ..Default::default()
            },
        ),
        (
            "product, deactivated, not seen since now",
            ActivationFilter {
                product_id,
                state: deactivated,
                not_seen_since: later,
                ..Default::default()
            },
        ),
        (
            "product and common name",
            ActivationFilter {
                product_id,
                fragment: fragment("Reception"),
                ..Default::default()
            },
        ),
        (
            "product and rare name",
            ActivationFilter {
                product_id,
                fragment: fragment(names::RARE),
                ..Default::default()
            },
        ),
        (
            "deactivated and common name",
            ActivationFilter {
                state: deactivated,
                fragment: fragment("Reception"),
                ..Default::default()
            },
        ),
        (
            "deactivated and one letter",
            ActivationFilter {
                state: deactivated,
                fragment: fragment("e"),
                ..Default::default()
            },
        ),
        (
            "common name, not seen since now",
            ActivationFilter {
                fragment: fragment("Reception"),
                not_seen_since: later,
                ..Default::default()
            },
        ),
        (
            "common name, not seen for 90 days",
            ActivationFilter {
                fragment: fragment("Reception"),
                not_seen_since: quarter,
                ..Default::default()
            },
        ),
        (
            "common name, not seen for 350 days",
            ActivationFilter {
                fragment: fragment("Reception"),
                not_seen_since: year,
                ..Default::default()
            },
        ),
        (
            "one letter, not seen for 90 days",
            ActivationFilter {
                fragment: fragment("e"),
                not_seen_since: quarter,
                ..Default::default()
            },
        ),
        (
            "customer and name",
            ActivationFilter {
                customer_id,
                fragment: fragment("Berlin"),
                ..Default::default()
            },
        ),
    ];
    for (name, filter) in filters {
        timed!(report, times, format!("activations, {name}"), |_n| store
            .activation_list(vendor, &filter, PAGE));
    }
    Ok(())
}

pub(super) async fn measure_search(
    report: &mut Report,
    store: &Store,
    vendor: VendorId,
    times: usize,
) -> Result<()> {
    for (kind, texts) in [
        ("common", ["e", "er", "ber", "receptio"]),
        ("rare", ["q", "qu", "que", "quetzal "]),
        ("absent", ["☃", "xq", "xqz", "xqzwvkjh"]),
        ("Chinese", ["大", "大阪", "端末 ", "受付端末 大阪 "]),
    ] {
        for text in texts {
            let filter = ActivationFilter {
                fragment: Some(fold(text)),
                ..Default::default()
            };
            let letters = text.chars().count();
            let name = format!("search, {kind}, {letters} letters “{text}”");
            timed!(report, times, name, |_n| store
                .activation_list(vendor, &filter, PAGE));
        }
    }
    Ok(())
}
