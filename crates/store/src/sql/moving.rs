//! A store's tables without their meaning: described, read and filled for a move.

use futures::TryStreamExt as _;
use latchkey_domain::Timestamp;
use sqlx::{Decode, Row as _, Transaction, Type};
use uuid::Uuid;

use super::super::intake;
use super::table::Columns;
use super::{Database, Db, Query, Row, dialect};
use crate::StoreError;
use crate::moving::{
    BYTES_TOGETHER, Cell, Cells, Direction, Kind, Known, LEFT_BEHIND, Mark, ROWS_TOGETHER_MAX,
    Shape, TABLES,
};

/// An open transaction.
pub(crate) struct Held {
    transaction: Transaction<'static, Db>,
}

impl Database {
    /// Keeps everybody from changing the store, and sees it as it is at that moment.
    pub(crate) async fn hold_still(&self) -> Result<Held, StoreError> {
        let mut transaction = self.movers.begin_with(dialect::BEGIN_STILL).await?;
        if let Some(lock) = dialect::LOCK_STILL {
            sqlx::raw_sql(lock).execute(&mut *transaction).await?;
        }
        Ok(Held { transaction })
    }

    /// Keeps others from founding a vendor here.
    pub(crate) async fn receive(&self) -> Result<Held, StoreError> {
        let mut transaction = self.movers.begin_with(dialect::BEGIN).await?;
        if let Some(lock) = dialect::LOCK_FOUNDING {
            sqlx::query(lock).execute(&mut *transaction).await?;
        }
        Ok(Held { transaction })
    }

    /// Whether the store was moved.
    pub(crate) async fn mark_get(&self) -> Result<Option<Mark>, StoreError> {
        let row = Query::new("SELECT direction, place, at FROM moved")
            .build()
            .fetch_optional(&self.movers)
            .await?;
        row.map(|row| {
            let mut columns = Columns::new(&row, "moved");
            Ok(Mark {
                direction: columns.choice(direction)?,
                place: columns.value()?,
                at: columns.time()?,
            })
        })
        .transpose()
    }
}

fn direction(text: &str) -> Option<Direction> {
    match text {
        "to" => Some(Direction::To),
        "from" => Some(Direction::From),
        _ => None,
    }
}

impl Held {
    /// All tables with their columns, in the order of [`TABLES`].
    pub(crate) async fn shapes(&mut self) -> Result<Vec<Shape>, StoreError> {
        let mut shapes: Vec<Shape> = TABLES
            .iter()
            .map(|table| Shape {
                table,
                columns: Vec::new(),
            })
            .collect();
        let rows = sqlx::query(dialect::CATALOGUE)
            .fetch_all(&mut *self.transaction)
            .await?;
        for row in &rows {
            let mut columns = Columns::new(row, "the catalogue");
            let (table, column): (String, String) = (columns.value()?, columns.value()?);
            let kind: String = columns.value()?;
            if LEFT_BEHIND.contains(&table.as_str()) {
                continue;
            }
            let unknown = |what: String| StoreError::Damaged {
                what: format!("the table {table}"),
                reason: format!("{what} is not known to this program, so it cannot be moved"),
            };
            let shape = shapes.iter_mut().find(|shape| shape.table.name == table);
            let shape = shape.ok_or_else(|| unknown("it".into()))?;
            let known = dialect::kind(&kind);
            let known = known.ok_or_else(|| unknown(format!("its {column} of type {kind}")))?;
            shape.columns.push((column, known));
        }
        match shapes.iter().find(|shape| shape.columns.is_empty()) {
            Some(shape) => Err(shape.damaged("it is missing")),
            None => Ok(shapes),
        }
    }

