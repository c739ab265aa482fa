//! The server as licensed apps meet it: over HTTP on loopback, 64 connections that stay open, each app with its license
//! key. The client takes its share of the same cores.

mod client;
mod owner;
pub(crate) mod portal;
mod server;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use crate::Arguments;
use crate::floor_postgres::Floor;
use crate::ground::{CALLERS, MACHINES_PER_LICENSE};
use crate::report::{Report, Row, Target};
use crate::samples::percentile;
use client::Load;
use server::{Seat, Server};

/// How long validating is measured in one run.
const STRETCH: Duration = Duration::from_secs(4);

/// Licenses that machines are activated on, with seats for all of them.
const LICENSES: usize = 1_000;

/// Machines activated in one run.
const ACTIVATIONS: usize = 12_800;

/// People who sign in each second.
const SIGN_INS_PER_SECOND: u32 = 50;

/// What pgbench does in one run.
const PGBENCH_SECONDS: u32 = 3;

/// How much is measured.
struct Extent {
    activations: usize,
    runs: usize,
}

pub(crate) async fn measure(
    report: &mut Report,
    folder: &Path,
    programs: &Path,
    arguments: &Arguments,
) -> Result<()> {
    let (activations, runs) = if arguments.quick {
        (10_000, 3)
    } else {
        (1_000_000, 5)
    };
    let extent = Extent { activations, runs };
    let path = folder.join("http.db");
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

/// Measures on one database.
async fn on_store(
    report: &mut Report,
    database: &str,
    url: &str,
    floor: Option<&Floor>,
    folder: &Path,
    programs: &Path,
    extent: &Extent,
) -> Result<()> {
    let Extent { activations, runs } = *extent;
    let name = |what: &str| format!("http, {database}: {what}, {activations} activations");
    let licenses = activations / MACHINES_PER_LICENSE;
    server::seed(programs, folder, url, licenses, MACHINES_PER_LICENSE)?;
    if let Some(floor) = floor {
        floor.vacuum()?;
    }
    let server = Server::start(programs, folder, url).await?;
    let seats = server.seats().await?;
    let address = server.address();

    let validate = |number: usize| Ok(validation(seat(&seats, number)?));
    client::for_a_while(address, CALLERS, STRETCH / 4, &validate).await?;
    let mut rates = Vec::new();
    for _ in 0..runs {
        let load = client::for_a_while(address, CALLERS, STRETCH, &validate).await?;
        rates.push(load.per_second());
    }
    report.add(Row::new(
        name(&format!("validate, {CALLERS} connections")),
        "/s",
        rates,
        Target::AtLeast(10_000.0),
    ))?;

    let keys = server.issue(LICENSES).await?;
    let activate = |number: usize| {
        let key = keys.get(number.wrapping_mul(7919) % keys.len().max(1));
        Ok(activation(key.context("there are licenses")?, number))
    };
    client::so_many(address, CALLERS, 0..ACTIVATIONS / 4, &activate).await?;
    let mut done = ACTIVATIONS / 4;
    let (mut ours, mut peer) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let range = done..done + ACTIVATIONS;
        done = range.end;
        let load = client::so_many(address, CALLERS, range, &activate).await?;
        ours.push(load.per_second());
        if let Some(floor) = floor {
            peer.push(floor.run(floor.newest(LICENSES)?, PGBENCH_SECONDS)?);
        }
    }
    let target = match floor {
        Some(_) => Target::AtLeastTimes(2.0),
        None => Target::Nothing,
    };
    let what = format!("activate, {CALLERS} connections");
    let mut row = Row::new(name(&what), "/s", ours, target);
    if floor.is_some() {
        row = row.beside("pgbench, one commit each, no ledger", peer);
    }
    report.add(row)?;
    report.add(Row::new(
        name("memory of the server"),
        "MiB",
        vec![server.memory()?],
        Target::AtMost(300.0),
    ))?;
    server.stop().await?;
    while_others_sign_in(report, &name, url, folder, programs, extent, &seats).await
}

/// How long an answer takes while many sign in, beside a quiet server.
async fn while_others_sign_in(
    report: &mut Report,
    name: &impl Fn(&str) -> String,
    url: &str,
    folder: &Path,
    programs: &Path,
    extent: &Extent,
    seats: &[Seat],
) -> Result<()> {
    let link = server::make_owner(programs, folder, url)?;
    let server = Server::start(programs, folder, url).await?;
    server.invite(&link).await?;
    let validate = |number: usize| Ok(validation(seat(seats, number)?));
    let address = server.address();
    let (mut busy, mut quiet, mut signed_in) = (Vec::new(), Vec::new(), 0);
    // Fewer than make the machine busy by themselves: what is looked for is what signing in adds.
    let callers = CALLERS / 16;
    for _ in 0..extent.runs {
        let load = client::for_a_while(address, callers, STRETCH, &validate).await?;
        quiet.push(p99(&load));
        let signing_in = server.sign_in_steadily(SIGN_INS_PER_SECOND, STRETCH);
        let validating = client::for_a_while(address, callers, STRETCH, &validate);
        let (signing_in, load) = tokio::join!(signing_in, validating);
        signed_in += signing_in?;
        busy.push(p99(&load?));
    }
    let rate = f64::from(signed_in) / (STRETCH.as_secs_f64() * extent.runs as f64);
    report.add(
        Row::new(
            name(&format!(
                "validate while others sign in, p99 of {callers} connections"
            )),
            "ms",
            busy,
            Target::AtMostTimes(3.0),
        )
        .beside("nobody signs in", quiet)
        .noting(format!(
            "{rate:.0} of {SIGN_INS_PER_SECOND} a second signed in"
        )),
    )?;
    server.stop().await
}

fn p99(load: &Load) -> f64 {
    percentile(&load.millis, 0.99)
}

/// A seat, in no order that a cache would like.
fn seat(seats: &[Seat], number: usize) -> Result<&Seat> {
    let seat = seats.get(number.wrapping_mul(7919) % seats.len().max(1));
    seat.context("the store has activations")
}

fn validation(seat: &Seat) -> client::Request {
    let body = json!({ "machine_code": seat.machine_code, "nonce": "5b1e0f3c9a7d4e62" });
    client::Request {
        path: "/v1/validate".into(),
        authorization: format!("License {}", seat.license_key),
        body: body.to_string(),
        ..client::Request::default()
    }
}

fn activation(license_key: &str, number: usize) -> client::Request {
    let body = json!({
        "license_key": license_key,
        "machine_code": format!("H-{number:010}"),
        "friendly_name": crate::names::friendly_name(number),
    });
    client::Request {
        path: "/v1/activations".into(),
        authorization: format!("License {license_key}"),
        body: body.to_string(),
        ..client::Request::default()
    }
}
