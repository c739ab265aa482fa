//! What customers and resellers wait for, over HTTP: two hundred resellers issuing at once, the first page of a customer
//! with very many seats, and a very long statement.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::json;

use super::client::{self, Connection, Request};
use super::owner::Owner;
use super::server::{self, Server, post};
use crate::Arguments;
use crate::floor_postgres::Floor;
use crate::report::{Report, Row, Target};
use crate::samples::{millis, percentile};

/// How much there is.
struct Extent {
    resellers: usize,
    /// Licenses that each of them issues in one run.
    licenses_each: usize,
    runs: usize,
    seats: usize,
    lines: usize,
    /// How often a page is asked for.
    asked: usize,
}

pub(crate) async fn measure(
    report: &mut Report,
    folder: &Path,
    programs: &Path,
    arguments: &Arguments,
) -> Result<()> {
    let extent = if arguments.quick {
        Extent {
            resellers: 200,
            licenses_each: 5,
            runs: 3,
            seats: 10_000,
            lines: 10_000,
            asked: 200,
        }
    } else {
        Extent {
            resellers: 200,
            licenses_each: 20,
            runs: 5,
            seats: 100_000,
            lines: 100_000,
            asked: 500,
        }
    };
    let path = folder.join("portal.db");
    let url = format!("sqlite:{}", path.display());
    on_store(report, "sqlite", &url, None, folder, programs, &extent).await?;
    match Floor::prepare(arguments)? {
        Some(floor) => {
            let url = floor.address().to_owned();
            let floor = Some(&floor);
            on_store(report, "postgres", &url, floor, folder, programs, &extent).await
        }
        None => Ok(()),
    }
}

async fn on_store(
    report: &mut Report,
    database: &str,
    url: &str,
    floor: Option<&Floor>,
    folder: &Path,
    programs: &Path,
    extent: &Extent,
) -> Result<()> {
    server::seed(programs, folder, url, 10, 1)?;
    let link = server::make_owner(programs, folder, url)?;
    let server = Server::start(programs, folder, url).await?;
    let mut owner = Owner::enter(&server, &link).await?;
    let policy = owner.policy().await?;

    let mut sellers = Vec::new();
    for number in 0..extent.resellers {
        sellers.push(owner.seller(&policy, number).await?);
    }
    let issue = |number: usize| {
        let seller = sellers.get(number % sellers.len().max(1));
        let seller = seller.context("there are resellers")?;
        let path = format!("/v1/templates/{}/licenses", seller.template);
        let body = json!({ "customer_id": seller.customer });
        Ok(Request {
            authorization: format!("Bearer {}", seller.token),
            ..post(path, &body)
        })
    };
    let (mut rates, mut done) = (Vec::new(), 0);
    for _ in 0..extent.runs {
        let range = done..done + extent.resellers * extent.licenses_each;
        done = range.end;
        let load = client::so_many(server.address(), extent.resellers, range, &issue).await?;
        rates.push(load.per_second());
    }
    owner.check_sums(done).await?;
    let name = |what: &str| format!("portal, {database}: {what}");
    let issuing = format!("{} resellers issue at once", extent.resellers);
    report.add(
        Row::new(name(&issuing), "licenses/s", rates, Target::Nothing)
            .noting(format!("{done} issued, and every sum is right")),
    )?;

    let customer = owner.customer("Großkunde").await?;
    owner.seats(&policy, &customer, extent.seats).await?;
    let whose = json!({ "role": "customer_admin", "customer_id": customer });
    let admin = owner.person("admin@customer.example", &whose).await?;
    let long = owner.long_statement(&policy, extent.lines).await?;
    if let Some(floor) = floor {
        floor.vacuum()?;
    }
    let cutoff = days_ago(90);
    for (what, path) in [
        ("activations", "/v1/activations?limit=50".to_owned()),
        ("licenses", "/v1/licenses?limit=50".to_owned()),
        (
            "not seen for 90 days",
            format!("/v1/activations?limit=50&not_seen_since={cutoff}&state=active"),
        ),
        ("usage", "/v1/usage?days=90".to_owned()),
        (
            "timeline",
            format!("/v1/customers/{customer}/timeline?limit=50"),
        ),
    ] {
        let asked = Request {
            path: path.into(),
            authorization: format!("Bearer {admin}"),
            ..Request::default()
        };
        let mut connection = Connection::open(server.address()).await?;
        for _ in 0..3 {
            connection.ask("GET", &asked).await?;
        }
        let mut took = Vec::new();
        for _ in 0..extent.asked {
            let began = Instant::now();
            connection.ask("GET", &asked).await?;
            took.push(millis(began.elapsed()));
        }
        let first = format!("first page of {what}, {} seats, p99", extent.seats);
        let p99 = vec![percentile(&took, 0.99)];
        report.add(Row::new(name(&first), "ms", p99, Target::AtMost(100.0)))?;
    }
    for (what, path) in [
        ("as CSV", format!("/v1/resellers/{long}/statement/csv")),
        ("as PDF", format!("/v1/resellers/{long}/statement/pdf")),
    ] {
        let mut took = Vec::new();
        for _ in 0..extent.runs {
            let began = Instant::now();
            owner.get(&path).await?;
            took.push(began.elapsed().as_secs_f64());
        }
        let statement = format!("statement of {} lines {what}", extent.lines);
        report.add(Row::new(name(&statement), "s", took, Target::AtMost(5.0)))?;
    }
    server.stop().await
}

/// So many days ago, as the API reads a time.
fn days_ago(days: i64) -> String {
    let now = latchkey_domain::Clock::now(&crate::ambient::SystemClock);
    let then = now.plus_millis(-days * 86_400_000);
    then.to_chrono().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
