//! The task that commits groups.

use std::sync::Arc;

use sqlx::AnyPool;
use tokio::sync::{mpsc, watch};

use super::request::{Outcome, Refusal};
use super::{Waiting, load, write};
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::transaction::WriteTransaction;

/// Changes in a group at most; each makes an entry at most. More would make the first wait longer
/// than it wins.
const GROUP: usize = 512;

/// How often a group is begun again that met another server's.
const ATTEMPTS: u32 = 10;

pub(super) struct Writer {
    pool: AnyPool,
    dialect: Dialect,
}

impl Writer {
    pub(super) const fn new(pool: AnyPool, dialect: Dialect) -> Self {
        Self { pool, dialect }
    }

    /// Commits what comes, until it is told to stop and nothing waits any more.
    pub(super) async fn run(
        self,
        mut queue: mpsc::Receiver<Waiting>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut group = Vec::with_capacity(GROUP);
        loop {
            tokio::select! {
                received = queue.recv_many(&mut group, GROUP) => if received == 0 { break },
                // What has been handed in is still to come.
                _ = stop.wait_for(|stop| *stop), if !queue.is_closed() => {
                    queue.close();
                    continue;
                }
            }
            match self.commit(&group).await {
                Ok(results) => {
                    for (waiting, result) in group.drain(..).zip(results) {
                        // Who has gone away is not told; the change is made all the same.
                        let _ = waiting.answer.send(Ok(result));
                    }
                }
                Err(error) => {
                    tracing::error!(error = ?error, changes = group.len(), "a group failed");
                    let error = Arc::new(error);
                    for waiting in group.drain(..) {
                        let _ = waiting.answer.send(Err(Arc::clone(&error)));
                    }
                }
            }
        }
    }

    async fn commit(&self, group: &[Waiting]) -> Result<Vec<Result<Outcome, Refusal>>, StoreError> {
        let mut attempt = 1;
        loop {
            match self.attempt(group).await {
                Err(StoreError::Database(error) | StoreError::Unreachable(error))
                    if attempt < ATTEMPTS && StoreError::is_passing(&error) =>
                {
                    attempt += 1;
                }
                done => return done,
            }
        }
    }

    async fn attempt(
        &self,
        waiting: &[Waiting],
    ) -> Result<Vec<Result<Outcome, Refusal>>, StoreError> {
        let mut transaction = WriteTransaction::begin(&self.pool, self.dialect).await?;
        let connection = transaction.connection()?;
        let requests = waiting.iter().map(|waiting| &waiting.request);
        let mut group = load::load(connection, self.dialect, requests.clone()).await?;
        let results: Vec<_> = requests.clone().map(|request| group.make(request)).collect();
        let now = requests.map(|request| request.at.millis()).max().unwrap_or_default();
        write::write(connection, self.dialect, &group, now).await?;
        transaction.commit().await?;
        Ok(results)
    }
}
