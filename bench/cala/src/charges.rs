//! Charges: authorized, then captured, as many at a time as a batch holds.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::ledger::{Customer, Ledger, Step};
use crate::random::Random;

/// How the ledger is used.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    /// For how long.
    pub(crate) time: Duration,
    /// Tasks side by side.
    pub(crate) tasks: usize,
    /// Postings that each commits at once.
    pub(crate) batch: usize,
}

/// What was done.
pub(crate) struct Done {
    /// Authorizations and captures.
    pub(crate) postings: u64,
    /// From the first task's beginning to the last one's end.
    pub(crate) took: Duration,
}

/// Charges until the time is over.
pub(crate) async fn run(ledger: &Ledger, load: Load) -> Result<Done> {
    let start = Instant::now();
    let tasks: Vec<_> = ledger
        .shares()
        .zip(1..)
        .map(|(customers, seed)| {
            let random = Random::new(seed);
            tokio::spawn(work(ledger.clone(), customers, random, start + load.time, load.batch))
        })
        .collect();
    let mut postings = 0;
    for task in tasks {
        postings += task.await??;
    }
    Ok(Done { postings, took: start.elapsed() })
}

/// How many postings a task made. A capture is asked for when the authorization has been answered,
/// and so stands in a later batch.
async fn work(
    ledger: Ledger,
    customers: Vec<Customer>,
    mut random: Random,
    end: Instant,
    batch: usize,
) -> Result<u64> {
    let mut postings = 0;
    while Instant::now() < end {
        let charged = (0..batch).map(|_| random.of(&customers).copied());
        let charged: Vec<Customer> = charged.collect::<Option<_>>().context("no customer")?;
        ledger.post(Step::Authorize, &charged).await?;
        ledger.post(Step::Capture, &charged).await?;
        postings += 2 * u64::try_from(batch)?;
    }
    Ok(postings)
}
