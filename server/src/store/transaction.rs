//! Transactions that write.

use sqlx::{AnyConnection, Executor as _};

use super::dialect::Dialect;
use super::writers::Writing;

/// A transaction that writes. If it does not come to its commit, whatever the reason, its connection
/// is closed, which undoes it.
///
/// The connection is not used again then because nobody knows what state it is in: on a full disk
/// SQLite undoes the transaction by itself, and the driver does not notice.
pub(super) struct WriteTransaction {
    connection: Option<Writing>,
}

impl WriteTransaction {
    pub(super) async fn begin(connection: Writing, dialect: Dialect) -> sqlx::Result<Self> {
        let mut transaction = Self { connection: Some(connection) };
        transaction.connection()?.execute(dialect.begin()).await?;
        Ok(transaction)
    }

    /// What to write with.
    pub(super) fn connection(&mut self) -> sqlx::Result<&mut AnyConnection> {
        self.connection.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// Keeps what was written. When this returns, it has reached the disk.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        self.connection()?.execute("COMMIT").await?;
        // It goes back to the others.
        self.connection = None;
        Ok(())
    }
}

impl Drop for WriteTransaction {
    fn drop(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            connection.close_on_drop();
        }
    }
}
