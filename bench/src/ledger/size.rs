//! Whether a change costs the same when the ledger is large, what it takes to read what was spent and
//! taken, what it takes to verify it for each entry, and what memory the server has.

use std::time::Instant;

use anyhow::Result;

use super::ours::Ours;
use super::{ACCOUNTS, Place, in_runtime, resident};
use crate::bench::Bench;
use crate::goal::Goal;
use crate::postgres::Postgres;
use crate::report::{Report, Row};

/// Entries up to which it grows, one after the other; at first there is one for each account. What a
/// change costs is measured over all that are made on the way to a size.
const SIZES: [u64; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// The size at which it is read what was spent and taken: a hundred accounts, of which more are never
/// asked at once, then have a hundred thousand entries.
const READ: u64 = 1_000_000;

/// The most that the server may have when nobody asks anything, in bytes.
const IDLE: f64 = 50e6;

/// Runs the benches.
pub(crate) fn run(benches: &[Bench], report: &mut Report) -> Result<()> {
    for bench in benches {
        match *bench {
            Bench::LedgerSize(place) => {
                let folder = tempfile::tempdir()?;
                let cluster = (place == Place::Postgres).then(Postgres::start);
                let address = match &cluster {
                    Some(cluster) => cluster.database(),
                    None => format!("sqlite:{}", folder.path().join("iap.db").display()),
                };
                in_runtime(grow(bench, &address, report))?;
            }
            Bench::LedgerResident => {
                let resident = in_runtime(resident::measure())?;
                let (name, goal) = (bench.name(), Some(Goal::Bytes(IDLE)));
                report.row(&Row::bytes(format!("{name}/start"), resident.start, goal))?;
                report.row(&Row::bytes(format!("{name}/after-load"), resident.after, None))?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn grow(bench: &Bench, address: &str, report: &mut Report) -> Result<()> {
    let ours = Ours::fill(address).await?;
    let (mut entries, mut first) = (u64::try_from(ACCOUNTS)?, None);
    for size in SIZES {
        let start = Instant::now();
        let made = ours.grow(size.saturating_sub(entries)).await?;
        entries += made;
        let ns = start.elapsed().as_secs_f64() * 1e9 / f64::from(u32::try_from(made)?);
        let name = format!("{}/{size}", bench.name());
        if let Some(first) = first {
            let peer = "the same up to 10,000".to_owned();
            report.row(&Row::beside(name.clone(), ns, peer, first, Some(Goal::Faster(0.8))))?;
        } else {
            first = Some(ns);
            report.row(&Row::alone(name.clone(), ns, None))?;
        }
        if size == READ {
            let (spent, taken) = (ours.ns_consumption().await?, ours.ns_revenue().await?);
            report.row(&Row::alone(format!("{name}/consumption"), spent, None))?;
            report.row(&Row::alone(format!("{name}/revenue"), taken, None))?;
        }
    }
    let start = Instant::now();
    ours.verify_and_close().await?;
    let ns = start.elapsed().as_secs_f64() * 1e9 / f64::from(u32::try_from(entries)?);
    report.row(&Row::alone(format!("{}/verify", bench.name()), ns, None))
}
