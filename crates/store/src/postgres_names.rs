//! The indexes of names, brought up to date beside the connection that writes.
//!
//! A GIN index keeps what is put into it in a list at first, and whoever makes that list longer than 4 MiB puts all of it
//! in its place (<https://www.postgresql.org/docs/15/gin-implementation.html#GIN-FAST-UPDATE>). That would be the one
//! connection that writes, every few thousand activations, with everybody waiting behind it; and a search reads the whole
//! list. Here another connection does it a moment after each batch. If it cannot, PostgreSQL does it as ever.

use std::time::Duration;

use sqlx::PgPool;
use tokio::sync::mpsc;

/// How long names gather: what is said more than once in the list is put in its place once.
const GATHERING: Duration = Duration::from_millis(100);

/// Answers with the number of pages that the lists had.
const CLEAN: &str = "SELECT gin_clean_pending_list('activation_name_trigram') + \
    gin_clean_pending_list('activation_name_short')";

/// Starts to tend the indexes. To be told after each batch; ends when nobody is left who could tell.
pub(crate) fn tended(pool: PgPool) -> mpsc::Sender<()> {
    let (written, mut told) = mpsc::channel(1);
    tokio::spawn(async move {
        while told.recv().await.is_some() {
            tokio::time::sleep(GATHERING).await;
            let cleaned: sqlx::Result<i64> = sqlx::query_scalar(CLEAN).fetch_one(&pool).await;
            if let Err(error) = cleaned {
                tracing::debug!(%error, "the indexes of names are left to the database");
            }
        }
    });
    written
}
