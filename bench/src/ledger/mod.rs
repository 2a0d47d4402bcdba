//! What the ledger does in a second, durably, beside what its databases can do at all.
//!
//! All run one after the other in one run, on the same disk, with the same durability: what is told
//! as done has been handed to the disk (SQLite `synchronous = FULL`, PostgreSQL `fsync` and
//! `synchronous_commit` on, as they are by themselves).

mod cala;
mod ours;
mod pgbench;
mod raw;
mod resident;
mod size;

use anyhow::Result;
use cala::Cala;
use ours::Ours;

use crate::bench::Bench;
use crate::goal::Goal;
use crate::postgres::Postgres;
use crate::report::{Report, Row};

/// What the ledger lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Sqlite,
    Postgres,
}

impl Place {
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// As in the names of benches.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Changes in a group, ours and the raw loop's.
const GROUP: usize = 500;

/// Accounts that are charged, at random.
const ACCOUNTS: usize = 1_000;

/// For how long each is measured, in seconds, and how often: the median counts.
const SECONDS: u64 = 4;
const TURNS: usize = 3;

/// Runs the benches.
pub(crate) fn run(benches: &[Bench], report: &mut Report) -> Result<()> {
    for bench in benches {
        match *bench {
            Bench::Ledger(Place::Sqlite) => on_sqlite(bench, report)?,
            Bench::Ledger(Place::Postgres) => on_postgres(bench, report)?,
            _ => {}
        }
    }
    Ok(())
}

fn on_sqlite(bench: &Bench, report: &mut Report) -> Result<()> {
    let (mut us, mut them) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let folder = tempfile::tempdir()?;
        them.push(raw::ns_a_change(&folder.path().join("raw.db"))?);
        let file = folder.path().join("ours.db");
        us.push(ns_a_change(&format!("sqlite:{}", file.display()))?);
    }
    let peer = "a loop over rusqlite, groups of 500".to_owned();
    let goal = Some(Goal::Faster(0.4));
    report.row(&Row::beside(bench.name(), median(us), peer, median(them), goal))
}

fn on_postgres(bench: &Bench, report: &mut Report) -> Result<()> {
    let cala = match Cala::build() {
        Ok(cala) => Some(cala),
        Err(error) => {
            eprintln!("cala-ledger cannot be built here, so nothing is measured of it: {error:#}");
            None
        }
    };
    let cluster = Postgres::start();
    let (mut us, mut pgbench, mut cala_ledger) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        pgbench.push(pgbench::ns_a_transaction(&cluster)?);
        if let Some(cala) = &cala {
            cala_ledger.push(cala.ns_a_posting(&cluster)?);
        }
        us.push(ns_a_change(&cluster.database())?);
    }
    let us = median(us);
    let peer = "pgbench TPC-B, 16 clients".to_owned();
    let goal = Some(Goal::Faster(8.0));
    report.row(&Row::beside(bench.name(), us, peer, median(pgbench), goal))?;
    if cala.is_some() {
        let name = format!("{}/cala", bench.name());
        let goal = Some(Goal::Faster(10.0));
        report.row(&Row::beside(name, us, cala::label()?, median(cala_ledger), goal))?;
    }
    Ok(())
}

pub(crate) use size::run as run_sizes;

fn ns_a_change(address: &str) -> Result<f64> {
    in_runtime(async {
        let ours = Ours::fill(address).await?;
        let ns = ours.ns_a_change().await?;
        ours.verify_and_close().await?;
        Ok(ns)
    })
}

fn in_runtime<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn median(mut turns: Vec<f64>) -> f64 {
    turns.sort_by(f64::total_cmp);
    turns.get(turns.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Xorshift: any sequence will do.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.0 % limit).unwrap_or_default()
    }
}
