//! What a posting takes in the crate cala-ledger, a double-entry ledger in PostgreSQL. `iap-bench`
//! builds and runs this.
//!
//! It is asked with the address of an empty database, for how many seconds it shall post, how many
//! tasks post side by side, and how many postings each commits at once. It answers with one JSON
//! object: `{"postings":…,"ns_a_posting":…}`.

#![allow(clippy::print_stdout, reason = "its terminal is its interface")]

mod charges;
mod ledger;
mod random;

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use crate::charges::Load;
use crate::ledger::Ledger;

/// What it is asked with, in this order.
const USAGE: &str = "usage: iap-bench-cala ADDRESS SECONDS TASKS BATCH";

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context(USAGE);
    let address = next()?;
    let time = Duration::from_secs(next()?.parse().context(USAGE)?);
    let load = Load {
        time,
        tasks: next()?.parse().context(USAGE)?,
        batch: next()?.parse().context(USAGE)?,
    };
    let ledger = Ledger::fill(&address, load.tasks).await?;
    let done = charges::run(&ledger, load).await?;
    ledger.verify(done.postings).await?;
    let ns = done.took.as_nanos() / u128::from(done.postings).max(1);
    println!("{}", json!({ "postings": done.postings, "ns_a_posting": u64::try_from(ns)? }));
    Ok(())
}
