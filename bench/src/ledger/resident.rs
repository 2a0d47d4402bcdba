//! What memory `iap serve` has, as the system tells it.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::ledger_http;

/// For how long it is asked, and what it has afterwards to come to rest.
const LOAD: Duration = Duration::from_secs(10);
const REST: Duration = Duration::from_secs(5);

const CLIENTS: usize = 64;

/// Resident sets in bytes.
pub(super) struct Resident {
    /// When it has started and nobody has asked anything.
    pub(super) start: f64,
    /// When many have asked, and do not any more.
    pub(super) after: f64,
}

/// Ends when it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Measures the server that `IAP_BENCH_SERVER` names, on an SQLite file.
pub(super) async fn measure() -> Result<Resident> {
    let program = std::env::var_os("IAP_BENCH_SERVER").context("`cargo xtask bench` names it")?;
    let folder = tempfile::tempdir()?;
    let database = format!("sqlite:{}", folder.path().join("iap.db").display());
    ledger_http::filled(&database).await?.close().await;
    let mut server = Command::new(program);
    server.args(["serve", "--listen", "127.0.0.1:0", "--requests-per-second", "0"]);
    server.args(["--log", "off", "--database", &database, "--data"]).arg(folder.path());
    let mut server = Server(server.stdout(Stdio::piped()).spawn()?);
    let output = server.0.stdout.take().context("it has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.split("http://").nth(1).context("the server told no address")?;
    let address = address.split(|sign: char| sign != '.' && sign != ':' && !sign.is_ascii_digit());
    let address: SocketAddr = address.into_iter().next().unwrap_or_default().parse()?;
    tokio::time::sleep(REST).await;
    let start = resident(&server.0)?;
    ledger_http::ask_for(address, CLIENTS, LOAD).await?;
    tokio::time::sleep(REST).await;
    Ok(Resident { start, after: resident(&server.0)? })
}

fn resident(server: &Child) -> Result<f64> {
    let status = format!("/proc/{}/status", server.id());
    let status = std::fs::read_to_string(status).context("only Linux tells it there")?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = kibibytes.and_then(|rest| rest.trim().strip_suffix("kB"));
    Ok(kibibytes.context("the system does not tell it")?.trim().parse::<f64>()? * 1024.0)
}
