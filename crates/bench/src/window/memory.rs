//! How much memory processes hold, from `/proc`.

use std::collections::HashMap;
use std::fs;

use anyhow::{Result, bail};

/// In MiB.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// Each page of memory counted once, shared ones by their share (PSS).
    pub(super) all: f64,
    /// What of it stands in no file: a store is read through a map of its file, which costs nothing that the system
    /// could not take back.
    pub(super) anonymous: f64,
}

/// What the processes below one hold together.
pub(super) fn below(root: u32) -> Result<Memory> {
    let mut sum = Memory::default();
    for pid in descendants(root)? {
        // A process may end while it is looked at.
        let Ok(rollup) = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")) else {
            continue;
        };
        sum.all += mib(&rollup, "Pss:").unwrap_or_default();
        sum.anonymous += mib(&rollup, "Pss_Anon:").unwrap_or_default();
    }
    if sum.all == 0.0 {
        bail!("the window's processes are not found");
    }
    Ok(sum)
}

/// The processes below one.
pub(super) fn descendants(root: u32) -> Result<Vec<u32>> {
    let mut parents = HashMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // `pid (name) state parent …`
        let parent = fs::read_to_string(entry.path().join("stat"))
            .ok()
            .and_then(|stat| {
                let (_, rest) = stat.rsplit_once(')')?;
                let mut fields = rest.split_ascii_whitespace();
                // One that has ended, and was not asked about yet, is none.
                let lives = fields.next()? != "Z";
                fields.next()?.parse::<u32>().ok().filter(|_| lives)
            });
        parents.extend(parent.map(|parent| (pid, parent)));
    }
    let is_below = |pid: u32| {
        std::iter::successors(parents.get(&pid), |parent| parents.get(parent))
            .any(|above| *above == root)
    };
    let found = parents.keys().copied().filter(|pid| is_below(*pid));
    Ok(found.collect())
}

/// A line such as `Pss_Anon:    12345 kB`.
fn mib(rollup: &str, name: &str) -> Option<f64> {
    let rest = rollup.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = rest.split_ascii_whitespace().next()?.parse().ok()?;
    Some(kib / 1024.0)
}
