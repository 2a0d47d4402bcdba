//! Orders that the ledger was not told of, and those that are not billed.

use std::time::Duration;

use iap_core::api::JobName;

use super::log::{JobLog, repeat};
use crate::orders;
use crate::store::Store;

/// How often it is looked for them.
const PAUSE: Duration = Duration::from_secs(15);

/// So many at once.
const MOST: i64 = 500;

/// Tells the ledger of orders that a process was paid for and ended before it told, and issues the
/// invoices that are owed, for as long as it is not dropped.
///
/// Several servers may do it side by side: the ledger enters each once, and each is billed once.
pub async fn finish_orders(store: Store, log: JobLog) {
    repeat(log, JobName::FinishOrders, PAUSE, move || run(store.clone())).await;
}

async fn run(store: Store) -> Result<(), String> {
    let finished = match orders::finish_all(&store, MOST).await {
        Ok(0) => Ok(()),
        Ok(finished) => {
            tracing::warn!(finished, "orders that were left behind are finished");
            Ok(())
        }
        Err(error) => {
            tracing::warn!(%error, "orders that were left behind cannot be looked for");
            Err(error.to_string())
        }
    };
    match orders::bill_all(&store, MOST).await {
        Ok(0) => finished,
        Ok(issued) => {
            tracing::info!(issued, "invoices that were owed are issued");
            finished
        }
        Err(error) => {
            tracing::warn!(%error, "orders that are not billed cannot be looked for");
            Err(error.to_string())
        }
    }
}
