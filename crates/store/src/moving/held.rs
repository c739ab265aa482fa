//! A transaction of either database that a move reads from or writes into.

use super::{Cells, Known, Mark, Shape};
use crate::StoreError;
use crate::store::Inner;
use crate::{postgres, sqlite};

/// An open transaction.
pub(crate) enum Held {
    Sqlite(sqlite::sql::moving::Held),
    Postgres(postgres::sql::moving::Held),
}

/// Does the same in either transaction.
macro_rules! in_either {
    ($held:expr, $transaction:ident => $call:expr) => {
        match $held {
            Held::Sqlite($transaction) => $call,
            Held::Postgres($transaction) => $call,
        }
    };
}

impl Held {
    /// In which nobody else changes the store.
    pub(super) async fn of_source(inner: &Inner) -> Result<Self, StoreError> {
        Ok(match inner {
            Inner::Sqlite(database) => Self::Sqlite(database.hold_still().await?),
            Inner::Postgres(database) => Self::Postgres(database.hold_still().await?),
        })
    }

    /// In which nobody else founds a vendor.
    pub(super) async fn of_target(inner: &Inner) -> Result<Self, StoreError> {
        Ok(match inner {
            Inner::Sqlite(database) => Self::Sqlite(database.receive().await?),
            Inner::Postgres(database) => Self::Postgres(database.receive().await?),
        })
    }

    /// All tables, in the order of [`super::TABLES`].
    pub(super) async fn shapes(&mut self) -> Result<Vec<Shape>, StoreError> {
        in_either!(self, held => held.shapes().await)
    }

    pub(super) async fn count(&mut self, table: &Known) -> Result<u64, StoreError> {
        in_either!(self, held => held.count(table).await)
    }

    /// The next rows of a table behind this one, as many as go together; none at the end.
    pub(super) async fn page(
        &mut self,
        shape: &Shape,
        after: Option<&Cells>,
    ) -> Result<Vec<Cells>, StoreError> {
        in_either!(self, held => held.page(shape, after).await)
    }

    /// Puts rows into a table.
    pub(super) async fn put(&mut self, shape: &Shape, rows: &[Cells]) -> Result<(), StoreError> {
        in_either!(self, held => held.put(shape, rows).await)
    }

    /// What is created later comes behind what was put into the table.
    pub(super) async fn follow_on(&mut self, shape: &Shape) -> Result<(), StoreError> {
        in_either!(self, held => held.follow_on(shape).await)
    }

    /// Removes all rows of all tables.
    pub(super) async fn empty(&mut self) -> Result<(), StoreError> {
        in_either!(self, held => held.empty().await)
    }

    pub(super) async fn mark(&mut self, mark: &Mark) -> Result<(), StoreError> {
        in_either!(self, held => held.mark(mark).await)
    }

    pub(super) async fn unmark(&mut self) -> Result<(), StoreError> {
        in_either!(self, held => held.unmark().await)
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        in_either!(self, held => held.commit().await)
    }

    pub(super) async fn roll_back(self) {
        in_either!(self, held => held.roll_back().await);
    }
}
