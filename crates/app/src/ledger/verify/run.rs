//! One check from beginning to end: what is read in which order, and hashed on another thread meanwhile.

use latchkey_domain::EntityKind;
use latchkey_store::{LedgerHead, LedgerRow, QuotaFault, StoreError};
use tokio::sync::mpsc;

use super::keys::{self, Trusted};
use super::replay::{Replay, missing};
use super::state::{self, Fit};
use super::{Halt, LedgerCheck, files, nodes, problem};
use crate::App;
use crate::ledger::id_text;

/// Rows that are read at once.
const ROWS_PER_READING: u32 = 4_096;

/// Pages that may wait to be hashed.
const PAGES_WAITING_MAX: usize = 2;

/// Readings of one page of state before it is believed that a row and its entry are apart: the store may be in use.
const READINGS_MAX: u32 = 16;

/// One check.
pub(super) struct Run<'a> {
    pub(super) app: &'a App,
    check: LedgerCheck<'a>,
    /// Away only while another thread works on it.
    replay: Option<Replay>,
    rows: u64,
}

impl<'a> Run<'a> {
    pub(super) fn new(app: &'a App, check: LedgerCheck<'a>) -> Self {
        Self {
            app,
            check,
            replay: None,
            rows: 0,
        }
    }

    /// How many entries and rows were checked, and the root of those entries.
    pub(super) fn figures(&self) -> (u64, u64, [u8; 32]) {
        let frontier = self
            .replay
            .as_ref()
            .map(|replay| replay.frontier.clone())
            .unwrap_or_default();
        (frontier.size(), self.rows, frontier.root())
    }

    /// Checks everything.
    pub(super) async fn all(&mut self) -> Result<(), Halt> {
        // The head before the keys: a later trust bundle still certifies the key that signed it.
        let head = self.app.ledger_head().await?;
        let (vendor, trusted) = keys::check(self.app, self.check.root.as_ref()).await?;
        self.replay = Some(Replay::new(vendor.salt, head.size));
        self.advance(&trusted, &head).await?;
        for kind in EntityKind::ALL {
            self.states(*kind, &trusted).await?;
        }
        if let Some(sentence) = state::without_row(self.replay()?) {
            return problem(sentence);
        }
        self.seats().await?;
        self.quota().await?;
        files::check(self.app, self.replay()?).await?;
        nodes::check(self.app, self.replay()?).await?;
        self.behind_the_head().await
    }

    fn replay(&self) -> Result<&Replay, Halt> {
        self.replay.as_ref().ok_or_else(interrupted)
    }

    /// Goes through the entries up to this head, and holds the head against them.
    async fn advance(&mut self, trusted: &Trusted, head: &LedgerHead) -> Result<(), Halt> {
        let mut replay = self.replay.take().ok_or_else(interrupted)?;
        let mut next = replay.frontier.size();
        let (pages, mut waiting) = mpsc::channel::<Vec<LedgerRow>>(PAGES_WAITING_MAX);
        let hashing = tokio::task::spawn_blocking(move || {
            while let Some(rows) = waiting.blocking_recv() {
                if let Err(sentence) = replay.take(&rows) {
                    return (replay, Some(sentence));
                }
            }
            (replay, None)
        });
        let mut read = Ok(());
        while next < head.size {
            let mut rows = match self.page(next).await {
                Ok(rows) => rows,
                Err(halt) => {
                    read = Err(halt);
                    break;
                }
            };
            rows.retain(|row| row.index < head.size);
            let Some(last) = rows.last() else {
                read = problem(missing(next));
                break;
            };
            next = last.index + 1;
            if pages.send(rows).await.is_err() {
                break;
            }
            if let Some(progress) = self.check.progress {
                progress(next, head.size);
            }
        }
        drop(pages);
        let (replay, found) = hashing.await.map_err(|_| interrupted())?;
        let size = replay.frontier.size();
        let replay = self.replay.insert(replay);
        // What is wrong with an earlier entry comes before what could not be read behind it.
        if let Some(sentence) = found {
            return problem(sentence);
        }
        read?;
        if size != head.size {
            return problem(missing(size));
        }
        keys::check_head(trusted, head, replay)
    }

