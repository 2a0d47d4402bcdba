//! `iap backup`

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Args;

use super::failure::Failure;
use super::place::{self, Place};

/// Copy the database into a file while the server runs
///
/// The copy is of one moment. From SQLite it is a database that can be used at once: to restore it,
/// stop the server and put it in place of the database, without the files that end in -wal and -shm.
/// From PostgreSQL it is made by `pg_dump`, and restored with `pg_restore --clean --if-exists`.
#[derive(Args, Debug)]
pub(super) struct Backup {
    /// The file to write; there must be none of that name.
    file: PathBuf,

    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        if self.file.exists() {
            return Err(Failure::Exists(self.file.clone()));
        }
        let url = place::run(async {
            let store = self.place.open(false).await?;
            if store.url().path().is_some() {
                store.backup(&self.file.to_string_lossy()).await?;
            }
            store.close().await;
            Ok(store.url().clone())
        })?;
        if let Some(address) = url.postgres() {
            self.dump(address)?;
        }
        writeln!(io::stdout(), "{} is written.", self.file.display()).map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }

    fn dump(&self, address: &str) -> Result<(), Failure> {
        let status = Command::new("pg_dump")
            .args(["--format=custom", "--no-owner", "--file"])
            .arg(&self.file)
            // Not as an argument: other users of the machine can see those.
            .env("PGDATABASE", address)
            .status()
            .map_err(|error| Failure::System("Starting pg_dump", error))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::Usage("pg_dump could not copy the database; its own words stand above."))
        }
    }
}
