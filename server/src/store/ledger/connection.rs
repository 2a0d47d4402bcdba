//! The ledger's own connection to its database.
//!
//! Everything else in the store goes through one driver that speaks to both databases, which
//! converts every value several times. Here that would be most of what a change takes.

use super::group::Group;
use super::postgres::{Postgres, PostgresTransaction};
use super::sqlite::{Sqlite, SqliteTransaction};
use super::statement::{Read, Write};
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::open::DatabaseUrl;
use crate::store::writers::Writers;

/// The ledger's own connection to its database.
pub(super) enum Connection {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Connection {
    /// The connection to a database, whose other writers are given too. It is made when it is
    /// needed.
    pub(super) fn new(url: &DatabaseUrl, writers: &Writers) -> Result<Self, StoreError> {
        Ok(match (url.path(), url.postgres()) {
            (Some(path), _) => Self::Sqlite(Sqlite::new(path, writers)),
            (None, url) => Self::Postgres(Box::new(Postgres::new(url.unwrap_or_default())?)),
        })
    }

    /// Begins a transaction that writes. If it does not come to its commit, whatever the reason, its
    /// connection is closed, which undoes it.
    pub(super) async fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(match self {
            Self::Sqlite(sqlite) => Transaction::Sqlite(sqlite.begin().await?),
            Self::Postgres(postgres) => Transaction::Postgres(postgres.begin().await?),
        })
    }

    /// Closes it.
    pub(super) async fn close(self) {
        match self {
            Self::Sqlite(sqlite) => drop(sqlite),
            Self::Postgres(postgres) => postgres.close().await,
        }
    }
}

/// A transaction that writes.
pub(super) enum Transaction<'c> {
    Sqlite(SqliteTransaction<'c>),
    Postgres(PostgresTransaction<'c>),
}

impl Transaction<'_> {
    /// Which database it is in.
    pub(super) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Reads rows of a group, by one statement after the other.
    pub(super) async fn read(
        &mut self,
        group: &mut Group,
        reads: &[Read<'_, '_>],
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.read(group, reads),
            Self::Postgres(transaction) => transaction.read(group, reads).await,
        }
    }

    /// Writes rows, by one statement after the other, and keeps them. When this returns, they have
    /// reached the disk.
    pub(super) async fn commit(self, writes: &[Write<'_>]) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit(writes),
            Self::Postgres(transaction) => transaction.commit(writes).await,
        }
    }
}
