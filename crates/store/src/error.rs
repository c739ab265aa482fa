//! What can go wrong with a store, each with what to do about it.

use latchkey_domain::refusal::{Refusal, RefusalKind};

/// What went wrong with the store. Nothing of the request that met it has been done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The address does not name a store.
    #[error("“{url}” is not the address of a store")]
    Url {
        /// What was given, without a password.
        url: String,
    },
    /// Another program has the store open.
    #[error("another Latchkey program has the store {path} open")]
    InUse {
        /// The file.
        path: String,
    },
    /// The folder or file cannot be written.
    #[error("the store {path} cannot be written: {reason}")]
    NotWritable {
        /// The file or folder.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The disk is full.
    #[error("the disk that holds the store is full; nothing of this request was saved")]
    DiskFull,
    /// A newer program has changed the store's tables.
    #[error(
        "the store was changed by a newer version of Latchkey (schema {found}, this program knows {known})"
    )]
    Newer {
        /// The store's schema.
        found: i64,
        /// The newest schema known.
        known: i64,
    },
    /// The file is no store, or damaged.
    #[error("{what} is damaged or no Latchkey store: {reason}")]
    Damaged {
        /// The file or table.
        what: String,
        /// What was found.
        reason: String,
    },
    /// The database does not answer.
    #[error("the database does not answer: {reason}")]
    Unavailable {
        /// What the driver said.
        reason: String,
    },
    /// The same idempotency key came with another request.
    #[error("this idempotency key was used for a different request")]
    IdempotencyMismatch,
    /// A row could not be written as JSON or read back.
    #[error("a record could not be written or read: {0}")]
    Json(#[source] std::sync::Arc<serde_json::Error>),
    /// The store is being closed.
    #[error("the store is being closed")]
    Closed,
    /// The store was moved to another place.
    #[error("the store {store} was moved to {to}")]
    Moved {
        /// This store.
        store: String,
        /// Where it went.
        to: String,
    },
    /// The store is a copy of another that was not verified to its end.
    #[error("the store {store} is a copy of {from}, and the move was not finished")]
    Arriving {
        /// This store.
        store: String,
        /// Where it comes from.
        from: String,
    },
    /// The store that another is to be moved into holds something.
    #[error("the store {store} is not empty: there are rows in its table {table}")]
    Occupied {
        /// This store.
        store: String,
        /// The first table with rows.
        table: String,
    },
    /// What was copied is not what was read.
    #[error("the rows of the table {table} did not arrive as they left")]
    CopyDiffers {
        /// The table.
        table: String,
    },
    /// The vendor does not exist in this store.
    #[error("the store has no vendor yet")]
    NoVendor,
    /// Anything else that the database refuses.
    #[error("the database refused a statement: {0}")]
    Database(#[source] std::sync::Arc<sqlx::Error>),
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(std::sync::Arc::new(error))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(|database| database.code())
            .map(|code| code.to_string());
        match (&error, code.as_deref()) {
            // SQLite's primary result codes stand in the low byte: 13 FULL, 8 READONLY, 11 CORRUPT, 26 NOTADB.
            (_, Some("13")) | (_, Some("53100")) => Self::DiskFull,
            // 10 IOERR: reading, writing or syncing failed. It is taken back and never tried again.
            // 14 CANTOPEN: a folder stands in its place, or there is no folder for it.
            (_, Some(code)) if [8, 10, 14].iter().any(|primary| is_sqlite(code, *primary)) => {
                Self::NotWritable {
                    path: "file".into(),
                    reason: error.to_string(),
                }
            }
            (_, Some("25006")) => Self::Unavailable {
                reason: "it is read-only".into(),
            },
            // The trigger of a store that was moved: see the migration `moved`.
            (sqlx::Error::Database(said), Some("LKMVD")) => Self::Unavailable {
                reason: said.message().to_owned(),
            },
            (_, Some(code)) if is_sqlite(code, 11) || is_sqlite(code, 26) => Self::Damaged {
                what: "the store".into(),
                reason: error.to_string(),
            },
            (_, Some(code)) if code.starts_with("57P") => Self::Unavailable {
                reason: error.to_string(),
            },
            // A connection that breaks off in the middle of a word is against the protocol.
            (
                sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::Tls(_)
                | sqlx::Error::Protocol(_),
                _,
            ) => Self::Unavailable {
                reason: error.to_string(),
            },
            (sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed, _) => Self::Closed,
            _ => Self::Database(std::sync::Arc::new(error)),
        }
    }
}

