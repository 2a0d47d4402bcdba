//! The ledger's connection to SQLite.
//!
//! Statements are carried out in the thread that asks for them: the ledger's own, which nobody else
//! waits for. A row is one run of a prepared statement; a statement of many rows takes longer.

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{CachedStatement, OpenFlags, ToSql};

use super::batch::Value;
use super::group::Group;
use super::row::Row;
use super::statement::{Read, Write};
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::writers::{Turn, Writers};

/// What opens and keeps the connection.
pub(super) struct Sqlite {
    path: String,
    /// Whoever else writes in this process.
    writers: Writers,
    /// Where it waits for the next transaction.
    pub(super) idle: Option<rusqlite::Connection>,
}

impl Sqlite {
    pub(super) fn new(path: &str, writers: &Writers) -> Self {
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
        let turn = self.writers.turn().await?;
        let connection = self.connection()?;
        connection.prepare_cached(Dialect::Sqlite.begin())?.execute([])?;
        Ok(SqliteTransaction { connection, idle: &mut self.idle, _turn: turn })
    }
}

/// A transaction that writes. If it does not come to its commit, whatever the reason, its connection
/// is closed, which undoes it.
pub(super) struct SqliteTransaction<'c> {
    connection: rusqlite::Connection,
    /// Where the connection waits for the next one.
    idle: &'c mut Option<rusqlite::Connection>,
    _turn: Turn,
}

impl SqliteTransaction<'_> {
    pub(super) fn read(&self, group: &mut Group, reads: &[Read<'_, '_>]) -> Result<(), StoreError> {
        for &Read { statement, rows, take } in reads {
            let text = statement.for_row(rows.width());
            let mut prepared = self.connection.prepare_cached(&text)?;
            // What stands alone has no values, and is carried out once.
            let alone: Option<&[Value<'_>]> = (rows.width() == 0).then_some(&[]);
            for row in rows.rows().chain(alone) {
                bind(&mut prepared, row)?;
                let mut found = prepared.raw_query();
                while let Some(row) = found.next()? {
                    take(group, &Row::Sqlite(row))?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn commit(self, writes: &[Write<'_>]) -> Result<(), StoreError> {
        for Write { statement, rows } in writes {
            let text = statement.for_row(rows.width());
            let mut prepared = self.connection.prepare_cached(&text)?;
            for row in rows.rows() {
                bind(&mut prepared, row)?;
                prepared.raw_execute()?;
            }
        }
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        *self.idle = Some(self.connection);
        Ok(())
    }
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
            (Self::Word(word), _) => ToSqlOutput::Borrowed(ValueRef::Text(word.as_bytes())),
            (_, Some(text)) => match text {
                Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Cow::Owned(text) => ToSqlOutput::Owned(SqlValue::Text(text)),
            },
            (_, None) => ToSqlOutput::Owned(SqlValue::Null),
        })
    }
}
