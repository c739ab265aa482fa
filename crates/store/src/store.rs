//! The door to a store: [`Store`].

use std::path::Path;
use std::sync::Arc;

use latchkey_domain::{Clock, Random, Salt, VendorId};
use tokio::sync::{mpsc, oneshot};

use crate::look;
use crate::queue::Queued;
use crate::work::Typed;
use crate::writer;
use crate::{JobContext, Outcome, StoreError, StoreUrl, Work};

/// Jobs that may wait for the writer; whoever comes then waits at the door.
const QUEUE_JOBS_MAX: usize = 4096;

/// Signs the head of a ledger.
pub trait SignCheckpoint: Send + Sync {
    /// Signs size and root; the answer is a checkpoint: a C2SP signed note.
    ///
    /// # Errors
    /// Whatever keeps it from signing; nothing is then appended.
    fn sign(&self, size: u64, root: &[u8; 32]) -> Result<String, StoreError>;
}

/// Whose data: every function of the store is called with one.
#[derive(Clone)]
pub struct Scope {
    /// The vendor.
    pub vendor_id: VendorId,
    /// The vendor's salt, for the commitments to actors.
    pub salt: Salt,
    /// Signs the heads of the vendor's ledger.
    pub signer: Arc<dyn SignCheckpoint>,
}

/// The database behind a store.
#[derive(Clone)]
pub(crate) enum Inner {
    Sqlite(crate::sqlite::sql::Database),
    Postgres(crate::postgres::sql::Database),
}

/// Does the same on either database.
macro_rules! on_either {
    ($inner:expr, $database:ident => $call:expr) => {
        match $inner {
            Inner::Sqlite($database) => $call,
            Inner::Postgres($database) => $call,
        }
    };
}
pub(crate) use on_either;

/// The same with something that is not awaited yet: a database on a network is waited for only so long.
macro_rules! soon_on_either {
    ($inner:expr, $limit:expr, $database:ident => $call:expr) => {
        match $inner {
            $crate::store::Inner::Sqlite($database) => $call.await,
            $crate::store::Inner::Postgres($database) => {
                $crate::patience::within($limit, $call).await
            }
        }
    };
}
pub(crate) use soon_on_either;

/// An open store.
pub struct Store {
    pub(crate) inner: Inner,
    queue: mpsc::Sender<Queued>,
    pub(crate) questions: mpsc::Sender<Queued>,
    writer: tokio::task::JoinHandle<()>,
    url: StoreUrl,
    /// Held as long as the store is open, so that no second program opens the same file.
    _lock: Option<std::fs::File>,
}

impl Store {
    /// Opens a store, and brings its tables up to date. An embedded store is created where there is none.
    ///
    /// # Errors
    /// What keeps it from being opened: see [`StoreError`].
    pub async fn open(
        url: &StoreUrl,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, StoreError> {
        let (store, mark) = Self::open_marked(url, clock, random).await?;
        match mark {
            None => Ok(store),
            Some(mark) => {
                store.close().await;
                Err(mark.refusal(url))
            }
        }
    }

    /// Opens a store whether it is marked or not.
    pub(crate) async fn open_any(
        url: &StoreUrl,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, StoreError> {
        let (inner, lock) = match url {
            StoreUrl::Sqlite(path) => {
                let (database, lock) = crate::sqlite::open(path).await?;
                (Inner::Sqlite(database), Some(lock))
            }
            StoreUrl::Postgres(address) => {
                (Inner::Postgres(crate::postgres::open(address).await?), None)
            }
        };
        let (queue, waiting) = mpsc::channel(QUEUE_JOBS_MAX);
        let (questions, asked) = mpsc::channel(QUEUE_JOBS_MAX);
        let looking = look::run(
            inner.clone(),
            Arc::clone(&clock),
            Arc::clone(&random),
            asked,
        );
        tokio::spawn(looking);
        let writer = tokio::spawn(writer::run(inner.clone(), clock, random, waiting));
        Ok(Self {
            inner,
            queue,
            questions,
            writer,
            url: url.clone(),
            _lock: lock,
        })
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &StoreUrl {
        &self.url
    }

    /// Has a piece of work done, together with all other work that waits: the one way to change anything. When this
    /// answers, what it answers is on disk.
    ///
    /// # Errors
    /// What went wrong with the store; a refusal of the work stands in the outcome.
    pub async fn write<W: Work>(
        &self,
        scope: &Scope,
        context: JobContext,
        work: W,
    ) -> Result<Outcome<W::Answer, W::Refused>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Typed {
            work,
            context,
            outcome: None,
            reply,
        });
        self.queue
            .send(Queued {
                scope: scope.clone(),
                job,
            })
            .await
            .map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Finishes what it accepted, and closes.
    pub async fn close(self) {
        drop((self.queue, self.questions));
        if self.writer.await.is_err() {
            tracing::error!("the store's writer had stopped before the store was closed");
        }
        on_either!(&self.inner, database => database.close().await);
    }

    /// Writes a copy of an embedded store to a new file, also while another program has the store open.
    ///
    /// # Errors
    /// If the file cannot be written, or the store cannot be read.
    pub async fn backup_file(from: &Path, to: &Path) -> Result<(), StoreError> {
        crate::sqlite::backup_file(from, to).await
    }

    /// Writes a copy of an embedded store to a new file, while the store is being used.
    ///
    /// # Errors
    /// If the file cannot be written, or the store is not an embedded one.
    pub async fn backup(&self, to: &Path) -> Result<(), StoreError> {
        match &self.inner {
            Inner::Sqlite(database) => crate::sqlite::backup(database, to).await,
            Inner::Postgres(_) => Err(StoreError::Unavailable {
                reason:
                    "a PostgreSQL store is backed up with PostgreSQL's own pg_dump or base backups"
                        .into(),
            }),
        }
    }

    /// For tests only: has an embedded store behave as on a disk that is full once the file has so many pages.
    ///
    /// # Errors
    /// Those of the database.
    #[doc(hidden)]
    pub async fn limit_pages(&self, pages: Option<u32>) -> Result<(), StoreError> {
        match &self.inner {
            Inner::Sqlite(database) => crate::sqlite::limit_pages(database, pages).await,
            Inner::Postgres(_) => Ok(()),
        }
    }
}
