//! An empty database for one test, on SQLite or PostgreSQL.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "part of tests: without a database there is nothing to test"
)]

use latchkey_app::StoreUrl;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The variable that says where a PostgreSQL is in which tests may create databases.
pub const POSTGRES_VARIABLE: &str = "LATCHKEY_TEST_POSTGRES";

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
            DatabaseKind::Sqlite => Self::sqlite(),
            DatabaseKind::Postgres => Self::postgres().await,
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
        let url = StoreUrl::file(&folder.path().join("latchkey.db"));
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
    async fn postgres() -> Self {
        let Ok(admin) = std::env::var(POSTGRES_VARIABLE) else {
            panic!("{POSTGRES_VARIABLE} is not set: run the tests with `cargo xtask test`");
        };
        let name = format!("lk_{:032x}", rand::random::<u128>());
        execute(&admin, &format!("CREATE DATABASE {name}")).await;
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
