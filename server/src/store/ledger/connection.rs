//! The ledger's own connection to its database.
//!
//! Everything else in the store goes through one driver that speaks to both databases, which
//! converts every value several times. Here that would be most of what a change takes.

use sqlx::{AnyPool, PgPool};

use super::batch::Batch;
use super::postgres::{self, PostgresTransaction};
use super::row::Row;
use super::sqlite::{self, Sqlite, SqliteTransaction};
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::open::DatabaseUrl;
use crate::store::transaction::WriteTransaction;

/// The ledger's own connection to its database.
pub(super) enum Connection {
    Sqlite(Sqlite),
    Postgres(PgPool),
}

impl Connection {
    /// The connection to a database, whose other writers are given too. It is made when it is
    /// needed.
    pub(super) fn new(url: &DatabaseUrl, writers: &AnyPool) -> Result<Self, StoreError> {
        Ok(match (url.path(), url.postgres()) {
            (Some(path), _) => Self::Sqlite(Sqlite::new(path, writers)),
            (None, url) => Self::Postgres(postgres::pool(url.unwrap_or_default())?),
        })
    }

    /// Begins a transaction that writes. If it does not come to its commit, whatever the reason, its
    /// connection is closed, which undoes it.
    pub(super) async fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(match self {
            Self::Sqlite(sqlite) => Transaction::Sqlite(sqlite.begin().await?),
            Self::Postgres(pool) => {
                let transaction = WriteTransaction::begin(pool, Dialect::Postgres).await?;
                Transaction::Postgres(PostgresTransaction(transaction))
            }
        })
    }
}

/// A transaction that writes.
pub(super) enum Transaction<'c> {
    Sqlite(SqliteTransaction<'c>),
    Postgres(PostgresTransaction),
}

impl Transaction<'_> {
    /// Which database it is in.
    pub(super) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Reads the rows whose columns `key` are as in a row of `keys`. `statement` makes the statement
    /// around the condition for that. What is asked for twice may be read twice.
    pub(super) async fn fetch(
        &mut self,
        keys: &Batch<'_>,
        key: &str,
        statement: impl Fn(&str) -> String,
        read: impl FnMut(Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        match self {
            Self::Sqlite(transaction) => {
                let found = format!("({key}) = {}", sqlite::places(keys.width()));
                transaction.fetch(keys, &statement(&found), read)
            }
            Self::Postgres(transaction) => {
                let found = format!("({key}) IN ({})", postgres::rows(keys));
                transaction.fetch(keys, &statement(&found), read).await
            }
        }
    }

    /// Writes rows. `statement` makes the statement around a query that gives them, whose columns
    /// are called `column1`, `column2` and so on.
    pub(super) async fn insert(
        &mut self,
        rows: &Batch<'_>,
        statement: impl Fn(&str) -> String,
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        match self {
            Self::Sqlite(transaction) => {
                let values = format!("VALUES {}", sqlite::places(rows.width()));
                transaction.execute(rows, &statement(&values))
            }
            Self::Postgres(transaction) => {
                transaction.execute(rows, &statement(&postgres::rows(rows))).await
            }
        }
    }

    /// Gives columns of a table other values: each of `rows` begins with the key of a row, the
    /// values follow.
    pub(super) async fn update<const WIDTH: usize>(
        &mut self,
        rows: &Batch<'_>,
        table: &str,
        columns: [&str; WIDTH],
    ) -> Result<(), StoreError> {
        debug_assert_eq!(rows.width(), WIDTH + 1, "a row has a value for each column");
        if rows.is_empty() {
            return Ok(());
        }
        match self {
            // A query for the values would take longer than the change.
            Self::Sqlite(transaction) => {
                let values =
                    (2..).zip(columns).map(|(place, column)| format!("{column} = ?{place}"));
                let values = values.collect::<Vec<_>>().join(", ");
                let statement = format!("UPDATE {table} SET {values} WHERE id = ?1");
                transaction.execute(rows, &statement)
            }
            Self::Postgres(transaction) => {
                let values = (2..).zip(columns);
                let values = values.map(|(place, column)| format!("{column} = c.column{place}"));
                let values = values.collect::<Vec<_>>().join(", ");
                let rows_of = postgres::rows(rows);
                let statement = format!(
                    "UPDATE {table} SET {values} FROM ({rows_of}) AS c WHERE {table}.id = c.column1"
                );
                transaction.execute(rows, &statement).await
            }
        }
    }

    /// The one number that a statement gives.
    pub(super) async fn number(&mut self, statement: &'static str) -> Result<i64, StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.number(statement),
            Self::Postgres(transaction) => transaction.number(statement).await,
        }
    }

    /// Keeps what was written. When this returns, it has reached the disk.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit(),
            Self::Postgres(PostgresTransaction(transaction)) => Ok(transaction.commit().await?),
        }
    }
}
