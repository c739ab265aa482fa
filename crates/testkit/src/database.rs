//! An empty database for one test, on SQLite or PostgreSQL: the copy of one that was migrated once for all tests of a
//! program, since thirty migrations take longer than most tests.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "part of tests: without a database there is nothing to test"
)]

use std::sync::Arc;

use latchkey_app::StoreUrl;
use latchkey_domain::Timestamp;
use latchkey_domain::random::SeededRandom;
use latchkey_store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

use crate::ManualClock;

/// The file of an embedded store that was migrated and holds nothing.
static SQLITE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// The name of a database of the same kind on the tests' PostgreSQL, which goes away with it.
static POSTGRES: OnceCell<String> = OnceCell::const_new();

/// The variable that says where a PostgreSQL is in which tests may create databases.
pub const POSTGRES_VARIABLE: &str = "LATCHKEY_TEST_POSTGRES";

/// What the file of an embedded store is called.
const FILE: &str = "latchkey.db";

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// An embedded store in a folder that goes away with the test.
    Sqlite,
    /// A database of its own on the tests' PostgreSQL.
    Postgres,
}

impl DatabaseKind {
    /// Both; every test of what is stored runs on both.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// An empty database for one test.
pub struct Database {
    url: StoreUrl,
    /// Where the file is, for an embedded store.
    folder: Option<tempfile::TempDir>,
    /// What to drop, and where.
    created: Option<(String, String)>,
}

impl Database {
    /// Makes one.
    ///
    /// # Panics
    /// If it cannot be made.
    pub async fn create(kind: DatabaseKind) -> Self {
        match kind {
            DatabaseKind::Sqlite => {
                let file = SQLITE.get_or_init(migrated_file).await;
                let made = Self::sqlite();
                if let StoreUrl::Sqlite(path) = &made.url {
                    std::fs::write(path, file).expect("temporary files can be written");
                }
                made
            }
            DatabaseKind::Postgres => {
                let template = POSTGRES.get_or_init(migrated_database).await;
                // Copying files costs a tenth of writing every page to the log, where nothing waits for the disk.
                let made_from = format!("TEMPLATE {template} STRATEGY file_copy");
                Self::postgres(&made_from).await
            }
        }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &StoreUrl {
        &self.url
    }

    /// The folder of an embedded store.
    #[must_use]
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.folder.as_ref().map(tempfile::TempDir::path)
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let url = StoreUrl::file(&folder.path().join(FILE));
        Self {
            url,
            folder: Some(folder),
            created: None,
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told in the environment where PostgreSQL is, and each database has a name of its own"
    )]
    async fn postgres(made_from: &str) -> Self {
        let Ok(admin) = std::env::var(POSTGRES_VARIABLE) else {
            panic!("{POSTGRES_VARIABLE} is not set: run the tests with `cargo xtask test`");
        };
        let name = format!("lk_{:032x}", rand::random::<u128>());
        execute(&admin, &format!("CREATE DATABASE {name} {made_from}")).await;
        let (server, _) = admin
            .rsplit_once('/')
            .expect("an address like postgres://user@host/postgres");
        let url = StoreUrl::Postgres(format!("{server}/{name}"));
        Self {
            url,
            folder: None,
            created: Some((admin, name)),
        }
    }

    /// Removes it; whoever has it open is thrown out.
    pub async fn remove(self) {
        if let Some((admin, name)) = self.created {
            execute(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn migrated_file() -> Vec<u8> {
    let database = Database::sqlite();
    migrate(&database.url).await;
    let folder = database.folder().expect("an embedded store has a folder");
    std::fs::read(folder.join(FILE)).expect("the file is there")
}

async fn migrated_database() -> String {
    let database = Database::postgres("").await;
    migrate(&database.url).await;
    let (_, name) = database.created.expect("a database was created");
    name
}

async fn migrate(url: &StoreUrl) {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(0)));
    let store = Store::open(url, clock, Arc::new(SeededRandom::new(0))).await;
    store.expect("an empty store opens").close().await;
}

async fn execute(admin: &str, statement: &str) {
    let mut connection = PgConnection::connect(admin)
        .await
        .expect("the tests' PostgreSQL answers");
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .expect("a superuser may create databases");
    connection
        .close()
        .await
        .expect("the connection can be closed");
}
