//! The connection of somebody who asks one thing after the other.
//!
//! A pool asks a connection whether it still answers when it is given back, and again when it is taken: on a network that
//! is as much as half of what a small batch asks. Who is alone with a connection keeps it, and asks it once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::Pool;
use sqlx::pool::PoolConnection;

use super::super::answers;
use super::Db;
use crate::StoreError;

/// A pool of one connection, which is kept while all goes well.
#[derive(Clone)]
pub(crate) struct Kept {
    pool: Pool<Db>,
    connection: Arc<Mutex<Option<PoolConnection<Db>>>>,
}

impl Kept {
    pub(crate) fn of(pool: Pool<Db>) -> Self {
        Self {
            pool,
            connection: Arc::default(),
        }
    }

    /// Takes the connection; another if it does not answer any more. Only one that is given back with [`Self::keep`] is
    /// kept: one that is dropped, in the middle of an answer perhaps, goes back to the pool, which looks at it closely.
    pub(crate) async fn take(&self) -> Result<PoolConnection<Db>, StoreError> {
        if let Some(mut kept) = self.kept() {
            if answers(&mut kept).await {
                return Ok(kept);
            }
            drop(kept.detach());
        }
        Ok(self.pool.acquire().await?)
    }

    /// Keeps the connection for the next time.
    pub(crate) fn keep(&self, connection: PoolConnection<Db>) {
        *self.slot() = Some(connection);
    }

    /// Closes it.
    pub(crate) async fn close(&self) {
        drop(self.kept());
        self.pool.close().await;
    }

    fn kept(&self) -> Option<PoolConnection<Db>> {
        self.slot().take()
    }

    fn slot(&self) -> MutexGuard<'_, Option<PoolConnection<Db>>> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
