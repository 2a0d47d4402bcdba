//! Orders that the ledger was not told of, and those that are not billed.

use std::time::Duration;

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
pub async fn finish_orders(store: Store) {
    loop {
        match orders::finish_all(&store, MOST).await {
            Ok(0) => {}
            Ok(finished) => tracing::warn!(finished, "orders that were left behind are finished"),
            Err(error) => {
                tracing::warn!(%error, "orders that were left behind cannot be looked for");
            }
        }
        match orders::bill_all(&store, MOST).await {
            Ok(0) => {}
            Ok(issued) => tracing::info!(issued, "invoices that were owed are issued"),
            Err(error) => tracing::warn!(%error, "orders that are not billed cannot be looked for"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
