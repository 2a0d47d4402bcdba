//! Whose turn it is to write.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::dialect::Dialect;
use super::open::WAIT;
use super::transaction::WriteTransaction;

/// Where this process writes. Cheap to copy.
///
/// SQLite has one writer, and its own lock knows no order, so that one who waits for it could wait for
/// ever. Here who comes first is first, and the ledger, with a connection of its own, comes in turn
/// with everybody else. A pool of one connection would do that too, but takes it back only when it
/// has answered once more, which takes longer than writing something small.
#[derive(Clone, Debug)]
pub(super) struct Writers {
    pool: AnyPool,
    dialect: Dialect,
    turns: Arc<Semaphore>,
}

/// The right to write, for as long as it is kept.
#[derive(Debug)]
pub(super) struct Turn {
    _permit: OwnedSemaphorePermit,
}

/// A connection whose turn it is, for statements that stand alone.
pub(super) struct Writing {
    connection: PoolConnection<Any>,
    _turn: Turn,
}

impl Writers {
    /// A pool, and how many of its connections there are at most.
    pub(super) fn new(pool: AnyPool, dialect: Dialect, connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(Semaphore::MAX_PERMITS);
        Self { pool, dialect, turns: Arc::new(Semaphore::new(connections)) }
    }

    /// Waits until it is one's turn.
    pub(super) async fn turn(&self) -> sqlx::Result<Turn> {
        let turn = timeout(WAIT, Arc::clone(&self.turns).acquire_owned()).await;
        let permit = turn.map_err(|_| sqlx::Error::PoolTimedOut)?;
        Ok(Turn { _permit: permit.map_err(|_| sqlx::Error::PoolClosed)? })
    }

    /// A connection for a statement.
    pub(super) async fn connection(&self) -> sqlx::Result<Writing> {
        let turn = self.turn().await?;
        Ok(Writing { connection: self.pool.acquire().await?, _turn: turn })
    }

    /// A transaction.
    pub(super) async fn begin(&self) -> sqlx::Result<WriteTransaction> {
        WriteTransaction::begin(self.connection().await?, self.dialect).await
    }

    /// Closes the connections, when they are not used any more.
    pub(super) async fn close(&self) {
        self.turns.close();
        self.pool.close().await;
    }
}

impl Writing {
    /// Closes the connection when it is dropped, instead of keeping it for others.
    pub(super) fn close_on_drop(&mut self) {
        self.connection.close_on_drop();
    }
}

impl Deref for Writing {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}
