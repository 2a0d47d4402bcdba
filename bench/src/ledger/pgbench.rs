//! What PostgreSQL's own benchmark makes of the same cluster.

use anyhow::{Context, Result, ensure};

use super::SECONDS;
use crate::postgres::Postgres;

/// What one of its transactions takes, in ns: TPC-B, prepared, 16 clients.
pub(super) fn ns_a_transaction(cluster: &Postgres) -> Result<f64> {
    let database = cluster.database();
    let run = |arguments: &[&str]| -> Result<String> {
        let output = cluster.program("pgbench").args(arguments).arg(&database).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(output.status.success(), "pgbench: {}", String::from_utf8_lossy(&output.stderr));
        Ok(said)
    };
    run(&["--initialize", "--quiet", "--scale=10"])?;
    let seconds = format!("--time={SECONDS}");
    let said = run(&["--client=16", "--jobs=2", "--protocol=prepared", "--no-vacuum", &seconds])?;
    let figure = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let figure = figure.and_then(|rest| rest.split(' ').next());
    let transactions: f64 = figure.context("pgbench told no figure")?.parse()?;
    Ok(1e9 / transactions)
}
