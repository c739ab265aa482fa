//! The report: one row for each thing measured, as JSON and as a table to read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Serialize;

use crate::samples::median;

/// What is promised of a row.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
    /// At least so much, and so many times the peer.
    AtLeastAndTimes(f64, f64),
    /// At least so many times the peer.
    AtLeastTimes(f64),
    /// At most so many times the peer.
    AtMostTimes(f64),
    /// Nothing: it is measured to be compared.
    Nothing,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    /// What was measured.
    pub(crate) name: String,
    /// In what.
    pub(crate) unit: &'static str,
    /// Ours, run by run.
    pub(crate) runs: Vec<f64>,
    /// Ours.
    pub(crate) ours: f64,
    /// What it is compared with.
    pub(crate) peer_name: Option<String>,
    /// The peer, run by run.
    pub(crate) peer_runs: Vec<f64>,
    /// The peer.
    pub(crate) peer: Option<f64>,
    /// Ours by the peer's.
    pub(crate) ratio: Option<f64>,
    /// The promise.
    pub(crate) target: Target,
    /// Whether it is kept.
    pub(crate) met: Option<bool>,
    /// What else is to be said.
    pub(crate) note: String,
}

impl Row {
    /// A row of the median of several runs.
    pub(crate) fn new(
        name: impl Into<String>,
        unit: &'static str,
        runs: Vec<f64>,
        target: Target,
    ) -> Self {
        let ours = median(&runs);
        Self {
            name: name.into(),
            unit,
            ours,
            runs,
            peer_name: None,
            peer_runs: Vec::new(),
            peer: None,
            ratio: None,
            target,
            met: None,
            note: String::new(),
        }
    }

    /// With the peer measured beside it.
    pub(crate) fn beside(mut self, name: &str, runs: Vec<f64>) -> Self {
        let peer = median(&runs);
        self.peer_name = Some(name.to_owned());
        self.peer = Some(peer);
        self.ratio = Some(self.ours / peer);
        self.peer_runs = runs;
        self
    }

    /// With a remark.
    pub(crate) fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn judge(&mut self) {
        let ratio = self.ratio.unwrap_or(f64::NAN);
        self.met = match self.target {
            Target::AtLeast(least) => Some(self.ours >= least),
            Target::AtMost(most) => Some(self.ours <= most),
            Target::AtLeastAndTimes(least, times) => Some(self.ours >= least && ratio >= times),
            Target::AtLeastTimes(times) => Some(ratio >= times),
            Target::AtMostTimes(times) => Some(ratio <= times),
            Target::Nothing => None,
        };
    }

    fn line(&self) -> String {
        let peer = match (&self.peer_name, self.peer) {
            (Some(name), Some(peer)) => format!("{} ({name})", number(peer)),
            _ => String::new(),
        };
        let target = match self.target {
            Target::AtLeast(least) => format!("≥ {}", number(least)),
            Target::AtMost(most) => format!("≤ {}", number(most)),
            Target::AtLeastAndTimes(least, times) => format!("≥ {}, ≥ {times} ×", number(least)),
            Target::AtLeastTimes(times) => format!("≥ {times} ×"),
            Target::AtMostTimes(times) => format!("≤ {times} ×"),
            Target::Nothing => String::new(),
        };
        let met = match self.met {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "",
        };
        let ratio = self
            .ratio
            .map_or(String::new(), |ratio| format!("{ratio:.2} ×"));
        format!(
            "| {} | {} {} | {peer} | {ratio} | {target} | {met} | {} |",
            self.name,
            number(self.ours),
            self.unit,
            self.note
        )
    }
}

fn number(value: f64) -> String {
    if value.abs() < 10.0 {
        return format!("{value:.2}");
    }
    if value.abs() < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The report.
pub(crate) struct Report {
    folder: PathBuf,
    rows: Vec<Row>,
}

const HEAD: &str = "| What | Measured | Peer in the same run | Ratio | Target | Met | Note |\n| --- | --- | --- | --- | --- | --- | --- |";

impl Report {
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            rows: Vec::new(),
        })
    }

    /// Takes in a row, shows it, and writes what there is so far: a bench that is stopped has said something.
    pub(crate) fn add(&mut self, mut row: Row) -> Result<()> {
        row.judge();
        println!("{}", row.line());
        self.rows.push(row);
        self.write()
    }

    fn write(&self) -> Result<()> {
        let machine = format!(
            "{} cores",
            std::thread::available_parallelism().map_or(0, std::num::NonZeroUsize::get)
        );
        let json = serde_json::json!({ "machine": machine, "rows": self.rows });
        fs::write(
            self.folder.join("report.json"),
            serde_json::to_string_pretty(&json)?,
        )?;
        fs::write(self.folder.join("report.md"), self.table())?;
        Ok(())
    }

    fn table(&self) -> String {
        let lines: Vec<String> = self.rows.iter().map(Row::line).collect();
        format!("{HEAD}\n{}\n", lines.join("\n"))
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.write()?;
        println!("\n{}", self.table());
        Ok(())
    }
}
