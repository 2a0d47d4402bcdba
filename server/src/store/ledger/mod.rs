//! The ledger: every change to what accounts have goes through here.
//!
//! Changes are committed in groups. What arrives while a commit is under way forms the next group:
//! its rows are read with one statement each, core's rules are applied to them in memory in the
//! order in which they came, and the results are written with one statement each. An answer leaves
//! only after its commit is durable. A change that is refused leaves the others of its group as
//! they are.
//!
//! Nothing is remembered between groups, so that several servers can share a PostgreSQL: the rows
//! of the accounts are locked, in the order of their keys, before anything else is read.

mod group;
mod load;
mod request;
mod write;
mod writer;

use std::sync::Arc;

use sqlx::AnyPool;
use tokio::sync::{mpsc, oneshot, watch};

pub use request::{Change, Outcome, Refusal, Request};
use writer::Writer;

use super::dialect::Dialect;
use super::error::StoreError;

/// Changes that wait for their group; further ones wait for their place.
const QUEUE: usize = 4_096;

/// Where changes are handed in. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Ledger {
    queue: mpsc::Sender<Waiting>,
    /// Told to take nothing more.
    stop: Arc<watch::Sender<bool>>,
}

/// A change and where its answer goes.
#[derive(Debug)]
struct Waiting {
    request: Request,
    answer: oneshot::Sender<Answer>,
}

/// What becomes of a change. The whole group fails by the same error.
type Answer = Result<Result<Outcome, Refusal>, Arc<StoreError>>;

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
    pub(super) fn start(pool: &AnyPool, dialect: Dialect) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(Writer::new(pool.clone(), dialect).run(waiting, stopped));
        Self { queue, stop: Arc::new(stop) }
    }

    /// Makes a change. When this returns, it has reached the disk.
    ///
    /// # Errors
    /// [`LedgerError`] where it is refused, or cannot be kept.
    pub async fn make(&self, request: Request) -> Result<Outcome, LedgerError> {
        let (answer, answered) = oneshot::channel();
        let closed = || LedgerError::Store(Arc::new(StoreError::Closed));
        self.queue.send(Waiting { request, answer }).await.map_err(|_| closed())?;
        let answer = answered.await.map_err(|_| closed())?;
        Ok(answer.map_err(LedgerError::Store)??)
    }

    /// Takes no more changes, and returns when those under way are committed.
    pub(super) async fn close(&self) {
        self.stop.send_replace(true);
        // The task's ends of both channels are gone when it has ended.
        self.stop.closed().await;
    }
}
