//! The embedded store: the queries compiled for SQLite, and how its file is opened, guarded and backed up.

pub(crate) type Db = sqlx::Sqlite;
pub(crate) use crate::sqlite_dialect as dialect;
pub(crate) use crate::sqlite_intake as intake;

#[path = "sql/mod.rs"]
pub(crate) mod sql;

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use futures::TryFutureExt as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Executor as _, SqliteConnection};

use crate::StoreError;
use sql::{Database, Kept};

/// Connections that read.
const READERS: u32 = 4;

/// Memory that a connection that reads keeps pages in, in KiB (negative, as SQLite wants it). The one that writes has
/// [another](dialect::LITTLE_ROOM).
const CACHE_KIB: &str = "-65536";

/// The part of the file that is read through the memory map, in bytes: all of it, as far as `SQLITE_MAX_MMAP_SIZE` goes
/// (`.cargo/config.toml`). The newest rows stand at the end, and are asked for most.
const MMAP_BYTES: &str = "1099511627776";

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/sqlite");

/// Opens a file, creating it if need be, takes the lock that keeps other programs out, and migrates.
pub(crate) async fn open(path: &Path) -> Result<(Database, File), StoreError> {
    let lock = lock(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(512)
        .pragma("cache_size", CACHE_KIB)
        .pragma("mmap_size", MMAP_BYTES)
        .pragma("temp_store", "memory")
        // 64 MiB: pages of indexes are changed by many batches before they are copied into the file once.
        .pragma("wal_autocheckpoint", "16000");
    let at = |error: sqlx::Error| named(path, error);
    let writers = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| {
            Box::pin(
                connection
                    .execute(dialect::LITTLE_ROOM.unwrap_or_default())
                    .map_ok(drop),
            )
        })
        .connect_with(options.clone())
        .await
        .map_err(at)?;
    crate::migrate::apply(&MIGRATIONS, &writers)
        .await
        .map_err(|error| name_file(path, error))?;
    let reading = options.read_only(true).create_if_missing(false);
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(reading.clone())
        .await
        .map_err(at)?;
    let alone = || {
        SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(reading.clone())
    };
    let looker = Kept::of(alone().await.map_err(at)?);
    let decider = Kept::of(alone().await.map_err(at)?);
    let database = Database {
        readers,
        looker,
        decider,
        writer: Kept::of(writers.clone()),
        movers: writers.clone(),
        noters: writers,
    };
    Ok((database, lock))
}

/// Whether a connection that was kept still answers: there is nothing in between that could break.
pub(crate) async fn answers(_: &mut SqliteConnection) -> bool {
    true
}

/// Takes the lock beside the file, `<file>.lock`.
fn lock(path: &Path) -> Result<File, StoreError> {
    let shown = path.display().to_string();
    let not_writable = |error: std::io::Error| StoreError::NotWritable {
        path: shown.clone(),
        reason: error.to_string(),
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(not_writable)?;
    }
    let mut lock_path = path.as_os_str().to_owned();
    lock_path.push(".lock");
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(lock_path)
        .map_err(not_writable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse { path: shown }),
        Err(std::fs::TryLockError::Error(error)) => Err(not_writable(error)),
    }
}

fn named(path: &Path, error: sqlx::Error) -> StoreError {
    name_file(path, StoreError::from(error))
}

fn name_file(path: &Path, error: StoreError) -> StoreError {
    let path = path.display().to_string();
    match error {
        StoreError::NotWritable { reason, .. } => StoreError::NotWritable { path, reason },
        StoreError::Damaged { reason, .. } => StoreError::Damaged { what: path, reason },
        other => other,
    }
}

/// Copies the store in a file that another program may have open; see [`backup`].
pub(crate) async fn backup_file(from: &Path, to: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(from)
        .read_only(true)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(10));
    let readers = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(|error| named(from, error))?;
    let copied = copy_into(&readers, to).await;
    readers.close().await;
    copied
}

/// Copies the store as it is at one moment into a new file. `VACUUM INTO` reads in one transaction, so writers go on
/// and the copy is whole (<https://www.sqlite.org/lang_vacuum.html#vacuuminto>).
pub(crate) async fn backup(database: &Database, to: &Path) -> Result<(), StoreError> {
    copy_into(&database.readers, to).await
}

async fn copy_into(readers: &sqlx::SqlitePool, to: &Path) -> Result<(), StoreError> {
    let shown = to.display().to_string();
    if to.exists() {
        return Err(StoreError::NotWritable {
            path: shown,
            reason: "there is a file of this name already".into(),
        });
    }
    sqlx::query("VACUUM INTO $1")
        .bind(shown.clone())
        .execute(readers)
        .await
        .map_err(|error| named(to, error))?;
    // What the copy says is not yet on disk.
    File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::NotWritable {
            path: shown,
            reason: error.to_string(),
        })
}

/// For tests only: the disk is full once the file has so many pages. A limit below the file's size means its size.
pub(crate) async fn limit_pages(database: &Database, pages: Option<u32>) -> Result<(), StoreError> {
    let pages = pages.unwrap_or(u32::MAX - 1);
    let mut query = sqlx::QueryBuilder::<Db>::new(format!("PRAGMA max_page_count = {pages}"));
    query.build().execute(&database.movers).await?;
    Ok(())
}
