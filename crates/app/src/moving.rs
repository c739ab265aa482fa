//! Moving a store to another place: `latchkey move`.
//!
//! At no moment do two stores accept changes. The copy arrives marked, is checked as `latchkey ledger verify` does, the
//! store it came from is marked as moved, and only then the copy loses its mark. A move that was cut short anywhere is
//! finished, or begun anew, by the same command. It is no operation of the API: whoever does it has both databases.

mod error;

use std::sync::Arc;

use latchkey_domain::ledger::hex;
use latchkey_domain::signing_key::KeyRole;
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{Clock, Random};
use latchkey_keys::{KeyPlace, SealingKey, drop_copy, keep_also};
use latchkey_store::{Departure, Direction, Store, StoreError, StoreUrl};

pub use error::MoveError;
pub use latchkey_store::{Mark, TableRows};

use crate::ledger::LedgerCheck;
use crate::open::{Ground, find_key};
use crate::vault::Vault;
use crate::{App, OpenError};

/// What a move is told to do.
pub struct MoveStore<'a> {
    /// The store that is moved.
    pub from: StoreUrl,
    /// Where it goes: nothing, or an empty store.
    pub to: StoreUrl,
    /// What seals its private keys, before and after.
    pub sealing_key: SealingKey,
    /// Where that key is kept for the new place.
    pub key_place: KeyPlace,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub random: Arc<dyn Random>,
    /// Is told how far it is.
    pub progress: &'a (dyn Fn(MoveStep) + Send + Sync),
}

/// How far a move is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveStep {
    /// So many of so many rows of a table were copied.
    Copied {
        /// The table.
        table: &'static str,
        /// Rows that were copied.
        rows: u64,
        /// Rows there are.
        of: u64,
    },
    /// So many of so many ledger entries were checked where they arrived.
    Verified {
        /// Entries that were checked.
        entries: u64,
        /// Entries there are.
        of: u64,
    },
}

/// The ledger of one vendor, where it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedLedger {
    /// The vendor's name.
    pub vendor: String,
    /// Its entries before.
    pub entries_before: u64,
    /// Its entries that were recomputed afterwards.
    pub entries_after: u64,
    /// The root in its head before, in hex.
    pub root_before: String,
    /// The root recomputed from the entries afterwards, in hex.
    pub root_after: String,
}

/// What a move did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// Everything was copied and verified.
    All {
        /// The rows of each table.
        tables: Vec<TableRows>,
        /// The ledger of each vendor.
        ledgers: Vec<MovedLedger>,
    },
    /// An earlier move had done all but the last step; that is done now.
    Finished,
}

