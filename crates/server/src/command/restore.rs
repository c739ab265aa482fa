//! `latchkey restore`: puts a backup in the place of an embedded store.
//!
//! The backup is copied beside the store and opened there; only if that goes well does it take the
//! store's name. A store that was there is kept under another name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use latchkey_domain::time::Clock as _;
use latchkey_keys::{KeyChoice, seal_file_of};
use latchkey_store::StoreUrl;

use crate::ambient::SystemClock;
use crate::arguments::Restore;
use crate::opened;
use crate::place::Place;
use crate::told::Told;

/// What stands beside a store under its name, and goes where it goes.
const COMPANIONS: &[&str] = &["-wal", "-shm", ".lock"];

/// Restores.
pub(crate) async fn run(arguments: &Restore) -> Result<bool> {
    let place = Place::find(&arguments.store)?;
    let store = place.file().ok_or_else(|| {
        Told::new(
            "restore_needs_file",
            "only an embedded store is restored from a file",
            "Restore a PostgreSQL store with its own tools.",
        )
    })?;
    if place.keys.store_exists && !arguments.replace {
        let sentence = format!("there is a store at {}", store.display());
        let fix =
            "Say --replace to put the backup in its place; the present one is kept beside it.";
        return Err(Told::new("store_exists", sentence, fix).into());
    }
    let arriving = with_ending(store, ".restoring");
    let result = bring(arguments, &place, store, &arriving).await;
    remove(&arriving);
    remove(&seal_file_of(&arriving));
    let kept = result?;
    println!(
        "{} restored from {}",
        store.display(),
        arguments.from.display()
    );
    if let Some(kept) = kept {
        println!("the store that was there is kept as {}", kept.display());
    }
    Ok(true)
}

/// Copies, checks, and moves into place. Answers where the present store went.
async fn bring(
    arguments: &Restore,
    place: &Place,
    store: &Path,
    arriving: &Path,
) -> Result<Option<PathBuf>> {
    copy(&arguments.from, arriving)?;
    let seal_from = seal_file_of(&arguments.from);
    let sealed = seal_from.exists();
    if sealed {
        copy(&seal_from, &seal_file_of(arriving))?;
    }
    check(place, arriving)
        .await
        .context("the backup was not restored")?;

    let kept = if place.keys.store_exists {
        Some(set_aside(store)?)
    } else {
        None
    };
    if sealed {
        move_file(&seal_file_of(arriving), &seal_file_of(store))?;
    }
    move_file(arriving, store)?;
    Ok(kept)
}

/// Opens the copy with the key that belongs to it, which brings its tables up to date.
async fn check(place: &Place, arriving: &Path) -> Result<()> {
    let copy = Place {
        store: StoreUrl::file(arriving),
        keys: KeyChoice {
            seal_file: seal_file_of(arriving),
            store_exists: true,
            ..place.keys.clone()
        },
    };
    opened::open_at(&copy).await?.close().await;
    Ok(())
}

/// Gives the present store another name. Nobody may have it open.
fn set_aside(store: &Path) -> Result<PathBuf> {
    let lock = fs::File::options()
        .create(true)
        .append(true)
        .open(with_ending(store, ".lock"))?;
    lock.try_lock().map_err(|_| {
        Told::new(
            "store_in_use",
            format!(
                "another Latchkey program has the store {} open",
                store.display()
            ),
            "Close the other window or program, then try again.",
        )
    })?;
    let kept = with_ending(store, &format!(".before-{}", SystemClock.now().seconds()));
    // Its last writes may still be in the file beside it.
    for companion in COMPANIONS.iter().filter(|companion| **companion != ".lock") {
        let file = with_ending(store, companion);
        if file.exists() {
            move_file(&file, &with_ending(&kept, companion))?;
        }
    }
    if seal_file_of(store).exists() {
        move_file(&seal_file_of(store), &seal_file_of(&kept))?;
    }
    move_file(store, &kept)?;
    Ok(kept)
}

fn copy(from: &Path, to: &Path) -> Result<(), Told> {
    fs::copy(from, to)
        .and_then(|_| fs::File::open(to)?.sync_all())
        .map_err(|error| {
            Told::new(
                "backup_unreadable",
                format!(
                    "{} cannot be copied to {}: {error}",
                    from.display(),
                    to.display()
                ),
                "Check both paths, and that the disk has room.",
            )
        })
}

fn move_file(from: &Path, to: &Path) -> Result<(), Told> {
    let synced = |to: &Path| match to.parent() {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    };
    fs::rename(from, to)
        .and_then(|()| synced(to))
        .map_err(|error: io::Error| {
            Told::new(
                "restore_unfinished",
                format!("{} cannot become {}: {error}", from.display(), to.display()),
                "Check that you may write to the folder, then restore again.",
            )
        })
}

fn remove(file: &Path) {
    for ending in COMPANIONS.iter().chain(&[""]) {
        // Mostly it is not there.
        let _ = fs::remove_file(with_ending(file, ending));
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
