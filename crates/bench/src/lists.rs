//! First pages of every list, with every filter that is offered, and the search by friendly name: in the store itself,
//! without HTTP.

/// Times calls one after the other, and reports them under a name.
macro_rules! timed {
    ($report:ident, $times:ident, $name:expr, |$number:ident| $call:expr) => {{
        let mut samples = Vec::new();
        let mut rows = 0;
        for $number in 0..$times + 3 {
            let began = Instant::now();
            let page = $call.await?;
            // The first ones warm up.
            if $number >= 3 {
                samples.push(millis(began.elapsed()));
            }
            rows = page.rows.len();
        }
        let p99 = percentile(&samples, 0.99);
        let note = format!("p50 {:.2} ms; {rows} rows", percentile(&samples, 0.5));
        let mut row = Row::new(
            format!("lists: {}", $name),
            "ms p99",
            samples,
            Target::AtMost(MOST_MILLIS),
        )
        .noting(note);
        row.ours = p99;
        $report.add(row)?;
    }};
}

mod activation;
mod license;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use latchkey_app::StoreUrl;
use latchkey_app::bulk::{ActivationAction, BulkActivations, BulkLicenses, LicenseAction};
use latchkey_domain::policy::PolicyState;
use latchkey_domain::product::Archival;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{LicenseId, VendorId};
use latchkey_store::Store;
use latchkey_store::filter::{
    ActivationFilter, CustomerFilter, CustomerSort, LedgerFilter, LicenseFilter, PageRequest,
    PolicyFilter, ProductFilter,
};

use crate::ambient::{SystemClock, SystemRandom};
use crate::ground::{self, Ground};
use crate::report::{Report, Row, Target};
use crate::samples::{millis, percentile};

const PAGE: PageRequest = PageRequest::counted(50, None);
const MOST_MILLIS: f64 = 50.0;

/// Gives back some seats and suspends some licenses, so that every filter finds something rare.
pub(crate) async fn set_some_aside(ground: &Ground) -> Result<()> {
    let some: Vec<LicenseId> = ground.licenses.iter().copied().step_by(997).collect();
    for license in some {
        let filter = ActivationFilter {
            license_id: Some(license),
            ..Default::default()
        };
        let command = BulkActivations {
            action: ActivationAction::Deactivate,
            filter,
            dry_run: false,
        };
        ground
            .app
            .activations_bulk(&ground.actor, None, command)
            .await?;
        ground
            .app
            .license_suspend(&ground.actor, None, license, None)
            .await?;
    }
    let first = *ground.licenses.first().context("there are licenses")?;
    let customer_id = ground
        .app
        .license_get(&ground.actor, first)
        .await?
        .license
        .customer_id;
    let filter = LicenseFilter {
        customer_id: Some(customer_id),
        ..Default::default()
    };
    let command = BulkLicenses {
        action: LicenseAction::Revoke,
        filter,
        dry_run: false,
    };
    ground
        .app
        .licenses_bulk(&ground.actor, None, command)
        .await?;
    Ok(())
}

pub(crate) async fn measure(
    report: &mut Report,
    path: &Path,
    licenses: &[LicenseId],
    quick: bool,
) -> Result<()> {
    let url = StoreUrl::file(path);
    let mut opened = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let app = ground::open(&url).await?;
        opened.push(began.elapsed().as_secs_f64());
        app.close().await;
    }
    report.add(Row::new(
        "lists: opening the store",
        "s",
        opened,
        Target::AtMost(1.0),
    ))?;

    spread_last_seen(path)?;
    let store = Store::open(&url, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
    let vendor = store
        .vendor_all()
        .await?
        .first()
        .context("there is a vendor")?
        .id;
    let times = if quick { 30 } else { 100 };
    measure_small(report, &store, vendor, licenses, times).await?;
    license::measure(report, &store, vendor, licenses, times).await?;
    activation::measure(report, &store, vendor, licenses, times).await?;
    activation::measure_search(report, &store, vendor, times).await?;
    store.close().await;
    Ok(())
}

/// Lets machines be last seen at any time in a year, in no order, most of them of late: a fifth not for 90 days. It is not
/// recorded, so that the ledger stays true.
fn spread_last_seen(path: &Path) -> Result<()> {
    let connection = rusqlite::Connection::open(path)?;
    connection.execute(
        "UPDATE activation SET last_seen_at = last_seen_at - CAST(past.share * past.share * past.share * 365 * ?1 AS INTEGER) \
         FROM (SELECT seq AS at, (seq * 7919 % 100003) / 100003.0 * (seq * 7919 % 100003) / 100003.0 AS share \
         FROM activation) AS past WHERE seq = past.at",
        [DAY_MILLIS],
    )?;
    connection.execute_batch("PRAGMA wal_checkpoint (TRUNCATE)")?;
    Ok(())
}

async fn measure_small(
    report: &mut Report,
    store: &Store,
    vendor: VendorId,
    licenses: &[LicenseId],
    times: usize,
) -> Result<()> {
    timed!(report, times, "products", |_n| store.product_list(
        vendor,
        &ProductFilter::default(),
        PAGE
    ));
    let filter = ProductFilter {
        state: Some(Archival::Active),
        fragment: Some("2".into()),
    };
    timed!(report, times, "products, state and fragment", |_n| store
        .product_list(vendor, &filter, PAGE));
    timed!(report, times, "policies", |_n| store.policy_list(
        vendor,
        &PolicyFilter::default(),
        PAGE
    ));
    let filter = PolicyFilter {
        state: Some(PolicyState::Active),
        fragment: Some("2".into()),
        product_id: None,
    };
    timed!(report, times, "policies, state and fragment", |_n| store
        .policy_list(vendor, &filter, PAGE));
    timed!(report, times, "customers", |_n| store.customer_list(
        vendor,
        &CustomerFilter::default(),
        PAGE
    ));
    for (name, state, fragment) in [
        ("active", Some(Archival::Active), None),
        ("archived", Some(Archival::Archived), None),
        ("common fragment", None, Some("customer")),
        ("rare fragment", None, Some("777")),
        ("absent fragment", Some(Archival::Active), Some("nobody")),
    ] {
        let filter = CustomerFilter {
            state,
            fragment: fragment.map(str::to_owned),
            ..CustomerFilter::default()
        };
        timed!(report, times, format!("customers, {name}"), |_n| store
            .customer_list(vendor, &filter, PAGE));
    }
    let by_name = CustomerFilter {
        sort: CustomerSort::Name,
        ..CustomerFilter::default()
    };
    timed!(report, times, "customers by name", |_n| store
        .customer_list(vendor, &by_name, PAGE));
    timed!(report, times, "ledger entries", |_n| store.ledger_list(
        vendor,
        &LedgerFilter::default(),
        PAGE
    ));
    timed!(report, times, "ledger entries of a license", |n| {
        let entity = licenses
            .get(n * 7919 % licenses.len())
            .map(|id| latchkey_domain::id::TypedId::uuid(*id));
        let filter = LedgerFilter {
            entity_id: entity,
            ..LedgerFilter::default()
        };
        async move { store.ledger_list(vendor, &filter, PAGE).await }
    });
    timed!(report, times, "signing keys", |_n| store
        .signing_key_list(vendor, PAGE));
    timed!(report, times, "license files", |_n| store
        .license_file_list(vendor, &Default::default(), PAGE));
    Ok(())
}
