//! Moving the open store to the database of a server: closed here, moved by the use case, and opened again if it stayed.

use std::sync::Arc;

use latchkey_app::moving::{MoveError, MoveStep, MoveStore, Moved};
use latchkey_keys::{KeyPlace, Passphrase};
use latchkey_store::StoreUrl;
use serde::Serialize;
use tauri::{AppHandle, Manager as _};

use crate::ambient::{SystemClock, SystemRandom};
use crate::desk::{Desk, Phase};
use crate::refusal::Refusal;
use crate::{desk, opening, window};

/// How far a move is, for the page.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Step {
    /// Rows of a table are copied.
    Copied {
        table: &'static str,
        rows: u64,
        of: u64,
    },
    /// Ledger entries are checked.
    Verified { entries: u64, of: u64 },
}

impl From<MoveStep> for Step {
    fn from(step: MoveStep) -> Self {
        match step {
            MoveStep::Copied { table, rows, of } => Self::Copied { table, rows, of },
            MoveStep::Verified { entries, of } => Self::Verified { entries, of },
        }
    }
}

/// What a move did.
#[derive(Serialize)]
pub(crate) struct MovedAway {
    /// Where the store is now, without user and password.
    place: String,
    /// The sealed file with its key.
    sealed_file: String,
    /// Rows of all tables; nothing if an earlier move had copied them.
    rows: Option<u64>,
    /// Entries of the ledger.
    entries: u64,
    /// The ledger's root, in hex, before and after; nothing if an earlier move had checked it.
    root: Option<String>,
}

impl MovedAway {
    fn of(moved: Moved, to: &StoreUrl, key_place: &KeyPlace) -> Self {
        let (tables, ledgers) = match moved {
            Moved::All { tables, ledgers } => (tables, ledgers),
            Moved::Finished => (Vec::new(), Vec::new()),
        };
        Self {
            place: to.place(),
            sealed_file: key_place.to_string(),
            rows: (!tables.is_empty()).then(|| tables.iter().map(|table| table.after).sum()),
            entries: ledgers.iter().map(|ledger| ledger.entries_after).sum(),
            root: ledgers.into_iter().next().map(|ledger| ledger.root_after),
        }
    }
}

/// Moves the open store to a database. `itself` is the window that asked: it says what became of it.
pub(crate) async fn to_database(
    app: &AppHandle,
    itself: &str,
    database: &str,
    passphrase: &str,
    progress: &(dyn Fn(MoveStep) + Send + Sync),
) -> Result<MovedAway, Refusal> {
    let to = match StoreUrl::parse(database.trim()) {
        Ok(to @ StoreUrl::Postgres(_)) => to,
        _ => return Err(Refusal::database_address()),
    };
    let passphrase = Passphrase::new(passphrase)
        .map_err(|error| Refusal::of(error.code(), &error, Some(error.fix().to_owned())))?;
    let key_place = opening::sealed_file_of_database(&to, passphrase).map_err(Refusal::bridge)?;
    let desk = app.state::<Desk>();
    let Phase::Ready {
        store: Some(store), ..
    } = desk.phase()
    else {
        return Err(Refusal::store_not_here());
    };
    let (from, key) = (store.url.clone(), store.key.clone());
    // The last hold on it has to be the desk's.
    drop(store);
    let attempt = desk.set_out_again();
    desk.close().await;
    let moving = MoveStore {
        from: from.clone(),
        to: to.clone(),
        sealing_key: key.clone(),
        key_place: key_place.clone(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        progress,
    };
    let moved = moving.run().await;
    // A store that was moved says so from now on; one that stayed answers again.
    let phase = opening::open_again(from, key).await;
    if !desk.is_latest(attempt) {
        // Meanwhile somebody went elsewhere.
        desk::close(phase).await;
    } else if matches!(phase, Phase::Ready { .. }) {
        desk.set_phase(phase);
    } else {
        window::turn_others_to(app, phase, itself);
    }
    moved
        .map(|moved| MovedAway::of(moved, &to, &key_place))
        .map_err(|error: MoveError| Refusal::of(error.code(), &error, error.fix()))
}
