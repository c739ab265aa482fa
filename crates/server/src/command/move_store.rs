//! `latchkey move`: everything a store holds, brought to another place, and the key without which
//! it is of no use there.
//!
//! The use case copies, verifies and marks. Here it is said where the key goes, and what was done.

mod told_step;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use latchkey_app::moving::{MoveStore, Moved, MovedLedger, TableRows, move_take_back};
use latchkey_keys::{KeyPlace, seal_file_of};
use latchkey_store::StoreUrl;

use crate::ambient::{SystemClock, SystemRandom};
use crate::arguments::StoreArguments;
use crate::place::Place;
use crate::told::Told;
use told_step::Teller;

/// What can be said to `latchkey move`.
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// The store to move: `sqlite:PATH` or `postgres://USER@HOST/NAME`. No other program may have it
    /// open.
    #[arg(long, value_name = "URL")]
    from: String,

    /// Where to: a new file, or a new and empty database.
    #[arg(long, value_name = "URL", required_unless_present = "take_back")]
    to: Option<String>,

    /// A file whose first line is the passphrase of the store's sealed key; without it, the
    /// keychain is used.
    #[arg(long, value_name = "FILE", env = "LATCHKEY_PASSPHRASE_FILE")]
    passphrase_file: Option<PathBuf>,

    /// A file whose first line is a passphrase for the key in its new place; without it the key is
    /// kept there as it is here. Needed where the key is in a keychain and the server runs on
    /// another computer.
    #[arg(long, value_name = "FILE")]
    to_passphrase_file: Option<PathBuf>,

    /// Use the store of --from again, as it was when it was moved away, and give up the other.
    #[arg(long, conflicts_with_all = ["to", "to_passphrase_file"])]
    take_back: bool,
}

/// Moves a store, or takes a move back.
pub(crate) async fn run(arguments: &Move) -> Result<bool> {
    let source = place_of(&arguments.from, arguments.passphrase_file.as_deref())?;
    if let Some(file) = source.file().filter(|file| !file.exists()) {
        let sentence = format!("there is no store at {}", file.display());
        return Err(Told::new("store_missing", sentence, "Check the path.").into());
    }
    match &arguments.to {
        Some(to) => move_to(arguments, source, to).await,
        None => take_back(&source.store).await,
    }
}

fn place_of(store: &str, passphrase_file: Option<&Path>) -> Result<Place> {
    Place::find(&StoreArguments {
        store: Some(store.to_owned()),
        passphrase_file: passphrase_file.map(Path::to_owned),
    })
}

async fn take_back(store: &StoreUrl) -> Result<bool> {
    let mark = move_take_back(store, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
    println!(
        "{} can be used again, as it was when it was moved on {}",
        store.place(),
        mark.at
    );
    println!(
        "note: do not use {} any more. What was done there since is not here, and whoever knows \
         both ledgers sees two histories.",
        mark.place
    );
    Ok(true)
}

async fn move_to(arguments: &Move, mut source: Place, to: &str) -> Result<bool> {
    let passphrase = arguments.to_passphrase_file.as_ref();
    let passphrase = passphrase.or(arguments.passphrase_file.as_ref());
    let target = place_of(to, passphrase.map(PathBuf::as_path))?;
    // Its key is looked for, and never made anew.
    source.keys.store_exists = true;
    let key = source.sealing_key().await?;
    let key_place = target.keys.place().context(
        "the key's new place cannot be used; its passphrase is given with --to-passphrase-file",
    )?;
    let was_there = target.file().is_some_and(Path::exists);

    let teller = Teller::default();
    let moving = MoveStore {
        from: source.store.clone(),
        to: target.store.clone(),
        sealing_key: key,
        key_place: key_place.clone(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        progress: &|step| teller.tell(step),
    };
    let moved = moving.run().await;
    teller.end();
    match moved {
        Ok(moved) => {
            tell(&moved, &source.store, &target.store);
            tell_key(&key_place, &target);
            Ok(true)
        }
        Err(error) => {
            if error.leaves_nothing() {
                // What another program made there meanwhile is its own.
                let others = matches!(error.code(), "store_in_use" | "target_not_empty");
                if let Some(file) = target.file().filter(|_| !was_there && !others) {
                    remove_store(file);
                }
            }
            Err(error.into())
        }
    }
}

/// Removes a file that this move has made, with what stands beside it.
fn remove_store(file: &Path) {
    for ending in ["", "-wal", "-shm", ".lock"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        // Mostly it is not there.
        let _ = fs::remove_file(name);
    }
}

/// Says what was done.
fn tell(moved: &Moved, from: &StoreUrl, to: &StoreUrl) {
    let (from, to) = (from.place(), to.place());
    match moved {
        Moved::Finished => {
            println!("{from} had been moved to {to} but for the last step; now that can be used");
        }
        Moved::All { tables, ledgers } => {
            println!("{from} was moved to {to}, and verified there\n");
            print!("{}", table(tables, ledgers));
            println!();
            println!("{from} is kept as it was, and is not opened any more.");
        }
    }
}

/// What was before and after, in columns.
fn table(tables: &[TableRows], ledgers: &[MovedLedger]) -> String {
    let mut text = format!("{:<18}{:>14}{:>14}\n", "", "before", "after");
    let mut line = |what: &str, before: u64, after: u64| {
        text += &format!("{what:<18}{before:>14}{after:>14}\n");
    };
    for rows in tables {
        line(rows.table, rows.before, rows.after);
    }
    for ledger in ledgers {
        line("ledger's size", ledger.entries_before, ledger.entries_after);
    }
    for ledger in ledgers {
        if ledgers.len() > 1 {
            text += &format!("ledger of             {}\n", ledger.vendor);
        }
        text += &format!("ledger's root before  {}\n", ledger.root_before);
        text += &format!("ledger's root after   {}\n", ledger.root_after);
    }
    text
}

/// Says what opens the keys in the new place, and what a server needs that runs elsewhere.
fn tell_key(place: &KeyPlace, target: &Place) {
    println!("Its keys are opened by what is in {place}.");
    match (place, &target.store) {
        (KeyPlace::PassphraseFile { .. }, StoreUrl::Postgres(_)) => println!(
            "Where the server runs on another computer or as another user, copy that file there: \
             `latchkey doctor --store URL --passphrase-file FILE` says there where it belongs."
        ),
        (KeyPlace::Keychain { .. }, StoreUrl::Postgres(_)) => println!(
            "That serves only programs of this user on this computer. For a server elsewhere take \
             the move back and say it again with --to-passphrase-file FILE."
        ),
        (_, StoreUrl::Sqlite(file)) => {
            if let KeyPlace::PassphraseFile { .. } = place {
                println!(
                    "Both belong together: {} and {}.",
                    file.display(),
                    seal_file_of(file).display()
                );
            }
        }
        (KeyPlace::Memory, StoreUrl::Postgres(_)) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_before_and_after_stands_in_columns() {
        let rows = TableRows {
            table: "vendor",
            before: 1,
            after: 1,
        };
        let ledger = MovedLedger {
            vendor: "A".into(),
            entries_before: 1_234_567,
            entries_after: 1_234_567,
            root_before: "ab".into(),
            root_after: "ab".into(),
        };
        assert_eq!(
            table(&[rows], &[ledger]),
            "                          before         after\n\
             vendor                         1             1\n\
             ledger's size            1234567       1234567\n\
             ledger's root before  ab\n\
             ledger's root after   ab\n"
        );
    }
}
