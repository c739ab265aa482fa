//! Where a store is: the address of an embedded file or of a database server.

use std::path::{Path, PathBuf};

use crate::StoreError;

/// The address of a store.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// An embedded store: a SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database, by its whole address.
    Postgres(String),
}

impl StoreUrl {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// [`StoreError::Url`].
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if !path.is_empty() && path != ":memory:" {
                return Ok(Self::Sqlite(PathBuf::from(path)));
            }
        } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(StoreError::Url {
            url: text.split('@').next_back().unwrap_or_default().to_owned(),
        })
    }

    /// The address for messages and marks: without user, password and settings.
    #[must_use]
    pub fn place(&self) -> String {
        let shown = self.to_string();
        match self {
            Self::Sqlite(_) => shown,
            Self::Postgres(_) => shown.split('?').next().unwrap_or_default().to_owned(),
        }
    }

    /// The address of an embedded store in a file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self::Sqlite(path.to_owned())
    }
}

impl std::fmt::Display for StoreUrl {
    /// Without user and password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let place = url.split("://").nth(1).unwrap_or_default();
                write!(
                    f,
                    "postgres://{}",
                    place.rsplit('@').next().unwrap_or_default()
                )
            }
        }
    }
}

impl std::fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}
