//! The ledger: every change to what accounts have goes through here.
//!
//! Changes are committed in groups. What arrives while a commit is under way forms the next group:
//! its rows are read with one statement for each table, core's rules are applied to them in memory in
//! the order in which they came, and the results are written in the same way. An answer leaves
//! only after its commit is durable. A change that is refused leaves the others of its group as
//! they are.
//!
//! Nothing is remembered between groups, so that several servers can share a PostgreSQL: the rows
//! of the accounts are locked, in the order of their keys, before anything else is read.

mod batch;
mod connection;
mod group;
mod load;
mod postgres;
mod request;
mod row;
mod script;
mod sqlite;
mod statement;
mod write;
mod writer;

use std::sync::Arc;
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

use connection::Connection;
pub use request::{By, Change, Outcome, Refusal, Request};
use writer::Writer;

use super::changes::Changes;
use super::error::StoreError;
use super::open::DatabaseUrl;
use super::writers::Writers;

/// Changes that wait for their group; further ones wait for their place.
const QUEUE: usize = 4_096;

/// Where changes are handed in. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// One for each writer.
    queues: Arc<[mpsc::Sender<Waiting>]>,
    /// Told to take nothing more.
    stop: Arc<watch::Sender<bool>>,
    changes: Changes,
}

/// A change and where its answer goes.
#[derive(Debug)]
struct Waiting {
    request: Request,
    answer: oneshot::Sender<Answer>,
}

/// What becomes of a change.
type Answer = Result<Outcome, LedgerError>;

/// Why a change was not made.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LedgerError {
    /// By the rules.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Because it could not be kept. Whether it was is not known after [`StoreError::Unreachable`]:
    /// repeat it with the same key.
    #[error(transparent)]
    Store(Arc<StoreError>),
}

impl Ledger {
    pub(super) fn start(
        url: &DatabaseUrl,
        writers: &Writers,
        changes: Changes,
    ) -> Result<Self, StoreError> {
        let (stop, stopped) = watch::channel(false);
        let mut queues = Vec::new();
        for _ in 0..url.dialect().ledger_writers() {
            let (queue, waiting) = mpsc::channel(QUEUE);
            queues.push(queue);
            let connection = Connection::new(url, writers)?;
            let in_thread = matches!(connection, Connection::Sqlite(_));
            let run = Writer::new(connection).run(waiting, stopped.clone());
            if in_thread {
                // SQLite works in the thread that calls it.
                let runtime = Handle::current();
                let thread = thread::Builder::new().name("ledger".to_owned());
                thread.spawn(move || runtime.block_on(run)).map_err(sqlx::Error::Io)?;
            } else {
                tokio::spawn(run);
            }
        }
        drop(stopped);
        Ok(Self { queues: queues.into(), stop: Arc::new(stop), changes })
    }

    /// Makes a change. When this returns, it has reached the disk.
    ///
    /// # Errors
    /// [`LedgerError`] where it is refused, or cannot be kept.
    pub async fn make(&self, request: Request) -> Result<Outcome, LedgerError> {
        let (answer, answered) = oneshot::channel();
        let closed = || LedgerError::Store(Arc::new(StoreError::Closed));
        let account = request.account;
        let queue = self.queue(account).ok_or_else(closed)?;
        queue.send(Waiting { request, answer }).await.map_err(|_| closed())?;
        let outcome = answered.await.map_err(|_| closed())??;
        self.changes.tell(account);
        Ok(outcome)
    }

    /// The changes of an account all go to the same writer, so that none waits for the other.
    fn queue(&self, account: i64) -> Option<&mpsc::Sender<Waiting>> {
        let writers = u64::try_from(self.queues.len()).ok()?;
        let place = account.unsigned_abs().checked_rem(writers)?;
        self.queues.get(usize::try_from(place).ok()?)
    }

    /// Takes no more changes, and returns when those under way are committed.
    pub(super) async fn close(&self) {
        self.stop.send_replace(true);
        // The task's ends of both channels are gone when it has ended.
        self.stop.closed().await;
    }
}