impl StoreError {
    /// What kept a store from standing still: a lock that somebody holds longer than is waited for, or anything else.
    pub(crate) fn of_standing_still(self, url: &crate::StoreUrl) -> Self {
        match &self {
            Self::Database(error)
                if error
                    .as_database_error()
                    .and_then(|said| said.code())
                    .as_deref()
                    == Some("55P03") =>
            {
                Self::InUse { path: url.place() }
            }
            _ => self,
        }
    }

    /// Whether a constraint of the tables was violated: one piece of work is to blame, and not the store.
    pub(crate) fn is_constraint(&self) -> bool {
        match self {
            Self::Database(error) => error
                .as_database_error()
                .is_some_and(|error| !matches!(error.kind(), sqlx::error::ErrorKind::Other)),
            _ => false,
        }
    }
}

fn is_sqlite(code: &str, primary: i32) -> bool {
    // PostgreSQL's codes have five characters; SQLite's extended ones have fewer.
    code.len() < 5 && code.parse::<i32>().is_ok_and(|code| code & 0xff == primary)
}

impl Refusal for StoreError {
    fn code(&self) -> &'static str {
        match self {
            Self::Url { .. } => "store_url",
            Self::InUse { .. } => "store_in_use",
            Self::NotWritable { .. } => "store_not_writable",
            Self::DiskFull => "disk_full",
            Self::Newer { .. } => "store_newer",
            Self::Damaged { .. } => "store_damaged",
            Self::Unavailable { .. } => "store_unavailable",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::Closed => "store_closed",
            Self::Moved { .. } => "store_moved",
            Self::Arriving { .. } => "store_arriving",
            Self::Occupied { .. } => "target_not_empty",
            Self::CopyDiffers { .. } => "copy_differs",
            Self::NoVendor => "store_without_vendor",
            Self::Json(_) | Self::Database(_) => "internal",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::Moved { store, to } => return Some(moved_fix(store, to)),
            Self::Arriving { store, from } => return Some(arriving_fix(store, from)),
            Self::Occupied { .. } => {
                "Move into a new file, or into a database that was just created. Nothing is ever written over."
            }
            Self::CopyDiffers { .. } => {
                "Try again. If it happens again, the disk or the memory of one of the computers is failing."
            }
            Self::Url { .. } => {
                "Write sqlite:PATH for an embedded store or postgres://USER@HOST/NAME for a remote one."
            }
            Self::InUse { .. } => "Close the other window or program, then try again.",
            Self::NotWritable { .. } => {
                "Choose a folder that you may write to, or ask for the right to write there."
            }
            Self::DiskFull => "Free some space, then try again.",
            Self::Newer { .. } => "Update Latchkey on this machine.",
            Self::Damaged { .. } => "Restore the newest backup with `latchkey restore`.",
            Self::Unavailable { .. } => {
                "Check that the database runs and can be reached, then try again."
            }
            Self::IdempotencyMismatch => "Use a new idempotency key for each new request.",
            Self::Closed => "Start the program again.",
            Self::NoVendor | Self::Json(_) | Self::Database(_) => return None,
        };
        Some(fix.into())
    }
}

fn moved_fix(store: &str, to: &str) -> String {
    format!(
        "Open {to} instead. To come back with all that has changed since, move that into a new store: `latchkey move \
         --from {to} --to sqlite:NEW-FILE`. To give up that store and everything done there, and use this one as it \
         was: `latchkey move --take-back --from {store}`."
    )
}

fn arriving_fix(store: &str, from: &str) -> String {
    format!(
        "Say `latchkey move --from {from} --to {store}` again: it finishes, or begins anew. Nothing is lost: {from} is \
         as it was."
    )
}
