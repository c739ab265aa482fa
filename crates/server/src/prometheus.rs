//! What Prometheus is told: what the API counts, and how the process is doing.

use std::time::Duration;

use anyhow::{Context as _, Result};
use latchkey_api::{DURATIONS, Router, metrics_page};
use metrics::gauge;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper ends of the histogram's classes, in seconds: from a read in memory to what a person
/// would not wait for.
const CLASSES: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// How often what was measured is put into its classes, so that it does not pile up unread.
const UPKEEP: Duration = Duration::from_secs(5);

/// The program's memory, as Prometheus's own clients call it.
const MEMORY: &str = "process_resident_memory_bytes";
const BUILD: &str = "latchkey_build_info";

/// From now on it is counted; answers with the page that tells.
pub(crate) fn start() -> Result<Router> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(DURATIONS.to_owned()), &CLASSES)
        .and_then(PrometheusBuilder::install_recorder)
        .context("the metrics cannot be set up")?;
    metrics::describe_gauge!(
        MEMORY,
        metrics::Unit::Bytes,
        "Memory of the process that is in RAM."
    );
    metrics::describe_gauge!(BUILD, "The version that runs; always 1.");
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    tokio::spawn(keep_up(recorder.clone()));
    Ok(metrics_page(move || {
        if let Some(bytes) = resident_bytes() {
            gauge!(MEMORY).set(bytes);
        }
        recorder.render()
    }))
}

async fn keep_up(recorder: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        recorder.run_upkeep();
    }
}

fn resident_bytes() -> Option<f64> {
    resident_in(&std::fs::read_to_string("/proc/self/status").ok()?)
}

/// The line `VmRSS:     1234 kB` of Linux's account of a process.
fn resident_in(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_is_what_the_system_says() {
        assert_eq!(
            resident_in("VmPeak:\t 9 kB\nVmRSS:\t    1234 kB\nRssAnon: 1 kB\n"),
            Some(1_263_616.0)
        );
        assert_eq!(resident_in("Name: latchkey\n"), None);
    }
}
