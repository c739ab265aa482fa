//! Verifying a whole ledger: every leaf recomputed, the root, the checkpoint, and each row of state held against it.

use std::time::Instant;

use anyhow::Result;
use latchkey_app::ledger::LedgerCheck;

use crate::ground::Ground;
use crate::report::{Report, Row, Target};

pub(crate) async fn measure(report: &mut Report, ground: &Ground, quick: bool) -> Result<()> {
    let mut rates = Vec::new();
    let mut note = String::new();
    for _ in 0..if quick { 2 } else { 3 } {
        let began = Instant::now();
        let found = ground
            .app
            .ledger_verify(&ground.actor, LedgerCheck::default())
            .await?;
        if let Some(problem) = found.first_problem {
            anyhow::bail!("the ledger does not fit: {problem}");
        }
        rates.push(found.entries as f64 / began.elapsed().as_secs_f64());
        note = format!("{} entries, {} rows of state", found.entries, found.rows);
    }
    report.add(
        Row::new(
            "ledger: verify",
            "entries/s",
            rates,
            Target::AtLeast(50_000.0),
        )
        .noting(note),
    )
}
