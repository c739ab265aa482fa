//! Changing a database behind the program's back, as somebody would who may write to it.
//!
//! This is the one place outside of the store and its own tests that speaks SQL: what it does must not be possible
//! through the program.

#![expect(
    clippy::expect_used,
    reason = "part of tests: what cannot be tampered with proves nothing"
)]

use latchkey_app::StoreUrl;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::Database;

/// What guards against mistakes is taken off first: foreign keys, and the triggers on the ledger.
const OFF_SQLITE: &str = "PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS ledger_entry_stays; \
    DROP TRIGGER IF EXISTS ledger_entry_remains;";
const OFF_POSTGRES: &str = "SET session_replication_role = replica;";

impl Database {
    /// Runs statements directly, whatever guards there are.
    ///
    /// # Panics
    /// If the database refuses them.
    pub async fn tamper(&self, sql: &str) {
        let run = |off: &str| AssertSqlSafe(format!("{off} {sql}"));
        match self.url() {
            StoreUrl::Sqlite(path) => {
                let address = format!("sqlite://{}", path.display());
                let connection = SqliteConnection::connect(&address).await;
                let mut connection = connection.expect("the file opens");
                let done = sqlx::raw_sql(run(OFF_SQLITE)).execute(&mut connection);
                done.await.expect("SQLite does as it is told");
                connection.close().await.expect("the file closes");
            }
            StoreUrl::Postgres(address) => {
                let connection = PgConnection::connect(address).await;
                let mut connection = connection.expect("the database answers");
                let done = sqlx::raw_sql(run(OFF_POSTGRES)).execute(&mut connection);
                done.await.expect("a superuser is obeyed");
                connection.close().await.expect("the connection closes");
            }
        }
    }
}
