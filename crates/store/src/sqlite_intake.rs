//! How SQLite takes in the rows of a moved store. Its twin is `postgres_intake.rs`.

use sqlx::{AssertSqlSafe, QueryBuilder, SqliteConnection};

use crate::StoreError;
use crate::moving::{Cell, Cells, Shape, TABLES};
use crate::sqlite::Db;
use crate::sqlite_dialect::BINDS_MAX;

/// Puts rows into a table.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    shape: &Shape,
    rows: &[Cells],
) -> Result<(), StoreError> {
    for rows in rows.chunks(BINDS_MAX / shape.columns.len().max(1)) {
        let into = format!("INSERT INTO {} ({}) ", shape.table.name, shape.list());
        let mut query = QueryBuilder::<Db>::new(into);
        query.push_values(rows, |mut values, row| {
            for cell in row {
                match cell {
                    Cell::Null => values.push_bind(None::<i64>),
                    Cell::Number(number) => values.push_bind(*number),
                    Cell::Text(text) => values.push_bind(text.clone()),
                    Cell::Bytes(bytes) => values.push_bind(bytes.clone()),
                };
            }
        });
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// The largest `seq` is followed by itself.
#[expect(
    clippy::unused_async,
    reason = "its twin has to tell the database, and is awaited in the same place"
)]
pub(crate) async fn follow_on(_: &mut SqliteConnection, _: &Shape) -> Result<(), StoreError> {
    Ok(())
}

/// Removes all rows, past the triggers that keep the ledger.
pub(crate) async fn empty(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .fetch_all(&mut *connection)
            .await?;
    let mut statements: Vec<String> = Vec::new();
    statements.extend(
        triggers
            .iter()
            .map(|(name, _)| format!("DROP TRIGGER {name}")),
    );
    statements.extend(
        TABLES
            .iter()
            .rev()
            .map(|table| format!("DELETE FROM {}", table.name)),
    );
    statements.push("INSERT INTO activation_name (activation_name) VALUES ('rebuild')".into());
    statements.extend(triggers.into_iter().map(|(_, sql)| sql));
    for statement in statements {
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
