//! How long this process has computed: unlike a clock it says the same on a busy machine.

use std::fs;

/// The kernel counts in hundredths of a second: `sysconf(_SC_CLK_TCK)` of every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// Seconds that all threads of this process whose name begins so have computed, in user and system together.
pub(crate) fn seconds(thread_name: &str) -> f64 {
    let Ok(threads) = fs::read_dir("/proc/self/task") else {
        return 0.0;
    };
    threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok())
        .filter_map(|stat| {
            // `pid (name) state …`, where user and system time are the 14th and 15th.
            let (head, rest) = stat.rsplit_once(')')?;
            let name = head.split_once('(')?.1;
            let mut fields = rest.split_ascii_whitespace().skip(11);
            let ticks: f64 =
                fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
            name.starts_with(thread_name)
                .then_some(ticks / TICKS_PER_SECOND)
        })
        .sum()
}
