//! Brings a store's tables up to date, and refuses those of a newer program.

use sqlx::migrate::{Migrate, MigrateError, Migrator};
use sqlx::{Acquire, Database, Pool};

use crate::StoreError;

/// Applies what is missing.
pub(crate) async fn apply<D>(migrations: &Migrator, pool: &Pool<D>) -> Result<(), StoreError>
where
    D: Database,
    for<'a> &'a Pool<D>: Acquire<'a, Database = D>,
    D::Connection: Migrate,
{
    let known = migrations
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0);
    migrations.run(pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) => StoreError::Newer { found, known },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            StoreError::from(error)
        }
        other => StoreError::Damaged {
            what: "the store".into(),
            reason: other.to_string(),
        },
    })
}
