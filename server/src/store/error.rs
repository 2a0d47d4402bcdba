//! Why the store does not do what it is asked for.

use std::borrow::Cow;

use sqlx::error::ErrorKind;

/// Why the store does not do what it is asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database cannot be reached, or does not answer.
    #[error("The database cannot be reached. Try again in a moment.")]
    Unreachable(#[source] DriverError),
    /// There is no room left where the database lies.
    #[error("The disk of the database is full: nothing can be written until there is room.")]
    Full(#[source] DriverError),
    /// The database holds what a newer version of this program wrote.
    #[error(
        "The database was written by a newer version of this program: it has schema {found}, and \
         this version knows up to {known}. Use the newer version, or restore a backup."
    )]
    Newer {
        /// The schema that is there.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// What is kept contradicts the rules; `iap verify` says more.
    #[error("What the database holds contradicts the rules: {0}. Run `iap verify`.")]
    Corrupt(String),
    /// The server is about to end, and takes nothing more.
    #[error("The server is being stopped. Try again in a moment.")]
    Closed,
    /// Something else, which is a fault of this program.
    #[error("The database refused a query of this program.")]
    Database(#[source] DriverError),
}

/// What a driver of a database says.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum DriverError {
    /// The driver that speaks to both databases, and PostgreSQL's.
    Sqlx(#[from] sqlx::Error),
    /// The ledger's driver of SQLite.
    Rusqlite(#[from] rusqlite::Error),
}

impl DriverError {
    /// The database's own word for what is wrong: five letters and digits from PostgreSQL, a number
    /// from SQLite.
    fn code(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Sqlx(error) => error.as_database_error()?.code(),
            Self::Rusqlite(error) => Some(error.sqlite_error()?.extended_code.to_string().into()),
        }
    }

    /// Whether the same transaction may do better when it is begun again.
    pub(super) fn is_passing(&self) -> bool {
        // PostgreSQL: serialization failure, deadlock. SQLite: busy.
        matches!(self.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }
}

impl From<DriverError> for StoreError {
    fn from(error: DriverError) -> Self {
        if let DriverError::Sqlx(
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed,
        ) = error
        {
            return Self::Unreachable(error);
        }
        match error.code().as_deref() {
            // SQLite: full, or an error of the disk. PostgreSQL: disk full.
            Some("13" | "53100") => Self::Full(error),
            // SQLite: cannot open, busy. PostgreSQL: class 57 is an operator's intervention, class
            // 08 a lost connection, 53300 too many connections.
            Some("14" | "5" | "53300") => Self::Unreachable(error),
            Some(code) if code.starts_with("57P") || code.starts_with("08") => {
                Self::Unreachable(error)
            }
            _ => Self::Database(error),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        DriverError::from(error).into()
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        DriverError::from(error).into()
    }
}

/// Whether a row was refused because there is one with the same key.
pub(super) fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.kind() == ErrorKind::UniqueViolation)
}
