//! Where the server keeps what it has.

use std::path::PathBuf;

use clap::Args;
use etcetera::BaseStrategy as _;

use super::failure::Failure;
use crate::store::{DatabaseUrl, Store};

/// Where the server keeps what it has.
#[derive(Args, Debug)]
pub(super) struct Place {
    /// The database: `sqlite:PATH`, or `postgres://USER@HOST/NAME`. Without it, the file iap.db in the
    /// data folder.
    #[arg(long, value_name = "ADDRESS", env = "IAP_DATABASE", hide_env_values = true)]
    database: Option<DatabaseUrl>,

    /// The folder for everything that is kept in files. Without it, the folder that the system has
    /// for data of programs.
    #[arg(long, value_name = "FOLDER", env = "IAP_DATA")]
    data: Option<PathBuf>,
}

impl Place {
    /// Opens the store, and makes the data folder if it is to lie there. Demo data has a file of
    /// its own.
    pub(super) async fn open(&self, demo: bool) -> Result<Store, Failure> {
        let url = if let Some(url) = &self.database {
            url.clone()
        } else {
            let folder = self.data()?;
            std::fs::create_dir_all(&folder)
                .map_err(|error| Failure::Data(folder.clone(), error))?;
            DatabaseUrl::sqlite(&folder.join(if demo { "demo.db" } else { "iap.db" }))
        };
        Ok(Store::open(&url).await?)
    }

    /// The folder for mails that are not sent. Those of demo data have one of their own.
    pub(super) fn outbox(&self, demo: bool) -> Result<PathBuf, Failure> {
        Ok(self.data()?.join(if demo { "demo-outbox" } else { "outbox" }))
    }

    fn data(&self) -> Result<PathBuf, Failure> {
        match &self.data {
            Some(folder) => Ok(folder.clone()),
            None => etcetera::choose_base_strategy()
                .map(|folders| folders.data_dir().join("iap"))
                .map_err(|_| {
                    Failure::Usage("Say with --data where to keep data: this user has no home.")
                }),
        }
    }
}

/// Runs a command to its end that waits for a database.
pub(super) fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::System("Starting the program's threads", error))?
        .block_on(work)
}