    /// How many rows a table has.
    pub(crate) async fn count(&mut self, table: &Known) -> Result<u64, StoreError> {
        let mut query = Query::new(format!("SELECT count(*) FROM {}", table.name));
        let count: i64 = query
            .build_query_scalar()
            .fetch_one(&mut *self.transaction)
            .await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// The next rows of a table behind this one, as many as go together; none at the end.
    pub(crate) async fn page(
        &mut self,
        shape: &Shape,
        after: Option<&Cells>,
    ) -> Result<Vec<Cells>, StoreError> {
        let order = shape.table.order.iter().map(|column| {
            let text = shape.kind(column) == Some(Kind::Text);
            format!("{column}{}", if text { dialect::BYTE_ORDER } else { "" })
        });
        let order = order.collect::<Vec<_>>().join(", ");
        let mut query = Query::new(format!("SELECT {} FROM {}", shape.list(), shape.table.name));
        if let Some(after) = after {
            query.push(format_args!(" WHERE ({order}) > ("));
            let mut values = query.separated(", ");
            for column in shape.table.order {
                match shape.value(after, column) {
                    Some((Kind::Id, Cell::Bytes(id))) => {
                        let id = Uuid::from_slice(id).map_err(|error| shape.damaged(error))?;
                        values.push_bind(id);
                    }
                    Some((_, Cell::Number(number))) => _ = values.push_bind(*number),
                    Some((_, Cell::Text(text))) => _ = values.push_bind(text.clone()),
                    Some((_, Cell::Bytes(bytes))) => _ = values.push_bind(bytes.clone()),
                    _ => return Err(shape.damaged(format!("a row has no {column}"))),
                }
            }
            query.push(")");
        }
        query.push(format_args!(" ORDER BY {order} LIMIT {ROWS_TOGETHER_MAX}"));
        let mut rows = query.build().fetch(&mut *self.transaction);
        let (mut page, mut bytes) = (Vec::new(), 0);
        while bytes < BYTES_TOGETHER {
            let Some(row) = rows.try_next().await? else {
                break;
            };
            let row = cells(&row, shape)?;
            bytes += row.iter().map(Cell::len).sum::<usize>();
            page.push(row);
        }
        Ok(page)
    }

    /// Puts rows into a table.
    pub(crate) async fn put(&mut self, shape: &Shape, rows: &[Cells]) -> Result<(), StoreError> {
        intake::put(&mut self.transaction, shape, rows).await
    }

    /// What is created later comes behind what was put into the table.
    pub(crate) async fn follow_on(&mut self, shape: &Shape) -> Result<(), StoreError> {
        intake::follow_on(&mut self.transaction, shape).await
    }

    /// Removes all rows of all tables.
    pub(crate) async fn empty(&mut self) -> Result<(), StoreError> {
        intake::empty(&mut self.transaction).await
    }

    /// Marks the store.
    pub(crate) async fn mark(&mut self, mark: &Mark) -> Result<(), StoreError> {
        let mut query = Query::new("INSERT INTO moved (only_row, direction, place, at) ");
        dialect::push_rows(&mut query, [mark], |values, mark| {
            values
                .push_bind(1_i64)
                .push_bind(match mark.direction {
                    Direction::To => "to",
                    Direction::From => "from",
                })
                .push_bind(mark.place.clone())
                .push_bind(Timestamp::millis(mark.at));
        });
        query.build().execute(&mut *self.transaction).await?;
        self.guard(dialect::GUARD_ON).await
    }

    /// Takes the mark off.
    pub(crate) async fn unmark(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM moved")
            .execute(&mut *self.transaction)
            .await?;
        self.guard(dialect::GUARD_OFF).await
    }

    async fn guard(&mut self, statement: Option<&'static str>) -> Result<(), StoreError> {
        if let Some(statement) = statement {
            sqlx::query(statement)
                .execute(&mut *self.transaction)
                .await?;
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }

    pub(crate) async fn roll_back(mut self) {
        // On a full disk SQLite may have rolled back by itself, and whoever rolls back then leaves the connection as if it
        // were in a transaction still. So there is one again; where there is one already, this does nothing.
        let _ = sqlx::raw_sql("BEGIN").execute(&mut *self.transaction).await;
        // Where the connection is lost the database rolls back by itself.
        if let Err(error) = self.transaction.rollback().await {
            tracing::warn!(%error, "a move was rolled back by the end of its connection");
        }
    }
}

fn cells(row: &Row, shape: &Shape) -> Result<Cells, StoreError> {
    let cells = shape.columns.iter().enumerate().map(|(at, (_, kind))| {
        Ok(match kind {
            Kind::Number => value(row, at)?.map(Cell::Number),
            Kind::Text => value(row, at)?.map(Cell::Text),
            Kind::Bytes => value(row, at)?.map(Cell::Bytes),
            Kind::Id => value(row, at)?.map(|id: Uuid| Cell::Bytes(id.into_bytes().to_vec())),
            Kind::Truth => value(row, at)?.map(|truth: bool| Cell::Number(truth.into())),
        }
        .unwrap_or(Cell::Null))
    });
    cells.collect()
}

fn value<'r, T: Decode<'r, Db> + Type<Db>>(
    row: &'r Row,
    at: usize,
) -> Result<Option<T>, StoreError> {
    Ok(row.try_get(at)?)
}