    /// A page of entries. If one of them cannot be read at all, it is named.
    async fn page(&self, from: u64) -> Result<Vec<LedgerRow>, Halt> {
        let (store, vendor_id) = (&self.app.store, self.app.scope.vendor_id);
        let page = store.ledger_range(vendor_id, from, ROWS_PER_READING).await;
        let Err(StoreError::Damaged { .. }) = page else {
            return Ok(page?);
        };
        let mut rows = Vec::new();
        for index in from.. {
            match store.ledger_range(vendor_id, index, 1).await {
                Ok(row) if row.is_empty() => break,
                Ok(row) => rows.extend(row),
                Err(StoreError::Damaged { what, reason }) if rows.is_empty() => {
                    return problem(format!("ledger_entry {index}: {what}: {reason}"));
                }
                // Those before it first: one of them may be wrong too.
                Err(StoreError::Damaged { .. }) => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(rows)
    }

    /// Takes in what was appended since; answers whether anything was.
    async fn catch_up(&mut self, trusted: &Trusted) -> Result<bool, Halt> {
        let head = self.app.ledger_head().await?;
        let moved = head.size > self.replay()?.frontier.size();
        if moved {
            self.advance(trusted, &head).await?;
        }
        Ok(moved)
    }

    /// Compares all rows of a kind, reading the next page while one is compared.
    async fn states(&mut self, kind: EntityKind, trusted: &Trusted) -> Result<(), Halt> {
        let (store, vendor_id) = (&self.app.store, self.app.scope.vendor_id);
        let mut after = i64::MIN;
        let mut readings = 1;
        // Whether the rows were read when all entries that are known had been.
        let mut current = true;
        let (mut rows, mut last) = store
            .state_range(vendor_id, kind, after, ROWS_PER_READING)
            .await?;
        while !rows.is_empty() {
            let mut replay = self.replay.take().ok_or_else(interrupted)?;
            let comparing = tokio::task::spawn_blocking(move || {
                let fit = state::compare(&mut replay, kind, &rows);
                (replay, rows, fit)
            });
            let next = store
                .state_range(vendor_id, kind, last, ROWS_PER_READING)
                .await;
            let (replay, compared, fit) = comparing.await.map_err(|_| interrupted())?;
            self.replay = Some(replay);
            match fit {
                Fit::All => {
                    self.rows += u64::try_from(compared.len()).unwrap_or(u64::MAX);
                    after = last;
                    readings = 1;
                    current = true;
                    (rows, last) = next?;
                }
                Fit::Differs(sentence) => return problem(sentence),
                Fit::Apart(sentence) => {
                    if readings == READINGS_MAX {
                        return problem(sentence);
                    }
                    readings += 1;
                    // Rows newer than the entries fit once the entries are read too; rows older than the entries
                    // have to be read again. Where neither helps they are apart.
                    if self.catch_up(trusted).await? {
                        current = false;
                        rows = compared;
                    } else if current {
                        return problem(sentence);
                    } else {
                        current = true;
                        (rows, last) = store
                            .state_range(vendor_id, kind, after, ROWS_PER_READING)
                            .await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn seats(&self) -> Result<(), Halt> {
        let found = self
            .app
            .store
            .seats_miscounted(self.app.scope.vendor_id)
            .await?;
        let Some((id, said, counted)) = found else {
            return Ok(());
        };
        let id = id_text(EntityKind::License, id);
        problem(format!(
            "license {id} says that {said} of its seats are in use, and {counted} machines are active"
        ))
    }

    async fn quota(&self) -> Result<(), Halt> {
        let vendor_id = self.app.scope.vendor_id;
        let found = self.app.store.quota_miscounted(vendor_id).await?;
        let Some((id, fault)) = found else {
            return Ok(());
        };
        let id = id_text(EntityKind::Template, id);
        problem(match fault {
            QuotaFault::Movements { said, counted } => format!(
                "template {id} says that {said} licenses are left, and its movements add up to something else, {counted} left"
            ),
            QuotaFault::Below { said, counted } => format!(
                "template {id} says that {said} licenses are with those below, and those have {counted}"
            ),
        })
    }

    /// Finds entries that no head covers, unless they were appended in this moment.
    async fn behind_the_head(&self) -> Result<(), Halt> {
        let (store, vendor_id) = (&self.app.store, self.app.scope.vendor_id);
        let size = self.app.ledger_head().await?.size;
        let rows = store.ledger_range(vendor_id, size, 1).await?;
        match rows.first() {
            Some(row) if self.app.ledger_head().await?.size == size => problem(format!(
                "ledger_entry {} stands behind the end of the ledger, which has {size} entries",
                row.index
            )),
            _ => Ok(()),
        }
    }
}

/// A thread has died under the check.
fn interrupted() -> Halt {
    Halt::Store(StoreError::Closed)
}