impl MoveStore<'_> {
    /// Moves the store, and takes its key along.
    ///
    /// # Errors
    /// See [`MoveError`].
    pub async fn run(self) -> Result<Moved, MoveError> {
        if self.from.place() == self.to.place() {
            return Err(MoveError::SamePlace);
        }
        let is_new = self.keep_key().await?;
        let moved = self.move_all().await;
        if is_new && moved.as_ref().is_err_and(MoveError::leaves_nothing) {
            drop_copy(&self.key_place);
        }
        moved
    }

    /// Keeps the key for the new place too. Answers whether it was not there yet.
    async fn keep_key(&self) -> Result<bool, MoveError> {
        let (place, key) = (self.key_place.clone(), self.sealing_key.clone());
        let random = Arc::clone(&self.random);
        let keeping = tokio::task::spawn_blocking(move || {
            keep_also(&place, &key, &mut |bytes: &mut [u8]| random.fill(bytes))
        });
        let kept = keeping.await.map_err(|_| StoreError::Closed)?;
        Ok(kept.map_err(Arc::new)?)
    }

    async fn move_all(&self) -> Result<Moved, MoveError> {
        let (source, mark) = self.open(&self.from).await?;
        let moved = match mark {
            None => self.leave_from(&source).await,
            Some(mark) if mark.direction == Direction::To && mark.place == self.to.place() => {
                self.finish(&mark).await
            }
            Some(mark) => Err(mark.refusal(&self.from).into()),
        };
        source.close().await;
        moved
    }

    async fn open(&self, url: &StoreUrl) -> Result<(Store, Option<Mark>), StoreError> {
        Store::open_marked(url, Arc::clone(&self.clock), Arc::clone(&self.random)).await
    }

    fn is_ours(&self, mark: &Mark) -> bool {
        mark.direction == Direction::From && mark.place == self.from.place()
    }

    async fn leave_from(&self, source: &Store) -> Result<Moved, MoveError> {
        let vendors = source.vendor_all().await?;
        if vendors.is_empty() {
            return Err(StoreError::NoVendor.into());
        }
        for vendor in &vendors {
            self.key_opens(source, vendor).await?;
        }
        let mut departure = source.depart().await?;
        match self.copy_and_verify(source, &mut departure, &vendors).await {
            Ok(moved) => {
                let left = departure.leave(&self.to, self.clock.now()).await;
                left.map_err(|because| MoveError::NotMarked { because })?;
                self.settle().await?;
                Ok(moved)
            }
            Err(error) => {
                departure.stay().await;
                Err(error)
            }
        }
    }

    /// Whether the sealing key is the one of this store, before anything is copied that nobody could use.
    async fn key_opens(&self, store: &Store, vendor: &Vendor) -> Result<(), MoveError> {
        let key = find_key(store, vendor.id, KeyRole::Ledger).await?;
        let opened = Vault::new(self.sealing_key.clone()).open(&key);
        opened.map_err(|_| OpenError::SealingKey)?;
        Ok(())
    }

    /// Copies everything, and checks it where it arrived. On an error there is nothing of it.
    async fn copy_and_verify(
        &self,
        source: &Store,
        departure: &mut Departure,
        vendors: &[Vendor],
    ) -> Result<Moved, MoveError> {
        let (target, mark) = self.open(&self.to).await?;
        let tables = self.copy(&target, mark, departure).await;
        target.close().await;
        let tables = tables?;
        let mut ledgers = Vec::with_capacity(vendors.len());
        for vendor in vendors {
            match self.verify(source, vendor).await {
                Ok(ledger) => ledgers.push(ledger),
                Err(error) => {
                    self.clear().await?;
                    return Err(error);
                }
            }
        }
        Ok(Moved::All { tables, ledgers })
    }

    async fn copy(
        &self,
        target: &Store,
        mark: Option<Mark>,
        departure: &mut Departure,
    ) -> Result<Vec<TableRows>, StoreError> {
        match mark {
            None => {}
            // What an earlier move of the same store left when it was cut short.
            Some(mark) if self.is_ours(&mark) => target.clear().await?,
            Some(mark) => return Err(mark.refusal(&self.to)),
        }
        let arriving = Mark {
            direction: Direction::From,
            place: self.from.place(),
            at: self.clock.now(),
        };
        let copying = |table, rows, of| (self.progress)(MoveStep::Copied { table, rows, of });
        target.arrive(departure, &arriving, &copying).await
    }

    /// Checks a vendor's ledger and state in the copy, opened anew.
    async fn verify(&self, source: &Store, vendor: &Vendor) -> Result<MovedLedger, MoveError> {
        let head = source.ledger_head(vendor.id).await?;
        let head = head.ok_or_else(|| StoreError::Damaged {
            what: "the table ledger_head".into(),
            reason: "the ledger has no head".into(),
        })?;
        let (target, _) = self.open(&self.to).await?;
        let (clock, random) = (Arc::clone(&self.clock), Arc::clone(&self.random));
        let ground = Ground::of(target, self.sealing_key.clone(), clock, random);
        let app = App::of_vendor(&ground, vendor.clone()).await?;
        // The application is the only one to hold the store: it closes it.
        drop(ground);
        let verifying = |entries, of| (self.progress)(MoveStep::Verified { entries, of });
        let check = LedgerCheck {
            root: None,
            progress: Some(&verifying),
        };
        let report = app.ledger_verify(&app.owner(), check).await;
        app.close().await;
        let report = report?;
        if let Some(problem) = report.first_problem {
            return Err(MoveError::Ledger { problem });
        }
        let ledger = MovedLedger {
            vendor: vendor.name.to_string(),
            entries_before: head.size,
            entries_after: report.entries,
            root_before: hex(&head.root),
            root_after: report.root,
        };
        if ledger.entries_before != ledger.entries_after || ledger.root_before != ledger.root_after
        {
            let problem = "it is not the ledger that was copied".into();
            return Err(MoveError::Ledger { problem });
        }
        Ok(ledger)
    }

    /// Removes what arrived.
    async fn clear(&self) -> Result<(), StoreError> {
        let (target, _) = self.open(&self.to).await?;
        let cleared = target.clear().await;
        target.close().await;
        cleared
    }

    /// Opens the copy for everybody.
    async fn settle(&self) -> Result<(), MoveError> {
        let failed = |because| MoveError::NotOpened { because };
        let (target, _) = self.open(&self.to).await.map_err(failed)?;
        let settled = target.settle().await;
        target.close().await;
        settled.map_err(failed)
    }

    /// Does the last step of a move that was cut short before it.
    async fn finish(&self, mark: &Mark) -> Result<Moved, MoveError> {
        let (target, arrived) = self.open(&self.to).await?;
        target.close().await;
        match arrived {
            Some(arrived) if self.is_ours(&arrived) => {
                self.settle().await?;
                Ok(Moved::Finished)
            }
            _ => Err(mark.refusal(&self.from).into()),
        }
    }
}

/// Makes a store that was moved accept changes again, as it was when it was moved. Whoever does so gives up what was
/// done since in the other. Answers where it had gone.
///
/// # Errors
/// If the store was not moved, or cannot be opened or written.
pub async fn move_take_back(
    store: &StoreUrl,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
) -> Result<Mark, MoveError> {
    let (opened, mark) = Store::open_marked(store, clock, random).await?;
    let taken = match mark {
        None => Err(MoveError::NotMoved),
        Some(mark) if mark.direction == Direction::From => Err(mark.refusal(store).into()),
        Some(mark) => opened.settle().await.map(|()| mark).map_err(Into::into),
    };
    opened.close().await;
    taken
}
