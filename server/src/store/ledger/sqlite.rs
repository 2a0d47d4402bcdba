//! The ledger's connection to SQLite.
//!
//! Statements are carried out in the thread that asks for them: the ledger's own, which nobody else
//! waits for. A row is one run of a prepared statement; a statement of many rows takes longer.

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{CachedStatement, OpenFlags, ToSql};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool};

use super::batch::{Batch, Value};
use super::row::Row;
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;

/// What opens and keeps the connection.
pub(super) struct Sqlite {
    path: String,
    /// The only connection of these is the place of whoever writes in this process: SQLite's own
    /// lock knows no order, so that one who waits for it could wait for ever.
    writers: AnyPool,
    /// Where it waits for the next transaction.
    pub(super) idle: Option<rusqlite::Connection>,
}

impl Sqlite {
    pub(super) fn new(path: &str, writers: &AnyPool) -> Self {
        Self { path: path.into(), writers: writers.clone(), idle: None }
    }

    fn connection(&mut self) -> Result<rusqlite::Connection, StoreError> {
        if let Some(connection) = self.idle.take() {
            return Ok(connection);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(&self.path, flags)?;
        connection.execute_batch(Dialect::Sqlite.settings())?;
        Ok(connection)
    }

    pub(super) async fn begin(&mut self) -> Result<SqliteTransaction<'_>, StoreError> {
        let place = self.writers.acquire().await?;
        let connection = self.connection()?;
        connection.prepare_cached(Dialect::Sqlite.begin())?.execute([])?;
        Ok(SqliteTransaction { connection, idle: &mut self.idle, _place: place })
    }
}

/// A transaction that writes. If it does not come to its commit, whatever the reason, its connection
/// is closed, which undoes it.
pub(super) struct SqliteTransaction<'c> {
    connection: rusqlite::Connection,
    /// Where the connection waits for the next one.
    idle: &'c mut Option<rusqlite::Connection>,
    _place: PoolConnection<Any>,
}

impl SqliteTransaction<'_> {
    pub(super) fn execute(&self, batch: &Batch<'_>, statement: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(statement)?;
        for row in batch.rows() {
            bind(&mut statement, row)?;
            statement.raw_execute()?;
        }
        Ok(())
    }

    pub(super) fn fetch(
        &self,
        batch: &Batch<'_>,
        statement: &str,
        mut read: impl FnMut(Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(statement)?;
        for row in batch.rows() {
            bind(&mut statement, row)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                read(Row::Sqlite(row))?;
            }
        }
        Ok(())
    }

    pub(super) fn number(&self, statement: &str) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached(statement)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    pub(super) fn commit(self) -> Result<(), StoreError> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        *self.idle = Some(self.connection);
        Ok(())
    }
}

/// `(?, ?)`: question marks because `$1` is a name to SQLite.
pub(super) fn places(width: usize) -> String {
    format!("({})", vec!["?"; width].join(", "))
}

fn bind(statement: &mut CachedStatement<'_>, row: &[Value<'_>]) -> rusqlite::Result<()> {
    for (place, value) in (1..).zip(row) {
        statement.raw_bind_parameter::<usize, _>(place, value)?;
    }
    Ok(())
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match (*self, self.text()) {
            (Self::Number(number), _) => ToSqlOutput::Owned(SqlValue::Integer(number)),
            (_, Some(text)) => match text {
                Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Cow::Owned(text) => ToSqlOutput::Owned(SqlValue::Text(text)),
            },
            (_, None) => ToSqlOutput::Owned(SqlValue::Null),
        })
    }
}
