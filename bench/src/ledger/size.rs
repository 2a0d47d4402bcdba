//! Whether a change costs the same when the ledger is large, and what memory the server has.

use anyhow::Result;

use super::ours::Ours;
use super::{Place, in_runtime, resident};
use crate::bench::Bench;
use crate::goal::Goal;
use crate::postgres::Postgres;
use crate::report::{Report, Row};

/// Entries that are there when it is measured.
const SIZES: [u64; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

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
    let (mut entries, mut first) = (0, None);
    for size in SIZES {
        entries += ours.grow(size.saturating_sub(entries)).await?;
        let ns = ours.ns_a_change().await?;
        let name = format!("{}/{size}", bench.name());
        match first {
            None => {
                first = Some(ns);
                report.row(&Row::alone(name, ns, None))?;
            }
            Some(first) => {
                let peer = "the same when there are 1,000".to_owned();
                report.row(&Row::beside(name, ns, peer, first, Some(Goal::Faster(0.8))))?;
            }
        }
    }
    ours.verify_and_close().await
}
