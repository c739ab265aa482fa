//! Moving house: everything that a store holds, copied into an empty one.
//!
//! Nothing here knows what a row means. The tables stand in [`TABLES`], their columns in the databases' own
//! catalogues, and a table that a migration adds is refused until it stands there too. The copy is one transaction of
//! the target. Before it is committed each table is read back and compared, value by value.
//!
//! Of two copies only one may accept changes. So the copy arrives with a [`Mark`] that keeps it closed, and loses it
//! after the store it came from got one ([`Departure::leave`]).

mod digest;
mod held;
mod mark;
mod shape;

use std::sync::Arc;

use latchkey_domain::{Clock, Random, Timestamp};

use crate::store::{Inner, on_either};
use crate::{Store, StoreError, StoreUrl};
use digest::TableDigest;
use held::Held;
pub use mark::{Direction, Mark};
pub(crate) use shape::{Cell, Cells, Kind, Known, LEFT_BEHIND, Shape, TABLES};

/// How many rows a table had in the store that was moved, and has where they arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRows {
    /// The table.
    pub table: &'static str,
    /// Rows in the store that was moved.
    pub before: u64,
    /// Rows in the store they arrived in.
    pub after: u64,
}

/// Is told of each table how many of how many rows have been copied.
pub type Copying<'a> = &'a (dyn Fn(&'static str, u64, u64) + Send + Sync);

/// Rows that are on their way together at most.
pub(crate) const ROWS_TOGETHER_MAX: usize = 500;

/// Bytes from which on no further row joins them: an answer that is remembered can be large.
pub(crate) const BYTES_TOGETHER: usize = 1024 * 1024;

/// A store that is about to be moved: nobody can change it, and it is read as it is at one moment.
pub struct Departure {
    held: Held,
}

impl Departure {
    /// Marks the store as moved, so that it is not opened any more.
    ///
    /// # Errors
    /// Those of the database; the store is then as it was.
    pub async fn leave(mut self, to: &StoreUrl, at: Timestamp) -> Result<(), StoreError> {
        let mark = Mark {
            direction: Direction::To,
            place: to.place(),
            at,
        };
        self.held.mark(&mark).await?;
        self.held.commit().await
    }

    /// Lets the store go, as it was.
    pub async fn stay(self) {
        self.held.roll_back().await;
    }
}

impl Store {
    /// Opens a store that may be marked, and tells how. Whoever only wants to use it says [`Store::open`].
    ///
    /// # Errors
    /// What keeps it from being opened.
    pub async fn open_marked(
        url: &StoreUrl,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<(Self, Option<Mark>), StoreError> {
        let store = Self::open_any(url, clock, random).await?;
        let mark = on_either!(&store.inner, database => database.mark_get().await)?;
        Ok((store, mark))
    }

    /// Locks the store against changes for being moved.
    ///
    /// # Errors
    /// If another program is changing it and does not come to an end.
    pub async fn depart(&self) -> Result<Departure, StoreError> {
        let held = Held::of_source(&self.inner).await;
        let held = held.map_err(|error| error.of_standing_still(self.url()))?;
        Ok(Departure { held })
    }

    /// Copies everything into this empty store, in one transaction that also marks it as arriving.
    ///
    /// # Errors
    /// If this store is not empty, or either database fails; this store is then as empty as it was.
    pub async fn arrive(
        &self,
        from: &mut Departure,
        mark: &Mark,
        progress: Copying<'_>,
    ) -> Result<Vec<TableRows>, StoreError> {
        let mut here = Held::of_target(&self.inner).await?;
        match self
            .copy_all(&mut from.held, &mut here, mark, progress)
            .await
        {
            Ok(rows) => {
                here.commit().await?;
                Ok(rows)
            }
            Err(error) => {
                here.roll_back().await;
                Err(error)
            }
        }
    }

    async fn copy_all(
        &self,
        from: &mut Held,
        here: &mut Held,
        mark: &Mark,
        progress: Copying<'_>,
    ) -> Result<Vec<TableRows>, StoreError> {
        let (shapes, theirs) = (from.shapes().await?, here.shapes().await?);
        for shape in &theirs {
            if here.count(shape.table).await? > 0 {
                return Err(StoreError::Occupied {
                    store: self.url().place(),
                    table: shape.table.name.to_owned(),
                });
            }
        }
        let mut copied = Vec::with_capacity(shapes.len());
        for shape in &shapes {
            let beside = shape.beside(&theirs)?;
            copied.push(copy_table(from, here, (shape, &beside), progress).await?);
        }
        here.mark(mark).await?;
        Ok(copied)
    }

    /// Takes the mark off: from now on this store accepts changes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn settle(&self) -> Result<(), StoreError> {
        let mut here = Held::of_target(&self.inner).await?;
        here.unmark().await?;
        here.commit().await
    }

    /// Removes everything from a store that is marked as arriving, and the mark.
    ///
    /// # Errors
    /// If it is not so marked, or the database fails.
    pub async fn clear(&self) -> Result<(), StoreError> {
        let mark = on_either!(&self.inner, database => database.mark_get().await)?;
        if mark.is_none_or(|mark| mark.direction != Direction::From) {
            return Err(StoreError::Occupied {
                store: self.url().place(),
                table: "vendor".into(),
            });
        }
        let mut here = Held::of_target(&self.inner).await?;
        here.empty().await?;
        here.unmark().await?;
        here.commit().await
    }

    /// How many rows each table has.
    ///
    /// # Errors
    /// Those of the database, or a table that is not known.
    pub async fn table_rows(&self) -> Result<Vec<(&'static str, u64)>, StoreError> {
        let mut held = Held::of_target(&self.inner).await?;
        let mut rows = Vec::new();
        for shape in held.shapes().await? {
            rows.push((shape.table.name, held.count(shape.table).await?));
        }
        held.roll_back().await;
        Ok(rows)
    }
}

/// Copies a table and compares what arrived with what left.
async fn copy_table(
    from: &mut Held,
    here: &mut Held,
    (shape, beside): (&Shape, &Shape),
    progress: Copying<'_>,
) -> Result<TableRows, StoreError> {
    let table = shape.table.name;
    let before = from.count(shape.table).await?;
    progress(table, 0, before);
    let mut left = TableDigest::default();
    let mut rows = from.page(shape, None).await?;
    while !rows.is_empty() {
        left.take(&rows);
        // The one database reads on while the other writes.
        let (put, more) = tokio::join!(here.put(beside, &rows), from.page(shape, rows.last()));
        put?;
        progress(table, left.rows(), before);
        rows = more?;
    }
    here.follow_on(beside).await?;
    let mut arrived = TableDigest::default();
    let mut rows = here.page(beside, None).await?;
    while !rows.is_empty() {
        arrived.take(&rows);
        rows = here.page(beside, rows.last()).await?;
    }
    let after = arrived.rows();
    if before != after || !left.equals(arrived) {
        return Err(StoreError::CopyDiffers {
            table: table.to_owned(),
        });
    }
    Ok(TableRows {
        table,
        before,
        after,
    })
}
