//! How far a move is: one line that changes, for a person who watches, or a line every few seconds.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};

use latchkey_app::moving::MoveStep;
use latchkey_domain::time::Clock as _;

use crate::ambient::SystemClock;

/// Between two lines where nobody watches.
const SECONDS_BETWEEN_LINES: i64 = 5;

/// Between two changes of the line that is watched.
const MILLIS_BETWEEN_CHANGES: i64 = 100;

/// Tells.
#[derive(Default)]
pub(super) struct Teller {
    /// When something was told last, in milliseconds.
    last: Mutex<i64>,
}

impl Teller {
    /// Tells a step, if it is time to.
    pub(super) fn tell(&self, step: MoveStep) {
        let mut err = std::io::stderr();
        let watched = err.is_terminal();
        let between = if watched {
            MILLIS_BETWEEN_CHANGES
        } else {
            SECONDS_BETWEEN_LINES * 1_000
        };
        let now = SystemClock.now().millis();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if now - *last < between {
            return;
        }
        *last = now;
        let text = sentence(step);
        // Nothing depends on its being seen.
        let _ = if watched {
            write!(err, "\r\x1b[K{text}")
        } else {
            writeln!(err, "{text}")
        };
    }

    /// Ends the line that changes.
    pub(super) fn end(&self) {
        let mut err = std::io::stderr();
        if err.is_terminal() {
            let _ = write!(err, "\r\x1b[K");
        }
    }
}

fn sentence(step: MoveStep) -> String {
    match step {
        MoveStep::Copied { table, rows, of } => format!("copying: {rows} of {of} in {table}"),
        MoveStep::Verified { entries, of } => {
            format!("verifying: {entries} of {of} ledger entries")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_a_sentence() {
        let copied = MoveStep::Copied {
            table: "machine",
            rows: 500,
            of: 1_200,
        };
        assert_eq!(sentence(copied), "copying: 500 of 1200 in machine");
    }
}
