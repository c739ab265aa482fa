//! The remote store: the queries compiled for PostgreSQL, and how its database is opened.

pub(crate) type Db = sqlx::Postgres;
pub(crate) use crate::postgres_dialect as dialect;
pub(crate) use crate::postgres_intake as intake;

#[path = "sql/mod.rs"]
pub(crate) mod sql;

use std::time::Duration;

use futures::TryFutureExt as _;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Connection as _, Executor as _};

use crate::StoreError;
use sql::{Database, Kept};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/postgres");

/// Connections that read.
const READERS: u32 = 8;

/// Connections that write, those that read for what is about to be written or for questions that are answered together,
/// those that move the store, and those that note what stands beside the ledger, which is not to wait for a long batch: one
/// each, for there is one of each of them in a program.
const ALONE: u32 = 1;

/// How long a request waits for a connection before it is told that the database does not answer.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How long a connection that is given back may take to answer, before it is given up.
const RELEASE: Duration = Duration::from_secs(2);

/// What every connection is told: what a program that went away without a word had begun is taken back, and whoever
/// waits for it goes on. And that a page in no order costs hardly more than the next one, as on any disk without a head:
/// otherwise a few dozen rows that an index finds are looked for by reading the whole table.
const SESSION: &str = "SET idle_in_transaction_session_timeout = '60s'; SET tcp_keepalives_idle = '15s'; \
    SET tcp_keepalives_interval = '5s'; SET tcp_keepalives_count = 3; SET random_page_cost = 1.1";

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
            .after_connect(|connection, _| Box::pin(connection.execute(SESSION).map_ok(drop)))
            .after_release(|connection, _| Box::pin(is_alive(connection)))
    };
    let movers = pool(ALONE).connect_with(options.clone()).await?;
    crate::migrate::apply(&MIGRATIONS, &movers).await?;
    let writer = pool(ALONE).connect_with(options.clone()).await?;
    let looker = pool(ALONE).connect_with(options.clone()).await?;
    let decider = pool(ALONE).connect_with(options.clone()).await?;
    let noters = pool(ALONE).connect_with(options.clone()).await?;
    let readers = pool(READERS).connect_with(options).await?;
    Ok(Database {
        readers,
        looker: Kept::of(looker),
        decider: Kept::of(decider),
        writer: Kept::of(writer),
        movers,
        noters,
    })
}

/// Whether a connection that was given back still answers. One that was given up in the middle of an answer, since none
/// came any more, would otherwise be waited for without an end, and its place with it.
async fn is_alive(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let asked = tokio::time::timeout(RELEASE, connection.ping());
    asked
        .await
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
        .map(|()| true)
}

/// Whether a connection that was kept still answers.
pub(crate) async fn answers(connection: &mut PgConnection) -> bool {
    is_alive(connection).await.is_ok()
}
