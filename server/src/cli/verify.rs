//! `iap verify`

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Args;

use super::failure::Failure;
use super::place::{self, Place};
use super::plural::plural;

/// Check every balance against the entries of the ledger
///
/// Derives every balance from the entries and compares; looks whether every entry sums to nothing,
/// whether a balance was ever negative, whether entries are missing, and whether what is held is
/// what open holds have left. The server may run meanwhile. Ends with status 1 if anything is off.
#[derive(Args, Debug)]
pub(super) struct Verify {
    #[command(flatten)]
    place: Place,
}

impl Verify {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let found = place::run(async {
            let store = self.place.open(false).await?;
            let found = store.verify().await?;
            store.close().await;
            Ok(found)
        })?;
        let mut out = io::stdout().lock();
        let looked = format!(
            "{}, {} and {} were checked",
            plural(found.accounts, "account", "accounts"),
            plural(found.entries, "entry", "entries"),
            plural(found.holds, "hold", "holds"),
        );
        let mut write = || {
            for finding in &found.findings {
                writeln!(out, "{finding}")?;
            }
            if found.findings.is_empty() {
                writeln!(out, "{looked}: all is well.")
            } else {
                let number = u64::try_from(found.findings.len()).unwrap_or(u64::MAX);
                writeln!(out, "{looked}: {}.", plural(number, "thing is off", "things are off"))
            }
        };
        write().map_err(Failure::Output)?;
        Ok(if found.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
