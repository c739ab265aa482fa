//! Counting seats in use from the ledger: entries that were not counted yet are read in their order, and what they did to
//! activations is kept by license, customer and day. Several servers may count at once; what one has counted meanwhile is
//! not counted by another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::ledger::BodyRead;
use latchkey_domain::time::DAY_MILLIS;
use latchkey_domain::{CustomerId, EntityKind, LicenseId, Timestamp};
use latchkey_store::{LedgerRow, StoreError, UsageDay};
use serde_json::value::RawValue;
use tokio::sync::watch;

use crate::{App, AppError};

/// Entries that are counted together.
const TOGETHER: u32 = 2_000;

/// How many times so many are counted while somebody waits.
const ROUNDS_WAITED_FOR: u32 = 10;

/// How often it is looked for more.
const LOOKED_EVERY: Duration = Duration::from_secs(5);

/// Behind a round of many, so many times as long as it took: counting has a tenth of a processor, and whoever works
/// meanwhile the rest, also after a store with millions of entries has moved in. Who looks at usage has more counted at once.
const RESTS: u32 = 9;

/// What counts: a license, and whoever has it.
type Whose = (LicenseId, CustomerId);

/// A seat that was taken, or given back.
struct Step {
    whose: Whose,
    day: i64,
    seats: i64,
}

/// How long something took; nothing, where the clock was set back meanwhile.
fn lasted(began: Timestamp, ended: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(ended.millis() - began.millis()).unwrap_or(0))
}

impl App {
    /// Counts until it is told to stop.
    pub async fn usage_run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let began = self.now();
            let rest = match self.usage_round().await {
                Ok(0) => LOOKED_EVERY,
                // Clocks are set, too.
                Ok(_) => LOOKED_EVERY.min(RESTS * lasted(began, self.now())),
                Err(error) => {
                    tracing::warn!(%error, "seats in use were not counted");
                    LOOKED_EVERY
                }
            };
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                // The sender lives as long as the program: an error means to stop as well.
                _ = stopped.wait_for(|asked| *asked) => break,
            }
        }
    }

    /// Counts while somebody waits, but not for long; answers how many entries are left.
    pub(super) async fn usage_count_some(&self) -> Result<u64, AppError> {
        for _ in 0..ROUNDS_WAITED_FOR {
            if self.usage_round().await? == 0 {
                return Ok(0);
            }
        }
        let vendor_id = self.scope.vendor_id;
        let (head, next) = tokio::try_join!(
            self.store.ledger_head(vendor_id),
            self.store.usage_index(vendor_id)
        )?;
        Ok(head.map_or(0, |head| head.size).saturating_sub(next))
    }

    /// Counts some entries; answers how many.
    async fn usage_round(&self) -> Result<usize, StoreError> {
        let vendor_id = self.scope.vendor_id;
        let from = self.store.usage_index(vendor_id).await?;
        let rows = self.store.ledger_range(vendor_id, from, TOGETHER).await?;
        let Some(last) = rows.last() else {
            return Ok(0);
        };
        let mut steps = Vec::new();
        for row in rows
            .iter()
            .filter(|row| row.entity == EntityKind::Activation)
        {
            steps.extend(steps_of(row)?);
        }
        let licenses: BTreeSet<LicenseId> = steps.iter().map(|step| step.whose.0).collect();
        let licenses: Vec<LicenseId> = licenses.into_iter().collect();
        let known = self.store.usage_last(vendor_id, &licenses).await?;
        let days = counted(known, steps);
        self.store
            .usage_note(vendor_id, from, last.index + 1, &days)
            .await?;
        Ok(rows.len())
    }
}

/// What an entry did to seats.
fn steps_of(row: &LedgerRow) -> Result<Vec<Step>, StoreError> {
    let said: BodyRead<'_> = serde_json::from_str(&row.body)?;
    let read = |raw: &RawValue| serde_json::from_str::<Activation>(raw.get());
    let using = |activation: &Activation| activation.state == ActivationState::Active;
    let whose = |activation: &Activation| (activation.license_id, activation.customer_id);
    let before = said.before.map(read).transpose()?.filter(using);
    let after = Some(read(said.after)?).filter(using);
    if before.as_ref().map(whose) == after.as_ref().map(whose) {
        return Ok(Vec::new());
    }
    let day = row.at.millis().div_euclid(DAY_MILLIS);
    let step = |activation: &Activation, seats| Step {
        whose: whose(activation),
        day,
        seats,
    };
    let gone = before.as_ref().map(|activation| step(activation, -1));
    let come = after.as_ref().map(|activation| step(activation, 1));
    Ok(gone.into_iter().chain(come).collect())
}

/// The days that are other than known, after these steps.
fn counted(known: Vec<UsageDay>, steps: Vec<Step>) -> Vec<UsageDay> {
    let whose = |day: &UsageDay| (day.license_id, day.customer_id);
    let mut last: BTreeMap<Whose, UsageDay> =
        known.into_iter().map(|day| (whose(&day), day)).collect();
    let mut changed: BTreeMap<(Whose, i64), UsageDay> = BTreeMap::new();
    for Step { whose, day, seats } in steps {
        let before = last.get(&whose).copied();
        let used = before.map_or(0, |before| before.seats_used);
        let peak = match before {
            Some(before) if before.day >= day => before.peak,
            // A day begins with what the one before ended with.
            _ => used,
        };
        let now = UsageDay {
            license_id: whose.0,
            customer_id: whose.1,
            // A clock that was set back makes no day of the past another.
            day: before.map_or(day, |before| before.day.max(day)),
            seats_used: used + seats,
            peak: peak.max(used + seats),
        };
        last.insert(whose, now);
        changed.insert((whose, now.day), now);
    }
    changed.into_values().collect()
}

#[cfg(test)]
mod tests {
    use latchkey_domain::Timestamp;
    use latchkey_domain::random::SeededRandom;

    use super::*;

    #[test]
    fn a_day_keeps_its_end_and_its_peak() {
        let (now, random) = (Timestamp::from_millis(0), SeededRandom::new(1));
        let license_id = LicenseId::generate(now, &random);
        let customer_id = CustomerId::generate(now, &random);
        let step = |day, seats| Step {
            whose: (license_id, customer_id),
            day,
            seats,
        };
        let day = |day, seats_used, peak| UsageDay {
            license_id,
            customer_id,
            day,
            seats_used,
            peak,
        };
        let steps = vec![step(4, 1), step(4, 1), step(4, -1), step(6, -1), step(5, 1)];
        let days = counted(vec![day(2, 7, 9)], steps);
        // The last step is from a clock that was set back: it counts for the day that was last.
        assert_eq!(days, [day(4, 8, 9), day(6, 8, 8)]);
        assert_eq!(counted(Vec::new(), vec![step(1, 1)]), [day(1, 1, 1)]);
    }
}
