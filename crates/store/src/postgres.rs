//! The remote store: the queries compiled for PostgreSQL, and how its database is opened.

pub(crate) type Db = sqlx::Postgres;
pub(crate) use crate::postgres_dialect as dialect;
pub(crate) use crate::postgres_intake as intake;

#[path = "sql/mod.rs"]
pub(crate) mod sql;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::StoreError;
use sql::Database;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/postgres");

/// Connections that read.
const READERS: u32 = 8;

/// Connections that write, and those that read for what is about to be written: one each, for there is one writer in a
/// program.
const WRITERS: u32 = 1;

/// How long a request waits for a connection before it is told that the database does not answer.
const ACQUIRE: Duration = Duration::from_secs(5);

/// Opens a database and migrates.
pub(crate) async fn open(address: &str) -> Result<Database, StoreError> {
    let options: PgConnectOptions = address.parse().map_err(|_| StoreError::Url {
        url: address.split('@').next_back().unwrap_or_default().into(),
    })?;
    let options = options.statement_cache_capacity(512);
    let pool = |size| {
        PgPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(ACQUIRE)
    };
    let writers = pool(WRITERS).connect_with(options.clone()).await?;
    crate::migrate::apply(&MIGRATIONS, &writers).await?;
    let deciders = pool(WRITERS).connect_with(options.clone()).await?;
    let readers = pool(READERS).connect_with(options).await?;
    Ok(Database {
        readers,
        deciders,
        writers,
    })
}
