//! Holds whose time is over.

use std::time::Duration;

use iap_core::api::JobName;
use iap_core::credits::Attribution;

use super::log::{JobLog, repeat};
use crate::clock;
use crate::store::{By, Change, LedgerError, Refusal, Request, Store, StoreError};

/// How often it is looked for them.
const PAUSE: Duration = Duration::from_secs(15);

/// So many at once.
const MOST: i64 = 500;

/// Gives back what holds have set aside whose time is over, for as long as it is not dropped.
///
/// Several servers may do it side by side: the ledger resolves a hold once.
pub async fn expire_holds(store: Store, log: JobLog) {
    repeat(log, JobName::ExpireHolds, PAUSE, move || run(store.clone())).await;
}

async fn run(store: Store) -> Result<(), String> {
    match sweep(&store).await {
        Ok(Swept { expired, failed }) => {
            if expired > 0 {
                tracing::info!(expired, "holds have expired");
            }
            match failed {
                0 => Ok(()),
                some => Err(format!("{some} holds could not be expired. Why is in the log.")),
            }
        }
        Err(error) => {
            tracing::warn!(%error, "expired holds could not be given back");
            Err(error.to_string())
        }
    }
}

/// What became of the holds that were due.
struct Swept {
    expired: u64,
    failed: usize,
}

/// Expires all that are due now.
async fn sweep(store: &Store) -> Result<Swept, StoreError> {
    let mut expired = 0;
    loop {
        let now = clock::now();
        let due = store.due_holds(now, MOST).await?;
        if due.is_empty() {
            return Ok(Swept { expired, failed: 0 });
        }
        let number = due.len();
        let mut failed = 0;
        let requests = due.into_iter().map(|(account, hold)| Request {
            account,
            by: By::House,
            at: now,
            change: Change::Expire(hold),
            description: String::new(),
            attribution: Attribution::NONE,
            key: None,
        });
        let ledger = store.ledger();
        let made = futures_util::future::join_all(requests.map(|request| ledger.make(request)));
        for made in made.await {
            match made {
                Ok(_) => expired += 1,
                // Somebody else was quicker.
                Err(LedgerError::Refused(Refusal::Resolve(_))) => {}
                Err(error) => {
                    tracing::warn!(%error, "a hold could not be expired");
                    failed += 1;
                }
            }
        }
        if failed == number {
            return Ok(Swept { expired, failed });
        }
    }
}
