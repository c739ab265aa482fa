//! How PostgreSQL takes in the rows of a moved store: by `COPY` in its binary form. Its twin is `sqlite_intake.rs`.

use sqlx::{AssertSqlSafe, PgConnection};

use crate::StoreError;
use crate::moving::{Cell, Cells, Kind, Shape, TABLES};

/// What a binary copy begins with: the signature, no flags, nothing more in the header.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What it ends with, in the place of a number of columns.
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();

/// In the place of a length: there is no value.
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

/// Puts rows into a table.
pub(crate) async fn put(
    connection: &mut PgConnection,
    shape: &Shape,
    rows: &[Cells],
) -> Result<(), StoreError> {
    let mut data = HEADER.to_vec();
    for row in rows {
        write_row(&mut data, shape, row)?;
    }
    data.extend(TRAILER);
    let statement = format!(
        "COPY {} ({}) FROM STDIN WITH (FORMAT binary)",
        shape.table.name,
        shape.list()
    );
    let mut copy = connection.copy_in_raw(&statement).await?;
    copy.send(data).await?;
    copy.finish().await?;
    Ok(())
}

fn write_row(data: &mut Vec<u8>, shape: &Shape, row: &Cells) -> Result<(), StoreError> {
    let columns = i16::try_from(row.len()).map_err(|error| shape.damaged(error))?;
    data.extend(columns.to_be_bytes());
    for ((name, kind), cell) in shape.columns.iter().zip(row) {
        match (kind, cell) {
            (_, Cell::Null) => data.extend(NULL),
            (Kind::Number, Cell::Number(number)) => sized(data, shape, &number.to_be_bytes())?,
            (Kind::Truth, Cell::Number(number @ (0 | 1))) => {
                sized(data, shape, &[u8::from(*number == 1)])?;
            }
            (Kind::Text, Cell::Text(text)) => sized(data, shape, text.as_bytes())?,
            (Kind::Bytes, Cell::Bytes(bytes)) => sized(data, shape, bytes)?,
            (Kind::Id, Cell::Bytes(bytes)) if bytes.len() == 16 => sized(data, shape, bytes)?,
            _ => return Err(shape.damaged(format!("a value of its {name} is of another kind"))),
        }
    }
    Ok(())
}

fn sized(data: &mut Vec<u8>, shape: &Shape, bytes: &[u8]) -> Result<(), StoreError> {
    let length = i32::try_from(bytes.len()).map_err(|error| shape.damaged(error))?;
    data.extend(length.to_be_bytes());
    data.extend_from_slice(bytes);
    Ok(())
}

/// Lets the numbers of new rows follow the largest, and has the planner look at what arrived.
pub(crate) async fn follow_on(
    connection: &mut PgConnection,
    shape: &Shape,
) -> Result<(), StoreError> {
    let table = shape.table.name;
    if shape.kind("seq").is_some() {
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'seq'), max(seq)) FROM {table} HAVING max(seq) IS NOT NULL"
        );
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut *connection)
            .await?;
    }
    sqlx::raw_sql(AssertSqlSafe(format!("ANALYZE {table}")))
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes all rows, past the triggers that keep the ledger.
pub(crate) async fn empty(connection: &mut PgConnection) -> Result<(), StoreError> {
    let tables: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let sql = format!(
        "ALTER TABLE ledger_entry DISABLE TRIGGER USER; TRUNCATE {} RESTART IDENTITY; \
         ALTER TABLE ledger_entry ENABLE TRIGGER USER",
        tables.join(", ")
    );
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await?;
    Ok(())
}
