//! Why the store does not do what it is asked for.

use sqlx::error::{DatabaseError, ErrorKind};

/// Why the store does not do what it is asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database cannot be reached, or does not answer.
    #[error("The database cannot be reached. Try again in a moment.")]
    Unreachable(#[source] sqlx::Error),
    /// There is no room left where the database lies.
    #[error("The disk of the database is full: nothing can be written until there is room.")]
    Full(#[source] sqlx::Error),
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
    Database(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the same transaction may do better when it is begun again.
    pub(super) fn is_passing(error: &sqlx::Error) -> bool {
        // PostgreSQL: serialization failure, deadlock. SQLite: busy.
        let code = error.as_database_error().and_then(DatabaseError::code);
        matches!(code.as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unreachable(error),
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // SQLite: full, or an error of the disk. PostgreSQL: disk full.
                Some("13" | "53100") => Self::Full(error),
                // SQLite: cannot open, busy. PostgreSQL: class 57 is an operator's intervention,
                // class 08 a lost connection, 53300 too many connections.
                Some("14" | "5" | "53300") => Self::Unreachable(error),
                Some(code) if code.starts_with("57P") || code.starts_with("08") => {
                    Self::Unreachable(error)
                }
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

/// Whether a row was refused because there is one with the same key.
pub(super) fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.kind() == ErrorKind::UniqueViolation)
}
